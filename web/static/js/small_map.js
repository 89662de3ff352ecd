// `<SmallMap spot label zoom />`: a picture of where something is. It cannot be moved, and nothing needs it: where it does
// not come, the words beside it say the same.

import { drawMap, markSpot } from "./map.js";
import { html, useEffect, useRef, useState } from "./view.js";

export function SmallMap({ spot, label, zoom = 16 }) {
  const { lat, lon } = spot;
  const box = useRef(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false, drawn = null;
    drawMap(box.current, { center: [lat, lon], zoom, label, still: true }).then((made) => {
      if (gone) return made.map.remove();
      drawn = made.map;
      markSpot(made, spot, label);
    }, () => setFailed(true));
    return () => ((gone = true), drawn?.remove());
  }, [lat, lon]);
  return html`<div class="map small-map" ref=${box} hidden=${failed}></div>`;
}
