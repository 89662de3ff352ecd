// Where the reports are that a duplicate may be merged into: numbered as in the list beside it, with the report itself as the
// pin. For looking only: the list says the same, and is what one chooses from.

import { t } from "../texts.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { together } from "./candidate_places.js";

const CLOSE = 18; // zoom
const SIZE = 30; // pixels
const EDGE = [40, 40]; // pixels between a mark and the edge

/** `near`: reports with a place, in the order of the list. */
export function CandidateMap({ spot, near }) {
  const box = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let drawn = null;
    const show = async ({ drawMap, pin }) => {
      const { L, map } = await drawMap(box.current, { center: [spot.lat, spot.lon], zoom: CLOSE, label: t("act.survivor_map"), still: true });
      if (gone) return map.remove();
      drawn = map;
      pin(L, [spot.lat, spot.lon], t("act.survivor_here"), { still: true }).addTo(map);
      for (const [names, at] of together(near)) numbered(L, names, at).addTo(map);
      map.fitBounds([[spot.lat, spot.lon], ...together(near).map(([, at]) => at)], { padding: EDGE, maxZoom: CLOSE });
    };
    import("../map.js").then(show).catch(() => setFailed(true));
    return () => ((gone = true), drawn?.remove());
  }, []);
  return html`<div class="map small-map" ref=${box} hidden=${failed}></div>`;
}

function numbered(L, names, at) {
  const text = names.join(", ");
  const size = SIZE + (names.length - 1) * 16;
  const icon = L.divIcon({ className: "dot", html: "", iconSize: [size, SIZE] });
  return L.marker(at, { icon, interactive: false, keyboard: false, title: text, alt: text }).on("add", ({ target }) => (target.getElement().textContent = text));
}
