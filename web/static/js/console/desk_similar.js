// What may be the same matter, shown while a desk types: around a point what everybody may see; of a kelurahan what stands
// in the reader's own list or was taken in today.

import { distanceText } from "../place_words.js";
import { Said } from "../said.js";
import { t, word } from "../texts.js";
import { Icon, html, useEffect, useState } from "../view.js";
import { ago } from "../when.js";
import { listsOf } from "./queue.js";

const MOST = 4;

export function Similar({ draft, context }) {
  const { category, place } = draft;
  if (!category) return null;
  return html`<${Cases} key=${[category, place?.area?.code, place?.lat, place?.lon].join()} category=${category} place=${place} context=${context} />`;
}

function Cases({ category, place, context }) {
  const [rows, setRows] = useState([]);
  useEffect(() => {
    let current = true;
    const asked = place && !place.listed ? casesNear(category, place, context) : casesLike(category, place?.area?.code, context);
    asked.then((found) => current && setRows(found), () => {});
    return () => (current = false);
  }, []);
  if (!rows.length) return null;
  return html`<section class="notice warn" id="similar"><${Icon} name="warning" /><div>
    <h2>${t("desk.similar")}</h2>
    <ul class="plain stack">${rows.map((row) => html`<li key=${row.number}>
      <a href=${`#${row.number}`} target="_blank">${word(context.category(row.category.code)?.name)} <span class="number">${row.number}</span></a> ${t(`status.${row.status}`)} <span class="small muted">${[row.area?.name, row.distance_m >= 0 && distanceText(row.distance_m), ago(row.received_at)].filter(Boolean).join(" · ")}</span>
      ${row.text && html`<p class="words"><${Said} text=${row.text} /></p>`}
    </li>`)}</ul>
  </div></section>`;
}

/** Of one kind, within its radius of the point. */
async function casesNear(category, { lat, lon }, { city, category: named }) {
  const { items } = await city.get(`/complaints/nearby?${new URLSearchParams({ lat, lon, category })}`);
  return items.slice(0, MOST).map((row) => ({ ...row, category: { code: category, name: word(named(category).name) } }));
}

/** Of one kind, and of the kelurahan where one was said; a case without a place may be anywhere. */
async function casesLike(category, area, { city, me }) {
  const [list] = listsOf(me.role);
  const asked = [city.queue(list, { category }), city.taken()].map((answer) => answer.then(({ items }) => items, () => []));
  const found = (await Promise.all(asked)).flat().filter((row) => row.number && row.category.code === category);
  const near = found.filter((row) => !area || !row.area || row.area.code === area);
  return [...new Map(near.map((row) => [row.number, row])).values()].slice(0, MOST);
}
