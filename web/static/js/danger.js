// Whether a report speaks of danger to life at this moment; chalicelib/domain/text/dangers.py gives the same answers from the
// same table (/assets/dangers.json). `new Dangers(raw, language)`; `danger(text, category, dangers)` → its kind or null.

import { slips, wordsOf } from "./language.js";

const GAP = 2; // words that may stand between the words of a phrase
const BEFORE = 4, AFTER = 3; // words beside a phrase that can take it back; behind it, those of all kinds only as the next word
const LEAST = 6, LONG = 8; // letters of a word that may hold a wrong vowel, or a wrong letter

const phrasesOf = (lines) => lines.split(";").filter(Boolean).map((line) => line.split(" "));

export class Dangers {
  constructor(raw, language) {
    this.language = language;
    this.unless = raw.unless.split(" ");
    this.now = phrasesOf(raw.now);
    this.kinds = Object.entries(raw.kinds).map(([kind, row]) => ({ kind, categories: row.categories, phrases: phrasesOf(row.words), unless: row.unless.split(" ") }));
  }
}

export function danger(text, category, dangers) {
  for (const sentence of text.split(/[.!?;\n]+/)) {
    const words = wordsOf(sentence).map((word) => dangers.language.fold(word));
    const said = dangers.kinds.find((kind) => isSaid(kind, words, dangers));
    if (said) return said.kind;
  }
  return dangers.kinds.find(({ categories }) => categories.includes(category))?.kind ?? null;
}

function isSaid({ phrases, unless }, words, dangers) {
  const now = dangers.now.some((phrase) => placesOf(phrase, words).length);
  const holds = ([start, end]) => {
    const beside = words.slice(Math.max(0, start - BEFORE), end + AFTER);
    const near = now ? [] : words.slice(Math.max(0, start - BEFORE), end + 1);
    return !beside.some((word) => unless.includes(word)) && !near.some((word) => dangers.unless.includes(word));
  };
  return phrases.some((phrase) => placesOf(phrase, words).some(holds));
}

const placesOf = (phrase, words) => words.flatMap((word, start) => {
  const end = same(word, phrase[0]) ? endOf(phrase, words, start) : null;
  return end ? [[start, end]] : [];
});

function endOf(phrase, words, start) {
  let at = start;
  for (const wanted of phrase.slice(1)) {
    const found = words.findIndex((word, place) => place > at && place < at + 2 + GAP && same(word, wanted));
    if (found < 0) return null;
    at = found;
  }
  return at + 1;
}

function same(word, wanted) {
  if (word === wanted || wanted.length < LEAST || word[0] !== wanted[0]) return word === wanted;
  const most = word.length === wanted.length && wanted.length >= LONG ? 2 : 1;
  return slips(word, wanted, most) <= most;
}
