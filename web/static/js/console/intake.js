// What a person tells at a desk, typed in by an officer. The place may be missing; the contact stays unseen afterwards.

import { sentence } from "../api.js";
import { LikelyEmail, WayField, contactFaults, isFixedLine } from "../contact.js";
import { PersonalHint } from "../personal_hint.js";
import { landmarkOf, locationOf } from "../place_words.js";
import { ProblemPicker, Questions, tilesOf } from "../problem.js";
import { Suggested } from "../suggested.js";
import { t, word } from "../texts.js";
import { ErrorSummary, Field, Notice, app, focusOn, html, useEffect, useRef, useState } from "../view.js";
import { wayOf } from "../way.js";
import { CategoryField, Line, WhereField, faultOf, isPlaced, keepArea, messageOf, saveByKey } from "./desk_fields.js";
import { Select } from "./select.js";
import { Similar } from "./desk_similar.js";
import { useDraft } from "./drafts.js";
import { prepared } from "../preparing.js";
import { IntakePhotos, sendAll } from "./intake_photos.js";
import { Receipt } from "./receipt.js";
import { Taken, keepTaken } from "./taken.js";

const TILES = tilesOf(app);
const LANGUAGES = [["id", "Bahasa Indonesia"], ["en", "English"]];
const NEEDED = ["channel", "category", "description"];
const BLANK = { category: "", description: "", answers: {}, where: "", place: null, landmark: "", name: "", phone: "", email: "", by: undefined, confirmed: false, language: "id", visibility: "public", photos: [] };

export function Intake({ context }) {
  const channels = channelsOf(context);
  const [receipt, setReceipt] = useState(null);
  const title = useRef(null);
  const served = useRef(false); // after the first one, the next begins in its first field
  useEffect(() => {
    if (receipt) served.current = true;
    if (served.current && !receipt) focusOn("category-typed");
    else title.current?.focus();
  }, [receipt === null]);
  const form = useIntake({ context, channels, setReceipt });
  if (receipt) return html`<${Receipt} ...${receipt} context=${context} title=${title} onNext=${() => setReceipt(null)} />`;
  return html`<form class="intake" onSubmit=${form.submit} onKeyDown=${saveByKey(form.submit)} novalidate>
    <h1 ref=${title} tabindex="-1">${t("console.intake")}</h1>
    <${ErrorSummary} errors=${form.errors} />
    ${form.restored && html`<${Notice}><p>${t("console.restored")} <button type="button" class="link" onClick=${form.afresh}>${t("console.afresh")}</button></p><//>`}
    ${form.trouble && html`<${Notice} kind="bad" role="alert"><p>${t("act.not_sent")} ${sentence(form.trouble)}</p><//>`}
    <${Matter} form=${form} channels=${channels} context=${context} />
    <${Contact} form=${form} />
    <${IntakePhotos} photos=${form.draft.photos} change=${(update) => form.set("photos", update)} />
    <${Similar} draft=${form.draft} context=${context} />
    <p><button class="button main big" aria-disabled=${form.busy}>${t(form.busy ? "act.sending" : "console.lodge")}</button> <span class="hint wide-only">${t("desk.lodge_key")}</span></p>
  </form>
  <${Taken} context=${context} />`;
}

let lastChannel = ""; // the next one at a desk mostly comes the same way

/** The draft and its way out. A changed draft is another report, so it gets another key. */
function useIntake({ context, channels, setReceipt }) {
  const { values: draft, change, clear, keyFor, restored } = useDraft("intake", { ...BLANK, channel: channels.length === 1 ? channels[0].code : lastChannel });
  const [errors, setErrors] = useState([]);
  const [trouble, setTrouble] = useState(null);
  const [busy, setBusy] = useState(false);
  const [opened, setOpened] = useState(restored);
  const set = (name, value) => {
    change((old) => ({ ...old, [name]: typeof value === "function" ? value(old[name]) : value }));
    setErrors((old) => old.filter((error) => error.id !== name));
  };
  const fail = (faults) => {
    setErrors(faults);
    requestAnimationFrame(() => focusOn("errors"));
  };
  const refused = (problem) => (problem.errors?.length ? fail(problem.errors.map(faultOf)) : setTrouble(problem));
  const afresh = () => (clear(), setOpened(false), setErrors([]), setTrouble(null));
  const taken = (again) => (lodged) => {
    lastChannel = draft.channel;
    keepArea(draft.place);
    keepTaken(lodged, draft, context);
    setReceipt({ lodged, draft });
    afresh();
    sendAll(draft.photos, lodged.uploads, again, (photos) => setReceipt((old) => old && { ...old, photos }));
  };
  const lodge = async () => {
    const body = bodyOf(draft);
    const again = sending(context.city, body, keyFor(body));
    setTrouble(null);
    await again().then(taken(again), refused);
  };
  const latest = useRef(null);
  latest.current = lodge;
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const faults = faultsIn(draft);
    if (faults.length) return fail(faults);
    setBusy(true);
    if (await prepared()) await latest.current();
    setBusy(false);
  };
  return { draft, errors, trouble, busy, set, submit, afresh, restored: opened };
}

/** What can be seen before anything is sent, as [{id, message}]. */
function faultsIn(draft) {
  const absent = NEEDED.filter((name) => !draft[name].trim()).map((field) => faultOf({ field, code: "required" }));
  const nowhere = isPlaced(draft) ? [] : [{ id: "place", message: t("desk.where_needed") }];
  return [...absent, ...nowhere, ...Object.entries(contactFaults(draft)).map(([id, message]) => ({ id, message }))];
}

/** The same report under the same key: a repetition signs the missing photos anew. */
const sending = (city, body, key) => () => city.lodge(body, key);

function Matter({ form: { draft, errors, set }, channels, context }) {
  const category = context.category(draft.category);
  const error = (name) => messageOf(errors, name);
  const pick = (code) => (set("category", code), set("answers", {}));
  return html`
    <${Select} id="channel" label=${t("console.channel")} value=${draft.channel} empty=${channels.length === 1 ? null : undefined} options=${channels.map(({ code, name }) => [code, word(name)])} error=${error("channel")} onChange=${(code) => set("channel", code)} />
    <${CategoryField} value=${draft.category} context=${context} onPick=${pick} />
    <${ProblemPicker} value=${draft.category} tiles=${TILES} error=${error("category")} onChange=${pick} />
    <${Field} id="description" label=${t("console.description")} hint=${t("desk.description_hint")} error=${error("description")}>
      ${(tie) => html`<textarea ...${tie} rows="5" maxlength="4000" value=${draft.description} onInput=${(event) => set("description", event.target.value)}></textarea>`}
    <//>
    <${Suggested} text=${draft.description} value=${draft.category} onPick=${pick} />
    <${PersonalHint} text=${category?.sensitive || draft.visibility === "private" ? "" : draft.description} note=${t("personal.intake")} />
    ${category && html`<${Questions} category=${category} value=${draft.answers} onChange=${(answers) => set("answers", answers)} />`}
    <${WhereField} draft=${draft} error=${error("place")} context=${context} set=${set} />
    <${Line} id="landmark" label=${t("console.landmark_label")} maxlength="200" draft=${draft} errors=${errors} set=${set} />
    <${PersonalHint} text=${draft.landmark} note=${t("personal.landmark")} />`;
}

function Contact({ form }) {
  const { draft, set } = form;
  return html`<fieldset class="field"><legend>${t("console.contact")}</legend>
      <p class="hint">${t("desk.contact_hint")}</p>
      <${Line} id="name" label=${t("console.contact_name")} maxlength="100" ...${form} />
      <${Line} id="phone" label=${t("console.contact_phone")} type="tel" maxlength="500" ...${form} />
      ${isFixedLine(draft.phone) && html`<${Notice} kind="warn" role="status">${t("contact.phone_fixed")}<//>`}
      <${Line} id="email" label=${t("console.contact_email")} type="email" maxlength="500" ...${form} />
      <${LikelyEmail} text=${draft.email} onPick=${(email) => set("email", email)} />
      <${WayField} contact=${draft} onChange=${(event) => set("by", event.target.value)} />
      ${isToldOf(draft) && html`<label class="choice"><input type="checkbox" id="confirmed" checked=${draft.confirmed} onChange=${(event) => set("confirmed", event.target.checked)} /><span>${t("desk.confirmed")}<small>${t("desk.confirmed_hint")}</small></span></label>`}
      <${Select} id="language" label=${t("console.contact_language")} value=${draft.language} options=${LANGUAGES} onChange=${(language) => set("language", language)} />
    </fieldset>
    <label class="choice"><input type="checkbox" checked=${draft.visibility === "private"} onChange=${(event) => set("visibility", event.target.checked ? "private" : "public")} /><span>${t("console.private")}<small>${t("console.private_hint")}</small></span></label>`;
}

/** A desk's own; the lurah's own counter; any desk for the coordinator. */
function channelsOf({ me, reference }) {
  const desks = reference.channels.filter((channel) => channel.desk);
  if (me.role === "coordinator") return desks;
  const own = me.role === "kelurahan_officer" ? ["KELURAHAN"] : me.channels;
  return desks.filter((channel) => own.includes(channel.code));
}

/** Whether messages go to an address that is typed here. */
const isToldOf = ({ phone, email }) => Boolean(email.trim() || (phone.trim() && !isFixedLine(phone)));

function bodyOf(draft) {
  const { channel, category, description, answers, place, visibility, photos } = draft;
  const contact = Object.fromEntries(["name", "phone", "email"].map((name) => [name, draft[name].trim()]).filter(([, value]) => value));
  const by = wayOf(draft);
  const landmark = place ? landmarkOf(place, draft.landmark.trim()) : draft.landmark.trim();
  return {
    ...{ channel, category, description: description.trim(), visibility },
    ...(place ? { location: locationOf(place) } : {}),
    ...(landmark ? { landmark } : {}),
    ...(Object.keys(answers).length ? { answers } : {}),
    ...(Object.keys(contact).length ? { contact: { ...contact, ...(by && { by }), language: draft.language } } : {}),
    ...(draft.confirmed && isToldOf(draft) ? { contact_confirmed: true } : {}),
    ...(photos.length ? { photos: photos.map(({ content_type, size }) => ({ content_type, size })) } : {}),
  };
}
