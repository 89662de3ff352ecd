// Where the case is, on our own map, with the way there in the phone's map app.

import { distanceText } from "../place_words.js";
import { t } from "../texts.js";
import { Icon, html, say, useEffect, useRef, useState } from "../view.js";

const CLOSE = 16; // zoom

export function SpotMap({ spot }) {
  const box = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let drawn = null;
    const show = async ({ drawMap, markSpot }) => {
      const made = await drawMap(box.current, { center: [spot.lat, spot.lon], zoom: CLOSE, label: t("console.map") });
      if (gone) return made.map.remove();
      drawn = made.map;
      markSpot(made, spot, t("console.spot"));
    };
    import("../map.js").then(show).catch(() => setFailed(true));
    return () => ((gone = true), drawn?.remove());
  }, []);
  const text = `${spot.lat}, ${spot.lon}`;
  const copy = () => navigator.clipboard?.writeText(text).then(() => say(t("console.copied")));
  return html`<div class="map small-map" ref=${box} hidden=${failed}></div>
    <p class="row">
      <a class="button" href=${`geo:${spot.lat},${spot.lon}?q=${spot.lat},${spot.lon}`}><${Icon} name="arrow" />${t("console.route")}</a>
      <button type="button" class="link" onClick=${copy}><${Icon} name="copy" />${text}</button>
      ${spot.accuracy_m && html`<span class="muted">${t("place.accuracy", { distance: distanceText(spot.accuracy_m) })}</span>`}
    </p>`;
}
