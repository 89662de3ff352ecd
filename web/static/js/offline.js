// Stands in for a page that cannot be had without a network: what still works, and the device's own reports. As soon as
// there is a network, the page that was wanted comes.

import { Mine } from "./find.js";
import { keepSending } from "./outbox.js";
import { link, t } from "./texts.js";
import { html, Icon, mount } from "./view.js";

const EVERY = 15_000; // ms between looks for a network: browsers do not always say that it is back
const OWN = /\/tanpa-sambungan\/?$/; // somebody came here by its own address

const again = () => (OWN.test(location.pathname) ? location.assign(link("/")) : location.reload());

const Offline = () => html`<p class="row"><a class="button main" href=${link("/lapor")}><${Icon} name="camera" />${t("offline.report")}</a><a class="button" href=${link("/lacak")}><${Icon} name="magnifier" />${t("common.track")}</a><button type="button" class="button" onClick=${again}>${t("common.retry")}</button></p>
  <${Mine} />`;

const look = () => document.visibilityState === "visible" && fetch("/config.json", { cache: "no-store" }).then(again, () => {});

mount(Offline);
keepSending();
addEventListener("online", look);
setInterval(look, EVERY);
