// One of many by the keyboard: `<Choose id label hint error find chosen onPick />`. What is typed is looked for, arrows and
// Enter choose, and so does the number before a row. `find(typed)` → [{code, name, note}], the likeliest first; `chosen`:
// the name of what was chosen.

import { t } from "../texts.js";
import { html, say, useState } from "../view.js";

const MOST = 9; // as many as there are number keys
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export function Choose({ id, label, hint, error, find, chosen, onPick }) {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const rows = open ? find(typed.trim()).slice(0, MOST) : [];
  const pick = (row) => {
    setTyped("");
    setOpen(false);
    onPick(row.code);
    say(row.name);
  };
  const look = (words) => (setTyped(words), setAt(0), setOpen(true));
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.key === "Enter" ? rows[at] : /^[1-9]$/.test(event.key) && rows[Number(event.key) - 1];
    if (row) return event.preventDefault(), pick(row);
    if (event.key === "Escape" && open) return event.preventDefault(), setOpen(false); // of a dialog: the list first
    if (!STEPS[event.key]) return;
    event.preventDefault();
    if (!open) return look(typed);
    setAt((old) => Math.max(0, Math.min(rows.length - 1, old + STEPS[event.key])));
  };
  const described = [`${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return html`<div class=${error ? "field has-error" : "field"}>
    <label for=${id}>${label}</label>
    <p class="hint" id=${`${id}-hint`}>${hint}</p>
    ${error && html`<p class="wrong" id=${`${id}-error`}>${error}</p>`}
    ${chosen && html`<p class="chosen" id=${`${id}-chosen`}><strong>${chosen}</strong></p>`}
    <input id=${id} type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded=${rows.length ? "true" : "false"} aria-controls=${`${id}-list`} aria-activedescendant=${rows.length ? `${id}-${at}` : undefined} aria-describedby=${described} aria-invalid=${error ? "true" : undefined}
      value=${typed} onInput=${(event) => look(event.target.value)} onFocus=${() => look(typed)} onBlur=${() => setOpen(false)} onKeyDown=${press} />
    <ul class="numbered" role="listbox" id=${`${id}-list`} aria-label=${label} hidden=${!rows.length}>
      ${rows.map((row, place) => html`<li key=${row.code} id=${`${id}-${place}`} role="option" aria-selected=${place === at ? "true" : "false"} onMouseDown=${(event) => event.preventDefault()} onClick=${() => pick(row)}><kbd aria-hidden="true">${place + 1}</kbd> <span>${row.name}${row.note && html` <small class="muted">${row.note}</small>`}</span></li>`)}
    </ul>
    ${open && typed.trim() && !rows.length && html`<p class="hint" role="status">${t("desk.choose_none")}</p>`}
  </div>`;
}
