// Which report a duplicate is merged into: open ones nearby, to be told apart by their place on a small map, distance, age,
// words and picture; any other by its number.

import { DEGREE, metres } from "../areas.js";
import { Chip } from "../chip.js";
import { nearText } from "../place_words.js";
import { Said } from "../said.js";
import { t } from "../texts.js";
import { Field, html, useEffect, useState } from "../view.js";
import { ago } from "../when.js";
import { CandidateMap } from "./candidate_map.js";

const MOST = 6;
const LONGEST = 140; // characters of a description
const AROUND = 100; // metres: of any kind

export function Survivor({ id, view, context, values, set, fault }) {
  const near = useNear(context.city, view);
  const chosen = values.survivor ?? "";
  const typed = near?.some(({ number }) => number === chosen) ? "" : chosen;
  return html`<fieldset id=${id} class=${fault ? "field has-error" : "field"} tabindex="-1" aria-describedby=${fault ? `${id}-error` : undefined}>
    <legend>${t("act.survivor")}</legend>
    ${fault && html`<p class="wrong" id=${`${id}-error`}>${fault}</p>`}
    ${!near && html`<p class="loading">${t("common.loading")}</p>`}
    ${near && html`<p class="hint">${t(near.length ? "act.survivor_near" : "act.survivor_none")}</p>`}
    ${near?.some(({ place }) => place) && html`<${CandidateMap} spot=${spotOf(view)} near=${near} />`}
    ${near?.map((each, index) => html`<${Candidate} key=${each.number} each=${each} name=${index + 1} chosen=${chosen} onChoose=${() => set("survivor", each.number)} />`)}
    <${Field} id=${`${id}-number`} label=${t("act.survivor_other")}>
      ${(tie) => html`<input ...${tie} type="text" autocomplete="off" maxlength="64" value=${typed} onInput=${(event) => set("survivor", event.target.value)} />`}
    <//>
  </fieldset>`;
}

function Candidate({ each, name, chosen, onChoose }) {
  const text = each.description ?? "";
  return html`<label class="choice candidate">
    <input type="radio" name="survivor" value=${each.number} checked=${each.number === chosen} onChange=${onChoose} />
    ${each.picture && html`<img src=${each.picture} alt="" width="96" height="72" />`}
    <span><span class="mark">${name}</span> <strong>${each.number}</strong> <${Chip} status=${each.status} />
      <small>${each.category.name} · ${nearText(each.away)}, ${ago(each.timeline[0].at)}</small>
      ${text && html`<small><${Said} text=${text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text} /></small>`}</span>
  </label>`;
}

/** Views of open cases around, those of the same kind first, then the nearest; none where the city does not tell. */
function useNear(city, view) {
  const [near, setNear] = useState(null);
  useEffect(() => void casesNear(city, view).then(setNear, () => setNear([])), [view.number]);
  return near;
}

const spotOf = ({ place, location }) => (location?.lat === undefined ? place : location);

async function casesNear(city, view) {
  const { number, category } = view;
  const spot = spotOf(view);
  if (!spot) return [];
  const d = AROUND / DEGREE;
  const box = [spot.lon - d, spot.lat - d, spot.lon + d, spot.lat + d].map((edge) => edge.toFixed(6));
  const [kin, all] = await Promise.all([city.nearby(spot, category.code), city.around(box)]);
  const numbers = [...new Set([...kin, ...all.filter((item) => item.number && metres(item, spot) <= AROUND)].map((item) => item.number))].filter((each) => each !== number);
  const found = await Promise.all(numbers.slice(0, MOST).map((each) => city.case(each).catch(() => null))); // not theirs to see
  const other = (each) => each.category.code !== category.code;
  return found.filter(Boolean).map((each) => asCandidate(each, spot)).sort((a, b) => other(a) - other(b) || a.away - b.away);
}

const asCandidate = (view, spot) => ({ ...view, away: metres(view.place ?? spot, spot), picture: view.photos.find((photo) => photo.urls)?.urls.small });
