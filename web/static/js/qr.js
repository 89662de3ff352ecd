// `<Qr text label />`: a link as a QR code for another phone or for paper, where the link itself stands below it. What
// draws it is fetched when the first one is shown; without it the link on paper remains.

import { html, useEffect, useState } from "./view.js";

const QUIET = 4; // modules of white around it, as readers need

export function Qr({ text, label }) {
  const [modules, setModules] = useState(null);
  useEffect(() => void import("uqr").then(({ encode }) => setModules(encode(text, { ecc: "M", border: QUIET }).data), () => {}), [text]);
  const side = modules?.length ?? 0;
  return html`<figure class="qr">
    <div class="qr-code">${modules && html`<svg viewBox=${`0 0 ${side} ${side}`} role="img" aria-label=${label} shape-rendering="crispEdges"><path d=${pathOf(modules)} /></svg>`}</div>
    <figcaption class="only-print">${text}</figcaption>
  </figure>`;
}

const pathOf = (modules) => modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
