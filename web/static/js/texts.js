// The page's words. `t("form.title", {n: 3})` fills `{n}`; with an `n` of 1 the key `<key>_one` is taken where there is
// one. `has(key)`, `lang` ("id" or "en"), `link("/lacak")`: the page in
// this language; `pageOf(number)`: a report's own. An unknown key shows itself.

export const lang = document.documentElement.lang === "en" ? "en" : "id";
const words = await (await fetch(document.documentElement.dataset.strings)).json();

/** Fetches the words of rooms that come later, once. */
let more = null;
export function laterTexts() {
  more ??= fetch(document.documentElement.dataset.later).then((answer) => answer.json()).then((found) => Object.assign(words, found));
  return more.catch((problem) => ((more = null), Promise.reject(problem)));
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
