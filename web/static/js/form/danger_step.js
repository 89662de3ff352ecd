// Danger to life now: before the report goes on, once, the number to call. `dangerIn(draft)` → the kind of danger that the
// report speaks of, or null; `<DangerStep draft />`.

import { dangerSearch } from "../tables.js";
import { t } from "../texts.js";
import { html, Icon } from "../view.js";

/** The table is fetched while the person writes, so that nobody waits for it. */
export const prepareDanger = () => void dangerSearch().catch(() => {});

export const dangerIn = async ({ description, category }) => (await dangerSearch())(description, category);

const KINDS = ["fire", "wires", "trapped", "crime", "medical", "violence"];

export const DangerStep = ({ draft }) => html`<div class="stack" id="danger">
  <p>${t(`form.danger_${KINDS.includes(draft.warned) ? draft.warned : "other"}`)}</p>
  <p><a class="button main big" href="tel:112"><${Icon} name="phone" />${t("form.danger_call")}</a></p>
  <p>${t("form.danger_slow")}</p>
</div>`;
