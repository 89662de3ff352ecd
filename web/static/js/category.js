// `<Category of />`: a category's name. Views carry the Indonesian one; on English pages the reference data's takes its
// place as soon as it is there.

import { categoriesByCode } from "./reference.js";
import { lang, word } from "./texts.js";
import { html, useEffect, useState } from "./view.js";

export function Category({ of: { code, name } }) {
  const [shown, setShown] = useState(name);
  useEffect(() => {
    setShown(name);
    if (lang !== "id") categoriesByCode().then((known) => setShown(word(known.get(code)?.name) || name), () => {});
  }, [code]);
  return html`${shown}`;
}
