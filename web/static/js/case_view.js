// Parts of a complaint's page, for the tracking page and the console. `Chip({status})`: word, icon, colour;
// `Clocks({clocks, kinds})`: cards with time left or late; `History({view, older})`: lines, and what a button
// fetches of longer ones; `Photos({photos})`: by kind, each
// state said; `Pair({photos})`: before and after side by side; `Place({view})`;
// `heldWords(view)`: how long each unit has had it; `photosNamed(photos)`.

import { sentence } from "./api.js";
import { now } from "./clock.js";
import { Late } from "./late.js";
import { t, has } from "./texts.js";
import { day, full, short, span } from "./when.js";
import { areaName } from "./reference.js";
import { Said } from "./said.js";
import { html, Icon, Notice, useState } from "./view.js";

export { Chip } from "./chip.js";

const ENDED = /^(withdrawn|(merged|rejected)re(sol|w))/; // a status, and its resolution or rework

export function Clocks({ clocks, status, kinds = Object.keys(clocks ?? {}) }) {
  const shown = kinds.filter((kind) => clocks?.[kind]);
  return html`<div class="clocks">${shown.map((kind) => html`<${Clock} key=${kind} kind=${kind} clock=${asEnded(clocks[kind], kind, status)} />`)}</div>`;
}

/** A clock that ended with the report was not met: nobody did the work, or, of one that was withdrawn, answered. */
const asEnded = (clock, kind, status) => (clock.state === "met" && ENDED.test(status + kind) ? { ...clock, state: "ended" } : clock);

function Clock({ kind, clock }) {
  const due = Date.parse(clock.due_at);
  const begun = Date.parse(clock.started_at);
  const running = clock.state === "running" || clock.state === "late";
  const done = Math.min(1, Math.max(0, (now() - begun) / (due - begun || 1)));
  return html`<section class=${`card clock ${clock.state}`}>
    <h3><${Icon} name="clock" /> ${t(`case.clock_${kind}`)}</h3>
    <strong>${headline(clock)}</strong>
    <p class="muted">${t("case.due", { time: full(clock.due_at) })}</p>
    ${running && html`<progress max="1" value=${done} aria-label=${t(`case.clock_${kind}`)}></progress>`}
  </section>`;
}

/** What a clock says in one line; late ones say by how much. */
export function headline(clock) {
  const { state } = clock;
  const due = Date.parse(clock.due_at);
  const left = (due - now()) / 1000;
  if (state === "running") return left > 0 ? t("case.left", { span: span(left) }) : t("case.due_now");
  if (state === "late") return left < 0 ? t("case.late_by", { span: span(-left) }) : t("case.late");
  if (state === "missed" && clock.stopped_at) return t("case.missed_by", { span: span((Date.parse(clock.stopped_at) - due) / 1000) });
  return t(`case.clock_state_${state}`);
}

/** `older(before)` answers {items, next_before} as the city does. A view with another beginning starts anew: `key` it. */
function Longer({ view, older }) {
  const [found, setFound] = useState({ items: [], next_before: view.timeline_before ?? null });
  const [problem, setProblem] = useState(null);
  const first = view.timeline.slice(0, 1);
  const between = found.items.filter((line) => line.sequence > (first[0]?.sequence ?? 0));
  const before = found.next_before;
  const add = (page) => setFound((old) => (old.next_before === before ? { items: [...page.items, ...old.items], next_before: page.next_before } : old)); // a second click
  const more = () => older(before).then((page) => (setProblem(null), add(page)), setProblem);
  const button = html`<p><button class="button" onClick=${more}>${t("case.earlier")}</button></p>`;
  return html`<${Timeline} lines=${first} />
    ${problem && html`<${Notice} kind="warn" role="alert">${sentence(problem)}<//>`}
    ${before !== null && button}
    <${Timeline} lines=${[...between, ...view.timeline.slice(1)]} />`;
}

export function History({ view, older }) {
  if (view.timeline_before === undefined) return html`<${Timeline} lines=${view.timeline} />`;
  return html`<${Longer} key=${view.timeline_before} view=${view} older=${older} />`;
}

function Timeline({ lines }) {
  return html`<ol class="timeline">${lines.map((line, index) => html`<${Line} key=${line.sequence} line=${line} before=${lines[index - 1]} />`)}</ol>`;
}

/** Who acted comes first; where the case went is a second thing, said only when it went somewhere. */
function Line({ line, before }) {
  const moved = line.unit && before?.unit?.code !== line.unit.code;
  return html`<li>
    <p><strong>${title(line)}</strong></p>
    <p class="small muted"><time datetime=${line.at} title=${full(line.at)}>${short(line.at)}</time>${line.by && ` · ${actor(line)}`} · ${t(`status.${line.status}`)}</p>
    ${moved && html`<p class="small"><${Icon} name="arrows" /> ${line.from ? t("case.moved_from", { from: line.from.name, unit: line.unit.name }) : t("case.now_with", { unit: line.unit.name })}</p>`}
    ${particulars(line).map((said) => html`<p key=${said} class="small">${said}</p>`)}
    ${line.text && html`<p class="said"><${Said} text=${line.text} /></p>`}
  </li>`;
}

/** What only some lines tell: whose part, how long it was held, the old and the new kind, the date, the reason. */
const particulars = ({ part, from, held_seconds: held, former_category: former, category, until, reason_code: reason }) =>
  [
    part && t("case.part_of", { unit: part.unit.name }),
    from && held > 0 && t("case.held_for", { from: from.name, span: span(held) }),
    former && t("case.category_from", { from: former.name, to: category.name }),
    until && t("case.until", { day: day(until) }),
    reason && has(`reason.${reason}`) && t("case.reason", { reason: t(`reason.${reason}`) }),
  ].filter(Boolean);

/** How long each unit has had it, where it was in more hands than one. */
export function heldWords({ held }) {
  return held?.length > 1 ? held.map(({ unit, seconds }) => `${unit.name}: ${span(seconds)}`).join(" · ") : "";
}

/** The unit of who acted, the agency outside by the name that an officer gave it, or the part they have in the case; never
 *  a person. */
const actor = ({ agency, by: { role, unit } }) => agency ?? unit?.name ?? t(has(`case.by_${role}`) ? `case.by_${role}` : "case.by_system");

function title(line) {
  if (line.action === "ring" && line.rung) return `${t(`case.clock_${line.clock}`)}: ${t(`case.rung_${line.rung}`)}`;
  if (line.action === "merge" && line.status !== "merged") return t("case.took_in"); // of the case that goes on
  const past = `case.did_${line.action}`;
  return has(past) ? t(past) : t(`action.${line.action}`);
}

const KINDS = ["before", "after", "objection"];
const LINK_KEPT = 10 * 60_000; // ms: the city signs one for 15 minutes, at each look another
const links = new Map(); // a picture's address without its signature → {link, until}

/** The same link as before while it holds: a picture that the page has is not loaded again at each look. */
function steady(link) {
  const [name] = link.split("?");
  if (!(links.get(name)?.until > Date.now())) links.set(name, { link, until: Date.now() + LINK_KEPT });
  return links.get(name).link;
}

const steadied = (photos) => photos.map((photo) => (photo.urls ? { ...photo, urls: { small: steady(photo.urls.small), large: steady(photo.urls.large) } } : photo));

const slider = () => import("./case/compare.js").then(({ Compare }) => Compare);

/** The first picture of the problem, and the last one of the work. */
function pairOf(photos) {
  const shown = steadied(photos.filter((photo) => photo.urls));
  return { before: shown.find((photo) => photo.kind === "before"), after: shown.filter((photo) => photo.kind === "after").at(-1) };
}

/** Both pictures small, side by side; nothing where the work has none. */
export function Pair({ photos }) {
  const pair = pairOf(photos);
  if (!pair.after) return null;
  const shown = ["before", "after"].filter((kind) => pair[kind]);
  return html`<ul class="photos pair">${shown.map((kind) => html`<li key=${kind}><figure><a href=${pair[kind].urls.large} target="_blank" rel="noopener"><img src=${pair[kind].urls.small} alt=${t(`case.${kind}_alt`)} width="320" height="240" /></a><figcaption>${t(`case.${kind}`)}</figcaption></figure></li>`)}</ul>`;
}

/** Each with its name: by its kind, counted within it. */
export function photosNamed(photos) {
  const place = (photo, all) => all.filter(({ kind }) => kind === photo.kind).indexOf(photo) + 1;
  return steadied(photos).map((photo, _, all) => ({ ...photo, name: t(`case.photo_of_${photo.kind}`, { number: place(photo, all) }) }));
}

export function Photos({ photos: all }) {
  const photos = photosNamed(all);
  const kinds = KINDS.filter((kind) => photos.some((photo) => photo.kind === kind));
  const { before, after } = pairOf(photos);
  return html`<div class="stack">
    ${before && after && html`<${Late} load=${slider} before=${before.urls} after=${after.urls} />`}
    <div class="kinds">${kinds.map((kind) => html`<section key=${kind}><h3>${t(`case.photos_${kind}`)}</h3>
      <ul class="photos">${photos.filter((photo) => photo.kind === kind).map((photo) => html`<li key=${photo.photo_id}><${Photo} photo=${photo} /></li>`)}</ul>
    </section>`)}</div>
  </div>`;
}

function Photo({ photo }) {
  const { name } = photo;
  if (photo.urls) return html`<a href=${photo.urls.large} target="_blank" rel="noopener"><img src=${photo.urls.small} alt=${name} loading="lazy" width="320" height="240" /></a>`;
  const reason = photo.reason && has(`photo.reason_${photo.reason}`) ? t(`photo.reason_${photo.reason}`) : t(`case.photo_${photo.state}`);
  return html`<div class="absent"><${Icon} name="camera" /><span>${name}<br />${reason}</span></div>`;
}

export const Place = ({ view }) => (view.area ? html`${t("case.kelurahan")} ${areaName(view.area)}` : html`${t("case.no_area")}`);
