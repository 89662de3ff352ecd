// Step 1: up to three photos, made small and free of the camera's facts on the device.

import { PhotoField } from "../photo_field.js";
import { t } from "../texts.js";
import { html } from "../view.js";

export function PhotoStep({ draft, change, errors }) {
  const edit = (update) => change((now) => withPhotos(now, update(now.photos)));
  return html`<div id="photos" tabindex="-1">
    <${PhotoField} photos=${draft.photos} change=${edit} error=${errors.photos} pasting=${true} hint="photo-hint" />
    <p class="hint after" id="photo-hint">${t("form.photo_hint")}</p>
  </div>`;
}

/** A place that a photo proposed, and nobody confirmed, goes with the photo. */
function withPhotos({ place }, photos) {
  const orphaned = place?.from && place.from !== "device" && !place.confirmed && !photos.some(({ id }) => id === place.from);
  return { photos, ...(orphaned && { place: null }) };
}
