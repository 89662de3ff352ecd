// The last step: everything that will be sent, as it will be read, each with a way back to where it was said.

import { Picture } from "../photo_field.js";
import { Late } from "../late.js";
import { areaName } from "../reference.js";
import { Said } from "../said.js";
import { spotText } from "../place_words.js";
import { pageOf, t, word } from "../texts.js";
import { html, Icon } from "../view.js";
import { wayOf } from "../way.js";
import { stepOf } from "./checks.js";

export function Review({ draft, category, go }) {
  const { contact } = draft;
  const sealed = category?.sensitive || draft.visibility === "private";
  const rows = [
    ["photos", t("form.review_photos"), html`<${Photos} photos=${draft.photos} />`],
    ["place", t("form.review_place"), html`<${Place} draft=${draft} />`],
    ["category", t("problem.legend"), category ? word(category.name) : draft.category || t("form.missing")],
    ...(draft.returns ? [["returns", t("form.returns"), html`<a href=${pageOf(draft.returns)} target="_blank">${draft.returns}</a>`]] : []),
    ["description", t("form.review_description"), draft.description ? html`<${Said} text=${draft.description} />` : t("form.missing")],
    ...answersOf(category, draft.answers),
    ["phone", t("form.review_contact"), [contact.phone, contact.email, contact.name].filter(Boolean).join(" · ") || t("form.none")],
    ...(wayOf(contact) ? [["by", t("contact.by"), t(`contact.by_${wayOf(contact)}`)]] : []),
    ["visibility", t("form.visibility"), t(sealed ? "form.visibility_private" : "form.visibility_public")],
  ];
  return html`<div id="review" tabindex="-1">
    <dl class="review">${rows.map(([id, label, value]) => html`<div key=${id}><dt>${label}</dt><dd>${value}</dd>
      <dd><button type="button" class="link" onClick=${() => go(stepOf(id), id)}>${t("form.change")}<span class="unseen">: ${label}</span></button></dd></div>`)}</dl>
    <p class="hint"><${Icon} name="info" /> ${t(sealed ? "form.review_private" : "form.review_public")}</p>
  </div>`;
}

function Photos({ photos }) {
  if (!photos.length) return t("form.none");
  return html`${t("form.photos_n", { n: photos.length })}<ul class="photos small-photos">${photos.map((photo, index) => html`<li key=${photo.id}><${Picture} photo=${photo} n=${index + 1} /></li>`)}</ul>`;
}

function Place({ draft: { place, landmark } }) {
  if (!place) return t("form.missing");
  const words = [place.area ? areaName(place.area) : spotText(place), landmark].filter(Boolean).join(" · ");
  const pointed = !place.listed && place.lat !== undefined;
  return html`${words}${pointed && html`<${Late} load=${() => import("../small_map.js").then(({ SmallMap }) => SmallMap)} spot=${place} label=${t("atlas.spot")} />`}`;
}

/** The questions that were answered, in the words of their choices. */
function answersOf(category, answers) {
  const said = (question, value) => [value].flat().map((key) => word(question.values.find((each) => each.key === key)?.name) || key).join(", ");
  return (category?.questions ?? []).filter(({ code }) => [answers[code] ?? []].flat().length).map((question) => [`answers-${question.code}`, word(question.text), said(question, answers[question.code])]);
}
