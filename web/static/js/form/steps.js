// Steps 2 to 5 of the form: place, similar reports, problem, contact, review.

import { isFixedLine, LikelyEmail, WayField } from "../contact.js";
import { PersonalHint } from "../personal_hint.js";
import { PlacePicker } from "../place.js";
import { ProblemPicker, Questions, tilesOf } from "../problem.js";
import { categoriesByCode } from "../reference.js";
import { Suggested } from "../suggested.js";
import { t } from "../texts.js";
import { app, Field, html, Notice, useEffect, useState } from "../view.js";
import { LONGEST } from "./checks.js";
import { prepareDanger } from "./danger_step.js";
import { Review } from "./review.js";
import { Cases, NearbyOfKind } from "./similar.js";

export { contactFaults } from "../contact.js";
export { landmarkOf, locationOf } from "../place_words.js";
export { dangerIn, DangerStep } from "./danger_step.js";
export { casesAround } from "./similar.js";
export { wayOf } from "../way.js";

const tiles = tilesOf(app);

function useCategory(code) {
  const [categories, setCategories] = useState(null);
  useEffect(() => void categoriesByCode().then(setCategories, () => {}), []);
  return categories?.get(code);
}

export const PlaceStep = ({ draft, change, errors }) => html`<div id="place" tabindex="-1">
  <${PlacePicker} value=${draft.place} onChange=${(place) => change({ place })} error=${errors.place} photos=${draft.photos} />
  <${Field} id="landmark" label=${t("form.landmark")} hint=${t("form.landmark_hint")} optional=${true} error=${errors.landmark}>
    ${(field) => html`<input ...${field} type="text" maxlength="160" value=${draft.landmark} onInput=${(event) => change({ landmark: event.target.value })} />`}
  <//>
  <${PersonalHint} text=${draft.landmark} note=${t("personal.landmark")} />
</div>`;

export const SimilarStep = ({ similar }) => html`<div><p>${t("form.similar_intro")}</p><${Cases} cases=${similar} /></div>`;

export function ProblemStep({ draft, change, errors, similar }) {
  const category = useCategory(draft.category);
  const open = !category?.sensitive && draft.visibility !== "private";
  const pick = (code) => change({ category: code, answers: {} });
  useEffect(prepareDanger, []);
  return html`<div>
    <${ProblemPicker} value=${draft.category} onChange=${pick} tiles=${tiles} error=${errors.category} />
    <${NearbyOfKind} place=${draft.place} category=${draft.category} seen=${similar?.map(({ number }) => number)} />
    <${Field} id="description" label=${t("form.description")} hint=${t("form.description_hint")} error=${errors.description}>
      ${(field) => html`<textarea ...${field} maxlength=${LONGEST} value=${draft.description} onInput=${(event) => change({ description: event.target.value })}></textarea>`}
    <//>
    <p class="counter">${t("form.left", { n: LONGEST - draft.description.length })}</p>
    <${Suggested} text=${draft.description} value=${draft.category} onPick=${pick} />
    <${PersonalHint} text=${open ? draft.description : ""} note=${t("personal.description")} />
    ${category && html`<${Questions} category=${category} value=${draft.answers} onChange=${(answers) => change({ answers })} />`}
  </div>`;
}

export function ContactStep({ draft, change, errors }) {
  const category = useCategory(draft.category);
  const set = (name) => (event) => change({ contact: { ...draft.contact, [name]: event.target.value } });
  const input = (name, attributes) => html`<${Field} id=${name} label=${t(`form.${name}`)} hint=${t(`form.${name}_hint`)} optional=${true} error=${errors[name]}>
    ${(field) => html`<input ...${field} ...${attributes} maxlength="500" value=${draft.contact[name]} onInput=${set(name)} />`}
  <//>`;
  return html`<div>
    <p>${t("form.contact_hint")}</p>
    ${input("phone", { type: "tel", autocomplete: "tel", inputmode: "tel" })}
    ${isFixedLine(draft.contact.phone) && html`<${Notice} kind="warn" role="status">${t("contact.phone_fixed")}</${Notice}>`}
    ${input("email", { type: "email", autocomplete: "email", inputmode: "email" })}
    <${LikelyEmail} text=${draft.contact.email} onPick=${(email) => change({ contact: { ...draft.contact, email } })} />
    <${WayField} contact=${draft.contact} onChange=${set("by")} />
    ${input("name", { type: "text", autocomplete: "name", maxlength: 100 })}
    <fieldset class="field" id="visibility" tabindex="-1"><legend>${t("form.visibility")}</legend>
      ${category?.sensitive ? html`<${Notice}>${t("form.sensitive")}</${Notice}>` : ["public", "private"].map((each) => html`<label class="choice" key=${each}>
        <input type="radio" name="visibility" checked=${draft.visibility === each} onChange=${() => change({ visibility: each })} />
        <span>${t(`form.visibility_${each}`)}<small>${t(`form.visibility_${each}_hint`)}</small></span></label>`)}
    </fieldset>
  </div>`;
}

export function ReviewStep({ draft, go }) {
  return html`<${Review} draft=${draft} category=${useCategory(draft.category)} go=${go} />`;
}
