// Chains: numbers that a reader takes together, since no more than a few signs stand between them. The same as
// chalicelib/domain/text/personal_data/chains.py. A chain: {groups: [{digits, gap, start, end}], cues, unit}.

import { joins, wordsBefore } from "./skeleton.js";
import { CONNECTING } from "./tables.js";

const CUES = 2;

/** Every chain of a text, in order. */
export function chains(tokens) {
  const found = [];
  for (let place = 0; place < tokens.length; place++) {
    if (!tokens[place].number) continue;
    const begun = place, groups = [group(tokens[place], tokens[place].before)];
    for (let step; (step = stepOf(tokens, place + 1)); place = step) {
      const gap = tokens.slice(place + 1, step + 1).map(({ before }) => before).join(" ");
      groups.push(group(tokens[step], gap));
    }
    found.push({ groups, cues: wordsBefore(tokens, begun, CUES), unit: tokens[place + 1]?.word ?? "" });
  }
  return found;
}

const group = ({ text, start, end }, gap) => ({ digits: text, gap, start, end });

/** Where the chain goes on: at the next token, or behind one connecting word. */
function stepOf(tokens, place) {
  if (continues(tokens, place)) return place;
  return connects(tokens, place) && continues(tokens, place + 1) ? place + 1 : null;
}

const continues = (tokens, place) => Boolean(tokens[place]?.number) && joins(tokens[place].before);

function connects(tokens, place) {
  if (place + 1 >= tokens.length || !joins(tokens[place].before)) return false;
  const { word, before } = tokens[place];
  return CONNECTING.has(word) || (word === "x" && !before && !tokens[place + 1].before);
}

