// What others have reported here: around the point whatever it is, and of the chosen kind within its radius.

import { request } from "../api.js";
import { DEGREE, metres } from "../areas.js";
import { Category } from "../category.js";
import { Chip } from "../chip.js";
import { categoriesByCode } from "../reference.js";
import * as store from "../store.js";
import { pageOf, t, word } from "../texts.js";
import { ago } from "../when.js";
import { html, Icon, useEffect, useState } from "../view.js";

const AROUND = 60; // metres
const MOST = 4;

const isPoint = (place) => place && !place.listed && place.lat !== undefined;

/** Open public cases around the point, nearest first; nothing when the city does not answer. */
export async function casesAround(place) {
  if (!isPoint(place)) return [];
  const d = AROUND / DEGREE;
  const box = [place.lon - d, place.lat - d, place.lon + d, place.lat + d].map((edge) => edge.toFixed(6)).join();
  const { body } = await request(`/map?bbox=${box}`);
  const near = body.items.filter((item) => item.number && metres(item, place) <= AROUND).slice(0, MOST);
  const views = await Promise.all(near.map(({ number }) => request(`/complaints/${number}`).then(({ body }) => body, () => null)));
  return views.filter(Boolean).map((view) => ({
    number: view.number,
    category: view.category,
    status: view.status,
    received_at: view.timeline[0]?.at,
    distance_m: Math.round(metres(view.place ?? place, place)),
    photo: view.photos.find((photo) => photo.urls)?.urls.small,
  }));
}

/** Open public cases of the kind, within its radius. */
export async function casesOfKind(place, category) {
  if (!isPoint(place) || !category) return [];
  const [{ body }, categories] = await Promise.all([request(`/complaints/nearby?lat=${place.lat}&lon=${place.lon}&category=${category}`), categoriesByCode()]);
  return body.items.slice(0, MOST).map((item) => ({ ...item, category: { code: item.category, name: word(categories.get(item.category)?.name) } }));
}

export function NearbyOfKind({ place, category, seen }) {
  const [cases, setCases] = useState([]);
  useEffect(() => {
    let current = true;
    casesOfKind(place, category).then((found) => current && setCases(found), () => current && setCases([]));
    return () => (current = false);
  }, [place?.lat, place?.lon, category]);
  const fresh = cases.filter(({ number }) => !seen?.includes(number));
  if (!fresh.length) return null;
  return html`<section class="notice warn"><${Icon} name="warning" /><div><h2>${t("form.similar_kind")}</h2><${Cases} cases=${fresh} /></div></section>`;
}

export const Cases = ({ cases }) => html`<ul class="plain stack">${cases.map((each) => html`<li key=${each.number}><${Case} each=${each} /></li>`)}</ul>`;

function Case({ each }) {
  return html`<article class="card similar">
    ${each.photo && html`<img src=${each.photo} alt=${t("form.similar_photo")} width="320" height="240" />`}
    <div>
      <p class="name"><strong><${Category} of=${each.category} /></strong></p>
      <p>${t("form.similar_line", { n: each.distance_m, age: each.received_at ? ago(each.received_at) : "" })}</p>
      <p><${Chip} status=${each.status} /> <a href=${pageOf(each.number)} target="_blank">${each.number}</a></p>
      <button type="button" class="button" onClick=${() => follow(each)}><${Icon} name="plus" />${t("form.same")}</button>
    </div>
  </article>`;
}

/** Kept in the device's list; told to the city where it takes followers. */
async function follow({ number, category }) {
  await store.put("mine", number, { number, title: category.name, followed: true, at: new Date().toISOString() });
  const { body } = await request(`/complaints/${number}`).catch(() => ({ body: {} }));
  if (body.allowed_actions?.includes("follow")) await request(`/complaints/${number}/actions/follow`, { method: "POST", body: {} }).catch(() => {});
  location.href = pageOf(number);
}
