// Who is signed in, the search for a number or for words, and the way out.

import { read } from "../number.js";
import { t } from "../texts.js";
import { Icon, html, useEffect, useRef, useState } from "../view.js";
import { isTyping } from "./keys.js";
import { addressOf, openList } from "./list_address.js";
import { TYPISTS, listsOf } from "./queue.js";
import { COORDINATOR, OVERVIEW } from "./rooms.js";

const MEANT = /jkt|\d/i; // nine letters may be a word; with these they are meant to be a number

export function Bar({ me, onLeave }) {
  const lists = listsOf(me.role);
  return html`<div class="bar no-print">
    <p class="who"><strong>${me.name}</strong><span class="muted">${t(`console.role_${me.role}`)} · ${me.unit.name}</span></p>
    <button type="button" class="link" onClick=${onLeave}>${t("console.sign_out")}</button>
    ${lists.length > 0 && html`<div class="tools">
      <${Search} lists=${lists} />
      ${TYPISTS.includes(me.role) && html`<a class="button" href="#new"><${Icon} name="plus" /><span class="wide-only">${t("console.intake")}</span></a>`}
      ${me.role === COORDINATOR && html`<a class="button" href=${`#${OVERVIEW}`}>${t("console.overview")}</a>`}
    </div>`}
  </div>`;
}

/** A number, as people type it, opens its case; anything else is sought in the list. */
function Search({ lists }) {
  const [fault, setFault] = useState("");
  const box = useRef(null);
  useEffect(() => {
    const jump = (event) => event.key === "/" && !isTyping(event) && (event.preventDefault(), box.current.focus());
    document.addEventListener("keydown", jump);
    return () => document.removeEventListener("keydown", jump);
  }, []);
  const find = (event) => {
    event.preventDefault();
    const typed = box.current.value.trim();
    const number = read(typed);
    const mistyped = number === false && MEANT.test(typed);
    setFault(mistyped ? t("console.number_typo") : "");
    if (!typed || mistyped) return box.current.focus();
    box.current.value = "";
    location.hash = number || soughtIn(lists, typed);
  };
  return html`<form class="search" role="search" onSubmit=${find} novalidate>
    <label class="unseen" for="find">${t("console.find")}</label>
    <input ref=${box} id="find" type="search" autocomplete="off" spellcheck=${false} placeholder=${t("console.find_placeholder")} aria-describedby=${fault ? "find-fault" : undefined} aria-invalid=${fault ? "true" : undefined} />
    <button class="button"><${Icon} name="magnifier" /><span class="wide-only">${t("console.find_button")}</span></button>
    ${fault && html`<p class="wrong" id="find-fault" role="alert">${fault}</p>`}
  </form>`;
}

/** The list that is open, with its filters; from a case, the role's own. */
function soughtIn(lists, words) {
  const { name, asked } = openList();
  return lists.includes(name) ? addressOf(name, { ...asked, words }) : addressOf(lists[0], { words });
}
