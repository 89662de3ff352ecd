// What stands in the page's address. `decoded(text)`: its % signs read where they say something, left as they are where
// a messenger cut or mangled them; nothing here throws. `fragment()`: what stands after `#`, decoded.

const ESCAPED = /(?:%[0-9a-f]{2})+/gi;

export const decoded = (text) => text.replace(ESCAPED, orItself);

export const fragment = () => decoded(location.hash.slice(1));

function orItself(escaped) {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped; // no UTF-8
  }
}
