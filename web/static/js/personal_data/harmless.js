// Numbers of a street: dates, times, money, measures, coordinates, house numbers. The same as
// chalicelib/domain/text/personal_data/harmless.py. A matcher answers how many groups of a chain, from a place on, are of its
// grammar.

import { strip } from "./skeleton.js";
import { AMOUNTS, AREAS, MONEY } from "./tables.js";

const THOUSANDS = 6;
const STEP = 9;
const isLatitude = (degrees) => degrees >= 1 && degrees <= 11;
const isLongitude = (degrees) => degrees >= 95 && degrees <= 141;
export const isYear = (digits) => digits.length === 4 && digits >= "1900" && digits <= "2099";

/** The places of a chain's groups that are explained by one of the grammars. */
export function harmlessPlaces(chain) {
  const explained = new Set();
  for (let place = 0; place < chain.groups.length; ) {
    const count = Math.max(...MATCHERS.map((matches) => matches(chain, place)));
    for (let n = 0; n < count; n++) explained.add(place + n);
    place += count || 1;
  }
  return explained;
}

export const isYearOrRound = (digits) => isYear(digits) || (digits.length >= 3 && digits.length <= 6 && digits.endsWith("00"));

function date(chain, place) {
  const groups = chain.groups.slice(place, place + 3);
  if (groups.length < 3 || !isDay(groups.map(({ digits }) => digits))) return 0;
  const sign = strip(groups[1].gap, " ");
  if (strip(groups[2].gap, " ") !== sign || !["/", "-", ".", ""].includes(sign)) return 0;
  if (!sign && Math.max(...groups.map(({ digits }) => digits.length)) < 4) return 0;
  return glued(chain, place, 3, [sign || " "]) ? 0 : 3;
}

function isDay(digits) {
  const [day, month, year] = digits[0].length === 4 ? [...digits].reverse() : digits;
  if (day.length > 2 || month.length > 2 || ![2, 4].includes(year.length)) return false;
  return within(day, 1, 31) && within(month, 1, 12) && (year.length === 2 || isYear(year));
}

const within = (digits, least, most) => Number(digits) >= least && Number(digits) <= most;

function time(chain, place) {
  const { groups } = chain;
  if (place + 1 >= groups.length || !isTime(groups[place], groups[place + 1])) return 0;
  const sign = groups[place + 1].gap;
  let count = 2;
  if (has(groups, place + 2, sign) && isSixty(groups[place + 2].digits)) {
    count = 3;
    if (sign === ":" && has(groups, place + 3, ".") && groups[place + 3].digits.length <= 6) count = 4;
  }
  return glued(chain, place, count, [".", ":"]) ? 0 : count;
}

const isTime = (hour, minute) => hour.digits.length <= 2 && within(hour.digits, 0, 24) && [".", ":"].includes(minute.gap) && isSixty(minute.digits);

const isSixty = (digits) => digits.length === 2 && digits < "60";

const has = (groups, place, gap) => groups[place]?.gap === gap;

function thousands(chain, place) {
  const { groups } = chain;
  if (groups[place].digits.startsWith("0") || groups[place].digits.length > 3 || place + 1 >= groups.length) return 0;
  const sign = groups[place + 1].gap;
  if (![".", ",", " "].includes(sign)) return 0;
  let end = place + 1;
  while (end - place < THOUSANDS && has(groups, end, sign) && groups[end].digits.length === 3) end++;
  const count = end - place;
  if (count < 2 || glued(chain, place, count, [sign])) return 0;
  return groups[end - 1].digits === "000" || isAmount(chain, place, end) ? count : 0;
}

const amount = (chain, place) => Number(!chain.groups[place].digits.startsWith("0") && isAmount(chain, place, place + 1));

function isAmount(chain, begin, end) {
  return (begin === 0 && MONEY.has(chain.cues[0])) || (end === chain.groups.length && AMOUNTS.has(chain.unit));
}

function decimal(chain, place) {
  const { groups } = chain;
  if (place + 1 >= groups.length || groups[place].digits.length > 3) return 0;
  const whole = groups[place].digits, { digits: fraction, gap } = groups[place + 1];
  const proper = whole === "0" || (gap === "," && !whole.startsWith("0"));
  if (![",", "."].includes(gap) || !proper || fraction.length > (whole === "0" ? 3 : 2)) return 0;
  return glued(chain, place, 2, [",", "."]) ? 0 : 2;
}

function coordinate(chain, place) {
  if (!isDegree(chain, place, (whole) => isLatitude(whole) || isLongitude(whole))) return 0;
  if (chain.groups[place + 1].digits.length >= 4) return 2;
  return isDegree(chain, place, isLatitude) && isDegree(chain, place + 2, isLongitude) ? 4 : 0;
}

function isDegree(chain, place, isOne) {
  const [whole, fraction] = chain.groups.slice(place, place + 2);
  if (!fraction || whole.gap.endsWith("+") || ![".", ","].includes(fraction.gap)) return false;
  return whole.digits.length <= 3 && !whole.digits.startsWith("0") && isOne(Number(whole.digits)) && fraction.digits.length >= 2;
}

function rowOfHouses({ groups }, place) {
  if (groups[place].digits.length > 3) return 0;
  let end = place + 1;
  while (end < groups.length && follows(groups[end - 1], groups[end])) end++;
  return end - place >= 3 ? end - place : 0;
}

function follows(former, later) {
  if (later.digits.length > 3 || !/[,;]/.test(later.gap)) return false;
  const step = Number(later.digits) - Number(former.digits);
  return step > 0 && step <= STEP;
}

const kilometre = ({ groups }, place) => (has(groups, place + 1, "+") && groups[place].digits.length <= 3 ? 2 : 0);

function neighbourhood({ groups, cues }, place) {
  if (place || !AREAS.has(cues[0])) return 0;
  let end = 1;
  while (end < Math.min(3, groups.length) && strip(groups[end].gap, " ") === "/") end++;
  return groups.slice(0, end).every(({ digits }) => digits.length <= 3) ? end : 0;
}

/** Whether the same signs join it to what stands before or behind it. */
function glued({ groups }, place, count, gaps) {
  const end = place + count;
  return (place > 0 && gaps.includes(groups[place].gap)) || (end < groups.length && gaps.includes(groups[end].gap));
}

const MATCHERS = [date, time, thousands, amount, decimal, coordinate, rowOfHouses, kilometre, neighbourhood];
