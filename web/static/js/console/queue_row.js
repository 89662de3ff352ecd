// One case in a list: the whole row opens it.

import { Chip, headline } from "../case_view.js";
import { Category } from "../category.js";
import { now } from "../clock.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { ago } from "../when.js";
import { leading } from "./queue.js";

const SOON = 2 * 3_600_000; // ms

/** The case that was opened last from a list: where the reader goes on when he comes back. */
export const reading = { number: null };

export function Row({ row }) {
  return html`<tr role="row" class=${row.gone ? "gone" : null}>
    <th role="rowheader" scope="row"><a data-row=${row.number} href=${`#${row.number}`} onClick=${() => (reading.number = row.number)}>${row.number}</a></th>
    <td role="cell" class="what"><${Category} of=${row.category} /></td>
    <td role="cell">${row.area ? row.area.name : t("console.no_place")}</td>
    <td role="cell">
      <${Chip} status=${row.status} />
      ${row.gone && html` <span class="small muted">${t("console.gone")}</span>`}
    </td>
    <td role="cell" class="time"><${TimeLeft} clock=${leading(row)} /></td>
    <td role="cell" class="small muted">${ago(row.received_at)}</td>
  </tr>`;
}

/** Late by word and colour; paused says so. */
export function TimeLeft({ clock }) {
  if (!clock) return html`<span class="muted">–</span>`;
  const urgency = clock.state === "late" ? "late" : Date.parse(clock.due_at) - now() < SOON ? "soon" : "";
  return html`<span class=${`left ${urgency}`}>${headline(clock)}</span> <span class="small muted">${t(`case.clock_${clock.kind}`)}</span>`;
}
