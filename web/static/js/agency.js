// What an agency outside the city reads of a case that was referred to it, and what it writes: by the link that an officer
// handed on, without an account.

import { Problem, request } from "./api.js";
import { lookBy } from "./personal_hint.js";
import { t } from "./texts.js";
import { Closed, Incomplete, later, Loading, useTokenLink } from "./token_link.js";
import { html, mount, useEffect, useState } from "./view.js";

const SCOPE = "agency";
const words = (name) => t(`agency.${name}`);
const shown = () => later(import("./agency_case.js")); // what the case is shown with comes together with it

/** The secret of a report opens another page. */
async function look({ number, token }) {
  if (!token) throw new Problem(401);
  const [{ body }, { AgencyCase, draftOf }] = await Promise.all([request(`/complaints/${number}`, { secret: token }), shown()]);
  if (!body.referral) throw new Problem(401);
  const draft = draftOf(SCOPE, number);
  return { view: body, secret: token, draft, kept: await draft.restore(), AgencyCase };
}

function Page() {
  const { asked, found, problem, load, onGone } = useTokenLink(SCOPE, look);
  if (!asked) return null;
  const { number } = asked;
  const title = html`<h1>${t("agency.title")}</h1>`;
  if (!number) return html`${title}<${Incomplete} words=${words} />`;
  if (problem) return html`${title}<${Closed} words=${words} number=${number} problem=${problem} onRetry=${load}><${Unsent} number=${number} /></${Closed}>`;
  if (!found) return html`${title}<${Loading} />`;
  const { AgencyCase, ...given } = found;
  return html`${title}<${AgencyCase} key=${number} words=${words} onReload=${load} onGone=${onGone} ...${given} />`;
}

function Unsent({ number }) {
  const [Shown, setShown] = useState(null);
  useEffect(() => void shown().then((found) => setShown(() => found.Unsent), () => {}), []);
  return Shown && html`<${Shown} scope=${SCOPE} words=${words} number=${number} />`;
}

lookBy(() => import("./privacy.js"));
mount(Page);
