// E-mail addresses, as machines read them and as people spell them. The same as
// chalicelib/domain/text/personal_data/addresses.py.

import { joins, strip } from "./skeleton.js";
import { AT_WORDS, BRACKETED_AT, DOT_WORDS, ENDINGS, LOOSE_ENDINGS, NOT_NAMES, PROVIDERS, PROVIDER_ENDINGS, SHORT_PROVIDERS } from "./tables.js";

const LABELS = 5;
const LABEL = 12;
const WORD = 3;
const NAME = 8;
const LOCAL_GAP = 4;
const SPACED = 12;
const UNMARKED = [...PROVIDERS].filter((name) => !SHORT_PROVIDERS.has(name));
const NAME_SIGNS = /^[ \n.,_\-+'"<([{]*$/;
const AROUND_DOT = " \n()[]{}<>";
const SPELLING_SIGNS = /^[ *_\-/|."'%~=+#]+$/;

export function addresses(tokens) {
  const spans = [];
  for (let place = 1; place < tokens.length; ) {
    const end = addressEnd(tokens, place);
    if (end === null) place++;
    else spans.push({ kind: "email", start: tokens[nameBegin(tokens, place - 1)].start, end: tokens[end - 1].end }), (place = end + 1);
  }
  return spans;
}

/** Behind which token an address ends whose name stands before `place`. */
function addressEnd(tokens, place) {
  if (isAtSign(tokens[place].before)) return providerEnd(tokens, place) ?? domainEnd(tokens, place, false) ?? bareEnd(tokens, place);
  const spelling = place + 1 < tokens.length ? atSpelling(tokens[place], tokens[place + 1]) : "";
  if (spelling) return providerEnd(tokens, place + 1) ?? domainEnd(tokens, place + 1, spelling !== "bracketed");
  return unmarkedEnd(tokens, place);
}

/** `siti@kantor`: nothing between name, at and a word. */
function bareEnd(tokens, place) {
  const { before, number, text } = tokens[place];
  return before === "@" && !number && text.length >= WORD ? labelEnd(tokens, place) : null;
}

function nameBegin(tokens, place) {
  const least = Math.max(0, place - NAME);
  while (place > least && ["", ".", "-", "_", "+"].includes(tokens[place].before)) place--;
  return place;
}

function isAtSign(before) {
  const at = before.indexOf("@");
  return at >= 0 && at <= LOCAL_GAP && NAME_SIGNS.test(before.slice(0, at)) && joins(before);
}

function atSpelling(token, later) {
  if (!joins(token.before) || !joins(later.before)) return "";
  const bracketed = /[([{<]$/.test(token.before) && /^[)\]}>]/.test(later.before);
  if (bracketed && (AT_WORDS.has(token.word) || BRACKETED_AT.has(token.word))) return "bracketed";
  if (!AT_WORDS.has(token.word)) return "";
  const between = strip(token.before + later.before, " \n");
  return between ? (SPELLING_SIGNS.test(between) ? "signed" : "") : "bare";
}

function providerEnd(tokens, place) {
  let letters = "", end = place;
  while (end < Math.min(place + SPACED, tokens.length) && (end === place || joins(tokens[end].before))) {
    const { word, number } = tokens[end++];
    letters += word;
    if (UNMARKED.includes(letters)) return end;
    if (number || !UNMARKED.some((name) => name.startsWith(letters))) return null;
  }
  return null;
}

function domainEnd(tokens, place, spelled) {
  let at = place, found = null;
  for (let label = 0; label < LABELS; label++) {
    const [dot, after] = dotAt(tokens, labelEnd(tokens, at));
    if (!dot) return found;
    at = after;
    if (isEnding(tokens, at, dot, spelled)) found = at + 1;
  }
  return found;
}

function labelEnd(tokens, begin) {
  const most = Math.min(begin + 1 + LABEL, tokens.length);
  let place = begin + 1;
  while (place < most && ["", "-", "_"].includes(tokens[place].before) && !DOT_WORDS.has(tokens[place].word)) place++;
  return place;
}

/** How a dot is written before this token, and the place of what follows it. */
function dotAt(tokens, place) {
  if (place >= tokens.length) return ["", place];
  if (isSpelledDot(tokens, place)) return ["spelled", place + 1];
  const { before } = tokens[place];
  if (before === ".") return ["tight", place];
  if (![".", ","].includes(strip(before, AROUND_DOT))) return ["", place];
  return [AROUND_DOT.includes(before[0]) || before === "," ? "loose" : "sentence", place];
}

function isSpelledDot(tokens, place) {
  return DOT_WORDS.has(tokens[place].word) && place + 1 < tokens.length && joins(tokens[place].before) && joins(tokens[place + 1].before);
}

function isEnding(tokens, place, dot, spelled) {
  const { number, text, word } = tokens[place];
  if (number || text.length < 2 || (tokens[place + 1] && !tokens[place + 1].before)) return false;
  if (dot === "tight" && !spelled) return true;
  return dot === "sentence" ? LOOSE_ENDINGS.has(word) && !spelled : ENDINGS.has(word);
}

/** `budi gmail com`, `budigmail.com`: a provider and its ending without any at. */
function unmarkedEnd(tokens, place) {
  const { word, before } = tokens[place];
  if (!UNMARKED.some((name) => word.endsWith(name)) || !joins(before)) return null;
  if (PROVIDERS.has(word) && NOT_NAMES.has(tokens[place - 1].word)) return null;
  const [dot, found] = dotAt(tokens, place + 1);
  const after = !dot && tokens[place + 1]?.before === " " ? place + 1 : found;
  return PROVIDER_ENDINGS.has(tokens[after]?.word) ? after + 1 : null;
}
