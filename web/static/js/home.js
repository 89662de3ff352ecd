// The first page: the find box and the device's own reports, and how many reports the city received and solved; what
// waits in the outbox goes out from here too.

import { request } from "./api.js";
import { keepSending } from "./outbox.js";
import { FindBox, Mine } from "./find.js";
import { lang } from "./texts.js";
import { html, mount } from "./view.js";

const number = new Intl.NumberFormat(lang === "en" ? "en-GB" : "id-ID");

/** Without an answer the dashes stay. */
function fill({ body }) {
  for (const place of document.querySelectorAll("[data-figure]")) place.textContent = number.format(body[place.dataset.figure]);
}

mount(() => html`<${FindBox} id="home-number" /><${Mine} />`);
request("/statistics").then(fill, () => {});
keepSending();
