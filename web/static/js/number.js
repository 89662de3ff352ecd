// Complaint numbers as people type them. `read(text)` → "JKT-XXXX-XXXX-C"; null: not nine signs; false: a typing error
// (the check character is wrong).

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function read(text) {
  let signs = text.toUpperCase().replace(/[\s\-–—.]/g, "");
  if (signs.length === 12 && signs.startsWith("JKT")) signs = signs.slice(3);
  signs = signs.replace(/O/g, "0").replace(/[IL]/g, "1");
  if (signs.length !== 9 || [...signs].some((sign) => !SIGNS.includes(sign))) return null;
  if (check(signs.slice(0, 8)) !== signs[8]) return false;
  return `JKT-${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs[8]}`;
}

function check(signs) {
  let total = 0;
  for (const sign of signs) {
    total = (total ^ SIGNS.indexOf(sign)) << 1;
    if (total & 32) total ^= 0b100101;
  }
  return SIGNS[total];
}
