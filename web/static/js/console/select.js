// One of a few, by its name.

import { t } from "../texts.js";
import { Field, html } from "../view.js";

/** `options` are [code, name]; `empty` is what stands where nothing is chosen, null where something always is. */
export function Select({ id, label, value, options, empty = t("act.choose"), optional, error, onChange }) {
  return html`<${Field} id=${id} label=${label} optional=${optional} error=${error}>
    ${(tie) => html`<select ...${tie} value=${value} onChange=${(event) => onChange(event.target.value)}>
      ${empty !== null && html`<option value="">${empty}</option>`}
      ${options.map(([code, name]) => html`<option key=${code} value=${code} selected=${code === value}>${name}</option>`)}
    </select>`}
  <//>`;
}
