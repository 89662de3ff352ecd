import { mount, html } from "../view.js"; mount(() => html`<p></p>`);
