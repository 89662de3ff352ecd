// What a description seems to speak of, while it is being written: `<Suggested text value onPick />`. It offers, and
// never chooses: `value` is the category that the person chose, and is left alone while the words can mean it.

import { categoriesByCode } from "./reference.js";
import { problemSearch } from "./tables.js";
import { t, word } from "./texts.js";
import { html, Icon, useEffect, useState } from "./view.js";

const QUIET = 500; // ms after the last key
const SHORTEST = 8; // characters
const LEAST = 400; // score of one offered
const SHARE = 0.5; // of the best one's score
const MOST = 3;
const REASONS = 3;

export function Suggested({ text, value, onPick }) {
  const offers = useOffers(text, value);
  return html`<div role="status" id="suggested">${offers.length > 0 && html`<div class="notice"><${Icon} name="info" /><div>
    <p>${t("problem.maybe")}</p>
    <div class="row">${offers.map(({ category }) => html`<button type="button" class="button" key=${category.code} onClick=${() => onPick(category.code)}>${word(category.name)}</button>`)}</div>
    <p class="muted small">${t("problem.because", { words: offers[0].reasons.slice(0, REASONS).join(", ") })}</p>
  </div></div>`}</div>`;
}

function useOffers(text, value) {
  const [offers, setOffers] = useState([]);
  useEffect(() => {
    const look = () => offersOf(text, value).then((found) => current && setOffers(found), () => {});
    let current = true;
    const timer = setTimeout(look, QUIET);
    return () => ((current = false), clearTimeout(timer));
  }, [text, value]);
  return offers;
}

async function offersOf(text, value) {
  if (text.trim().length < SHORTEST) return [];
  const [{ suggest }, categories] = await Promise.all([problemSearch(), categoriesByCode()]);
  const found = suggest(text).slice(0, MOST);
  if (value && (!found[0]?.sure || found.some(({ category }) => category === value))) return [];
  const worth = found.filter(({ score }) => score >= LEAST && score >= SHARE * found[0].score);
  return worth.map(({ category, reasons }) => ({ category: categories.get(category), reasons })).filter(({ category }) => category);
}
