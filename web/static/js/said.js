// What people wrote, shown to others: `<Said text=… />` in a direction of its own, so that it turns nothing around it, and
// without the signs that turn it (U+202A–E, U+2066–9). `plainly(text)` is the text without these signs.

import { html } from "./view.js";

const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export const plainly = (text) => text.replace(TURNING, "");

export const Said = ({ text }) => html`<bdi>${plainly(String(text))}</bdi>`;
