// Numbers of ours among the tokens of a text: they name a report and no person. The same as
// chalicelib/domain/text/personal_data/report_numbers.py.

import { read as readNumber } from "../number.js";
import { joins } from "./skeleton.js";
import { ANY_LETTER } from "./tables.js";

const SIGNS = 9;

/** One word stands for each JKT-XXXX-XXXX-C with the right check character. */
export function withoutReportNumbers(tokens) {
  const kept = [];
  for (let place = 0; place < tokens.length; ) {
    const end = tokens[place].word === "jkt" ? reportNumberEnd(tokens, place + 1) : null;
    kept.push(end ? { ...tokens[place], text: ANY_LETTER, word: ANY_LETTER } : tokens[place]);
    place = end ?? place + 1;
  }
  return kept;
}

function reportNumberEnd(tokens, begin) {
  let written = "";
  for (let place = begin; place < Math.min(begin + SIGNS, tokens.length); place++) {
    if (!joins(tokens[place].before, 2)) return null;
    written += tokens[place].raw;
    if (written.length >= SIGNS) return isOurs(written) ? place + 1 : null;
  }
  return null;
}

const isOurs = (written) => written.length === SIGNS && Boolean(readNumber(`JKT${written}`));
