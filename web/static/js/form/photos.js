// Step 1: up to three photos, made small and free of the camera's facts on the device.

import { prepare } from "../photo.js";
import { newKey } from "../api.js";
import { has, t } from "../texts.js";
import { html, Icon, say, useEffect, useMemo, useState } from "../view.js";

export const MOST = 3;
const kb = (bytes) => Math.max(1, Math.round(bytes / 1024));

export function PhotoStep({ draft, change, errors }) {
  const [busy, setBusy] = useState(0);
  const [fault, setFault] = useState("");
  const { photos } = draft;

  async function add(files) {
    setFault("");
    const images = [...files].slice(0, MOST - photos.length);
    if (files.length > images.length) setFault(t("photo.most", { n: MOST }));
    setBusy(images.length);
    for (const file of images) {
      try {
        const photo = { id: newKey(), ...(await prepare(file)) };
        change((now) => ({ photos: [...now.photos, photo].slice(0, MOST) }));
      } catch (error) {
        setFault(has(`photo.${error.code}`) ? t(`photo.${error.code}`) : t("photo.not_an_image"));
      }
    }
    setBusy(0);
    say(t("form.photos_n", { n: photos.length + images.length }));
  }

  useEffect(() => {
    const paste = (event) => event.clipboardData?.files.length && add(event.clipboardData.files);
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  });

  const shown = fault || errors.photos;
  return html`<div id="photos" tabindex="-1">
    <p>${t("form.photo_hint")}</p>
    ${shown && html`<p class="wrong" role="alert">${shown}</p>`}
    <ul class="photos">${photos.map((photo, index) => html`<li key=${photo.id}><${Preview} photo=${photo} n=${index + 1} onRemove=${() => change({ photos: photos.filter(({ id }) => id !== photo.id) })} /></li>`)}</ul>
    ${busy > 0 && html`<p role="status">${t("photo.preparing")}</p>`}
    ${photos.length < MOST && html`<${Drop} first=${!photos.length} onFiles=${add} />`}
  </div>`;
}

function Drop({ first, onFiles }) {
  const [over, setOver] = useState(false);
  const drop = (event) => (event.preventDefault(), setOver(false), onFiles(event.dataTransfer.files));
  const take = (event) => (onFiles(event.target.files), (event.target.value = ""));
  return html`<label class=${`drop ${over ? "over" : ""}`} onDragOver=${(event) => (event.preventDefault(), setOver(true))} onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <${Icon} name="camera" /><strong>${t(first ? "photo.drop" : "photo.add")}</strong><span class="hint">${t("photo.drop_more")}</span>
    <input type="file" id="photo-file" class="unseen" accept="image/*,.heic" multiple aria-label=${t("photo.add")} onChange=${take} />
  </label>`;
}

function Preview({ photo, n, onRemove }) {
  const address = useMemo(() => URL.createObjectURL(photo.blob), [photo.id]);
  const [broken, setBroken] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return html`<figure>
    ${broken ? html`<div class="absent"><${Icon} name="camera" /></div>` : html`<img src=${address} alt=${t("photo.nth", { n })} onError=${() => setBroken(true)} />`}
    <figcaption>${t("photo.kept", { kb: kb(photo.size), original: kb(photo.original) })}</figcaption>
    <button type="button" class="link" onClick=${onRemove}><${Icon} name="close" />${t("photo.remove", { n })}</button>
  </figure>`;
}
