// One report: where it stands, both clocks, who holds it, photos, history, and what its reporter may do. The owner's link
// carries the secret in the fragment only; it leaves the address bar at once, and is kept once the city has taken it.

import { fragment } from "./address.js";
import { newKey, Problem, request, sentence } from "./api.js";
import { Category } from "./category.js";
import { Chip, Clocks, History, Pair, Photos } from "./case_view.js";
import { FindBox, Mine } from "./find.js";
import { Late } from "./late.js";
import { read } from "./number.js";
import { keepSending } from "./outbox.js";
import { OwnPlace } from "./own_place.js";
import { Findings, lookBy } from "./personal_hint.js";
import { Actions, asksOf, Question } from "./reporter.js";
import { Said } from "./said.js";
import * as store from "./store.js";
import { link, t, word } from "./texts.js";
import { Facts, Returned } from "./track_facts.js";
import { Uploads } from "./upload_list.js";
import { day } from "./when.js";
import { focusOn, html, Icon, mount, Notice, say, useEffect, useRef, useState } from "./view.js";

const EVERY = 60_000; // ms between looks
const SOON = 4_000; // while a photo is being processed
const SIGNS = /^[\w-]*/; // of secrets and tokens: what a messenger put behind them is no part of them
const SHORTEST_TOKEN = 8;
const PASS = 32; // signs of what such a link holds; a report's own secret has 22
const SHOWN_ONLY_RUNNING = ["location", "validation", "confirmation", "answer", "rework"];

/** {number, text, secret, token, wanted} of `?act=ACTION#NUMBER~SECRET~TOKEN`, null without a number. Secret and token leave
 *  the address bar at once, and go nowhere before the city has taken them: anybody can send a link. `wanted` is the answer
 *  whose form is opened; opening it sends nothing. */
function readAddress() {
  const [text, ...rest] = fragment().split("~");
  const query = new URLSearchParams(location.search);
  const wanted = query.get("act");
  query.delete("act");
  if (rest.length || wanted) history.replaceState(null, "", `${location.pathname}${`${query}` && `?${query}`}#${encodeURI(text)}`);
  const [secret, token] = rest.map((part) => SIGNS.exec(part)[0]);
  return text ? { number: read(text), text, secret, token, wanted } : null;
}

/** The same number without a secret asks for nothing new: the browser tells of an address late, after it was cleaned. */
const later = (old, read) => (old && read && read.text === old.text && read.secret === undefined && !read.wanted ? old : read);

/** What the address asks for: undefined until it was read. Another link to the same report asks anew. */
function useAddress() {
  const [asked, setAsked] = useState(fragment() ? undefined : null);
  useEffect(() => {
    const follow = () => {
      const read = readAddress();
      setAsked((old) => later(old, read));
    };
    addEventListener("hashchange", follow);
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  return asked;
}

/** The report as the first of these secrets opens it, or as everybody sees it; `refused` are those that do not. */
async function look(number, secrets) {
  const refused = [];
  for (const secret of secrets) {
    try {
      return { view: (await request(`/complaints/${number}`, { secret })).body, secret, refused };
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      refused.push(secret);
    }
  }
  return { view: (await request(`/complaints/${number}`)).body, secret: null, refused };
}

/** The link to all reports of an address opens them for a day: it is no secret to keep, and takes no secret's place. */
async function keep(number, secret) {
  if (secret.length === PASS) return;
  const known = await store.get("mine", number);
  if (known?.secret !== secret) await store.put("mine", number, { at: new Date().toISOString(), ...known, number, secret, followed: false });
}

/** One report as it was asked for. A secret that was refused is not sent again; one that the city took stays with the
 *  page, whatever becomes of the device's store. */
function reader({ number, secret: offered }) {
  const refused = new Set();
  let proved = null;
  return async () => {
    const kept = (await store.get("mine", number))?.secret;
    const secrets = [...new Set([proved, offered, kept])].filter((secret) => secret && !refused.has(secret));
    const found = await look(number, secrets);
    found.refused.forEach((secret) => refused.add(secret));
    proved = found.secret;
    if (proved) void keep(number, proved);
    const isWrong = offered !== undefined && proved !== offered;
    return { view: found.view, secret: proved, warning: isWrong && proved ? "track.link_refused" : isWrong || refused.size ? "track.stale" : null };
  };
}

const workParts = () => import("./work_parts.js").then(({ WorkParts }) => WorkParts);
const usual = () => import("./usual.js").then(({ Usual }) => Usual);

const isToken = (text) => text?.length >= SHORTEST_TOKEN;

/** Whoever opened the link of a message has shown that the address is theirs. Told as well as it goes. */
const confirmContact = ({ number, token }) => request(`/complaints/${number}/contact/confirmations`, { method: "POST", body: { token }, idempotencyKey: newKey() });

/** The report, looked at again every minute, sooner while one of the reporter's photos is being processed. */
function useReport(asked) {
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const current = useRef(null); // the reader of what is asked now: answers to what was asked before come too late
  const number = asked?.number;
  const load = async () => {
    const look = current.current;
    const news = await look().then((seen) => [seen, null], (failure) => [null, failure instanceof Problem ? failure : new Problem(500)]);
    if (look !== current.current) return;
    setFound((old) => news[0] ?? old);
    setProblem(news[1]);
  };
  useEffect(() => {
    setFound((old) => (old?.view.number === number ? old : null));
    setProblem(null);
    current.current = number ? reader(asked) : null;
    if (!number) return;
    void load();
    if (isToken(asked.token)) void confirmContact(asked).then(load, () => {});
  }, [asked]);
  const hurry = found?.secret && found.view.photos.some((photo) => photo.state === "pending");
  useEffect(() => {
    if (!number) return undefined;
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), hurry ? SOON : EVERY);
    return () => clearInterval(timer);
  }, [number, hurry]);
  return { found, setFound, problem, load };
}

function Track() {
  const asked = useAddress();
  const { found, setFound, problem, load } = useReport(asked);
  if (asked === undefined) return null;
  if (!asked) return html`<${Finder} />`;
  if (!asked.number) return html`<${Finder} text=${asked.text} error=${t(asked.number === false ? "track.typo" : "track.no_number")} />`;
  if (!found && problem) return problem.passing ? html`<${Failed} problem=${problem} onRetry=${load} />` : html`<${Finder} text=${asked.text} error=${t("track.unknown")} />`;
  if (!found) return html`<p class="loading" role="status">${t("common.loading")}</p>`;
  return html`<${Case} key=${`${asked.number} ${Boolean(found.secret)}`} ...${found} wanted=${asked.wanted} token=${isToken(asked.token) ? asked.token : null} problem=${problem} onChange=${(view) => setFound({ ...found, view })} onReload=${load} />`;
}

const Finder = ({ error, text }) => html`<h1>${t("track.title")}</h1><${FindBox} error=${error} text=${text} key=${`${text} ${error}`} /><${Mine} />`;

const Failed = ({ problem, onRetry }) => html`<h1>${t("track.title")}</h1><${Notice} kind="bad" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${onRetry}>${t("common.retry")}</button></${Notice}>`;

function Case({ view, secret, wanted, token, warning, problem, onChange, onReload }) {
  useEffect(() => void (document.title = `${view.number} – Tanggap`), [view.number]);
  const kinds = Object.keys(view.clocks).filter((kind) => !SHOWN_ONLY_RUNNING.includes(kind) || ["running", "late", "paused"].includes(view.clocks[kind].state));
  const done = (next) => (onChange(next), say(t(`public.${next.status}`)), focusOn("content"));
  const older = async (before) => (await request(`/complaints/${view.number}/timeline?before=${before}`, { secret })).body;
  const acting = { view, secret, onChange: done, onReload };
  return html`<article class="case">
    <${Head} view=${view} own=${Boolean(secret)} />
    ${warning && html`<${Notice} kind="warn" role="alert">${t(warning)}</${Notice}>`}
    ${problem && html`<${Notice} kind="warn" role="status">${t("track.outdated")}</${Notice}>`}
    <${Question} ...${acting} wanted=${wanted}><${Pair} photos=${view.photos} /></${Question}>
    <details class="card facts-card"><summary>${t("track.facts")}</summary><${Facts} view=${view} /></details>
    <div class="case-columns">
      <div class="stack">
        <section><h2>${t("track.clocks")}</h2><${Clocks} clocks=${view.clocks} status=${view.status} kinds=${kinds} /><${Late} load=${usual} view=${view} /></section>
        ${view.parts?.length > 0 && html`<${Late} load=${workParts} view=${view} />`}<section><h2>${t("track.history")}</h2><${History} view=${view} older=${older} /></section>
      </div>
      <div class="stack">
        ${view.photos.length > 0 && html`<section><h2>${t("track.photos")}</h2><${Uploads} number=${view.number} /><${Photos} photos=${view.photos} /></section>`}
        <${OwnPlace} view=${view} load=${() => import("./small_map.js").then(({ SmallMap }) => SmallMap)} />
        <section class="card"><h2>${t("track.description")}</h2><p class="said-by"><${Said} text=${words(view)} /></p><${Withheld} view=${view} /></section>
        <${Returned} view=${view} /><${Actions} ...${acting} />
        <${Links} view=${view} secret=${secret} />
        ${token && html`<p class="no-print"><a href=${`${link("/bukan-saya")}#${token}`}>${t("track.not_me")}</a></p>`}
      </div>
    </div>
  </article>`;
}

/** What it is, how it stands, and what happens next, by whom, until when; a question says the last itself. */
function Head({ view, own }) {
  const asks = asksOf(view);
  const plain = t(`public.${view.status}`);
  const { late } = view.next_step;
  return html`<p class="muted small">${t("track.number")} <strong class="tight">${view.number}</strong></p>
    <h1><${Category} of=${view.category} /></h1>
    <p class="row"><${Chip} status=${view.status} />${own && !asks && plain !== t(`status.${view.status}`) && html`<span>${plain}</span>`}</p>
    ${!asks && html`<p id="next" class=${late ? "next late" : "next"}>${late && html`<${Icon} name="warning" /> `}${word(view.next_step)}</p>`}
    ${view.merged_into && html`<p><${Icon} name="merge" /> ${t("track.merged")} <a class="tight" href=${`#${view.merged_into}`}>${view.merged_into}</a></p>`}
    ${view.outside && html`<p><${Icon} name="outside" /> ${t("track.outside")}: <${Said} text=${`${view.outside.unit} · ${view.outside.number}`} /></p>`}`;
}

/** A hidden report keeps its words for its reporter; everybody else reads why there are none. */
function words(view) {
  if (view.description) return view.description;
  if (view.hidden) return hiddenBecause(view);
  return view.erased_at ? t("track.erased", { day: day(view.erased_at) }) : t("track.withheld");
}

const hiddenBecause = ({ hidden }) => t("track.hidden", { ground: t(`case.ground_${hidden.legal_ground}`) });

/** Their own words are shown to reporters; that others do not see them is said, with the reason where the page knows it. */
function Withheld({ view }) {
  if (!view.description) return null;
  if (view.hidden) return html`<${Notice}>${hiddenBecause(view)}<//>`;
  if (!view.description_withheld) return null;
  const none = t(view.visibility === "private" ? "track.withheld_private" : "track.withheld_own");
  return html`<${Notice}><${Findings} text=${view.visibility === "private" ? "" : view.description} none=${none} /></${Notice}>`;
}

function Links({ view, secret }) {
  const page = `${location.origin}${location.pathname}#${view.number}`;
  const [said, setSaid] = useState("");
  const copy = (text, done) => navigator.clipboard.writeText(text).then(() => (setSaid(done), say(done)), () => prompt(done, text));
  const share = () => (navigator.share ? navigator.share({ title: `Tanggap ${view.number}`, url: page }).catch(() => {}) : copy(page, t("track.copied")));
  return html`<section class="no-print"><p class="row">
    <button type="button" class="button" onClick=${share}><${Icon} name="share" />${t("track.share")}</button>
    <button type="button" class="button" onClick=${() => print()}><${Icon} name="print" />${t("track.print")}</button>
    ${secret && html`<button type="button" class="button" onClick=${() => copy(`${page}~${secret}`, t("track.owner_copied"))}><${Icon} name="lock" />${t("track.owner_copy")}</button>`}</p>
    ${said && html`<p class="hint">${said}</p>`}
    <p><a class="link" href=${location.pathname}>${t("track.other")}</a></p></section>`;
}

lookBy(() => import("./privacy.js"));
mount(Track);
keepSending();
