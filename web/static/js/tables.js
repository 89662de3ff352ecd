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

const code = once(() => import("./searches.js"));
const language = once(async () => {
  const [{ Language }, raw] = await Promise.all([code(), table("/assets/language.json")]);
  return new Language(raw);
});
const names = once(() => table("/assets/area_names.json"));

export const problemSearch = once(async () => {
  const [{ closest, suggest, Words }, raw, rules, { no_problems }] = await Promise.all([code(), table("/assets/words.json"), language(), names()]);
  const words = new Words(raw, rules, no_problems.split(";"));
  return { suggest: (text, options) => suggest(text, words, options), closest: (text) => closest(text, words) };
});

export const areaSearch = once(async () => {
  const [{ AreaNames, findAreas }, raw, rules, { areas }] = await Promise.all([code(), names(), language(), reference()]);
  const known = new AreaNames(raw, rules, areas);
  return (text) => findAreas(text, known);
});

export const dangerSearch = once(async () => {
  const [{ danger, Dangers }, raw, rules] = await Promise.all([code(), table("/assets/dangers.json"), language()]);
  const known = new Dangers(raw, rules);
  return (text, category) => danger(text, category, known);
});
