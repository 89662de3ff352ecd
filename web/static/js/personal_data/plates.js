// Number plates: a region's letters, one to four digits, one to three letters. The same as
// chalicelib/domain/text/personal_data/plates.py, which says how they are told from gates, blocks and distances.

import { isYear } from "./harmless.js";
import { isUpper, joins, strip, wordsBefore } from "./skeleton.js";
import { BLOCK_WORDS, MARKS, NUMBERED, PLATE_WORDS, REGIONS, SHORT_WORDS, VEHICLES, VEHICLE_NUMBERS } from "./tables.js";

const TYPED_ON = /^([0-9]{1,4})([A-Za-z]{1,3})$/;

export function plates(tokens) {
  const words = tokens.filter(({ text, number }) => text.length > 3 && !number);
  const shouted = words.length > 0 && words.every(({ text }) => isUpper(text));
  const spans = [];
  for (let place = 0; place < tokens.length; ) {
    const shape = shapeAt(tokens, place, shouted);
    if (!shape || !isPlate(shape)) place++;
    else spans.push({ kind: "plate", start: tokens[place].start, end: tokens[shape.end - 1].end }), (place = shape.end);
  }
  return spans;
}

function shapeAt(tokens, place, shouted) {
  const { word, before, text: region } = tokens[place];
  if (!REGIONS.has(word) || (place && !before)) return null;
  const [digits, behindDigits, written] = digitsAt(tokens, place + 1);
  if (!digits) return null;
  const [suffix, end] = written ? [written, behindDigits] : suffixAt(tokens, behindDigits);
  const gaps = tokens.slice(place + 1, end).map((each) => each.before);
  if (isLetterNumber(tokens, end, gaps)) return null;
  return {
    ...{ region, suffix, gaps, end, shouted, count: digits.length, year: isYear(digits) },
    before: wordsBefore(tokens, place, 3),
    numbered: Boolean(tokens[end]?.number),
    capital: isUpper(region) && isUpper(suffix),
    listed: gaps.some((gap) => gap.includes(", ") || gap.includes("; ")),
  };
}

/** Up to four digits, in one piece or in several that make four; the place behind them; letters typed onto them. */
function digitsAt(tokens, place) {
  const first = tokens[place];
  if (!first?.number || !joins(first.before)) return ["", place, ""];
  const typed = TYPED_ON.exec(first.raw);
  if (typed) return [typed[1], place + 1, typed[2]];
  const between = isUpper(tokens[place - 1].text) ? [" ", "-"] : [];
  let digits = first.text, end = place + 1;
  while (digits.length < 4 && isNextPiece(tokens[end], between)) digits += tokens[end++].text;
  if (digits.length === 4) return [digits, end, ""];
  return first.text.length < 4 ? [first.text, place + 1, ""] : ["", place, ""];
}

const isNextPiece = (token, between) => Boolean(token?.number) && (token.text.length === 1 || between.includes(token.before)) && joins(token.before);

/** The last letters, in one piece or one by one, and the place behind them. */
function suffixAt(tokens, place) {
  let letters = "", end = place;
  while (isSuffix(tokens[end]) && (end === place || isOneByOne(tokens, place, end))) {
    letters += tokens[end++].text;
    if (letters.length === 3) break;
  }
  return tokens[end] && !tokens[end].before ? ["", place] : [letters, end];
}

const isSuffix = (token) => Boolean(token) && !token.number && /^[A-Za-z]{1,3}$/.test(token.text) && joins(token.before);

const isOneByOne = (tokens, begin, place) => tokens.slice(begin, place + 1).every(({ text }) => text.length === 1) && Boolean(tokens[place].before);

/** The number of an official letter, B/1234/SET/2026. */
const isLetterNumber = (tokens, end, gaps) => gaps.length > 0 && gaps.every((gap) => gap === "/") && tokens[end]?.before === "/";

const follows = ({ before }, words, count = 3) => before.slice(0, count).some((word) => words.has(word));

function isPlate(shape) {
  const numberedVehicle = follows(shape, VEHICLE_NUMBERS, 1) && follows(shape, VEHICLES);
  if ((follows(shape, PLATE_WORDS) || numberedVehicle) && !follows(shape, BLOCK_WORDS, 1)) return shape.count >= 3 || Boolean(shape.suffix);
  const suffix = shape.suffix.toLowerCase();
  if (!suffix || (NUMBERED.has(suffix) && shape.numbered)) return false;
  const goesOn = SHORT_WORDS.has(suffix);
  if (follows(shape, BLOCK_WORDS, 1)) return shape.count === 4 && shape.capital && !goesOn;
  if (goesOn) return shape.count === 4 && shape.capital && (follows(shape, VEHICLES) || !shape.shouted) && !isEra(shape);
  return (follows(shape, VEHICLES) && !shape.listed) || isWrittenAsPlate(shape);
}

const isEra = ({ year, region, suffix }) => year && region === "H" && suffix === "M";

/** Four digits always; three in capitals, or plainly spaced; two as spaced capitals that are no mark of a thing. */
function isWrittenAsPlate({ count, capital, listed, gaps, suffix }) {
  const plain = !listed && gaps.every((gap) => ["", "-", ".", "/"].includes(strip(gap, " ")));
  if (count === 3) return (capital && !listed) || (plain && suffix.length >= 2);
  if (count === 2) return capital && gaps.some(Boolean) && gaps.length === 2 && suffix.length >= 2 && !MARKS.has(suffix.toLowerCase());
  return count === 4 && (capital || !listed);
}
