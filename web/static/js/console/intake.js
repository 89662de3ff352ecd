// What a person tells at a desk, typed in by an officer. The place may be missing; the contact stays unseen afterwards.

import { newKey, sentence } from "../api.js";
import { PlacePicker, landmarkOf, locationOf } from "../place.js";
import { ProblemPicker, Questions, tilesOf } from "../problem.js";
import { t, word } from "../texts.js";
import { ErrorSummary, Field, Notice, app, focusOn, html, useEffect, useRef, useState } from "../view.js";
import { IntakePhotos, sendAll } from "./intake_photos.js";
import { Receipt } from "./receipt.js";

const TILES = tilesOf(app);
const BLANK = { category: "", description: "", answers: {}, place: null, landmark: "", name: "", phone: "", email: "", language: "id", visibility: "public", photos: [] };

export function Intake({ context }) {
  const channels = channelsOf(context);
  const [draft, setDraft] = useState({ ...BLANK, channel: channels.length === 1 ? channels[0].code : "" });
  const [errors, setErrors] = useState([]);
  const [trouble, setTrouble] = useState(null);
  const [busy, setBusy] = useState(false);
  const [receipt, setReceipt] = useState(null);
  const key = useRef(null);
  const title = useRef(null);
  useEffect(() => title.current?.focus(), [receipt === null]);
  const set = (name, value) => {
    key.current = null; // another report than the one that was tried
    setDraft((old) => ({ ...old, [name]: typeof value === "function" ? value(old[name]) : value }));
    setErrors((old) => old.filter((error) => error.id !== name));
  };
  const fail = (found) => {
    setErrors(found);
    requestAnimationFrame(() => focusOn("errors"));
  };
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const absent = ["channel", "category", "description"].filter((name) => !draft[name].trim());
    if (absent.length) return fail(absent.map((field) => faultOf({ field, code: "required" })));
    setBusy(true);
    setTrouble(null);
    key.current ??= newKey();
    const again = () => context.city.lodge(bodyOf(draft), key.current);
    try {
      const lodged = await again();
      setReceipt({ lodged, draft });
      setDraft({ ...BLANK, channel: draft.channel });
      sendAll(draft.photos, lodged.uploads, again, (photos) => setReceipt((old) => ({ ...old, photos })));
    } catch (problem) {
      if (problem.errors?.length) fail(problem.errors.map(faultOf));
      else setTrouble(problem);
    } finally {
      setBusy(false);
    }
  };
  if (receipt) return html`<${Receipt} ...${receipt} context=${context} title=${title} onNext=${() => ((key.current = null), setReceipt(null))} />`;
  const text = (name, label, more = {}) => html`<${Field} id=${name} label=${label} error=${messageOf(errors, name)} optional=${more.optional} hint=${more.hint}>
    ${(tie) => html`<input ...${tie} type=${more.type ?? "text"} autocomplete="off" maxlength=${more.maxlength} value=${draft[name]} onInput=${(event) => set(name, event.target.value)} />`}
  <//>`;
  return html`<form class="intake" onSubmit=${submit} novalidate>
    <h1 ref=${title} tabindex="-1">${t("console.intake")}</h1>
    <${ErrorSummary} errors=${errors} />
    ${trouble && html`<${Notice} kind="bad" role="alert"><p>${t("act.not_sent")} ${sentence(trouble)}</p><//>`}
    <${Select} id="channel" label=${t("console.channel")} value=${draft.channel} options=${channels.map(({ code, name }) => [code, word(name)])} error=${messageOf(errors, "channel")} onChange=${(code) => set("channel", code)} />
    <${ProblemPicker} value=${draft.category} tiles=${TILES} error=${messageOf(errors, "category")} onChange=${(code) => (set("category", code), set("answers", {}))} />
    <${Field} id="description" label=${t("console.description")} hint=${t("console.description_hint")} error=${messageOf(errors, "description")}>
      ${(tie) => html`<textarea ...${tie} rows="5" maxlength="4000" value=${draft.description} onInput=${(event) => set("description", event.target.value)}></textarea>`}
    <//>
    ${context.category(draft.category) && html`<${Questions} category=${context.category(draft.category)} value=${draft.answers} onChange=${(answers) => set("answers", answers)} />`}
    <${Where} value=${draft.place} error=${messageOf(errors, "place")} onChange=${(place) => set("place", place)} />
    ${text("landmark", t("console.landmark_label"), { optional: true, maxlength: 200 })}
    <fieldset class="field"><legend>${t("console.contact")}</legend>
      <p class="hint">${t("console.contact_hint")}</p>
      ${text("name", t("console.contact_name"), { optional: true, maxlength: 100 })}
      ${text("phone", t("console.contact_phone"), { optional: true, type: "tel" })}
      ${text("email", t("console.contact_email"), { optional: true, type: "email" })}
      <${Select} id="language" label=${t("console.contact_language")} value=${draft.language} options=${[["id", "Bahasa Indonesia"], ["en", "English"]]} onChange=${(language) => set("language", language)} />
    </fieldset>
    <label class="choice"><input type="checkbox" checked=${draft.visibility === "private"} onChange=${(event) => set("visibility", event.target.checked ? "private" : "public")} /><span>${t("console.private")}<small>${t("console.private_hint")}</small></span></label>
    <${IntakePhotos} photos=${draft.photos} change=${(update) => set("photos", update)} />
    <p><button class="button main big" aria-disabled=${busy}>${t(busy ? "act.sending" : "console.lodge")}</button></p>
  </form>`;
}

/** A desk's own; the lurah's own counter; any desk for the coordinator. */
function channelsOf({ me, reference }) {
  const desks = reference.channels.filter((channel) => channel.desk);
  if (me.role === "coordinator") return desks;
  const own = me.role === "kelurahan_officer" ? ["KELURAHAN"] : me.channels;
  return desks.filter((channel) => own.includes(channel.code));
}

function bodyOf(draft) {
  const { channel, category, description, answers, place, visibility, photos } = draft;
  const contact = Object.fromEntries(["name", "phone", "email"].map((name) => [name, draft[name].trim()]).filter(([, value]) => value));
  const landmark = place ? landmarkOf(place, draft.landmark.trim()) : draft.landmark.trim();
  return {
    ...{ channel, category, description: description.trim(), visibility },
    ...(place ? { location: locationOf(place) } : {}),
    ...(landmark ? { landmark } : {}),
    ...(Object.keys(answers).length ? { answers } : {}),
    ...(Object.keys(contact).length ? { contact: { ...contact, language: draft.language } } : {}),
    ...(photos.length ? { photos: photos.map(({ content_type, size }) => ({ content_type, size })) } : {}),
  };
}

const FIELD_IDS = { location: "place" };

/** The contact's parts are fields of their own here. */
function faultOf({ field, code }) {
  const parts = field.split(".");
  const id = parts[0] === "contact" ? (parts[1] ?? "phone") : (FIELD_IDS[parts[0]] ?? parts[0]);
  const name = t(`console.field_${id}`);
  return { id, message: t(code === "outside" ? "place.outside" : code === "required" ? "console.fault_required" : "console.fault_value", { name }) };
}

const messageOf = (errors, id) => errors.find((error) => error.id === id)?.message;

function Where({ value, error, onChange }) {
  const [open, setOpen] = useState(Boolean(value));
  const choose = (known) => (setOpen(known), known || onChange(null));
  return html`<fieldset class="field" id="place" tabindex="-1"><legend>${t("act.location")}</legend>
    <label class="choice"><input type="checkbox" checked=${!open} onChange=${(event) => choose(!event.target.checked)} /><span>${t("console.place_unknown")}<small>${t("console.place_unknown_hint")}</small></span></label>
    ${open && html`<${PlacePicker} value=${value} error=${error} onChange=${onChange} />`}
  </fieldset>`;
}

function Select({ id, label, value, options, error, onChange }) {
  return html`<${Field} id=${id} label=${label} error=${error}>
    ${(tie) => html`<select ...${tie} value=${value} onChange=${(event) => onChange(event.target.value)}>
      ${options.length !== 1 && html`<option value="">${t("act.choose")}</option>`}
      ${options.map(([code, name]) => html`<option key=${code} value=${code}>${name}</option>`)}
    </select>`}
  <//>`;
}
