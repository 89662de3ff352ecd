// Which kelurahan people mean by what they write; chalicelib/domain/place/area_names.py gives the same answers from the same
// table (/assets/area_names.json) and the reference data's areas. `new AreaNames(raw, language, areas)`;
// `findAreas(text, names)` → [{area, score, sure}] by code, the likeliest first.

import { allowed, isNumber, slips, wordsOf } from "./language.js";

const WHOLE = 1000, TURNED = 980, MISSPELT = 900, COVERED = 880, INSIDE = 820, BEGUN = 800, FITS = 400, HELD = 300, ABOVE = 200, PARTLY = 100;
const LEAD = 100;
const HALF_SLIP = 20, SHORT_FORM = 5, ALIAS = 30;
const SURE = 800;
const SHORT = 7; // words; a longer text is searched for names
const LONGEST_NAME = 4;
const READINGS = 16;
const KELURAHAN = new Set(["kel", "kelurahan"]), KECAMATAN = new Set(["kec", "kecamatan"]);

const joined = (words) => words.join("").replace(/^h/, "");

export class AreaNames {
  constructor(raw, language, areas) {
    this.language = language;
    this.address = new Set(raw.address.split(" "));
    this.counted = new Set(raw.counted.split(" "));
    this.forms = new Map(Object.entries(raw.forms).map(([written, meant]) => [written, meant.split(";")]));
    this.kota = new Map(Object.entries(raw.kota));
    const aliases = Object.entries(raw.aliases).map(([alias, codes]) => [alias, codes.split(" ")]);
    this.places = areas.map((area) => ({
      area: area.code,
      names: [area.name, ...aliases.filter(([, codes]) => codes.includes(area.code)).map(([alias]) => alias)].map((name) => this.fold(name)),
      kecamatan: this.fold(area.kecamatan.name),
      kota: this.fold(area.kota.name),
      kotaCode: area.kota.code,
    }));
    this.byJoined = new Map();
    for (const { area, names } of this.places) for (const name of names) this.byJoined.set(joined(name), [...(this.byJoined.get(joined(name)) ?? []), [area, name.length]]);
  }

  fold(text) {
    return wordsOf(text).map((word) => this.language.fold(word));
  }

  /** The ways to read words, as [folded words, number of short forms]; the first takes every word as it stands. */
  ways(words) {
    let found = [[[], 0]];
    for (const word of words) {
      const each = this.waysOf(word);
      found = found.flatMap(([read, forms]) => each.map((way, number) => [[...read, ...way], forms + (number ? 1 : 0)])).slice(0, READINGS ** 2);
    }
    return found.slice(0, READINGS);
  }

  waysOf(word) {
    const forms = (this.forms.get(word) ?? []).map((form) => this.fold(form));
    return isNumber(word) ? [...forms, []] : [[this.language.fold(word)], ...forms];
  }

  readings(kept, kota) {
    const kecamatan = after(kept, KECAMATAN);
    const named = after(kept, KELURAHAN);
    const name = named.length ? named : kecamatan.length ? kept.slice(0, kept.findIndex((word) => KECAMATAN.has(word))) : kept;
    const over = kecamatan.flatMap((word) => this.waysOf(word).at(-1));
    return this.ways(name).map(([words, forms]) => ({ words, kecamatan: over, kota, forms }));
  }

  withoutAddress(words) {
    let kota = null;
    const kept = words.filter((word, at) => {
      const named = [words.slice(at, at + 2).join(" "), words.slice(Math.max(at - 1, 0), at + 1).join(" "), word].filter((each) => this.kota.has(each)).sort();
      if (named.length) kota = this.kota.get(named[0]);
      return !named.length && !this.isAddress(words, at);
    });
    return [kota, kept];
  }

  isAddress(words, at) {
    const word = words[at];
    const counts = this.counted.has(word) && at + 1 < words.length && isNumber(words[at + 1]);
    return counts || (word === "kota" && this.address.has(words[at + 1])) || (isNumber(word) && this.counted.has(words[at - 1])) || this.address.has(word);
  }
}

export function findAreas(text, names) {
  const words = wordsOf(text);
  const [kota, kept] = names.withoutAddress(words);
  const best = kept.length <= SHORT ? read(kept, kota, names) : searched(words, names);
  const order = new Map(names.places.map(({ area }, number) => [area, number]));
  const ranked = [...best].sort((a, b) => b[1] - a[1] || order.get(a[0]) - order.get(b[0]));
  const second = ranked[1]?.[1] ?? 0;
  return ranked.map(([area, score], place) => ({ area, score, sure: place === 0 && score >= SURE && score - second >= LEAD }));
}

function after(words, marks) {
  const start = words.findIndex((word) => marks.has(word));
  const rest = start < 0 ? [] : words.slice(start + 1);
  const end = rest.findIndex((word) => KELURAHAN.has(word) || KECAMATAN.has(word));
  return end < 0 ? rest : rest.slice(0, end);
}

function read(kept, kota, names) {
  const readings = names.readings(kept, kota);
  const best = new Map();
  for (const judge of [scoreOf, partly]) {
    for (const reading of readings)
      for (const place of names.places) {
        const score = judge(place, reading) - SHORT_FORM * reading.forms;
        if (score > 0) best.set(place.area, Math.max(score, best.get(place.area) ?? 0));
      }
    if (best.size) return best;
  }
  return best;
}

function searched(words, names) {
  const best = new Map();
  for (let start = 0; start < words.length; start++) {
    const told = start > 0 && KELURAHAN.has(words[start - 1]);
    for (let end = start + 1; end <= Math.min(start + LONGEST_NAME, words.length); end++)
      for (const [found, forms] of names.ways(words.slice(start, end)))
        for (const [area, size] of names.byJoined.get(joined(found)) ?? []) {
          const score = (size > 1 || told ? INSIDE : HELD) + size - SHORT_FORM * forms;
          best.set(area, Math.max(score, best.get(area) ?? 0));
        }
  }
  return best;
}

function scoreOf(place, { kota, kecamatan, words }) {
  if ((kota && kota !== place.kotaCode) || !liesIn(kecamatan, place.kecamatan)) return 0;
  if (!words.length) return kota || kecamatan.length ? ABOVE : 0;
  const [own, ...aliases] = place.names.map((name) => ofName(name, place, words));
  return Math.max(own, ...aliases.map((score) => (score === WHOLE ? score : score - ALIAS)), 0);
}

const liesIn = (wanted, kecamatan) => joined(wanted) === joined(kecamatan) || wanted.every((word) => alike(word, kecamatan));

function ofName(name, place, words) {
  const wanted = joined(name), typed = joined(words);
  if (typed === wanted) return WHOLE;
  if ([...words].sort().join(" ") === [...name].sort().join(" ")) return TURNED;
  const most = typed[0] === wanted[0] ? allowed(wanted.length) : 0;
  const wrong = most ? slips(typed, wanted, most) : 1;
  if (wrong <= most) return MISSPELT - HALF_SLIP * wrong;
  if (typed.length > 1 && wanted.startsWith(typed)) return BEGUN - wanted.length + typed.length;
  return ofWords(name, place, words);
}

function ofWords(name, place, words) {
  const fits = words.map((word) => Math.max(3 * alike(word, name), 2 * (alike(word, place.kecamatan) || alike(word, place.kota))));
  const held = holds(name, words);
  if (fits.every(Boolean)) return held ? COVERED : FITS + Math.floor(fits.reduce((a, b) => a + b, 0) / words.length);
  return held ? (name.length > 1 ? INSIDE : HELD) + name.length : 0;
}

function alike(word, name) {
  if (name.includes(word)) return 100;
  if (word.length > 1 && name.some((part) => part.startsWith(word))) return 70;
  const most = Math.min(allowed(word.length), 2);
  return most && name.some((part) => part[0] === word[0] && slips(word, part, most) <= most) ? 60 : 0;
}

function holds(name, words) {
  const wanted = joined(name);
  for (let end = 1; end <= words.length; end++)
    for (let start = Math.max(0, end - LONGEST_NAME); start < end; start++) if (joined(words.slice(start, end)) === wanted) return true;
  return false;
}

const partly = (place, { words }) => (place.names.some((name) => words.some((word) => word.length > 3 && name.includes(word))) ? PARTLY : 0);
