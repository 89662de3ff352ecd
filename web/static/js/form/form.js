// The report form: one document, its steps by hash, so that neither the back button nor a bad network loses anything.
// The first step comes with the page; the others are fetched while the person looks for a photo.

import { fragment } from "../address.js";
import { Problem } from "../api.js";
import { lookBy } from "../personal_hint.js";
import { prepared } from "../preparing.js";
import { t } from "../texts.js";
import { ErrorSummary, focusOn, html, Icon, mount, Notice, useEffect, useRef, useState } from "../view.js";
import { allFaults, faultsOf, faultsOfProblem, STEPS, stepOf } from "./checks.js";
import { bodyOf, discard, empty, isStarted, keep, restore } from "./draft.js";
import { PhotoStep } from "./photos.js";

const SIMILAR = "serupa";
const DANGER = "bahaya";
const SENT = "terkirim";
const PATIENCE = 2_500; // ms that similar reports, or the search for danger, may take
const KNOWN = [...STEPS, SIMILAR, DANGER, SENT];

const stepInAddress = () => (KNOWN.includes(fragment()) ? fragment() : STEPS[0]);
const idle = (work) => (globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 300)))(work);

/** Home's tiles, the map and a closed report name what they know: ?masalah=JLN_LUBANG, ?lat=…&lon=…, ?muncul=JKT-…. */
function asked() {
  const query = new URLSearchParams(location.search);
  const [lat, lon] = [query.get("lat"), query.get("lon")].map(Number);
  return { category: query.get("masalah"), point: lat && lon ? { lat, lon } : null, returns: query.get("muncul") };
}

async function begin() {
  const kept = await restore();
  const draft = kept ?? empty();
  const { category, point, returns } = asked();
  if (category) Object.assign(draft, { category, answers: {} });
  if (returns) Object.assign(draft, { returns, ...(point && { place: null }) });
  if (point && !draft.place) draft.place = await import("./later.js").then(({ locate }) => locate(point.lat, point.lon)).then((found) => ({ ...point, ...found, bounded: found.sure }), () => null);
  return { draft, restored: Boolean(kept && isStarted(kept)) };
}

const begun = await begin();

/** The draft with its faults; a fault goes as soon as its field is touched. */
function useDraft() {
  const [draft, setDraft] = useState(begun.draft);
  const [errors, setErrors] = useState({});
  const [saved, setSaved] = useState(false);

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

  async function renew() {
    await discard();
    setDraft(empty());
    setErrors({});
  }

  /** Shows the faults; whether there were any. */
  function show(faults) {
    setErrors(faults);
    const any = Object.keys(faults).length > 0;
    if (any) setTimeout(() => focusOn("errors"), 30);
    return any;
  }

  return { draft, errors, saved, change, renew, show };
}

/** The step in the address; its heading, or the field that was asked for, takes the focus. */
function useSteps(ready) {
  const [step, setStep] = useState(stepInAddress());
  const target = useRef(null);
  const first = useRef(true);
  const over = useRef(step === SENT);
  useEffect(() => {
    const follow = () => {
      over.current = stepInAddress() === SENT || (over.current && stepInAddress() !== STEPS[0]);
      if (over.current) history.replaceState(history.state, "", `#${SENT}`); // behind it are only empty steps: the report has gone
      setStep(stepInAddress());
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    document.title = titleOf(step);
    if (first.current) return void (first.current = false);
    if (!ready && step !== "foto") return; // drawn in a moment
    focusOn(target.current ?? "heading");
    if (!target.current) scrollTo(0, 0);
    target.current = null;
  }, [step, step !== "foto" && ready]);

  function go(next, field = null) {
    target.current = field;
    if (next === step && field) focusOn(field);
    location.hash = next;
  }

  return [step, go];
}

const BEHIND = { [SIMILAR]: "lokasi", [DANGER]: "masalah" };

const numberOf = (step) => ({ n: STEPS.indexOf(BEHIND[step] ?? step) + 1, of: STEPS.length });

const titleOf = (step) => (step === SENT ? `${t("form.sent_title")} – Tanggap` : `${t("form.step", numberOf(step))}: ${t(`form.step_${step}`)} – Tanggap`);

/** The other steps and the sending, fetched when the page is at rest. */
function useLater() {
  const [modules, setModules] = useState({});
  useEffect(() => void idle(() => import("./later.js").then((later) => (setModules({ steps: later, sent: later }), later.keepSending()), () => {})), []);
  return modules;
}

/** Sends once, however often it is tapped; what only waits for a network counts as kept. */
function useSending({ draft, change, renew, show }, { steps, sent }) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(null);
  const locked = useRef(false);
  const latest = useRef(draft);
  latest.current = draft;

  async function finished(problem = null) {
    await renew();
    setTrouble(problem);
    location.hash = SENT;
  }

  function failed(problem) {
    if (problem instanceof Problem && problem.passing) return finished(problem);
    if (problem.errors?.some(({ field }) => field === "returns")) return (change({ returns: null }), setTrouble({ code: "not_returned" }));
    if (problem.errors?.length) return show(faultsOfProblem(problem));
    if (problem.code === "key_reused") change({ key: empty().key });
    return setTrouble(problem);
  }

  async function submit() {
    if (show(allFaults(draft, steps)) || locked.current) return;
    locked.current = true;
    setBusy(true);
    setTrouble(null);
    await prepared();
    const { current } = latest;
    const report = { key: current.key, body: bodyOf(current, steps), photos: current.photos, draft: current };
    await sent.sendReport(report).then(() => finished(), failed);
    locked.current = false;
    setBusy(false);
  }

  return { busy, setBusy, trouble, submit };
}

function Form() {
  const modules = useLater();
  const held = useDraft();
  const { draft, errors, saved, change, renew, show } = held;
  const [step, go] = useSteps(Boolean(modules.steps));
  const { busy, setBusy, trouble, submit } = useSending(held, modules);
  const [restored, setRestored] = useState(begun.restored);
  const [similar, setSimilar] = useState([]);

  async function onward() {
    if (step === SIMILAR) return go("masalah");
    if (step === DANGER) return go("kontak");
    if (show(faultsOf(step, draft, modules.steps))) return;
    setRestored(false);
    if (step === "masalah" && (await warned())) return go(DANGER);
    if (step !== "lokasi") return go(STEPS[STEPS.indexOf(step) + 1]);
    setBusy(true);
    const found = await inTime(modules.steps.casesAround(draft.place), []);
    setSimilar(found);
    setBusy(false);
    go(found.length ? SIMILAR : "masalah");
  }

  /** Whether the number to call has to be shown now: once for a report. */
  async function warned() {
    if (draft.warned) return false;
    setBusy(true);
    const kind = await inTime(modules.steps.dangerIn(draft), null);
    setBusy(false);
    if (kind) change({ warned: kind });
    return Boolean(kind);
  }

  async function afresh() {
    await renew();
    setRestored(false);
    history.replaceState(null, "", location.pathname);
    go(STEPS[0]);
  }

  if (step === SENT) return modules.sent ? html`<${modules.sent.Outcome} problem=${trouble} onAnother=${afresh} />` : html`<p class="loading">${t("common.loading")}</p>`;
  const faults = Object.entries(errors).map(([id, message]) => ({ id, message }));
  return html`<form noValidate onSubmit=${(event) => (event.preventDefault(), step === "periksa" ? submit() : onward())}>
    <${Head} step=${step} />
    ${restored && html`<${Notice}><p>${t("form.restored")} <button type="button" class="link" onClick=${afresh}>${t("form.afresh")}</button></p></${Notice}>`}
    <${ErrorSummary} errors=${faults} onGo=${(id) => go(stepOf(id), id)} />
    ${trouble && html`<${Trouble} problem=${trouble} />`}
    <${Step} step=${step} modules=${modules} draft=${draft} change=${change} errors=${errors} similar=${similar} go=${go} />
    <div class="row onward">
      <button type="submit" class=${isQuiet(step, draft) ? "button big" : "button main big"} disabled=${busy || (step !== "foto" && !modules.steps)}>${label(step, draft, busy)}</button>
      <span class="muted small" role="status">${saved ? t("form.saved") : ""}</span>
    </div>
  </form>`;
}

/** What was asked for, unless it takes too long or cannot be had. */
const inTime = (asked, otherwise) => Promise.race([asked.catch(() => otherwise), new Promise((done) => setTimeout(done, PATIENCE, otherwise))]);

/** A report with a photo is worth more, who is in danger calls first, and who finds their problem reported decides: going on is
 *  possible, and not what the page asks for. */
const isQuiet = (step, draft) => step === DANGER || step === SIMILAR || (step === "foto" && !draft.photos.length);

function label(step, draft, busy) {
  if (step === "periksa") return t(busy ? "form.sending" : "form.send");
  if (step === "foto" && !draft.photos.length) return t("form.no_photo");
  return t({ [SIMILAR]: "form.different", [DANGER]: "form.danger_onward" }[step] ?? "form.onward");
}

function Head({ step }) {
  const place = numberOf(step);
  return html`<div>
    ${step === "foto" ? html`<${Emergency} /><p class="lead"><strong>${t("form.lead")}</strong> ${t("form.lead_time")}</p>`
      : html`<button type="button" class="link back" onClick=${() => history.back()}><${Icon} name="back" />${t("form.back")}</button>`}
    <p class="step-line"><span class="muted">${t("form.step", place)}</span><progress max=${place.of} value=${place.n} aria-hidden="true"></progress></p>
    <h1 id="heading" tabindex="-1">${t(`form.heading_${step}`)}</h1>
  </div>`;
}

const Emergency = () => html`<p class="emergency"><${Icon} name="phone" /><span>${t("common.emergency_short")} <a href="tel:112"><strong>112</strong></a></span></p>`;

function Step({ step, modules, ...props }) {
  if (step === "foto") return html`<${PhotoStep} ...${props} />`;
  if (!modules.steps) return html`<p class="loading">${t("common.loading")}</p>`;
  const { PlaceStep, SimilarStep, ProblemStep, DangerStep, ContactStep, ReviewStep } = modules.steps;
  const Shown = { lokasi: PlaceStep, serupa: SimilarStep, masalah: ProblemStep, bahaya: DangerStep, kontak: ContactStep, periksa: ReviewStep }[step];
  return html`<${Shown} ...${props} />`;
}

const TROUBLES = { key_reused: "form.key_reused", not_returned: "form.not_returned" };

const Trouble = ({ problem }) => html`<${Notice} kind="bad" role="alert"><p>${t(TROUBLES[problem.code] ?? "form.failed")}</p></${Notice}>`;

lookBy(() => import("../privacy.js"));
mount(Form);

if (document.body.dataset.channel) import("../embed.js").then(({ openOutside, tellHeight }) => (openOutside(), tellHeight()), () => {});
