// The officers' console: signed out it is the sign-in, signed in a list, a case or the desk's form, by the address after
// `#`. A deep link survives the sign-in.

import "../place_words.js"; // every room of officers needs these: here they cost no request of their own
import "../said.js";
import "./select.js";
import "./in_sight.js";
import "./keep_focus.js";
import { fragment } from "../address.js";
import { Problem, sentence } from "../api.js";
import { read } from "../number.js";
import { lookBy } from "../personal_hint.js";
import { reference } from "../reference.js";
import { learn, t } from "../texts.js";
import { Notice, html, mount, useEffect, useRef, useState } from "../view.js";
import { Bar } from "./bar.js";
import { City } from "./city.js";
import { contextOf } from "./context.js";
import { closeDrafts, openDrafts } from "./drafts.js";
import { Pool } from "./identity.js";
import { isAsked, isList, messageIn, nameOf } from "./list_address.js";
import { ADMINISTRATOR, RULERS, RULES, isOverview, roomNamed } from "./rooms.js";
import { Session } from "./session.js";
import { SignIn } from "./sign_in.js";
import { useTitle } from "./title.js";

const SKIP = "content"; // the skip link's address is no room of ours
const config = await fetch("/config.json").then((answer) => (answer.ok ? answer.json() : null), () => null);
let served = null; // the officer whose numbers, lists and choices the modules of this page remember

function Console() {
  const [pool] = useState(() => new Pool({ url: config.identityUrl, client: config.userPoolClientId }));
  const [session] = useState(() => new Session({ pool }));
  const [city] = useState(() => new City({ session, onEnd: () => leave(t("door.session_over")) }));
  const [state, setState] = useState({ phase: session.kept ? "entering" : "out" });
  const route = useRoute();
  useTitle(state, route);
  const leave = (note) => {
    session.forget();
    setState({ phase: "out", note });
  };
  const enter = async () => {
    setState({ phase: "entering" });
    try {
      const [me, facts] = await Promise.all([city.me(), reference(), learn()]);
      if (served && served !== me.user) return location.reload(); // the session stays, what the modules remember does not
      served = me.user;
      await openDrafts(me.user);
      setState({ phase: "in", context: contextOf({ city, me, reference: facts }) });
    } catch (problem) {
      const known = problem.code !== "unauthenticated"; // by the city; the pool alone refuses an old session
      if (problem.status === 401) leave(t(known ? "door.session_over" : "door.no_access"));
      else setState({ phase: "failed", problem });
    }
  };
  const signOut = async () => {
    closeDrafts();
    await session.end();
    location.hash = "";
    setState({ phase: "out", note: t("door.signed_out") });
  };
  useEffect(() => void (session.kept && enter()), []);
  if (state.phase === "out") return html`<${SignIn} pool=${pool} note=${state.note} onTokens=${(tokens) => (session.begin(tokens), enter())} />`;
  if (state.phase === "entering") return html`<p class="loading">${t("common.loading")}</p>`;
  if (state.phase === "failed") return html`<${Failed} problem=${state.problem} retry=${enter} />`;
  return html`<${Bar} me=${state.context.me} onLeave=${signOut} /><${Room} route=${route} context=${state.context} />`;
}

const ROOMS = {
  list: () => import("./inbox.js").then((module) => module.Inbox),
  case: () => import("./case_page.js").then((module) => module.CasePage),
  message: () => import("./message_page.js").then((module) => module.MessagePage),
  intake: () => import("./intake.js").then((module) => module.Intake),
  overview: () => import("./overview.js").then((module) => module.OverviewPage),
  people: () => import("./people_page.js").then((module) => module.PeoplePage),
  units: () => import("./units_page.js").then((module) => module.UnitsPage),
  rules: () => import("./rules_page.js").then((module) => module.RulesPage),
};

/** `#JKT-…` is a case, `#message/…` what is none yet, `#new` the desk's form, `#rules` the routing rules of who changes
 *  them, anything else a list; a coordinator has an overview, an administrator people and units. Each is fetched when it
 *  is first wanted: the sign-in comes up at once, on a phone too. */
function Room({ route, context }) {
  const isAdministrator = context.me.role === ADMINISTRATOR;
  const ruling = route === RULES && RULERS.includes(context.me.role);
  const message = isAdministrator || ruling ? null : messageIn(route);
  const number = isAdministrator || ruling || message || isAsked(route) ? null : read(nameOf(route));
  const name = isAdministrator && !ruling ? roomNamed(route) : ruling ? RULES : message ? "message" : isOverview(context.me, route) ? "overview" : route === "new" ? "intake" : number ? "case" : "list";
  const [found, setFound] = useState({});
  const [problem, setProblem] = useState(null);
  const wanted = useRef(name);
  wanted.current = name; // a room that comes after another was asked for is not shown
  const open = () => {
    const isWanted = () => wanted.current === name;
    setProblem(null);
    ROOMS[name]().then((Shown) => isWanted() && setFound({ name, Shown }), () => isWanted() && setProblem(new Problem(0)));
  };
  useEffect(open, [name]);
  if (problem) return html`<${Failed} problem=${problem} retry=${open} />`;
  if (found.name !== name) return html`<p class="loading">${t("common.loading")}</p>`;
  const odd = !isAdministrator && !ruling && !number && !message && !isList(route);
  return html`${odd && html`<${Notice} kind="warn" role="alert"><p>${t(number === false ? "console.number_typo" : "console.number_wrong")}</p><//>`}
    <${found.Shown} key=${number || message || name} context=${context} number=${number} message=${message} name=${route} />`;
}

function Failed({ problem, retry }) {
  return html`<h1 tabindex="-1">${t("door.title")}</h1>
    <${Notice} kind="warn" role="alert"><p>${sentence(problem)}</p><button class="button" onClick=${retry}>${t("common.retry")}</button><//>`;
}

const Unconfigured = () => html`<h1>${t("door.title")}</h1><${Notice} kind="bad"><p>${t("door.no_config")}</p><//>`;

function useRoute() {
  const [route, setRoute] = useState(fragment);
  useEffect(() => {
    const go = () => fragment() !== SKIP && setRoute(fragment());
    addEventListener("hashchange", go);
    go(); // it may have changed since this was drawn
    return () => removeEventListener("hashchange", go);
  }, []);
  return route;
}

/** The other language opens at the same case. */
document.querySelector("[data-language]")?.addEventListener("click", (event) => (event.currentTarget.hash = location.hash));

lookBy(() => import("../privacy.js"));
mount(config?.identityUrl ? Console : Unconfigured);
