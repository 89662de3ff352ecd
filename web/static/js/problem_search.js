// All kinds of problems, searched in the words that people use: `<ProblemSearch categories value onChange />`. Where
// nothing fits it says what comes closest, and how to go on with "Lainnya". Nothing that is typed here leaves the page.

import { problemSearch } from "./tables.js";
import { t, word } from "./texts.js";
import { html, useEffect, useState } from "./view.js";

const MOST = 8; // hits by words; names that hold what was typed come behind them
const SHARE = 0.25; // of the best one's score
const OTHER = "LAIN";

export function ProblemSearch({ categories, value, onChange }) {
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState(null);
  useEffect(() => void problemSearch().then(setSearch, () => {}), []);
  const asked = typed.trim();
  const found = asked ? categoryHits(asked, categories, search) : everyOne(categories, value);
  return html`<div>
    <div class="field"><label for="category-words">${t("problem.search")}</label>
      <p class="hint" id="category-words-hint">${t("problem.search_hint")}</p>
      <input id="category-words" type="search" autocomplete="off" aria-describedby="category-words-hint" value=${typed} onInput=${(event) => setTyped(event.target.value)} /></div>
    <p class="hint" role="status">${asked && !found.length ? t("problem.not_found", { words: asked.slice(0, 40) }) : t("problem.found", { n: found.length })}</p>
    ${found.length > 0 && html`<${Choices} list=${found} value=${value} onChange=${onChange} />`}
    ${asked && html`<${Elsewhere} asked=${asked} none=${!found.length} categories=${categories} search=${search} value=${value} onChange=${onChange} />`}
  </div>`;
}

/** All of them; what was chosen stands first, because the list is long. */
function everyOne(categories, value) {
  const all = [...categories.values()];
  return value ? [...all.filter(({ code }) => code === value), ...all.filter(({ code }) => code !== value)] : all;
}

const worth = (found) => found.filter(({ score }) => score >= SHARE * found[0].score).slice(0, MOST).map(({ category }) => category);

export function categoryHits(asked, categories, search) {
  const ranked = search ? worth(search.suggest(asked, { typing: true })) : [];
  const parts = asked.toLowerCase().split(/\s+/);
  const named = [...categories.values()].filter(({ name, group, code }) => parts.every((part) => part.length > 2 && `${name.id} ${name.en} ${word(group)} ${code}`.toLowerCase().includes(part)));
  return [...new Set([...ranked, ...named.map(({ code }) => code)])].map((code) => categories.get(code)).filter(Boolean);
}

function Elsewhere({ asked, none, categories, search, value, onChange }) {
  const near = none && search ? search.closest(asked).map((code) => categories.get(code)).filter(Boolean) : [];
  const other = categories.get(OTHER);
  return html`<div class="elsewhere">
    ${near.length > 0 && html`<p><strong>${t("problem.closest")}</strong></p><${Choices} list=${near} value=${value} onChange=${onChange} />`}
    <p>${t("problem.describe")}</p>
    ${other && html`<${Choice} category=${other} value=${value} onChange=${onChange} />`}
  </div>`;
}

const Choices = ({ list, value, onChange }) => html`<div class="every" role="radiogroup" aria-label=${t("problem.legend")} tabindex="-1">${list.map((category) => html`<${Choice} key=${category.code} category=${category} value=${value} onChange=${onChange} group=${true} />`)}</div>`;

export const Choice = ({ category, value, onChange, group }) => html`<label class="choice"><input type="radio" name="category-choice" checked=${value === category.code} onChange=${() => onChange(category.code)} /><span>${word(category.name)}${group && html`<small>${word(category.group)}</small>`}</span></label>`;
