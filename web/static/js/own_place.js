// Where a report's problem is, as its page may show it: the landmark, and the point on a map that is fetched when somebody
// wants to see it. `load` imports small_map.js: only a page's own script can fetch what comes later.

import { t } from "./texts.js";
import { html, Icon, useState } from "./view.js";

export function OwnPlace({ view: { landmark, location, place }, load }) {
  const [map, setMap] = useState(null);
  const spot = location?.lat === undefined ? place : location;
  if (!landmark && !spot) return null;
  const open = ({ currentTarget }) => currentTarget.open && load().then(({ SmallMap }) => setMap({ SmallMap }), () => {});
  return html`<section class="card"><h2>${t("atlas.title")}</h2>
    ${landmark && html`<p><${Icon} name="pin" /> ${landmark}</p>`}
    ${spot && html`<details onToggle=${open}><summary>${t("atlas.on_map")}</summary>
      ${map && html`<${map.SmallMap} spot=${spot} label=${t("atlas.spot")} />`}</details>`}</section>`;
}
