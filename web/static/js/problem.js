// What it is. `<ProblemPicker value onChange tiles error />`: `value` a category's code; tiles for what people report
// most (web/tiles.json), a list with search for all 115. `<Questions category value onChange />`: a category's own
// questions; nobody has to answer. `tilesOf(element)`: the tiles that the page carries.

import { Choice, ProblemSearch } from "./problem_search.js";
import { categoriesByCode } from "./reference.js";
import { t, word } from "./texts.js";
import { html, Icon, Notice, useEffect, useState } from "./view.js";

const LONGEST = 1000; // characters of an answer

export const tilesOf = (element) => JSON.parse(element.dataset.tiles);

const tileOf = (tiles, code) => tiles.find((tile) => tile.categories.includes(code));

export function ProblemPicker({ value, onChange, tiles, error }) {
  const [categories, setCategories] = useState(null);
  const [all, setAll] = useState(false);
  useEffect(() => void categoriesByCode().then(setCategories, () => setCategories(new Map())), []);
  const tile = tileOf(tiles, value);
  const other = all || (value && !tile);
  return html`<fieldset class=${`field ${error ? "has-error" : ""}`} id="category" tabindex="-1" aria-describedby=${error ? "category-error" : undefined}>
    <legend>${t("problem.legend")}</legend>
    ${error && html`<p class="wrong" id="category-error">${error}</p>`}
    <ul class="tiles">
      ${tiles.map((each) => html`<li key=${each.code}><${Tile} icon=${each.icon} on=${!other && tile === each} onClick=${() => (setAll(false), onChange(each.categories[0]))}>${t(`problem.tile_${each.code}`)}</${Tile}></li>`)}
      <li><${Tile} icon="more" on=${other} onClick=${() => (setAll(true), tile && onChange(""))}>${t("problem.other")}</${Tile}></li>
    </ul>
    ${!other && tile && tile.categories.length > 1 && categories && html`<${Finer} codes=${tile.categories} categories=${categories} value=${value} onChange=${onChange} />`}
    ${other && html`<${Every} categories=${categories} value=${value} onChange=${onChange} />`}
  </fieldset>`;
}

const Tile = ({ icon, on, onClick, children }) => html`<button type="button" class="tile" aria-pressed=${on ? "true" : "false"} onClick=${onClick}><${Icon} name=${icon} /><span>${children}</span></button>`;

const Finer = ({ codes, categories, value, onChange }) => html`<div class="field" role="radiogroup" aria-label=${t("problem.finer")}>
  <p class="hint">${t("problem.finer")}</p>
  ${codes.filter((code) => categories.has(code)).map((code) => html`<${Choice} key=${code} category=${categories.get(code)} value=${value} onChange=${onChange} />`)}
</div>`;

function Every({ categories, ...picking }) {
  if (!categories) return html`<p class="loading">${t("common.loading")}</p>`;
  if (!categories.size) return html`<${Notice} kind="warn">${t("problem.no_list")}</${Notice}>`;
  return html`<${ProblemSearch} categories=${categories} ...${picking} />`;
}

export function Questions({ category, value, onChange, errors = {} }) {
  const set = (code, answer) => onChange({ ...value, [code]: answer });
  return html`${category.questions.map((question) => html`<${Question} key=${question.code} question=${question} value=${value[question.code]} error=${errors[question.code]} onChange=${(answer) => set(question.code, answer)} />`)}`;
}

function Question({ question, value, onChange, error }) {
  const id = `answers-${question.code}`;
  const many = question.datatype === "multivaluelist";
  const toggle = (key, on) => onChange(many ? (on ? [...(value ?? []), key] : (value ?? []).filter((each) => each !== key)) : key);
  const label = html`${word(question.text)} <span class="muted small">(${t("common.optional")})</span>`;
  if (!question.values.length) return html`<div class="field"><label for=${id}>${label}</label><input id=${id} type=${question.datatype === "number" ? "number" : "text"} maxlength=${LONGEST} value=${value ?? ""} onInput=${({ target }) => onChange(question.datatype === "number" ? target.valueAsNumber : target.value)} /></div>`;
  return html`<fieldset class="field" id=${id} tabindex="-1"><legend>${label}</legend>
    ${error && html`<p class="wrong">${error}</p>`}
    ${question.values.map(({ key, name }) => html`<label class="choice" key=${key}><input type=${many ? "checkbox" : "radio"} name=${id} checked=${many ? (value ?? []).includes(key) : value === key} onChange=${(event) => toggle(key, event.target.checked)} /><span>${word(name)}</span></label>`)}
  </fieldset>`;
}
