// Where it is. `<PlacePicker value onChange error />`: value is null or {lat, lon, accuracy_m, area, sure, near,
// confirmed, chosen} (a point) or {area, listed: true} (a kelurahan alone). `locationOf(value)` → what the API takes.
// `landmarkOf(value, words)`: a kelurahan picked against the point keeps the point in words.

import { drawMap, pin } from "./map.js";
import { AreaPicker } from "./area_picker.js";
import { locate } from "./areas.js";
import { areaName } from "./reference.js";
import { t } from "./texts.js";
import { focusOn, html, Icon, Notice, say, useEffect, useRef, useState } from "./view.js";

const FOCUS_AFTER = 30; // ms: the chosen place has to be drawn first
const CLOSE = { drawn: 15, bare: 14 }; // zoom after a place is known; without outlines the names of the kelurahan must fit

export function locationOf(value) {
  if (value.listed || value.chosen) return { kelurahan: value.area.code };
  const { lat, lon, accuracy_m } = value;
  return { lat, lon, ...(accuracy_m ? { accuracy_m } : {}) };
}

const spot = ({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

export const landmarkOf = (value, words) => (value.chosen ? `${words} (${t("place.point")} ${spot(value)})`.trim() : words).slice(0, 200);

export function PlacePicker({ value, onChange, error }) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const list = useRef(null);
  const shown = fault || error;

  async function take(lat, lon, accuracy_m) {
    setFault("");
    const found = await locate(lat, lon).catch(() => undefined);
    if (found === null) return onChange(null), setFault(t("place.outside"));
    const at = { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), accuracy_m: accuracy_m && Math.round(accuracy_m) };
    onChange({ ...at, ...(found ?? { area: null, sure: true, near: [] }) });
    if (found) say(areaName(found.area));
  }

  function here() {
    setBusy(true);
    const failed = (problem) => (setBusy(false), setFault(t(problem?.code === 1 ? "place.denied" : "place.unknown")));
    if (!navigator.geolocation) return failed();
    const found = ({ coords }) => (setBusy(false), take(coords.latitude, coords.longitude, coords.accuracy).then(showChosen));
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 });
  }

  /** What was found stands above; the search closes, and the focus follows what was chosen. */
  function pickListed(area) {
    setFault("");
    onChange({ area, listed: true });
    list.current.open = false;
    say(areaName(area));
    setTimeout(() => focusOn("place-chosen"), FOCUS_AFTER);
  }

  return html`<div class="stack">
    <button type="button" class="button" onClick=${here} disabled=${busy}><${Icon} name="target" />${t(busy ? "place.searching" : "place.here")}</button>
    ${shown && !value && html`<${Wrong} words=${shown} />`}
    <${MapField} value=${value} onPick=${take} />
    ${value && html`<${Chosen} value=${value} onChange=${onChange} error=${shown} />`}
    <details id="place-list" ref=${list}><summary>${t("place.by_list")}</summary>
      <${AreaPicker} onPick=${pickListed} />
    </details>
  </div>`;
}

const Wrong = ({ words }) => html`<p class="wrong" id="place-error" role="alert">${words}</p>`;

function MapField({ value, onPick }) {
  const box = useRef();
  const drawn = useRef(null);
  const [state, setState] = useState("loading");
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    let gone = false;
    drawMap(box.current).then(({ L, map, outlined }) => {
      if (gone) return map.remove();
      drawn.current = { L, map, outlined, marker: null };
      map.on("click", ({ latlng }) => pick.current(latlng.lat, latlng.lng));
      setState("ready");
    }, () => setState("failed"));
    return () => ((gone = true), drawn.current?.map.remove());
  }, []);
  useEffect(() => void (state === "ready" && follow(drawn.current, value, (at) => pick.current(at.lat, at.lng))), [state, value?.lat, value?.lon, value?.area?.code]);
  const centre = () => drawn.current && (({ lat, lng }) => onPick(lat, lng))(drawn.current.map.getCenter());
  return html`<div>
    ${state === "failed" ? html`<${Notice} kind="warn">${t("place.no_map")}</${Notice}>` : html`<p class="hint">${t("place.hint")}</p>`}
    <div class="map" ref=${box} hidden=${state === "failed"}></div>
    ${state === "ready" && html`<button type="button" class="link" onClick=${centre}><${Icon} name="pin" />${t("place.centre")}</button>`}
  </div>`;
}

function follow(drawn, value, onMove) {
  const { L, map } = drawn;
  const at = value && (value.lat !== undefined ? [value.lat, value.lon] : [value.area.lat, value.area.lon]);
  if (!at || value.listed) {
    drawn.marker?.remove();
    drawn.marker = null;
    if (at) map.setView(at, 14);
    return;
  }
  if (!drawn.marker) {
    drawn.marker = pin(L, at, t("place.pin")).addTo(map);
    drawn.marker.on("dragend", () => onMove(drawn.marker.getLatLng()));
  }
  drawn.marker.setLatLng(at);
  const close = drawn.outlined ? CLOSE.drawn : CLOSE.bare;
  if (map.getZoom() < close) map.setView(at, close);
  else map.panTo(at);
}

/** What was found stands below the map: on a phone it would not be seen. */
const showChosen = () => requestAnimationFrame(() => document.getElementById("place-chosen")?.scrollIntoView({ block: "nearest" }));

/** The place in words; a guess has to be confirmed, or a neighbour picked. */
function Chosen({ value, onChange, error }) {
  const { area, sure, near, listed, confirmed, accuracy_m } = value;
  const pick = (other) => onChange({ ...value, area: other, confirmed: true, chosen: true, near: [area, ...near].filter(({ code }) => code !== other.code) });
  if (!area) return html`<p><${Icon} name="pin" /> ${spot(value)}</p>${error && html`<${Wrong} words=${error} />`}`;
  return html`<div class="card" id="place-chosen">
    ${error && html`<${Wrong} words=${error} />`}
    <p><strong><${Icon} name="pin" /> ${t("place.kelurahan")} ${areaName(area)}</strong>${accuracy_m > 0 && html` <span class="muted">· ${t("place.accuracy", { n: accuracy_m })}</span>`}</p>
    ${!listed && !sure && !confirmed && html`<p>${t("place.guess")}</p>
      <div class="row"><button type="button" class="button" id="place-confirm" onClick=${() => onChange({ ...value, confirmed: true })}><${Icon} name="check" />${t("place.confirm", { name: area.name })}</button></div>
      <p class="hint after">${t("place.neighbours")}</p>
      <div class="row">${near.map((other) => html`<button type="button" class="button" key=${other.code} onClick=${() => pick(other)}>${other.name}</button>`)}</div>`}
    ${confirmed && html`<p class="muted">${t("place.confirmed")}</p>`}
    ${listed && html`<p class="muted">${t("place.listed")}</p>`}
  </div>`;
}
