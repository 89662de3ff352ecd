// Photos that somebody chooses: looked at and made small at once, shown, and removed again. `photos` is the list of what
// `prepare` gave, each with an `id`; `change(update)` gets a function of the list; `hint`: the id of what describes it.

import { newKey } from "./api.js";
import { prepare } from "./photo.js";
import { preparing } from "./preparing.js";
import { has, t } from "./texts.js";
import { focusOn, html, Icon, say, useEffect, useMemo, useRef, useState } from "./view.js";

export const MOST = 3;
const kb = (bytes) => Math.max(1, Math.round(bytes / 1024));

export const faultOf = ({ code }) => t(has(`photo.${code}`) ? `photo.${code}` : "photo.not_an_image");

export function PhotoField({ photos, change, error, id = "photo-file", hint, pasting = false }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");

  async function add(files) {
    const chosen = [...files].slice(0, MOST - photos.length);
    setFault(files.length > chosen.length ? t("photo.most", { n: MOST }) : "");
    setBusy(true);
    let kept = 0;
    for (const file of chosen) {
      await prepare(file).then((photo) => (kept++, change((now) => [...now, { id: newKey(), ...photo }].slice(0, MOST))), (problem) => setFault(faultOf(problem)));
    }
    setBusy(false);
    say(t("photo.count", { n: photos.length + kept }));
    return kept === chosen.length;
  }
  const take = (files) => preparing(add(files));

  usePasting(pasting && take);
  const wrong = [error, fault].filter(Boolean);
  return html`<div>
    <div id="photos-error">${wrong.map((words) => html`<p key=${words} class="wrong" role="alert">${words}</p>`)}</div>
    <ul class="photos">${photos.map((photo, index) => html`<li key=${photo.id}><${Preview} photo=${photo} n=${index + 1} onRemove=${() => (change((now) => now.filter((each) => each.id !== photo.id)), setTimeout(focusOn, 0, id))} /></li>`)}</ul>
    ${busy && html`<p role="status">${t("photo.preparing")}</p>`}
    ${photos.length < MOST && html`<${Drop} id=${id} hint=${hint} first=${!photos.length} onFiles=${take} />`}
  </div>`;
}

function usePasting(add) {
  useEffect(() => {
    if (!add) return undefined;
    const paste = (event) => event.clipboardData?.files.length && add(event.clipboardData.files);
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  });
}

function Drop({ id, hint, first, onFiles }) {
  const [over, setOver] = useState(false);
  const input = useRef();
  const drop = (event) => (event.preventDefault(), setOver(false), onFiles(event.dataTransfer.files));
  const take = (event) => (onFiles([...event.target.files]), (event.target.value = ""));
  useEffect(() => void (input.current.files.length && take({ target: input.current })), []); // chosen before the script came
  return html`<label class=${["drop", first && "first", over && "over"].filter(Boolean).join(" ")} onDragOver=${(event) => (event.preventDefault(), setOver(true))} onDragLeave=${() => setOver(false)} onDrop=${drop}>
    <${Icon} name="camera" /><strong>${t(first ? "photo.drop" : "photo.add")}</strong><span class="hint by-mouse">${t("photo.drop_more")}</span>
    <input ref=${input} type="file" id=${id} class="unseen" accept="image/*,.heic" multiple aria-label=${t("photo.add")} aria-describedby=${hint} onChange=${take} />
  </label>`;
}

function Preview({ photo, n, onRemove }) {
  return html`<figure>
    <${Picture} photo=${photo} n=${n} />
    <figcaption>${t("photo.kept", { kb: kb(photo.size), original: kb(photo.original) })}</figcaption>
    <button type="button" class="link" onClick=${onRemove}><${Icon} name="close" />${t("photo.remove", { n })}</button>
  </figure>`;
}

/** The photo itself; where this browser cannot show it (HEIC), a sign of it. */
export function Picture({ photo, n }) {
  const address = useMemo(() => URL.createObjectURL(photo.blob), [photo.id]);
  const [broken, setBroken] = useState(false);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  if (broken) return html`<div class="absent"><${Icon} name="camera" /><span>${t("photo.nth", { n })}<br />${t("photo.unseen")}</span></div>`;
  return html`<img src=${address} alt=${t("photo.nth", { n })} onError=${() => setBroken(true)} />`;
}
