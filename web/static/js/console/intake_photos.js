// Photos that a citizen shows at a desk: made small here, sent once the report has its number.

import { newKey } from "../api.js";
import { prepare, send } from "../photo.js";
import { preparing } from "../preparing.js";
import { has, t } from "../texts.js";
import { Icon, html, useState } from "../view.js";

const MOST = 3;

export function IntakePhotos({ photos, change }) {
  const [fault, setFault] = useState("");
  const take = (event) => {
    const files = [...event.target.files].slice(0, MOST - photos.length);
    event.target.value = "";
    setFault("");
    void preparing(keepAll(files));
  };
  const keepAll = async (files) => {
    let all = true;
    for (const file of files) await keep(file).catch((error) => ((all = false), setFault(faultOf(error))));
    return all;
  };
  const keep = async (file) => {
    const photo = { key: newKey(), picture: URL.createObjectURL(file), ...(await prepare(file)) };
    change((list) => [...list, photo].slice(0, MOST));
  };
  const drop = (key) => change((list) => list.filter((photo) => photo.key !== key));
  return html`<fieldset class="field"><legend>${t("console.photos")} <span class="muted small">(${t("common.optional")})</span></legend>
    ${fault && html`<p class="wrong" role="alert">${fault}</p>`}
    ${photos.length < MOST && html`<label class="button"><${Icon} name="camera" />${t("photo.add")}<input class="unseen" type="file" accept="image/*" multiple onChange=${take} /></label>`}
    <ul class="shots">${photos.map((photo, index) => html`<li key=${photo.key} class="shot">
      <img src=${photo.picture} alt=${t("photo.nth", { n: index + 1 })} width="96" height="72" />
      <button type="button" class="link" onClick=${() => drop(photo.key)}>${t("photo.remove", { n: index + 1 })}</button>
    </li>`)}</ul>
  </fieldset>`;
}

const faultOf = ({ code }) => t(has(`photo.${code}`) ? `photo.${code}` : "photo.not_an_image");

/** Sends each photo; `again()` repeats the report for fresh forms; `tell` gets the list of states. */
export async function sendAll(photos, forms, again, tell) {
  const states = photos.map(() => ({ state: "sending", progress: 0 }));
  const set = (index, state) => {
    states[index] = state;
    tell([...states]);
  };
  await Promise.all(forms.map(async (form, index) => {
    const fresh = async (attempt) => (attempt === 1 ? form : (await again()).uploads.find((each) => each.photo_id === form.photo_id) ?? form);
    try {
      await send(fresh, photos[index].blob, (progress) => set(index, { state: "sending", progress }));
      set(index, { state: "sent" });
    } catch {
      set(index, { state: "failed" });
    }
  }));
}
