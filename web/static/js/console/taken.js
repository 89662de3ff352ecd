// What this desk took in today, the newest first. A new case stands in the city's list a moment later, so what this page
// has just sent comes before it.

import { t, word } from "../texts.js";
import { html, useEffect, useState } from "../view.js";
import { hour } from "../when.js";

const own = []; // sent from this page: {number, category, channel, received_at, status}

export function keepTaken(lodged, draft, context) {
  const category = { code: draft.category, name: word(context.category(draft.category).name) };
  own.unshift({ number: lodged.number, status: lodged.status, category, area: draft.place?.area ?? null, channel: draft.channel, received_at: new Date().toISOString() });
}

export function Taken({ context }) {
  const [items, setItems] = useState([]);
  useEffect(() => void context.city.taken().then((found) => setItems(found.items), () => {}), []);
  const known = new Set(items.map(({ number }) => number));
  const rows = [...own.filter(({ number }) => !known.has(number)), ...items];
  const channels = new Map(context.reference.channels.map((row) => [row.code, word(row.name)]));
  return html`<section class="taken no-print" id="taken">
    <h2>${t("desk.taken", { n: rows.length })}</h2>
    ${!rows.length && html`<p class="muted">${t("desk.taken_none")}</p>`}
    <ul class="plain">${rows.map((row) => html`<li key=${row.number}>
      <span class="muted">${hour(Date.parse(row.received_at))}</span> <a href=${`#${row.number}`}>${word(context.category(row.category.code)?.name)} <span class="number">${row.number}</span></a> ${t(`status.${row.status}`)} <span class="small muted">${[row.area?.name, channels.get(row.channel)].filter(Boolean).join(" · ")}</span>
    </li>`)}</ul>
  </section>`;
}
