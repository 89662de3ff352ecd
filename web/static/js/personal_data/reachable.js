// Telephone numbers and identity numbers (NIK) among the chains of a text. The same as
// chalicelib/domain/text/personal_data/reachable.py. A span: {kind, start, end}.

import { chains } from "./chains.js";
import { harmlessPlaces, isYearOrRound } from "./harmless.js";
import { PROVINCES } from "./tables.js";

const NIK_DIGITS = 16;
const UNEXPLAINED = 5;
const SHORTEST = 9;
const ALONE = 10;
const COMPLETE = 10;

export const numbersOfPersons = (tokens) => chains(tokens).flatMap(ofChain);

function ofChain(chain) {
  const { groups } = chain, explained = harmlessPlaces(chain), spans = [];
  for (let place = 0; place < groups.length; ) {
    let kind = "nik", end = explained.has(place) ? null : nikEnd(groups, place);
    if (end === null || groups.slice(place, end).every(({ digits }) => isYearOrRound(digits))) (kind = "telephone"), (end = telephoneEnd(groups, place));
    if (end === null || isHarmless(groups, place, end, explained)) place++;
    else spans.push({ kind, start: groups[place].start, end: groups[end - 1].end }), (place = end);
  }
  return spans;
}

/** A date or price that begins the number, and too few digits behind it for a number of its own. */
function isHarmless(groups, begin, end, explained) {
  let left = 0;
  for (let place = begin; place < end; place++) if (!explained.has(place)) left += groups[place].digits.length;
  return explained.has(begin) && left < UNEXPLAINED;
}

function nikEnd(groups, place) {
  let digits = "", end = place;
  while (end < groups.length && digits.length < NIK_DIGITS) digits += groups[end++].digits;
  return digits.length === NIK_DIGITS && looksLikeNik(digits, groups.slice(place + 1, end)) ? end : null;
}

function looksLikeNik(digits, others) {
  if (!others.length) return true;
  const gaps = new Set(others.map(({ gap }) => gap));
  if (hasBirthday(digits) && (gaps.size === 1 || others.length === NIK_DIGITS - 1)) return true;
  const listed = [...gaps].some((gap) => /[,;]/.test(gap));
  return PROVINCES.has(digits.slice(0, 2)) && !listed && isCutEvenly(others);
}

const isCutEvenly = (others) => others.length < 7 && others.every(({ digits }) => digits.length % 2 === 0);

function hasBirthday(digits) {
  const day = Number(digits.slice(6, 8)), month = Number(digits.slice(8, 10));
  return PROVINCES.has(digits.slice(0, 2)) && day % 40 >= 1 && day % 40 <= 31 && day <= 71 && month >= 1 && month <= 12;
}

function telephoneEnd(groups, place) {
  const lengths = telephoneLengths(groups, place);
  if (!lengths) return null;
  const [least, most] = lengths;
  let count = groups[place].digits.length, end = place + 1;
  while (end < groups.length && count < least) count += groups[end++].digits.length;
  if (count < least || count > most) return null;
  while (end < groups.length && goesOn(groups, end, count, most)) count += groups[end++].digits.length;
  return end;
}

function goesOn(groups, end, count, most) {
  return (count < COMPLETE || groups[end].gap === groups[end - 1].gap) && count + groups[end].digits.length <= most;
}

/** How many digits a number that begins here has, at least and at most; null if no number begins so. */
function telephoneLengths(groups, place) {
  const first = groups[place].digits.length, plus = hasPlus(groups, place), digits = digitsFrom(groups, place);
  const country = ["0062", "62"].find((code) => digits.startsWith(code));
  if (country && (first >= 2 || plus)) {
    const trunk = country.length + Number(digits.startsWith("0", country.length));
    return nationalLengths(digits.slice(trunk), trunk, plus || country === "0062");
  }
  if (plus && !digits.startsWith("0")) return [9, 15];
  if (digits.startsWith("0")) return nationalLengths(digits.slice(1), 1, first >= 3 || isSpelled(groups, place, SHORTEST));
  return isMobile(digits) && standsAlone(groups, place) ? [9, 12] : null;
}

function nationalLengths(digits, trunk, fixed) {
  if (isMobile(digits)) return [trunk + 8, trunk + 14];
  return fixed && /^[2-79]/.test(digits) ? [trunk + 8, trunk + 10] : null;
}

const isMobile = (digits) => /^8[1-9]/.test(digits);

/** 812 3456 7890: without its nought a number is in one piece or evenly spaced ones, and no part of another. */
function standsAlone(groups, place) {
  const first = groups[place];
  if (place && [".", ",", ":", "-", "/"].includes(first.gap)) return false;
  if (first.digits.length < 3) return isSpelled(groups, place, ALONE);
  const gaps = new Set(groups.slice(place + 1, place + 3).map(({ gap }) => gap));
  return first.digits.length >= 9 || (gaps.size === 1 && !gaps.has(", "));
}

function hasPlus(groups, place) {
  const { gap } = groups[place];
  return /\+[ (]*$/.test(gap) && !(place && gap.startsWith("+"));
}

function isSpelled(groups, place, count) {
  const spelled = groups.slice(place, place + count);
  return spelled.length === count && spelled.every(({ digits }) => digits.length === 1);
}

const digitsFrom = (groups, place) => groups.slice(place, place + 8).map(({ digits }) => digits).join("").slice(0, 8);
