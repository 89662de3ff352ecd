// What people wrote, shown to others: `<Said text=… />` in a direction of its own, so that it turns nothing around it, and
// without the signs that turn it.

import { plainly } from "./spelling.js";
import { html } from "./view.js";

export const Said = ({ text }) => html`<bdi>${plainly(String(text))}</bdi>`;
