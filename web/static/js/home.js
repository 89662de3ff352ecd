// The first page: the find box and the device's own reports; what waits in the outbox goes out from here too.

import { keepSending } from "./outbox.js";
import { FindBox, Mine } from "./find.js";
import { html, mount } from "./view.js";

mount(() => html`<${FindBox} id="home-number" /><${Mine} />`);
keepSending();
