// What every page draws with: htm and Preact (`html`, `render`, hooks), `Icon`, `Notice`, `Field` (label, hint, fault and
// input belong together), `ErrorSummary` (faults as links to their fields; takes the focus), `say(text)` (read aloud),
// `focusOn(id)` (with its fault in sight), `app` (where the page's script draws), `mount(Component)`.

import { html, render } from "htm/preact/standalone";
import { t } from "./texts.js";

export { html, render, useState, useEffect, useLayoutEffect, useReducer, useRef, useMemo } from "htm/preact/standalone";

export const app = document.getElementById("app");

/** Takes over what the page's HTML holds: what is the same stays where it is, with what was typed into it. */
export function mount(Component) {
  const own = Object.fromEntries([...app.attributes].map(({ name, value }) => [name, value]));
  render(html`<div ...${own}><${Component} /></div>`, app.parentNode, app);
  document.documentElement.classList.remove("elsewhere");
}

export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`/assets/icons.svg#${name}`} /></svg>`;

const SIGNS = { warn: "warning", bad: "warning", good: "check" };

export const Notice = ({ kind = "", children, role }) => html`<div class=${`notice ${kind}`} role=${role}><${Icon} name=${SIGNS[kind] ?? "info"} /><div>${children}</div></div>`;

export function focusOn(id) {
  const found = document.getElementById(id);
  if (!found) return;
  if (!found.matches("a, button, input, select, textarea, summary, [tabindex]")) found.tabIndex = -1;
  found.focus({ preventScroll: true });
  (document.getElementById(`${id}-error`) ?? found).scrollIntoView({ block: "center" });
}

export function say(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

/** `children` is a function of the attributes that tie the input to its label, hint and fault. */
export function Field({ id, label, hint, error, optional, children }) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return html`<div class=${error ? "field has-error" : "field"}>
    <label for=${id}>${label}${optional && html` <span class="muted small">(${t("common.optional")})</span>`}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="wrong" id=${`${id}-error`}>${error}</p>`}
    ${children({ id, name: id, "aria-describedby": described, "aria-invalid": error ? "true" : undefined })}
  </div>`;
}

/** `errors`: [{id, message}]; `onGo(id)` where the field may be on another step. */
export function ErrorSummary({ errors, onGo = focusOn }) {
  if (!errors?.length) return null;
  const go = (id) => (event) => (event.preventDefault(), onGo(id));
  return html`<div class="errors" role="alert" id="errors" tabindex="-1">
    <h2>${t("common.errors")}</h2>
    <ul>${errors.map(({ id, message }) => html`<li key=${id}><a href=${`#${id}`} onClick=${go(id)}>${message}</a></li>`)}</ul>
  </div>`;
}

// The skip link moves the focus, and leaves the address alone: what stands after # is a step or a report.
document.querySelector(".skip").addEventListener("click", (event) => (event.preventDefault(), focusOn("content")));

// The other language shows the same thing: the address's fragment and query go along.
document.querySelector("[data-language]")?.addEventListener("click", ({ currentTarget }) => Object.assign(currentTarget, { search: location.search, hash: location.hash }));
