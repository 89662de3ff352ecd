// What may be the same matter, shown while a desk types: around a point what everybody may see; of a kelurahan what stands
// in the reader's own list or was taken in today.

import { Category } from "../category.js";
import { Chip } from "../chip.js";
import { NearbyOfKind } from "../form/similar.js";
import { Said } from "../said.js";
import { t } from "../texts.js";
import { Icon, html, useEffect, useState } from "../view.js";
import { ago } from "../when.js";
import { listsOf } from "./queue.js";

const MOST = 4;

export function Similar({ draft, context }) {
  const { category, place } = draft;
  if (!category) return null;
  if (place && !place.listed) return html`<${NearbyOfKind} place=${place} category=${category} />`;
  return html`<${Own} key=${`${category} ${place?.area.code}`} category=${category} area=${place?.area.code} context=${context} />`;
}

function Own({ category, area, context }) {
  const [rows, setRows] = useState([]);
  useEffect(() => {
    let current = true;
    casesLike(category, area, context).then((found) => current && setRows(found), () => {});
    return () => (current = false);
  }, []);
  if (!rows.length) return null;
  return html`<section class="notice warn" id="similar"><${Icon} name="warning" /><div>
    <h2>${t("console.similar")}</h2>
    <ul class="plain stack">${rows.map((row) => html`<li key=${row.number}>
      <a href=${`#${row.number}`} target="_blank"><${Category} of=${row.category} /> <span class="number">${row.number}</span></a> <${Chip} status=${row.status} />
      <span class="small muted">${row.area?.name} · ${ago(row.received_at)}</span>
      ${row.text && html`<p class="words"><${Said} text=${row.text} /></p>`}
    </li>`)}</ul>
  </div></section>`;
}

/** Of one kind, and of the kelurahan where one was said; a case without a place may be anywhere. */
async function casesLike(category, area, { city, me }) {
  const [list] = listsOf(me.role);
  const asked = [city.queue(list, { category }), city.taken()].map((answer) => answer.then(({ items }) => items, () => []));
  const found = (await Promise.all(asked)).flat().filter((row) => row.number && row.category.code === category);
  const near = found.filter((row) => !area || !row.area || row.area.code === area);
  return [...new Map(near.map((row) => [row.number, row])).values()].slice(0, MOST);
}
