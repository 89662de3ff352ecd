// The public map and its twin, the list: what is open where. Places are rounded, private reports never appear. The list
// comes first; the map follows when it is there. View and filters stand in the address, so that both can be shared.

import { fragment } from "./address.js";
import { request, sentence } from "./api.js";
import { atlas, kinds } from "./atlas.js";
import { drawMap, JAKARTA, REACHES } from "./map.js";
import { groupItems, isSifting, sift, totalOf } from "./map_items.js";
import { Chosen, Filters, Legend, MapList, nameOfCount } from "./map_list.js";
import { markCount, markReport } from "./map_marks.js";
import { link, t } from "./texts.js";
import { focusOn, html, Icon, mount, Notice, useEffect, useRef, useState } from "./view.js";

const CALM = 250; // ms after the last move
const WIDEST = 0.98; // degrees: the city takes boxes inside 1°
const TILE = 256; // pixels of the world at zoom 0
const HERE = 16; // zoom
const PATIENCE = 15_000, FRESH = 60_000; // ms
const SEARCHING = "map.searching";
const SPARING = Boolean(navigator.connection?.saveData); // the map is then drawn when it is asked for

const idle = () => new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done, { timeout: 3000 }));

/** #<zoom>/<lat>/<lon>. */
function viewInAddress() {
  const [zoom, lat, lon] = fragment().split("/").map(Number);
  const known = zoom > 0 && zoom < 25 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180; // false for what is no number
  return known ? { zoom, center: [lat, lon] } : { zoom: 11, center: JAKARTA };
}

function filtersInAddress() {
  const query = new URLSearchParams(location.search);
  return { category: query.get("kategori") ?? "", status: query.get("status") ?? "" };
}

function keepInAddress({ zoom, center: [lat, lon] }, { category, status }) {
  const query = new URLSearchParams(Object.entries({ kategori: category, status }).filter(([, code]) => code)).toString();
  history.replaceState(null, "", `${location.pathname}${query && `?${query}`}#${zoom}/${lat.toFixed(4)}/${lon.toFixed(4)}`);
}

/** What the map shows, or would show, around its centre; not more than the city takes. */
function boxOf({ zoom, center: [lat, lon] }, { clientWidth, clientHeight }) {
  const degrees = 360 / (TILE * 2 ** zoom);
  const wide = Math.min(clientWidth * degrees, WIDEST) / 2;
  const high = Math.min(clientHeight * degrees * Math.cos((lat * Math.PI) / 180), WIDEST) / 2;
  return [lon - wide, lat - high, lon + wide, lat + high].map((edge) => edge.toFixed(5)).join();
}

const viewOf = (map) => (({ lat, lng }) => ({ zoom: map.getZoom(), center: [lat, lng] }))(map.getCenter());

/** Where the page looks, what the city says of it, and the map once there is one. */
function useMap(box, wanted, onLost) {
  const [view, setView] = useState(viewInAddress);
  const [tries, setTries] = useState(0);
  const latest = useRef(view);
  latest.current = view;
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const [drawn, setDrawn] = useState(null);
  const first = useRef(null);

  useEffect(() => {
    let current = true;
    const asked = request(`/map?bbox=${boxOf(view, box.current)}`).then(({ body }) => current && (setAnswer({ items: body.items, zoom: view.zoom }), setProblem(null)), (lost) => current && setProblem(lost));
    first.current ??= asked;
    return () => (current = false);
  }, [view, tries]);

  useEffect(() => {
    if (!wanted) return undefined;
    let timer, gone = false, made = null;
    drawMap(box.current, { ...view, label: t("map.label"), after: first.current.then(idle) }).then(({ L, map }) => {
      if (gone) return map.remove();
      made = map;
      map.setView(latest.current.center, latest.current.zoom); // it may have moved meanwhile
      setDrawn({ L, map, layer: L.layerGroup().addTo(map) });
      map.on("moveend", () => (clearTimeout(timer), (timer = setTimeout(() => setView(viewOf(map)), CALM))));
    }).catch((lost) => (setProblem(lost), onLost()));
    return () => ((gone = true), clearTimeout(timer), made?.remove());
  }, [wanted]);
  const look = (center, zoom) => (drawn ? drawn.map.setView(center, zoom) : setView({ center, zoom }));
  return { view, drawn, answer, problem, look, again: () => setTries(tries + 1) };
}

/** Areas and names of categories, once they are there. */
function useNames() {
  const [known, setKnown] = useState(null);
  useEffect(() => void Promise.all([atlas(), kinds()]).then(([{ areas }, names]) => setKnown({ areas, names }), () => setKnown({ areas: [], names: new Map() })), []);
  return known;
}

/** `hidden`: reports that are only counted here, and cannot be sifted. */
function shownOf(answer, known, filters) {
  if (!answer || !known?.areas.length) return { shown: null, hidden: 0, single: [] };
  const { single, joined } = groupItems(answer.items, known.areas, answer.zoom);
  const sifting = isSifting(filters);
  return { shown: { single: sift(single, filters), joined: sifting ? [] : joined }, hidden: sifting ? totalOf({ single: [], joined }) : 0, single };
}

function drawItems({ L, layer }, { single, joined }, names, onReport, onCount) {
  layer.clearLayers();
  for (const item of joined) markCount(L, item, nameOfCount(item)).on("click", () => onCount(item)).addTo(layer);
  for (const item of single) markReport(L, item, [names.get(item.category), t(`status.${item.status}`), item.number].filter(Boolean).join(" · ")).on("click", () => onReport(item)).addTo(layer);
}

function PublicMap() {
  const box = useRef();
  const [wanted, setWanted] = useState(!SPARING);
  const { view, drawn, answer, problem, look, again } = useMap(box, wanted, () => setWanted(false));
  const known = useNames();
  const [filters, setFilters] = useState(filtersInAddress);
  const [chosen, setChosen] = useState(null);
  const { shown, hidden, single } = shownOf(answer, known, filters);
  const names = known?.names ?? new Map();
  const zoomTo = ({ lat, lon }) => (drawn ? drawn.map.setView([lat, lon], drawn.map.getZoom() + 2) : setWanted(true));

  useEffect(() => keepInAddress(view, filters), [view, filters]);
  useEffect(() => void (drawn && shown && drawItems(drawn, shown, names, ({ number }) => setChosen(number), zoomTo)), [drawn, answer, known, filters]);
  useEffect(() => void (chosen && document.getElementById("chosen").scrollIntoView({ block: "nearest" })), [chosen]);

  return html`<h1>${t("map.title")}</h1><p>${t("map.intro")}</p>
    <${Tools} view=${view} look=${look} />
    ${problem && html`<${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button type="button" class="button" onClick=${again}>${t("common.retry")}</button></${Notice}>`}
    <${Filters} single=${single} filters=${filters} names=${names} onChange=${setFilters} />
    <div class="map-columns"><div><div class="map-frame"><div class="map tall" ref=${box}></div>${!drawn && html`<${Waiting} wanted=${wanted} onWant=${() => setWanted(true)} />`}</div>
        <${Legend} shown=${shown} /></div>
      <section id="list" tabindex="-1">${chosen && html`<div id="chosen"><${Chosen} number=${chosen} /></div>`}<h2>${t("map.list")}</h2>
        <${MapList} shown=${shown} filters=${filters} names=${names} hidden=${hidden} onZoom=${zoomTo} /></section></div>`;
}

const Waiting = ({ wanted, onWant }) => html`<div class="map-wait">${wanted ? html`<p>${t("map.drawing")}</p>` : html`<button type="button" class="button" onClick=${onWant}>${t("map.draw")}</button>`}</div>`;

/** Asks the device where it is: [what is said meanwhile or instead, ask]. */
function useHere(onFound) {
  const [state, setState] = useState(null);
  const failed = (problem) => setState(problem?.code === 1 ? "map.near_denied" : "map.near_unknown");
  const found = ({ coords: { latitude, longitude } }) => {
    const [[south, west], [north, east]] = REACHES;
    const isOn = latitude > south && latitude < north && longitude > west && longitude < east;
    setState(isOn ? null : "map.near_outside");
    if (isOn) onFound([latitude, longitude]);
  };
  const ask = () => {
    if (!navigator.geolocation) return failed();
    setState(SEARCHING);
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: FRESH });
  };
  return [state, ask];
}

function Tools({ view: { center: [lat, lon] }, look }) {
  const [state, near] = useHere((center) => look(center, HERE));
  const busy = state === SEARCHING;
  return html`<p class="row tools"><button type="button" class="button" onClick=${near} disabled=${busy}><${Icon} name="target" />${t(busy ? SEARCHING : "map.near")}</button>
    <a class="button" href=${`${link("/lapor")}?lat=${lat.toFixed(6)}&lon=${lon.toFixed(6)}#lokasi`}><${Icon} name="plus" />${t("map.here")}</a>
    <button type="button" class="button" onClick=${() => focusOn("list")}><${Icon} name="list" />${t("map.to_list")}</button></p>
    ${state && !busy && html`<${Notice} kind="warn" role="alert">${t(state)}</${Notice}>`}`;
}

mount(PublicMap);
