// Complaint numbers as people type or paste them, exactly as chalicelib/domain/case/numbers.py reads them.
// `read(text)` → "JKT-XXXX-XXXX-C"; null: not nine signs; false: a typing error (the check character is wrong).

import { decoded } from "./address.js";
import { bare, plain } from "./spelling.js";

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SPELLED = /^(?:NO|NOMOR|NOMER|NR|NUMBER|LAPORAN|ADUAN|REPORT)*(?:JKT)?([0-9A-Z]{9})$/;
const PART = /(^(?=[^/#=?&]*~)|[/#=])([^/#=~?&\s]+)/g; // fragment, what stands before `~`, parts of the path, parameters

export function read(text) {
  const typed = plain(text);
  const signs = nineSigns(typed) ?? ofLink(plain(decoded(typed)));
  if (signs === null) return null;
  if (check(signs.slice(0, 8)) !== signs[8]) return false;
  return `JKT-${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs[8]}`;
}

/** A part of the path must say JKT: `localhost` has nine letters too. */
function ofLink(link) {
  const parts = [...link.matchAll(PART)].filter(([, before, part]) => ["", "#"].includes(before) || bare(part).toUpperCase().startsWith("JKT"));
  return [link, ...parts.map(([, , part]) => part)].map(nineSigns).find((signs) => signs !== null) ?? null;
}

function nineSigns(text) {
  const signs = SPELLED.exec(bare(text).toUpperCase())?.[1].replace(/O/g, "0").replace(/[IL]/g, "1") ?? "";
  return signs && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : null;
}

function check(signs) {
  let total = 0;
  for (const sign of signs) {
    total = (total ^ SIGNS.indexOf(sign)) << 1;
    if (total & 32) total ^= 0b100101;
  }
  return SIGNS[total];
}
