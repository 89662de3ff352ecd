// A page that a link of a message opens: `#NUMBER~TOKEN`. The token leaves the address bar at once, and this tab keeps it for
// a reload. `useTokenLink(scope, look)` → {asked, found, problem, load, onGone}: `look({number, token})` answers what the page
// shows, or fails with a Problem; `scope` names the page. `Closed` says why a link opens nothing; `words(name)`: the page's own.

import { fragment } from "./address.js";
import { Problem, sentence } from "./api.js";
import { read } from "./number.js";
import { tab } from "./short_store.js";
import { link, pageOf, t } from "./texts.js";
import { html, Notice, useEffect, useState } from "./view.js";

const SIGNS = /^[\w-]*/; // of tokens: what a messenger put behind one is no part of it

/** {number, token}; `number` is null where there is none that is right. */
function readAddress(scope) {
  const [text, rest] = fragment().split("~");
  const number = read(text) || null;
  const token = rest && SIGNS.exec(rest)[0];
  const keptAs = `tanggap.${scope} ${number}`;
  if (number && token) tab.set(keptAs, token);
  if (rest) history.replaceState(null, "", `${location.pathname}#${encodeURI(text)}`);
  return { number, token: token || (number && tab.get(keptAs)) };
}

export function useTokenLink(scope, look) {
  const [asked, setAsked] = useState(undefined);
  const [found, setFound] = useState(null);
  const [problem, setProblem] = useState(null);
  const fail = (failure) => setProblem(failure instanceof Problem ? failure : new Problem(500));
  const load = () => look(asked).then((seen) => (setFound(seen), setProblem(null)), fail);
  useEffect(() => {
    const follow = () => (setFound(null), setProblem(null), setAsked(readAddress(scope)));
    addEventListener("hashchange", follow);
    follow();
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => void (asked?.number && load()), [asked]);
  return { asked, found, problem, load, onGone: setProblem };
}

/** What a page imports only with what the link opens. */
export const later = (loading) => loading.catch(() => Promise.reject(new Problem(0)));

/** Why the link opens nothing, and what can be done instead; `children`: what stands where the report is there. */
export function Closed({ words, number, problem, onRetry, children }) {
  if (problem.passing) return html`<${Notice} kind="bad" role="alert"><p>${sentence(problem)}</p><button type="button" class="button" onClick=${onRetry}>${t("common.retry")}</button></${Notice}>`;
  const kind = problem.status === 410 ? "spent" : problem.status === 404 ? "unknown" : "wrong";
  return html`<${Notice} kind="warn" role="alert"><p><strong>${words(kind)}</strong></p><p>${words(`${kind}_next`)}</p></${Notice}>
    ${kind !== "unknown" && children}
    <p class="row"><a class="button main" href=${kind === "unknown" ? link("/lacak") : pageOf(number)}>${t(kind === "unknown" ? "common.track" : "answer.see")}</a></p>`;
}

export const Incomplete = ({ words }) => html`<p>${words("incomplete")}</p><p class="row"><a class="button main" href=${link("/lacak")}>${t("common.track")}</a></p>`;

export const Loading = () => html`<p class="loading" role="status">${t("common.loading")}</p>`;
