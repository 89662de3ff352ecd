// Where it is. `<PlacePicker value onChange error photos />`: value is null or {lat, lon, accuracy_m, area, sure, near,
// from, confirmed, chosen} (a point; `from`: "device" or the id of the photo that it was read from), the same with
// {area: null, outside: {name}} (beyond Jakarta), or {area, listed: true} (a kelurahan alone). A point that is not `sure`
// is a proposal, which the person confirms or moves.

import { AreaPicker } from "./area_picker.js";
import { COARSE, locate } from "./areas.js";
import { distanceText, outsideText, spotText } from "./place_words.js";
import { areaName } from "./reference.js";
import { t } from "./texts.js";
import { focusOn, html, Icon, Notice, say, useEffect, useRef, useState } from "./view.js";

const FOCUS_AFTER = 30; // ms: the chosen place has to be drawn first
const USELESS = 50_000; // metres: a worse one says nothing about where in the city it is

/** What a point is worth: a tap is exact; a position may be coarse, or of unknown accuracy; a photo's is only proposed. */
async function read({ lat, lon }, { from, accuracy_m } = {}) {
  const found = await locate(lat, lon).catch(() => ({ area: null, sure: true, near: [] }));
  const exact = !from || (from === "device" && accuracy_m <= COARSE);
  const at = { lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)) };
  return { ...at, ...(accuracy_m >= 0 && { accuracy_m: Math.round(accuracy_m) }), ...(from && { from }), ...found, bounded: found.sure, sure: found.sure && exact };
}

export function PlacePicker({ value, onChange, error, photos = [] }) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const list = useRef(null);
  const shown = fault || error;

  async function take(point, about) {
    setFault("");
    const place = await read(point, about);
    onChange(place);
    if (place.area) say(areaName(place.area));
  }

  function here() {
    setBusy(true);
    const failed = (problem) => (setBusy(false), setFault(t(problem?.code === 1 ? "place.denied" : "place.unknown")));
    if (!navigator.geolocation) return failed();
    const found = ({ coords: { latitude: lat, longitude: lon, accuracy } }) => {
      if (accuracy > USELESS) return failed();
      setBusy(false);
      take({ lat, lon }, { from: "device", accuracy_m: accuracy }).then(showChosen);
    };
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 });
  }

  /** What was chosen stands above; the search closes, and the focus goes there. */
  function pickListed(area) {
    setFault("");
    onChange({ area, listed: true });
    list.current.open = false;
    say(areaName(area));
    setTimeout(() => focusOn("place-chosen"), FOCUS_AFTER);
  }

  useProposal(value, photos, take);
  return html`<div class="stack">
    <button type="button" class="button" onClick=${here} disabled=${busy}><${Icon} name="target" />${t(busy ? "place.searching" : "place.here")}</button>
    ${shown && !value && html`<${Wrong} words=${shown} />`}
    <${MapField} value=${value} onPick=${take} />
    ${value && html`<${Chosen} value=${value} onChange=${onChange} error=${shown} photos=${photos} />`}
    <details id="place-list" ref=${list}><summary>${t("place.by_list")}</summary><${AreaPicker} onPick=${pickListed} /></details>
  </div>`;
}

/** Where nobody has said where it is, and a photo knows a place in Jakarta, that place is proposed. */
function useProposal(value, photos, take) {
  useEffect(() => {
    const photo = !value && photos.find(({ position }) => position);
    if (!photo) return;
    const { lat, lon } = photo.position;
    locate(lat, lon).then(({ area }) => area && take(photo.position, { from: photo.id }), () => {});
  }, []);
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
    import("./place_map.js").then(async ({ drawPlace }) => {
      const made = await drawPlace(box.current, (point) => pick.current(point));
      if (gone) return made.remove();
      drawn.current = made;
      setState("ready");
    }).catch(() => setState("failed"));
    return () => ((gone = true), drawn.current?.remove());
  }, []);
  useEffect(() => void (state === "ready" && drawn.current.follow(value)), [state, value?.lat, value?.lon, value?.accuracy_m, value?.area?.code]);
  return html`<div>
    ${state === "failed" ? html`<${Notice} kind="warn">${t("place.no_map")}</${Notice}>` : html`<p class="hint">${t("place.hint")}</p>`}
    <div class="map" ref=${box} hidden=${state === "failed"}></div>
    ${state === "ready" && html`<button type="button" class="link" onClick=${() => onPick(drawn.current.centre())}><${Icon} name="pin" />${t("place.centre")}</button>`}
  </div>`;
}

/** What was found stands below the map: on a phone it would not be seen. */
const showChosen = () => requestAnimationFrame(() => document.getElementById("place-chosen")?.scrollIntoView({ block: "nearest" }));

/** The place in words; a proposal has to be confirmed, or the pin moved, or a neighbour picked. */
function Chosen({ value, onChange, error, photos }) {
  const { area, sure, listed, confirmed, outside } = value;
  if (outside) return html`<div class="card" id="place-chosen"><${Wrong} words=${outsideText(outside)} /></div>`;
  if (!area) return html`<p><${Icon} name="pin" /> ${spotText(value)}</p>${error && html`<${Wrong} words=${error} />`}`;
  return html`<div class="card" id="place-chosen">
    ${error && html`<${Wrong} words=${error} />`}
    <p><strong><${Icon} name="pin" /> ${t("place.kelurahan")} ${areaName(area)}</strong> <span class="muted">${originOf(value, photos)}</span></p>
    ${!listed && !sure && !confirmed && html`<${Proposal} value=${value} onChange=${onChange} />`}
    ${confirmed && html`<p class="muted">${t("place.confirmed")}</p>`}
    ${listed && html`<p class="muted">${t("place.listed")}</p>`}
  </div>`;
}

function originOf({ from, accuracy_m }, photos) {
  if (from && from !== "device") return t("place.from_photo", { n: photos.findIndex(({ id }) => id === from) + 1 || 1 });
  return accuracy_m > 0 ? t("place.accuracy", { distance: distanceText(accuracy_m) }) : "";
}

function Proposal({ value, onChange }) {
  const { area, near } = value;
  const confirm = () => onChange({ ...value, confirmed: true });
  const pick = (other) => onChange({ ...value, area: other, confirmed: true, chosen: true, near: [area, ...near].filter(({ code }) => code !== other.code) });
  return html`<p>${doubtOf(value)}</p>
    <div class="row"><button type="button" class="button" id="place-confirm" onClick=${confirm}><${Icon} name="check" />${t("place.confirm", { name: area.name })}</button></div>
    ${!value.bounded && html`<p class="hint after">${t("place.neighbours")}</p>
      <div class="row">${near.map((other) => html`<button type="button" class="button" key=${other.code} onClick=${() => pick(other)}>${other.name}</button>`)}</div>`}`;
}

/** Why it is asked: the position, the photo, or the missing border. */
function doubtOf({ from, accuracy_m }) {
  if (from && from !== "device") return t("place.doubt_photo");
  if (accuracy_m > COARSE) return t("place.doubt_coarse", { distance: distanceText(accuracy_m) });
  return t(from && accuracy_m === undefined ? "place.doubt_unknown" : "place.guess");
}
