// Step 1: up to three photos, made small and free of the camera's facts on the device.

import { PhotoField } from "../photo_field.js";
import { t } from "../texts.js";
import { html } from "../view.js";

export function PhotoStep({ draft, change, errors }) {
  const edit = (update) => change((now) => ({ photos: update(now.photos) }));
  return html`<div id="photos" tabindex="-1">
    <${PhotoField} photos=${draft.photos} change=${edit} error=${errors.photos} pasting=${true} hint="photo-hint" />
    <p class="hint after" id="photo-hint">${t("form.photo_hint")}</p>
  </div>`;
}
