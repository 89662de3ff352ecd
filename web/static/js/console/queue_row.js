// One case in a list, told apart from the others by its words, its landmark and its picture: the whole row opens it.

import { Chip, headline } from "../case_view.js";
import { Category } from "../category.js";
import { now } from "../clock.js";
import { distanceText } from "../place_words.js";
import { Said } from "../said.js";
import { t } from "../texts.js";
import { Icon, html, useState } from "../view.js";
import { ago } from "../when.js";
import { isUnsent } from "./drafts.js";
import { nameOfRow } from "./list_address.js";
import { leading } from "./queue.js";

const SOON = 2 * 3_600_000; // ms
const CUT = { text: 80, landmark: 40 }; // characters after which the city cuts them
const TOLD = ["reopened", "answered", "agency"]; // flags with a word of their own; late and photo are seen elsewhere

/** `columns`: of the list (queue.js). `far`: {metres, exact} where the reader asked for the nearest first. */
export function Row({ row, columns, far }) {
  const name = nameOfRow(row);
  return html`<tr role="row" class=${row.gone ? "gone" : null}>
    <td role="cell" class="thumb"><${Thumbnail} row=${row} /></td>
    <th role="rowheader" scope="row" class="what">
      <a data-row=${name} href=${row.number ? addressIn(row) : `#${name}`}>${row.number ? html`<${Category} of=${row.category} /> <span class="number">${row.number}</span>` : `${t("console.message")} · ${t(`desk.channel_${row.channel}`)}`}</a>
      ${row.text && html`<p class="words"><${Said} text=${shortened(row, "text")} /></p>`}
      ${row.landmark && html`<p class="spot small muted"><${Icon} name="pin" /> <${Said} text=${shortened(row, "landmark")} /></p>`}
      ${row.kind !== "case" && html`<p class="task"><${Icon} name="arrow" /> ${t(`console.task_${row.kind}`)}</p>`}
      ${row.status === "awaiting_validation" && row.assignee && html`<p class="small muted">${t("console.judge", { user: row.assignee })}</p>`}
      <${Flags} row=${row} far=${far} />
    </th>
    ${columns.area && html`<td role="cell" class="area">${row.area ? row.area.name : row.number && t("console.no_place")}</td>`}
    <td role="cell">
      ${row.number ? html`<${Chip} status=${row.status} />` : html`<span class="chip">${t("console.message")}</span>`}
      ${columns.unit && html`<p class="small muted">${row.unit.name}</p>`}
      ${row.gone && html` <span class="small muted">${t("console.gone")}</span>`}
    </td>
    <td role="cell" class="time"><${TimeLeft} clock=${clockOf(row)} /></td>
    <td role="cell" class="age small muted">${ago(row.received_at)}</td>
  </tr>`;
}

/** A task of a case leads to its own place on the case's page. */
const addressIn = ({ kind, number }) => (kind === "case" ? `#${number}` : `#${number}?task=${kind}`);

/** A task has a due time of its own. */
function clockOf(row) {
  if (!row.due_at) return leading(row);
  return { due_at: row.due_at, state: Date.parse(row.due_at) < now() ? "late" : "running" };
}

const shortened = (row, name) => (row[name].length < CUT[name] ? row[name] : `${row[name].trimEnd()}…`);

/** A signed address lives for a quarter of an hour: a picture that does not come leaves its sign. */
function Thumbnail({ row }) {
  const [lost, setLost] = useState(false);
  if (row.thumbnail && !lost) return html`<img src=${row.thumbnail} alt="" width="72" height="54" loading="lazy" onError=${() => setLost(true)} />`;
  return row.photo && html`<span class="no-thumb"><${Icon} name="camera" /><span class="unseen">${t("console.flag_photo")}</span></span>`;
}

function Flags({ row, far }) {
  const words = [...row.flags.filter((flag) => TOLD.includes(flag)), ...(isUnsent(nameOfRow(row)) ? ["unsent"] : [])];
  if (!words.length && !far) return null;
  return html`<p class="flags">${words.map((flag) => html`<span key=${flag} class=${`flag ${flag}`}>${t(`console.flag_${flag}`)}</span>`)}
    ${far && html`<span class="flag">${t(far.exact ? "console.far" : "console.far_about", { distance: distanceText(far.metres) })}</span>`}</p>`;
}

/** Late by word and colour; paused says so. */
export function TimeLeft({ clock }) {
  if (!clock) return html`<span class="muted">–</span>`;
  const urgency = clock.state === "late" ? "late" : Date.parse(clock.due_at) - now() < SOON ? "soon" : "";
  return html`<span class=${`left ${urgency}`}>${headline(clock)}</span> <span class="small muted">${t(clock.kind ? `case.clock_${clock.kind}` : "console.task_due")}</span>`;
}
