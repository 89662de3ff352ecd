// The tables of the searches, fetched when they are first asked for and kept as long as the page: `problemWords()` for
// suggest.js, `areaNames()` for find_area.js, `dangers()` for danger.js.

import { Dangers } from "./danger.js";
import { AreaNames } from "./find_area.js";
import { reference } from "./reference.js";
import { Language } from "./language.js";
import { Words } from "./suggest.js";

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

const language = once(async () => new Language(await table("/assets/language.json")));
const names = once(() => table("/assets/area_names.json"));

export const problemWords = once(async () => {
  const [raw, rules, { no_problems }] = await Promise.all([table("/assets/words.json"), language(), names()]);
  return new Words(raw, rules, no_problems.split(";"));
});

export const areaNames = once(async () => {
  const [raw, rules, { areas }] = await Promise.all([names(), language(), reference()]);
  return new AreaNames(raw, rules, areas);
});

export const dangers = once(async () => {
  const [raw, rules] = await Promise.all([table("/assets/dangers.json"), language()]);
  return new Dangers(raw, rules);
});
