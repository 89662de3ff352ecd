// The report form: one document, its steps by hash, so that neither the back button nor a bad network loses anything.
// The first step comes with the page; the others are fetched while the person looks for a photo.

import { Problem } from "../api.js";
import { keepSending, sendReport, watchOutbox } from "../outbox.js";
import * as store from "../store.js";
import { t } from "../texts.js";
import { ErrorSummary, focusOn, html, mount, Notice, say, useEffect, useRef, useState } from "../view.js";
import { allFaults, faultsOf, faultsOfProblem, STEPS, stepOf } from "./checks.js";
import { bodyOf, discard, empty, isStarted, keep, restore } from "./draft.js";
import { PhotoStep } from "./photos.js";

const SIMILAR = "serupa";
const SENT = "terkirim";
const PATIENCE = 2_500; // ms that similar reports may take
const later = { steps: () => import("./steps.js"), sent: () => import("./sent.js") };
const KNOWN = [...STEPS, SIMILAR, SENT];

const stepInAddress = () => (KNOWN.includes(location.hash.slice(1)) ? location.hash.slice(1) : STEPS[0]);
const idle = (work) => (globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 300)))(work);

/** Home's tiles and the map name what they know: ?masalah=JLN_LUBANG, ?lat=…&lon=…. */
function asked() {
  const query = new URLSearchParams(location.search);
  const [lat, lon] = [query.get("lat"), query.get("lon")].map(Number);
  return { category: query.get("masalah"), point: lat && lon ? { lat, lon } : null };
}

async function begin() {
  const kept = await restore();
  const draft = kept ?? empty();
  const { category, point } = asked();
  if (category) Object.assign(draft, { category, answers: {} });
  if (point && !draft.place) draft.place = await import("../areas.js").then(({ locate }) => locate(point.lat, point.lon)).then((found) => found && { ...point, ...found }, () => null);
  return { draft, restored: Boolean(kept && isStarted(kept)) };
}

const begun = await begin();

function Form() {
  const [draft, setDraft] = useState(begun.draft);
  const [step, setStep] = useState(stepInAddress());
  const [errors, setErrors] = useState({});
  const [trouble, setTrouble] = useState(null);
  const [restored, setRestored] = useState(begun.restored);
  const [saved, setSaved] = useState(false);
  const [similar, setSimilar] = useState([]);
  const [busy, setBusy] = useState(false);
  const [modules, setModules] = useState({});
  const target = useRef(null);
  const first = useRef(true);
  const locked = useRef(false);

  useEffect(() => void idle(() => Promise.all([later.steps(), later.sent()]).then(([steps, sent]) => setModules({ steps, sent }), () => {})), []);
  useEffect(() => {
    const follow = () => setStep(stepInAddress());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    const n = STEPS.indexOf(step === SIMILAR ? "lokasi" : step) + 1;
    document.title = step === SENT ? `${t("form.sent_title")} – Tanggap` : `${t("form.step", { n, of: STEPS.length })}: ${t(`form.step_${step}`)} – Tanggap`;
    if (first.current) return void (first.current = false);
    if (!modules.steps && step !== "foto") return; // drawn in a moment
    focusOn(target.current ?? "heading");
    if (!target.current) scrollTo(0, 0);
    target.current = null;
  }, [step, step !== "foto" && modules.steps]);

  function change(part) {
    setDraft((now) => {
      const next = { ...now, ...(typeof part === "function" ? part(now) : part) };
      keep(next, () => setSaved(true));
      return next;
    });
    setSaved(false);
    const touched = typeof part === "function" ? ["photos"] : [...Object.keys(part), ...Object.keys(part.contact ?? {})];
    setErrors((now) => Object.fromEntries(Object.entries(now).filter(([id]) => !touched.includes(id))));
  }

  function go(next, field = null) {
    target.current = field;
    setTrouble(null);
    if (next === step && field) focusOn(field);
    location.hash = next;
  }

  function show(faults) {
    setErrors(faults);
    setTimeout(() => focusOn("errors"), 30);
  }

  async function onward() {
    if (step === SIMILAR) return go("masalah");
    const faults = faultsOf(step, draft);
    if (Object.keys(faults).length) return show(faults);
    setErrors({});
    if (step === "lokasi" && (await lookAround())) return go(SIMILAR);
    go(STEPS[STEPS.indexOf(step) + 1]);
  }

  async function lookAround() {
    setBusy(true);
    const late = new Promise((done) => setTimeout(done, PATIENCE, []));
    const found = await Promise.race([modules.steps.casesAround(draft.place).catch(() => []), late]);
    setSimilar(found);
    setBusy(false);
    return found.length > 0;
  }

  async function submit() {
    const faults = allFaults(draft);
    if (Object.keys(faults).length) return show(faults);
    if (locked.current) return; // a double tap
    locked.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      await sendReport({ key: draft.key, body: bodyOf(draft, modules.steps), photos: draft.photos, draft });
      await finished();
    } catch (problem) {
      if (!(problem instanceof Problem)) setTrouble(problem);
      else if (problem.passing) await finished(problem);
      else refused(problem);
    } finally {
      locked.current = false;
      setBusy(false);
    }
  }

  async function finished(problem = null) {
    await discard();
    setTrouble(problem);
    setRestored(false);
    setDraft(empty());
    location.hash = SENT;
  }

  function refused(problem) {
    if (problem.errors.length) return show(faultsOfProblem(problem));
    if (problem.code === "key_reused") change({ key: empty().key });
    setTrouble(problem);
  }

  async function afresh() {
    await discard();
    setDraft(empty());
    setRestored(false);
    setErrors({});
    history.replaceState(null, "", location.pathname);
    go(STEPS[0]);
  }

  if (step === SENT) return html`<${Outcome} modules=${modules} problem=${trouble} onAnother=${afresh} />`;
  const faults = Object.entries(errors).map(([id, message]) => ({ id, message }));
  return html`<form noValidate onSubmit=${(event) => (event.preventDefault(), step === "periksa" ? submit() : onward())}>
    <${Head} step=${step} onBack=${() => history.back()} />
    ${restored && html`<${Notice}><p>${t("form.restored")} <button type="button" class="link" onClick=${afresh}>${t("form.afresh")}</button></p></${Notice}>`}
    <${ErrorSummary} errors=${faults} onGo=${(id) => go(stepOf(id), id)} />
    ${trouble && html`<${Trouble} problem=${trouble} />`}
    <${Step} step=${step} modules=${modules} draft=${draft} change=${change} errors=${errors} similar=${similar} go=${go} />
    <div class="row onward">
      <button type="submit" class="button main big" disabled=${busy || (step !== "foto" && !modules.steps)}>${label(step, draft, busy)}</button>
      <span class="muted small" role="status">${saved ? t("form.saved") : ""}</span>
    </div>
  </form>`;
}

function label(step, draft, busy) {
  if (step === "periksa") return t(busy ? "form.sending" : "form.send");
  if (step === "foto" && !draft.photos.length) return t("form.no_photo");
  return t(step === SIMILAR ? "form.different" : "form.onward");
}

function Head({ step, onBack }) {
  const n = STEPS.indexOf(step === SIMILAR ? "lokasi" : step) + 1;
  return html`<div>
    ${step === "foto" ? html`<p class="lead"><strong>${t("form.lead")}</strong> ${t("form.lead_time")}</p><${Notice} kind="bad">${t("common.emergency_short")} <a href="tel:112"><strong>112</strong></a>.</${Notice}>`
      : html`<button type="button" class="link back" onClick=${onBack}>← ${t("form.back")}</button>`}
    <p class="step-line"><span class="muted">${t("form.step", { n, of: STEPS.length })}</span><progress max=${STEPS.length} value=${n} aria-hidden="true"></progress></p>
    <h1 id="heading" tabindex="-1">${t(`form.heading_${step}`)}</h1>
  </div>`;
}

function Step({ step, modules, ...props }) {
  if (step === "foto") return html`<${PhotoStep} ...${props} />`;
  if (!modules.steps) return html`<p class="loading">${t("common.loading")}</p>`;
  const { PlaceStep, SimilarStep, ProblemStep, ContactStep, ReviewStep } = modules.steps;
  const Shown = { lokasi: PlaceStep, serupa: SimilarStep, masalah: ProblemStep, kontak: ContactStep, periksa: ReviewStep }[step];
  return html`<${Shown} ...${props} />`;
}

const Trouble = ({ problem }) => html`<${Notice} kind="bad" role="alert"><p>${t(problem.code === "key_reused" ? "form.key_reused" : "form.failed")}</p></${Notice}>`;

/** The last report of this device: sent, or waiting for a network. */
function Outcome({ modules, problem, onAnother }) {
  const [own, setOwn] = useState(undefined);
  const [waiting, setWaiting] = useState([]);
  const newest = async () => (await store.all("mine")).filter((each) => each.answer).sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null;
  useEffect(() => watchOutbox(async ({ waiting, sent, refused }) => {
    setWaiting(waiting);
    setOwn(await newest());
    if (sent) say(t("form.sent_title"));
    if (refused) location.assign(location.pathname);
  }), []);
  useEffect(() => void (own !== undefined && modules.sent && focusOn("heading")), [own?.number, waiting.length, modules.sent]);
  if (own === undefined || !modules.sent) return html`<p class="loading">${t("common.loading")}</p>`;
  const { Sent, Waiting } = modules.sent;
  if (waiting.length) return html`<${Waiting} problem=${problem} />`;
  if (!own) return html`<p><a href=${location.pathname}>${t("form.another")}</a></p>`;
  return html`<${Sent} own=${own} onAnother=${onAnother} />`;
}

mount(Form);
keepSending();
