// The searches, each fetched with its table when it is first asked for and kept as long as the page. `problemSearch()` →
// {suggest(text, options), closest(text)}; `areaSearch()` → (text) => matches; `dangerSearch()` → (text, category) => kind.

import { reference } from "./reference.js";

/** What failed is asked again the next time. */
function once(make) {
  let asked = null;
  return () => {
    asked ??= make().catch((problem) => {
      asked = null;
      throw problem;
    });
    return asked;
  };
}

async function table(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

const language = once(async () => {
  const [{ Language }, raw] = await Promise.all([import("./language.js"), table("/assets/language.json")]);
  return new Language(raw);
});
const names = once(() => table("/assets/area_names.json"));

export const problemSearch = once(async () => {
  const [module, raw, rules, { no_problems }] = await Promise.all([import("./suggest.js"), table("/assets/words.json"), language(), names()]);
  const words = new module.Words(raw, rules, no_problems.split(";"));
  return { suggest: (text, options) => module.suggest(text, words, options), closest: (text) => module.closest(text, words) };
});

export const areaSearch = once(async () => {
  const [module, raw, rules, { areas }] = await Promise.all([import("./find_area.js"), names(), language(), reference()]);
  const known = new module.AreaNames(raw, rules, areas);
  return (text) => module.findAreas(text, known);
});

export const dangerSearch = once(async () => {
  const [module, raw, rules] = await Promise.all([import("./danger.js"), table("/assets/dangers.json"), language()]);
  const known = new module.Dangers(raw, rules);
  return (text, category) => module.danger(text, category, known);
});
