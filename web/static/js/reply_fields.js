// What a reporter writes and shows with an action: `Words` with its hint about personal data, `Photos`.

import { PersonalHint } from "./personal_hint.js";
import { MOST, PhotoField } from "./photo_field.js";
import { t } from "./texts.js";
import { Field, html } from "./view.js";

export const Words = ({ optional, label, note = t("personal.reporter"), value, error, onChange }) => html`<${Field} id="text" label=${label} optional=${optional} error=${error}>
  ${(field) => html`<textarea ...${field} maxlength="4000" value=${value} onInput=${(event) => onChange(event.target.value)}></textarea>`}
<//>
<${PersonalHint} text=${value} note=${note} />`;

export const Photos = ({ optional, error, ...field }) => html`<fieldset class=${`field ${error ? "has-error" : ""}`} id="photos"><legend>${t("reporter.photos")}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</legend>
  <p class="hint">${t("photo.most", { n: MOST })}</p>
  <${PhotoField} id="photos-file" error=${error} ...${field} />
</fieldset>`;
