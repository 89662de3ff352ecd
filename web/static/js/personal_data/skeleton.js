// The skeleton of a text: its words and numbers as a reader takes them, whatever signs they are written with. The same as
// chalicelib/domain/text/personal_data/skeleton.py, which says why. A token: {text, number, start, end, before, raw, word};
// `start` and `end` count UTF-16 units, as strings do here.

import { ANY_LETTER, CAPITALS, FIRST_FOR_DIGITS, INVISIBLE, LOOKALIKES, NUMBER_WORDS, OTHER_DIGITS, SIGNS, WRITTEN_FOR_DIGITS, ZEROS } from "./tables.js";

const EXPANSION = 4;
const [LETTERS, AS_DIGITS] = WRITTEN_FOR_DIGITS;
const FIRST = new RegExp(`^[${FIRST_FOR_DIGITS}0-9]+$`);
const LONGEST_NUMBER_WORDS = 80;
const LONGEST_GAP = 60;
const SPOKEN = Object.keys(NUMBER_WORDS).join("|");
const ALL_SPOKEN = new RegExp(`^(?:${SPOKEN})+$`);
const EACH_SPOKEN = new RegExp(SPOKEN, "g");

const isAlnum = (sign) => /^[\p{L}0-9]$/u.test(sign);
export const isDigits = (text) => /^[0-9]+$/.test(text);
export const isUpper = (text) => /[A-Z]/.test(text) && !/[a-z]/.test(text);
const asDigits = (text) => text.replace(/[A-Za-z]/g, (letter) => AS_DIGITS[LETTERS.indexOf(letter)] ?? letter);

const TABLE = new Map([
  ...[...ZEROS.map((zero) => [zero, 0, 10]), ...OTHER_DIGITS].flatMap(([first, value, count]) => row(first, count, (n) => String(value + n))),
  ...CAPITALS.flatMap((first) => row(first, 26, (n) => String.fromCharCode(65 + n))),
  ...[...LOOKALIKES, ...SIGNS].flatMap(([signs, plain]) => [...signs].map((sign, n) => [sign, plain[n]])),
  ...INVISIBLE.map((code) => [String.fromCodePoint(code), ""]),
]);

function row(first, count, meaning) {
  return Array.from({ length: count }, (_, n) => [String.fromCodePoint(first + n), meaning(n)]);
}

/** The tokens of a text, in order. */
export function read(text) {
  const tokens = [];
  let before = "", run = [];
  const close = () => {
    if (run.length) tokens.push(...cut(run, before)), (before = "");
    run = [];
  };
  let place = 0;
  for (const raw of text) {
    for (const sign of fold(raw)) {
      if (isAlnum(sign)) run.push({ sign, start: place, end: place + raw.length });
      else close(), (before += sign);
    }
    place += raw.length;
  }
  close();
  return withLoneLetters(tokens);
}

const folded = new Map();

/** What one sign of a text is taken for: none to four signs. */
function fold(raw) {
  if (!folded.has(raw)) folded.set(raw, raw < "\x80" ? ascii(raw) : [...raw.normalize("NFKD")].map(plain).join("").slice(0, EXPANSION));
  return folded.get(raw);
}

function ascii(sign) {
  if ("\n\r\v\f".includes(sign)) return "\n";
  if ("\t ".includes(sign)) return " ";
  return sign < " " || sign === "\x7f" ? "" : sign;
}

function plain(sign) {
  if (sign < "\x80") return ascii(sign);
  if (TABLE.has(sign)) return TABLE.get(sign);
  if (/^[\p{M}\p{Cf}\p{Cc}]$/u.test(sign)) return "";
  if (/^\p{L}$/u.test(sign)) return ANY_LETTER;
  if (/^\p{Z}$/u.test(sign)) return " ";
  return /^\p{Pd}$/u.test(sign) ? "-" : "*";
}

/** Letters and digits that stand together, cut where they change; only the first has signs before it. */
function cut(run, before) {
  if (isMisreadNumber(run.map(({ sign }) => sign).join(""))) return [token(run, before, true)];
  const parts = [];
  for (const each of run) {
    const number = isDigits(each.sign);
    if (parts.at(-1)?.number === number) parts.at(-1).run.push(each);
    else parts.push({ number, run: [each] });
  }
  return parts.map((part, n) => token(part.run, n ? "" : before, part.number));
}

function isMisreadNumber(written) {
  if (!FIRST.test(written[0]) || !isDigits(asDigits(written))) return false;
  const digits = written.replace(/[^0-9]/g, "").length;
  return 2 * digits >= written.length || (digits > 0 && FIRST.test(written));
}

function token(run, before, number) {
  const raw = run.map(({ sign }) => sign).join("");
  const digits = number ? asDigits(raw) : spokenDigits(raw);
  return made({ text: digits || raw, number: Boolean(digits), start: run[0].start, end: run.at(-1).end, before, raw });
}

const made = (parts) => ({ ...parts, word: parts.number ? "" : parts.text.toLowerCase() });

/** The digits that a word says (`dua`: 2, `noldelapan`: 08), or nothing. */
function spokenDigits(raw) {
  const small = raw.toLowerCase();
  if (small.length > LONGEST_NUMBER_WORDS || !ALL_SPOKEN.test(small)) return "";
  return small.match(EACH_SPOKEN).map((found) => NUMBER_WORDS[found]).join("");
}

/** `O 812`, `08l2x345`, `3171 OlOl`: letters alone that are read as digits beside a number. */
function withLoneLetters(tokens) {
  return tokens.map((each, n) => (isLoneDigit(each, tokens[n - 1], tokens[n + 1]) ? made({ ...each, text: asDigits(each.text), number: true }) : each));
}

function isLoneDigit(each, former, later) {
  if (each.number || !/^[OoIl]{1,6}$/.test(each.text)) return false;
  if (each.text.length > 1) return isBeside(each.before, former) || isBeside(later?.before, later);
  if (!later?.number) return false;
  if ("Oo".includes(each.text)) return later.before.length <= 1;
  return "Il".includes(each.text) && !(each.before + later.before) && Boolean(former?.number);
}

const isBeside = (gap, number) => Boolean(number?.number) && gap.length <= 3;

/** The words, not numbers, among the `count` tokens before a place; the nearest first. */
export const wordsBefore = (tokens, place, count) => tokens.slice(Math.max(0, place - count), place).filter(({ number }) => !number).map(({ word }) => word).reverse();

/** Whether what stands between two tokens is little enough that a reader takes them together. */
export function joins(before, signsAtMost = 5) {
  return before.length <= LONGEST_GAP && before.replace(/[ \n]/g, "").replace(/(.)\1+/g, "$1").length <= signsAtMost;
}

/** Without these signs at both ends. */
export function strip(text, signs) {
  let start = 0, end = text.length;
  while (start < end && signs.includes(text[start])) start++;
  while (end > start && signs.includes(text[end - 1])) end--;
  return text.slice(start, end);
}
