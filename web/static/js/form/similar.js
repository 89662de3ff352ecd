// What others have reported here: around the point whatever it is, and of the chosen kind within its radius.

import { request, sentence } from "../api.js";
import { DEGREE, metres } from "../areas.js";
import { Category } from "../category.js";
import { Chip } from "../chip.js";
import { Said } from "../said.js";
import * as store from "../store.js";
import { pageOf, t, word } from "../texts.js";
import { nearText } from "../place_words.js";
import { ago } from "../when.js";
import { html, Icon, useEffect, useState } from "../view.js";

const AROUND = 60; // metres
const MOST = 4;
const LONGEST = 200; // characters of a description

const isPoint = (place) => place && !place.listed && place.lat !== undefined;

/** Open public cases around the point, nearest first; nothing when the city does not answer. */
export async function casesAround(place) {
  if (!isPoint(place)) return [];
  const d = AROUND / DEGREE;
  const box = [place.lon - d, place.lat - d, place.lon + d, place.lat + d].map((edge) => edge.toFixed(6)).join();
  const { body } = await request(`/map?bbox=${box}`);
  return asSeen(body.items.filter((item) => item.number && metres(item, place) <= AROUND), place);
}

/** Open public cases of the kind, within its radius. */
export async function casesOfKind(place, category) {
  if (!isPoint(place) || !category) return [];
  const { body } = await request(`/complaints/nearby?lat=${place.lat}&lon=${place.lon}&category=${category}`);
  return asSeen(body.items, place);
}

/** The first of them, each as everybody sees it. */
async function asSeen(items, place) {
  const views = await Promise.all(items.slice(0, MOST).map(({ number }) => request(`/complaints/${number}`).then(({ body }) => body, () => null)));
  return views.filter(Boolean).map((view) => ({
    ...view,
    received_at: view.timeline[0]?.at,
    distance_m: Math.round(metres(view.place ?? place, place)),
    photo: view.photos.find((photo) => photo.urls)?.urls.small,
  }));
}

/** The nearest one; the others wait behind a line, so that the field below is not pushed out of sight. */
export function NearbyOfKind({ place, category, seen }) {
  const [cases, setCases] = useState([]);
  useEffect(() => {
    let current = true;
    casesOfKind(place, category).then((found) => current && setCases(found), () => current && setCases([]));
    return () => (current = false);
  }, [place?.lat, place?.lon, category]);
  const fresh = cases.filter(({ number }) => !seen?.includes(number));
  const [nearest, ...more] = fresh;
  if (!nearest) return null;
  return html`<section class="notice warn"><${Icon} name="warning" /><div><h2>${t("form.similar_kind")}</h2><${Cases} cases=${[nearest]} />
    ${more.length > 0 && html`<details><summary>${t("form.similar_more", { n: more.length })}</summary><${Cases} cases=${more} /></details>`}</div></section>`;
}

export const Cases = ({ cases }) => html`<ul class="plain stack">${cases.map((each) => html`<li key=${each.number}><${Case} each=${each} /></li>`)}</ul>`;

const beginning = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\s\S*$/, "")} …` : text);

/** What everybody may see of it; the link shows the rest. */
function Case({ each }) {
  return html`<article class="card similar">
    ${each.photo && html`<img src=${each.photo} alt=${t("form.similar_photo")} width="320" height="240" />`}
    <div>
      <p class="name"><strong><${Category} of=${each.category} /></strong></p>
      <p>${t("form.similar_line", { near: nearText(each.distance_m), age: each.received_at ? ago(each.received_at) : "" })}</p>
      ${each.description && html`<p class="said-by"><${Said} text=${beginning(each.description)} /></p>`}
      <p><${Chip} status=${each.status} /></p>
      <p class="small">${word(each.next_step)}</p>
      <p class="row"><a class="button" href=${pageOf(each.number)} target="_blank">${t("form.similar_see")}<span class="unseen"> ${each.number}</span></a><${Same} each=${each} /></p>
    </div>
  </article>`;
}

/** Offered only where the city takes followers of it: the page promises nothing that nobody keeps. */
function Same({ each }) {
  const [state, setState] = useState({});
  if (!each.allowed_actions.includes("follow")) return null;
  const act = () => (setState({ busy: true }), follow(each).catch((problem) => setState({ problem })));
  return html`<button type="button" class="button" onClick=${act} disabled=${state.busy}><${Icon} name="plus" />${t("form.same")}</button>
    ${state.problem && html`<p class="wrong" role="alert">${sentence(state.problem)}</p>`}`;
}

/** Told to the city, and kept in the device's list. */
async function follow({ number, category }) {
  await request(`/complaints/${number}/actions/follow`, { method: "POST", body: {} });
  await store.put("mine", number, { number, title: category.name, followed: true, at: new Date().toISOString() });
  location.href = pageOf(number);
}
