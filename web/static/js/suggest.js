// Which category a person's own words speak of, and why; chalicelib/domain/text/suggestions.py gives the same answers from
// the same table. `new Words(raw, language, names)`; `suggest(text, words, {typing})` → [{category, score, reasons,
// sure}], the likeliest first. All sums are whole numbers. `closest(text, words)`: codes of categories with words that look
// like the text's, where nothing was found.

import { allowed, slips, wordsOf } from "./language.js";

const WHOLE = 100; // hundredths
const STEM = 85, TYPED = 80, SLIP = 65, SLIPS = 50;
const CLOSE = 130, LOOSE = 110, APART = 75, PART = 45;
const PLAIN = 120;
const FADING = [100, 90, 75, 60, 45, 30];
const RARE = 700;
const SHORTEST_STEM = 4;

const div = (a, b) => Math.floor(a / b);
const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));

export class Words {
  constructor(raw, language, names = []) {
    this.language = language;
    this.order = new Map(Object.keys(raw.categories).map((code, number) => [code, number]));
    this.guarded = new Set(raw.guarded);
    this.sure = raw.sure;
    this.names = new Set(names);
    this.longestName = Math.max(0, ...names.map((name) => name.split(" ").length));
    this.phrases = Object.entries(raw.categories).flatMap(([category, lines]) => unfolded(lines).map((words) => ({ category, words, plain: words.map((word) => language.plainFolds.has(word)) })));
    this.index();
  }

  index() {
    this.byWord = new Map();
    this.byStem = new Map();
    this.byLength = new Map();
    this.known = new Map();
    this.phrases.forEach(({ words }, number) => words.forEach((word, slot) => push(this.byWord, word, [number, slot])));
    this.weights = new Map([...this.byWord].map(([word, at]) => [word, weightOf(new Set(at.map(([number]) => this.phrases[number].category)).size)]));
    for (const word of this.byWord.keys()) {
      push(this.byLength, word.length, word);
      if (!this.language.plainFolds.has(word)) for (const stem of this.language.stems(word, SHORTEST_STEM)) push(this.byStem, stem, word);
    }
  }

  /** Words of the table that a word may stand for → quality. What was asked once is kept. */
  met(token, typing, more) {
    const key = [token.fold, token.plain, typing, more].join();
    if (!this.known.has(key)) this.known.set(key, this.look(token, typing, more));
    return this.known.get(key);
  }

  look({ fold, plain }, typing, more) {
    const exact = this.byWord.has(fold);
    if (plain) return new Map(exact ? [[fold, WHOLE]] : []);
    const found = new Map(exact ? [] : this.misspelt(fold, more));
    for (const stem of this.language.stems(fold, SHORTEST_STEM)) for (const word of this.byStem.get(stem) ?? []) found.set(word, STEM);
    if (typing && !exact && fold.length >= 2) for (const word of this.byWord.keys()) if (word.startsWith(fold)) found.set(word, TYPED);
    if (exact) found.set(fold, WHOLE);
    return found.size ? found : this.joined(fold);
  }

  /** Two words without the space between them: `gotmampet`. */
  joined(fold) {
    for (let at = 3; at < fold.length - 2; at++) {
      const both = [fold.slice(0, at), fold.slice(at)];
      if (both.every((word) => this.byWord.has(word))) return new Map(both.map((word) => [word, SLIP]));
    }
    return new Map();
  }

  misspelt(fold, more) {
    const most = allowed(fold.length) && allowed(fold.length) + more;
    if (!most) return [];
    const found = [];
    for (let length = fold.length - most; length <= fold.length + most; length++)
      for (const word of this.byLength.get(length) ?? [])
        if (beginAlike(fold, word)) found.push([word, slips(fold, word, most)]);
    const least = Math.min(...found.map(([, wrong]) => wrong));
    return least > most ? [] : found.filter(([, wrong]) => wrong === least).map(([word]) => [word, least <= 1 ? SLIP : SLIPS]);
  }
}

const unfolded = (lines) => lines.split(";").flatMap((line) => {
  const [first, ends] = line.split(":");
  return (ends ?? "").split(",").map((end) => [first, ...end.split(" ").filter(Boolean)]);
});

function weightOf(categories) {
  const doublings = 31 - Math.clz32(categories);
  return RARE - 100 * doublings - (((categories - (1 << doublings)) * 100) >> doublings);
}

const beginAlike = (typed, known) => typed[0] === known[0] || (typed.length > 5 && typed.slice(1, 3) === known.slice(1, 3));

export function suggest(text, words, { typing = false } = {}) {
  const tokens = words.language.tokens(withoutNames(wordsOf(text), words));
  const found = scored(tokens, words, typing, 0);
  return withCertainty(found.length ? found : scored(tokens.map((token) => ({ ...token, plain: false })), words, typing, 1), words);
}

function withoutNames(written, words) {
  const found = [];
  for (let at = 0; at < written.length; ) {
    let size = words.longestName;
    while (size > 1 && !(at + size <= written.length && words.names.has(written.slice(at, at + size).join(" ")))) size -= 1;
    found.push(size > 1 ? "" : written[at]);
    at += Math.max(size, 1);
  }
  return found;
}

function scored(tokens, words, typing, more) {
  const gains = new Map();
  eachGain(tokens, words, typing, more, (category, place, gain) => {
    if (!gains.has(category)) gains.set(category, new Map());
    const places = gains.get(category);
    places.set(place, Math.max(gain, places.get(place) ?? 0));
  });
  const found = [...gains].map(([category, places]) => suggestion(category, places, tokens));
  return found.sort((a, b) => b.score - a.score || words.order.get(a.category) - words.order.get(b.category));
}

function suggestion(category, places, tokens) {
  const ranked = [...places].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const sum = ranked.reduce((all, [, gain], rank) => all + gain * FADING[Math.min(rank, FADING.length - 1)], 0);
  return { category, score: div(sum, WHOLE), reasons: [...new Set(ranked.map(([place]) => tokens[place].word))], sure: false };
}

function withCertainty(found, words) {
  if (!found.length) return found;
  const [least, lead] = words.sure;
  const second = found[1]?.score ?? 0;
  found[0].sure = !words.guarded.has(found[0].category) && found[0].score >= least && found[0].score * WHOLE >= second * lead;
  return found;
}

function eachGain(tokens, words, typing, more, take) {
  const seen = new Map();
  tokens.forEach((token, place) => {
    for (const [word, quality] of words.met(token, typing && place === tokens.length - 1, more))
      for (const [number, slot] of words.byWord.get(word)) {
        if (!seen.has(number)) seen.set(number, new Map());
        push(seen.get(number), slot, [place, quality]);
      }
  });
  for (const [number, slots] of seen) phraseGains(words.phrases[number], slots, tokens, words.weights, take);
}

function phraseGains(phrase, slots, tokens, weights, take) {
  const chain = chainOf(slots);
  const whole = chain.length === phrase.words.length;
  const met = whole ? closeness(chain.map(([, place]) => place)) : part(phrase, chain, weights);
  const share = div(met * Math.min(...chain.map(([, place]) => tokens[place].share)), WHOLE);
  for (const [slot, place, quality] of chain) {
    const plain = phrase.plain[slot] && tokens[place].plain;
    if (!whole && plain) continue;
    const weight = plain && phrase.words.length > 1 ? PLAIN : weights.get(phrase.words[slot]);
    take(phrase.category, place, div(weight * quality * share, WHOLE * WHOLE));
  }
}

/** For each word of the phrase the place that lies best behind the one before: [slot, place, quality]. */
function chainOf(slots) {
  const chain = [];
  for (const slot of [...slots.keys()].sort((a, b) => a - b)) {
    const wanted = chain.length ? chain.at(-1)[1] + 1 : 0;
    const away = ([place]) => (chain.length ? Math.abs(place - wanted) : 0);
    const free = slots.get(slot).filter(([place]) => !chain.some(([, taken]) => taken === place));
    free.sort((a, b) => away(a) - away(b) || b[1] - a[1] || a[0] - b[0]);
    if (free.length) chain.push([slot, ...free[0]]);
  }
  return chain;
}

function closeness(places) {
  if (places.length === 1) return WHOLE;
  const span = Math.max(...places) - Math.min(...places) + 1;
  if (span > places.length + 2) return APART;
  return places.every((place, at) => at === 0 || places[at - 1] <= place) ? CLOSE : LOOSE;
}

function part(phrase, chain, weights) {
  const sum = (words) => words.reduce((all, word) => all + weights.get(word), 0);
  return div(PART * sum(chain.map(([slot]) => phrase.words[slot])), sum(phrase.words));
}

const SHORTEST = 5; // letters: shorter words look like too many
const ALIKE = 0.5; // share of the pairs of letters that two words have in common
const MOST_CLOSE = 3;

export function closest(text, words) {
  const found = new Map();
  for (const { fold } of words.language.tokens(wordsOf(text)))
    for (const [word, at] of words.byWord) {
      const share = fold.length < SHORTEST ? 0 : alike(fold, word);
      if (share < ALIKE || words.language.plainFolds.has(word)) continue;
      for (const [number] of at) {
        const { category } = words.phrases[number];
        found.set(category, Math.max(share, found.get(category) ?? 0));
      }
    }
  return [...found].sort((a, b) => b[1] - a[1] || words.order.get(a[0]) - words.order.get(b[0])).slice(0, MOST_CLOSE).map(([category]) => category);
}

const pairsOf = (word) => Array.from({ length: word.length + 1 }, (_, at) => ` ${word} `.slice(at, at + 2));

function alike(one, other) {
  const pairs = pairsOf(other);
  return (2 * pairsOf(one).filter((pair) => pairs.includes(pair)).length) / (one.length + other.length + 2);
}
