// Marks on the public map. `markCount(L, {lat, lon, count}, title)`: a circle with a number; `markReport(L, item, title)`:
// one report by its status, with the symbol and colour that the list and the legend say in words.

import { t } from "./texts.js";
import { html, Icon, render } from "./view.js";

export function markCount(L, { lat, lon, count }, title) {
  const size = Math.max(30, Math.min(60, 26 + Math.sqrt(count) * 4));
  return mark(L, [lat, lon], "dot", size, title, (element) => (element.textContent = count));
}

export function markReport(L, { lat, lon, status }, title) {
  return mark(L, [lat, lon], "spot", 34, title, (element) => {
    element.dataset.status = status;
    render(html`<${Icon} name=${t(`icon.${status}`)} />`, element);
  });
}

function mark(L, at, className, size, title, fill) {
  const icon = L.divIcon({ className, html: "", iconSize: [size, size] });
  return L.marker(at, { icon, title, alt: title }).on("add", ({ target }) => fill(target.getElement()));
}
