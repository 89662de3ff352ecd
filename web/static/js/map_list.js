// The public map's twin in words: the same reports, the same counts, the same filters.

import { request } from "./api.js";
import { Category } from "./category.js";
import { Chip } from "./chip.js";
import { isSifting, totalOf } from "./map_items.js";
import { areaName } from "./reference.js";
import { link, pageOf, t } from "./texts.js";
import { ago } from "./when.js";
import { html, useEffect, useState } from "./view.js";

const MOST = 30; // reports that the list names; the rest is counted

export const nameOfCount = ({ count, place }) => t("map.count", { n: count, place });

export function MapList({ shown, filters, names, hidden, onZoom }) {
  if (!shown) return html`<p class="loading">${t("map.waiting")}</p>`;
  const { single, joined } = shown;
  const total = totalOf(shown);
  return html`<p class="muted" role="status">${t(isSifting(filters) ? "map.matching" : "map.total", { n: total })}</p>
    ${hidden > 0 && html`<p>${t("map.too_far", { n: hidden })}</p>`}
    ${!total && !hidden && html`<p>${t(isSifting(filters) ? "map.no_match" : "map.empty")} <a href=${link("/lapor")}>${t("common.report")}</a></p>`}
    <ul class="plain stack">${single.slice(0, MOST).map((item) => html`<li key=${item.number}><${Report} item=${item} name=${names.get(item.category)} /></li>`)}
      ${single.length > MOST && html`<li key="more">${t("map.more", { n: single.length - MOST })}</li>`}
      ${joined.map((item) => html`<li key=${item.code}><button type="button" class="link" onClick=${() => onZoom(item)}>${nameOfCount(item)}</button></li>`)}</ul>`;
}

const Report = ({ item, name }) => html`<article class="card report">
  <h3><a href=${pageOf(item.number)}>${name ?? item.number}</a></h3>
  ${item.status && html`<p><${Chip} status=${item.status} /></p>`}
  <p class="muted small">${[t("map.around", { place: item.area.name }), item.number].join(" · ")}</p></article>`;

/** The report that was tapped on the map, with its photo and its own kelurahan. */
export function Chosen({ number }) {
  const [view, setView] = useState(null);
  useEffect(() => {
    let current = true;
    request(`/complaints/${number}`).then(({ body }) => current && setView(body), () => {});
    return () => (current = false);
  }, [number]);
  const picture = view?.photos.find((photo) => photo.urls);
  return html`<article class="card similar">${picture && html`<img src=${picture.urls.small} alt=${t("map.photo")} width="320" height="240" loading="lazy" />`}
    <div><h3><a href=${pageOf(number)}>${view ? html`<${Category} of=${view.category} />` : number}</a></h3>
    ${view && html`<p><${Chip} status=${view.status} /></p><p class="muted small">${[view.area && areaName(view.area), view.timeline[0] && ago(view.timeline[0].at), number].filter(Boolean).join(" · ")}</p>`}</div></article>`;
}

/** What the signs mean: those that are seen now. */
export function Legend({ shown }) {
  const statuses = [...new Set(shown?.single.map(({ status }) => status).filter(Boolean))];
  if (!shown || !totalOf(shown)) return null;
  return html`<ul class="plain row legend" aria-label=${t("map.legend")}>
    ${shown.joined.length > 0 && html`<li><span class="dot" aria-hidden="true">12</span> ${t("map.legend_count")}</li>`}
    ${statuses.map((status) => html`<li key=${status}><${Chip} status=${status} /></li>`)}</ul>`;
}

/** By kind and status, over the reports that are shown one by one. */
export function Filters({ single, filters, names, onChange }) {
  const options = (kind, label) => [...new Set([filters[kind], ...single.map((item) => item[kind])].filter(Boolean))].map((code) => [code, label(code)]).sort((a, b) => a[1].localeCompare(b[1]));
  const choice = (kind, label) => html`<div class="field"><label for=${`filter-${kind}`}>${t(`map.filter_${kind}`)}</label>
    <select id=${`filter-${kind}`} value=${filters[kind]} onChange=${(event) => onChange({ ...filters, [kind]: event.target.value })}>
      <option value="">${t("map.all")}</option>${options(kind, label).map(([code, text]) => html`<option key=${code} value=${code}>${text}</option>`)}</select></div>`;
  return html`<div class="filters">${choice("category", (code) => names.get(code) ?? code)}${choice("status", (code) => t(`status.${code}`))}</div>`;
}
