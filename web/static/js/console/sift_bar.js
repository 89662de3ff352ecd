// What a list can be asked: filters and order. They stand in the address; "Terdekat dahulu" does not, a place is nobody's.

import { t, word } from "../texts.js";
import { Icon, html } from "../view.js";
import { addressOf } from "./list_address.js";
import { FILED, SORTS, statusesOf } from "./queue.js";

/** `near`: {on, busy, failed, toggle} of nearest.js; null where nobody goes out. `answered`: in how many of these cases the
 *  reporter wrote and nobody has read it yet. */
export function SiftBar({ name, asked, answered, context, near, dense, onDense }) {
  const set = (key, value) => location.replace(addressOf(name, { ...asked, [key]: value }));
  const active = ["status", "category", "late", "photo", "answered", "sort"].filter((key) => asked[key]).length;
  return html`<div class="sift-row">
    <details class="sift" open=${active > 0}>
      <summary>${t("console.sift")}${active > 0 && html` <span class="count">${active}</span>`}</summary>
      <div class="sift-fields">
        <${Choice} id="sift-status" label=${t("console.head_status")} value=${asked.status} onChange=${(value) => set("status", value)} all=${t("console.all")} options=${statusesOf(name).map((code) => [code, t(`status.${code}`)])} />
        <${Choice} id="sift-category" label=${t("console.head_category")} value=${asked.category} onChange=${(value) => set("category", value)} all=${t("console.all")} options=${categories(context)} />
        <${Choice} id="sift-sort" label=${t("console.sort")} value=${asked.sort} onChange=${(value) => set("sort", value)} all=${t(FILED.includes(name) ? "console.sort_decided" : "console.sort_time_left")} options=${SORTS.filter((sort) => FILED.includes(name) || sort !== "time_left").map((sort) => [sort, t(`console.sort_${sort}`)])} />
        <${Switch} label=${t("console.only_late")} on=${asked.late} onChange=${(value) => set("late", value)} />
        <${Switch} label=${t("console.dense")} on=${String(dense)} onChange=${onDense} />
        <${Switch} label=${t("console.only_photo")} on=${asked.photo} onChange=${(value) => set("photo", value)} />
        <${Switch} label=${t("console.only_answered")} on=${asked.answered} onChange=${(value) => set("answered", value)} />
      </div>
    </details>
    ${answered > 0 && !asked.answered && html`<a class="link" href=${addressOf(name, { answered: "true" })}><${Icon} name="question" />${t("console.flag_waits", { n: answered })}</a>`}
    ${near && html`<button type="button" class="link" aria-pressed=${near.on} onClick=${near.toggle}><${Icon} name="target" />${t(near.busy ? "console.near_busy" : "console.near")}</button>`}
    ${near?.failed && html`<p class="wrong" role="alert">${t("console.near_failed")}</p>`}
  </div>`;
}

function categories({ reference }) {
  return reference.categories.map(({ code, name }) => [code, word(name)]).sort(([, a], [, b]) => a.localeCompare(b));
}

function Choice({ id, label, value = "", options, all, onChange }) {
  return html`<label for=${id}>${label}
    <select id=${id} value=${value} onChange=${(event) => onChange(event.target.value)}>
      <option value="">${all}</option>
      ${options.map(([code, name]) => html`<option key=${code} value=${code} selected=${code === value}>${name}</option>`)}
    </select>
  </label>`;
}

const Switch = ({ label, on, onChange }) =>
  html`<label class="choice"><input type="checkbox" checked=${on === "true"} onChange=${(event) => onChange(event.target.checked ? "true" : "")} /><span>${label}</span></label>`;
