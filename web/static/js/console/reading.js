// The list that the reader came from: where they go back to, and what stands before and after what is open; `<Ways number />`
// leads there, and so do n and p.

import { t } from "../texts.js";
import { Icon, html, useEffect } from "../view.js";
import { isTyping } from "./keys.js";

export const reading = { address: "#", number: null, numbers: [] };

/** What the list shows now, in its order. */
export function keepList(address, numbers) {
  Object.assign(reading, { address, numbers: [...new Set(numbers)] }); // a case and its tasks are one
}

/** {before, after, place, of}: numbers or undefined; null for a case that was not opened from a list. */
export function neighbours(number) {
  const at = reading.numbers.indexOf(number);
  return at < 0 ? null : { before: reading.numbers[at - 1], after: reading.numbers[at + 1], place: at + 1, of: reading.numbers.length };
}

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
