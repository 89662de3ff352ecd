// How people spell, by the city's rules (/assets/language.json); chalicelib/domain/text/language.py says the same in Python.
// `wordsOf(text)` → small ASCII words. `new Language(raw)`: `tokens(words)` → [{word, fold, plain, share}], `fold(word)`,
// `stems(fold, least)`. `slips(typed, known, most)`: half slips between two words, `most + 1` if there are more.

const LONGEST = 24; // letters of a word that are compared
const MOST = 150; // words of a text that are read
const VOWELS = "aiueo";

export function wordsOf(text) {
  const seen = text.normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase().replace(/['’`´]/g, "");
  return (seen.match(/[a-z0-9]+/g) ?? []).slice(0, MOST);
}

export const isNumber = (word) => /^\d+$/.test(word);

const isAlpha = (word) => /^[a-z]+$/.test(word);
const listed = (lines) => new Set(lines.join(" ").split(" "));

export class Language {
  constructor(raw) {
    Object.assign(this, { signs: raw.signs, ends: raw.ends, clitics: raw.clitics, suffixes: raw.suffixes, prefixes: raw.prefixes });
    this.digits = new Map(raw.digits);
    this.places = new Map(raw.places.flatMap(([share, words]) => words.split(" ").map((word) => [word, share])));
    this.written = new Map(raw.written.flatMap(([meant, ways]) => ways.split(" ").map((way) => [way, meant.split(" ")])));
    for (const name of ["numbers", "counted", "stop", "plain"]) this[name] = listed(raw[name]);
    this.plainFolds = new Set([...this.plain].map((word) => this.fold(word)));
  }

  /** Words without stop words; an empty word stands for a name that was left out. */
  tokens(words) {
    const found = [];
    let share = 100;
    for (const word of this.withoutCounts(words)) {
      if (this.places.has(word)) {
        share = Math.min(share, this.places.get(word));
        continue;
      }
      const meant = (this.written.get(word) ?? [word]).filter((each) => each && !this.stop.has(each));
      for (const each of meant) {
        const fold = this.fold(each);
        if (found.at(-1)?.fold !== fold) found.push({ word, fold, plain: this.plain.has(each), share });
      }
      if (meant.length || !word) share = 100;
    }
    return found;
  }

  /** Leaves out numbers, and what is only counted: `tiga kali` is no river. */
  withoutCounts(words) {
    const counts = (word) => word !== undefined && (isNumber(word) || this.numbers.has(word));
    return words.filter((word, at) => !(this.counted.has(word) && (counts(words[at - 1]) || counts(words[at + 1]))) && !(isNumber(word) && word.length !== 3));
  }

  fold(word) {
    let folded = this.letters(word.slice(0, LONGEST));
    for (const [old, now] of this.signs) folded = folded.split(old).join(now);
    if (folded.length > 3) folded = folded.replace(/(.)\1+/g, "$1");
    for (const [old, now] of this.ends) if (folded.length >= 5 && folded.endsWith(old)) folded = folded.slice(0, -old.length) + now;
    return withoutH(folded);
  }

  letters(word) {
    if (word.length > 3 && word.endsWith("2") && isAlpha(word.slice(0, -1))) return word.slice(0, -1);
    if (isAlpha(word) || word.length < 4 || !isAlpha(word[0] + word.at(-1))) return word;
    return [...word].map((sign) => this.digits.get(sign) ?? sign).join("");
  }

  /** What a folded word may come from, itself first. */
  stems(fold, least) {
    const end = this.clitics.find((each) => fold.endsWith(each) && fold.length - each.length >= 3);
    const bare = end ? fold.slice(0, -end.length) : fold;
    const bases = [...new Set([fold, bare, ...this.suffixes.filter((each) => bare.endsWith(each)).map((each) => bare.slice(0, -each.length))])];
    const found = new Set(bases);
    for (const base of bases) for (const [prefix, restored] of this.prefixes) if (base.startsWith(prefix)) found.add(restored + base.slice(prefix.length));
    return [...new Set([...found].filter((stem) => stem.length >= least || stem === fold || stem === bare).map(withoutH))];
  }
}

function withoutH(word) {
  const begun = word.length >= 6 && word[0] === "h" && VOWELS.includes(word[1]) ? word.slice(1) : word;
  return begun.length >= 4 && begun.endsWith("h") ? begun.slice(0, -1) : begun;
}

/** Half slips that a word of this length may hold. */
export const allowed = (length) => (length < 8 ? [0, 0, 0, 0, 1, 2, 2, 2][length] : 3);

const bits = new Map();

function lettersOf(word) {
  if (!bits.has(word)) bits.set(word, [...word].reduce((sum, sign) => sum | (1 << sign.charCodeAt(0) % 32), 0));
  return bits.get(word);
}

function countBits(number) {
  let count = 0;
  for (let rest = number; rest; rest &= rest - 1) count += 1;
  return count;
}

const cost = (sign) => (VOWELS.includes(sign) ? 1 : 2);
const swap = (sign, other) => (sign === other ? 0 : VOWELS.includes(sign) && VOWELS.includes(other) ? 1 : 2);

export function slips(typed, known, most) {
  if (Math.abs(typed.length - known.length) > most || countBits(lettersOf(typed) ^ lettersOf(known)) > most * 2) return most + 1;
  let last = [], before = [], row = [0];
  for (const sign of known) row.push(row.at(-1) + cost(sign));
  for (let at = 1; at <= typed.length; at++) {
    const sign = typed[at - 1];
    [last, before, row] = [before, row, [row[0] + cost(sign)]];
    for (let to = 1; to <= known.length; to++) {
      const other = known[to - 1];
      let best = Math.min(before[to] + cost(sign), row[to - 1] + cost(other), before[to - 1] + swap(sign, other));
      if (at > 1 && to > 1 && sign === known[to - 2] && other === typed[at - 2]) best = Math.min(best, last[to - 2] + 2);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return Math.min(row.at(-1), most + 1);
}
