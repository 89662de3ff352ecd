// The page's words. `t("form.title", {n: 3})` fills `{n}`; with an `n` of 1 the key `<key>_one` is taken where there is
// one. `has(key)`, `lang` ("id" or "en"), `link("/lacak")`: the page in
// this language; `pageOf(number)`: a report's own. An unknown key shows itself.

export const lang = document.documentElement.lang === "en" ? "en" : "id";
const { strings, later } = document.documentElement.dataset;
const words = await read(strings);
let learnt;

async function read(address) {
  return (await fetch(address)).json();
}

/** Fetches the words that the page needs only later, once; it fails where the network does, and may be tried again. */
export function learn() {
  learnt ??= read(later).then((more) => Object.assign(words, more), (fault) => {
    learnt = null;
    throw fault;
  });
  return learnt;
}

export const has = (key) => key in words;

export function t(key, values = {}) {
  const singular = `${key}_one`;
  const text = words[values.n === 1 && has(singular) ? singular : key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const link = (path) => (lang === "id" ? path : `/en${path}`.replace(/\/$/, ""));

export const pageOf = (number) => `${link("/lacak")}#${number}`;

/** The Indonesian or English word of what the API gives as `{id, en}`; a plain string is itself. */
export const word = (names) => (typeof names === "string" ? names : names?.[lang] ?? names?.id ?? "");
