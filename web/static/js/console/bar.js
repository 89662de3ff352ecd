// Who is signed in, the search for a number, and the way out.

import { read } from "../number.js";
import { t } from "../texts.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { isTyping } from "./keys.js";

export function Bar({ me, onLeave }) {
  return html`<div class="bar no-print">
    <p class="who"><strong>${me.name}</strong><span class="muted">${t(`console.role_${me.role}`)} · ${me.unit.name}</span></p>
    <button type="button" class="link" onClick=${onLeave}>${t("console.sign_out")}</button>
    <${Search} />
  </div>`;
}

/** As people type numbers: any case, with or without dashes and JKT. */
function Search() {
  const [fault, setFault] = useState("");
  const box = useRef(null);
  useEffect(() => {
    const jump = (event) => event.key === "/" && !isTyping(event) && (event.preventDefault(), box.current.focus());
    document.addEventListener("keydown", jump);
    return () => document.removeEventListener("keydown", jump);
  }, []);
  const find = (event) => {
    event.preventDefault();
    const number = read(box.current.value.trim());
    setFault(number ? "" : t(number === false ? "console.number_typo" : "console.number_wrong"));
    if (!number) return box.current.focus();
    box.current.value = "";
    location.hash = number;
  };
  return html`<form class="search" role="search" onSubmit=${find} novalidate>
    <label class="unseen" for="find">${t("console.find")}</label>
    <input ref=${box} id="find" type="search" autocomplete="off" autocapitalize="characters" spellcheck=${false} placeholder=${t("console.find_placeholder")} aria-describedby=${fault ? "find-fault" : undefined} aria-invalid=${fault ? "true" : undefined} />
    <button class="button">${t("console.find_button")}</button>
    ${fault && html`<p class="wrong" id="find-fault" role="alert">${fault}</p>`}
  </form>`;
}
