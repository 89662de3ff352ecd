// The rooms of an administrator, with the one heading of all.

import { t } from "../texts.js";
import { html } from "../view.js";
import { useInSight } from "./in_sight.js";
import { ADMIN_ROOMS } from "./rooms.js";

export function AdminHead({ room, title }) {
  const here = useInSight([room]);
  return html`<div class="inbox-head admin-head"><h1 ref=${title} tabindex="-1">${t(`console.room_${room}`)}</h1></div>
  <nav class="tabs" aria-label=${t("console.rooms")}>${ADMIN_ROOMS.map((name) => html`<a key=${name} ref=${name === room ? here : null} href=${`#${name}`} aria-current=${name === room ? "page" : null}>${t(`console.room_${name}`)}</a>`)}</nav>`;
}
