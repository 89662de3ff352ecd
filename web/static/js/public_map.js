// The public map and its twin, the list: what is open where. Places are rounded, private reports never appear.

import { fragment } from "./address.js";
import { request, sentence } from "./api.js";
import { metres } from "./areas.js";
import { Category } from "./category.js";
import { Chip } from "./chip.js";
import { dot, drawMap, JAKARTA } from "./map.js";
import { areaName, reference } from "./reference.js";
import { link, pageOf, t } from "./texts.js";
import { ago } from "./when.js";
import { focusOn, html, Icon, mount, Notice, useEffect, useRef, useState } from "./view.js";

const CALM = 250; // ms after the last move
const WIDEST = 0.98; // degrees: the city takes boxes inside 1°
const MOST_NAMED = 12; // single cases that the list describes

/** #<zoom>/<lat>/<lon>, so that a place on the map can be shared. */
function viewInAddress() {
  const [zoom, lat, lon] = fragment().split("/").map(Number);
  const known = zoom > 0 && zoom < 25 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180; // false for what is no number
  return known ? { zoom, center: [lat, lon] } : { zoom: 11, center: JAKARTA };
}

function boxOf(map) {
  const bounds = map.getBounds(), { lat, lng } = map.getCenter();
  const half = (low, high) => Math.min((high - low) / 2, WIDEST / 2);
  const high = half(bounds.getSouth(), bounds.getNorth()), wide = half(bounds.getWest(), bounds.getEast());
  return [lng - wide, lat - high, lng + wide, lat + high].map((edge) => edge.toFixed(5)).join();
}

/** The drawn map (once there), what the city says of its box, and the faults on the way. */
function useMap(box) {
  const drawn = useRef(null);
  const [items, setItems] = useState(null);
  const [problem, setProblem] = useState(null);

  async function load() {
    const { map } = drawn.current;
    const { lat, lng } = map.getCenter();
    history.replaceState(null, "", `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
    await request(`/map?bbox=${boxOf(map)}`).then(({ body }) => (setItems(body.items), setProblem(null)), setProblem);
  }

  useEffect(() => {
    let timer, gone = false;
    drawMap(box.current, { ...viewInAddress(), label: t("map.label") }).then(({ L, map }) => {
      if (gone) return map.remove();
      drawn.current = { L, map, layer: L.layerGroup().addTo(map) };
      map.on("moveend", () => (clearTimeout(timer), (timer = setTimeout(load, CALM))));
      void load();
    }, setProblem);
    return () => ((gone = true), clearTimeout(timer), drawn.current?.map.remove());
  }, []);
  return { drawn, items, problem, setProblem };
}

function drawItems({ L, layer }, items, areas, onItem) {
  layer.clearLayers();
  for (const item of items) dot(L, [item.lat, item.lon], item.count, nameOf(item, areas)).on("click", () => onItem(item)).addTo(layer);
}

function PublicMap() {
  const box = useRef();
  const { drawn, items, problem, setProblem } = useMap(box);
  const [areas, setAreas] = useState([]);
  const [chosen, setChosen] = useState(null);
  const zoomTo = (item) => drawn.current.map.setView([item.lat, item.lon], drawn.current.map.getZoom() + 2);
  useEffect(() => void reference().then(({ areas }) => setAreas(areas), () => {}), []);
  useEffect(() => {
    if (drawn.current && items) drawItems(drawn.current, items, areas, (item) => (item.number ? setChosen(item.number) : zoomTo(item)));
  }, [items, areas]);

  useEffect(() => void (chosen && document.getElementById("chosen").scrollIntoView({ block: "nearest" })), [chosen]);

  const near = () => navigator.geolocation?.getCurrentPosition(({ coords }) => drawn.current?.map.setView([coords.latitude, coords.longitude], 16), () => setProblem(new Error("place")));
  const here = () => {
    const { lat, lng } = drawn.current?.map.getCenter() ?? {};
    location.href = `${link("/lapor")}${lat ? `?lat=${lat.toFixed(6)}&lon=${lng.toFixed(6)}` : ""}#lokasi`;
  };
  return html`<h1>${t("map.title")}</h1><p>${t("map.intro")}</p>
    <p class="row tools"><button type="button" class="button" onClick=${near}><${Icon} name="target" />${t("map.near")}</button><button type="button" class="button" onClick=${here}><${Icon} name="plus" />${t("map.here")}</button><button type="button" class="button" onClick=${() => focusOn("list")}><${Icon} name="list" />${t("map.to_list")}</button></p>
    ${problem && html`<${Notice} kind="warn" role="alert">${problem.message === "place" ? t("place.unknown") : sentence(problem)}</${Notice}>`}
    <div class="map-columns"><div class="map tall" ref=${box}></div>
      <section id="list" tabindex="-1" aria-live="polite">${chosen && html`<div id="chosen"><${One} number=${chosen} /></div>`}<h2>${t("map.list")}</h2><${List} items=${items} areas=${areas} onZoom=${zoomTo} /></section></div>`;
}

function nearest(item, areas) {
  return areas.reduce((best, area) => (!best || metres(area, item) < metres(best, item) ? area : best), null);
}

const nameOf = (item, areas) => t("map.count", { n: item.count, place: nearest(item, areas)?.name ?? "" });

function List({ items, areas, onZoom }) {
  if (!items) return html`<p class="loading">${t("common.loading")}</p>`;
  if (!items.length) return html`<p>${t("map.empty")} <a href=${link("/lapor")}>${t("common.report")}</a></p>`;
  const single = items.filter((item) => item.number).slice(0, MOST_NAMED);
  const joined = items.filter((item) => !single.includes(item)).sort((a, b) => b.count - a.count);
  return html`<p class="muted">${t("map.total", { n: items.reduce((sum, item) => sum + item.count, 0) })}</p>
    <ul class="plain stack">${single.map((item) => html`<li key=${item.number}><${One} number=${item.number} /></li>`)}
    ${joined.map((item) => html`<li key=${`${item.lat}/${item.lon}`}><button type="button" class="link" onClick=${() => onZoom(item)}>${nameOf(item, areas)}</button></li>`)}</ul>`;
}

function One({ number }) {
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

mount(PublicMap);
