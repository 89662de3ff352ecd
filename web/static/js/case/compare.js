// Both pictures of a case over each other: `Compare({before, after})`, each the links {small, large}. The range input moves
// the seam by finger, mouse or keys. They come small, as the list below shows them; the large ones, ten times as heavy, come
// once somebody looks closely.

import { t } from "../texts.js";
import { html, useEffect, useRef, useState } from "../view.js";

const WIDE = "(min-width: 48rem)";

export function Compare({ before, after }) {
  const [share, setShare] = useState(50);
  const [size, setSize] = useState("small");
  const here = useRef(null);
  const closely = () => setSize("large");
  useEffect(() => seenOnDesk(here.current, closely), []);
  const seam = { clipPath: `inset(0 ${100 - share}% 0 0)` };
  return html`<div ref=${here} onPointerDown=${closely} onKeyDown=${closely}>
    <div class="compare">
      <img src=${after[size]} alt=${t("case.after_alt")} />
      <img src=${before[size]} alt=${t("case.before_alt")} style=${seam} />
      <span class="seam" style=${{ left: `${share}%` }}></span>
      <span class="tag first">${t("case.before")}</span><span class="tag second">${t("case.after")}</span>
    </div>
    <input class="slide" type="range" min="0" max="100" value=${share} aria-label=${t("case.compare")} onInput=${(event) => (setShare(Number(event.target.value)), closely())} />
  </div>`;
}

/** Acts once when it comes into sight on a wide screen, where the small pictures would be blurred. Answers what ends the waiting. */
function seenOnDesk(element, act) {
  if (!matchMedia(WIDE).matches || navigator.connection?.saveData) return undefined;
  const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && (watch.disconnect(), act()));
  watch.observe(element);
  return () => watch.disconnect();
}
