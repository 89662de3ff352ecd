// Where a report's problem is, as its page may show it: the landmark, and the point on a map that is fetched when somebody
// wants to see it.

import { Late } from "./late.js";
import { t } from "./texts.js";
import { html, Icon, useState } from "./view.js";

export function OwnPlace({ view: { landmark, location, place }, load }) {
  const [open, setOpen] = useState(false);
  const spot = location?.lat === undefined ? place : location;
  if (!landmark && !spot) return null;
  return html`<section class="card"><h2>${t("atlas.title")}</h2>
    ${landmark && html`<p><${Icon} name="pin" /> ${landmark}</p>`}
    ${spot && html`<details onToggle=${(event) => setOpen(event.currentTarget.open)}><summary>${t("atlas.on_map")}</summary>
      ${open && html`<${Late} load=${load} spot=${spot} label=${t("atlas.spot")} />`}</details>`}</section>`;
}
