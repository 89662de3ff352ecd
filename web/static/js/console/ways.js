// Back to the list, and to what stands before and after the open case or message in it: n and p.

import { t } from "../texts.js";
import { Icon, html, useEffect } from "../view.js";
import { isTyping } from "./keys.js";
import { neighbours, reading } from "./reading.js";

/** `number`: what is open, as the list names it. */
export function Ways({ number }) {
  const near = neighbours(number);
  useEffect(() => {
    const go = (event) => {
      const to = { n: near?.after, p: near?.before }[event.key];
      if (to && !isTyping(event)) location.hash = to;
    };
    document.addEventListener("keydown", go);
    return () => document.removeEventListener("keydown", go);
  }, [number]);
  return html`<nav class="back ways no-print" aria-label=${t("console.ways")}>
    <a class="link" href=${reading.address}><${Icon} name="back" />${t("console.back")}</a>
    ${near && html`<span class="muted small">${t("console.place_of", { n: near.place, of: near.of })}</span>
      <${Way} to=${near.before} words=${t("console.previous")} /><${Way} to=${near.after} words=${t("console.following")} forth />`}
  </nav>`;
}

function Way({ to, words, forth }) {
  const look = `button slim ${forth ? "forth" : ""}`;
  const sign = html`<${Icon} name="back" /><span class="unseen">${words}</span>`;
  return to ? html`<a class=${look} href=${`#${to}`} title=${words}>${sign}</a>` : html`<span class=${look} aria-disabled="true">${sign}</span>`;
}
