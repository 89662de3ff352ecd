// `<Uploads number />`: the photos of a report that are under way; they go on after a reload.

import { t } from "./texts.js";
import { retryUpload, watchUploads } from "./uploads.js";
import { html, Icon, useEffect, useState } from "./view.js";

const kb = (bytes) => Math.max(1, Math.round(bytes / 1024));

export function Uploads({ number }) {
  const [items, setItems] = useState([]);
  useEffect(() => watchUploads(setItems), []);
  const shown = items.filter((item) => item.number === number);
  if (!shown.length) return null;
  return html`<ul class="plain stack uploads" id="uploads">${shown.map((item) => html`<li key=${item.photo_id} class="card">${line(item)}
    ${item.state === "sending" && html`<progress max="1" value=${item.progress} aria-label=${t("photo.nth", { n: item.n })}></progress>`}
    ${item.state === "failed" && html`<button type="button" class="button" onClick=${() => retryUpload(item.photo_id)}>${t("common.retry")}</button>`}</li>`)}</ul>`;
}

const line = (item) => {
  if (item.state === "done") return html`<span><${Icon} name="check" /> ${t("photo.done", { n: item.n, kb: kb(item.size), original: kb(item.original) })}</span>`;
  if (item.state === "failed") return html`<span><${Icon} name="warning" /> ${t(item.kept === false ? "photo.failed_not_kept" : "photo.failed", { n: item.n })}</span>`;
  return t("photo.sending", { n: item.n, percent: Math.round(item.progress * 100) });
};
