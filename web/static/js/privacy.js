// The privacy check of free words before everybody may read them: `look(text)` → [{kind, start, end}], kinds telephone, email, nik,
// plate and unread. The city looks in the same way (chalicelib/domain/text/privacy.py) and decides; a page only tells the
// person who writes. `text.slice(start, end)` is what was found.

import { addresses } from "./personal_data/addresses.js";
import { plates } from "./personal_data/plates.js";
import { numbersOfPersons } from "./personal_data/reachable.js";
import { withoutReportNumbers } from "./personal_data/report_numbers.js";
import { read } from "./personal_data/skeleton.js";

const LONGEST = 4000; // characters, as the city counts them
const OPENING = 2;

export function look(text) {
  const signs = [...text];
  const head = signs.slice(0, LONGEST).join("");
  const tokens = withoutReportNumbers(read(head));
  const spans = [...numbersOfPersons(tokens), ...addresses(tokens), ...plates(tokens)].sort((a, b) => a.start - b.start || a.end - b.end);
  const found = spans.map((span) => ({ ...span, start: widened(text, span.start) }));
  return signs.length > LONGEST ? [...found, { kind: "unread", start: head.length, end: text.length }] : found;
}

/** The same as [{kind, words}]. */
export const named = (text) => look(text).map(({ kind, start, end }) => ({ kind, words: text.slice(start, end) }));

/** A plus or an opening bracket before a number belongs to it. */
function widened(text, start) {
  let begin = start;
  while (begin > Math.max(0, start - OPENING) && "+([".includes(text[begin - 1])) begin--;
  return begin;
}
