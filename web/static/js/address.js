// What stands in the page's address. `decoded(text)`: its % signs read where they say something, left as they are where
// a messenger cut or mangled them; nothing here throws. `fragment()`: what stands after `#`, decoded;
// `fragmentQuery()`: the same with parameters.

const ESCAPED = /(?:%[0-9a-f]{2})+/gi;

export const decoded = (text) => text.replace(ESCAPED, orItself);

/** {name, query}: what stands before the fragment's `?`, and its parameters, which no mangled sign breaks. */
export function fragmentQuery() {
  const [name, query = ""] = location.hash.slice(1).split("?", 2);
  return { name: decoded(name), query: new URLSearchParams(query) };
}

export const fragment = () => decoded(location.hash.slice(1));

function orItself(escaped) {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped; // no UTF-8
  }
}
