// `<Chip status />`: a status by its official word, symbol and colour.

import { t } from "./texts.js";
import { html, Icon } from "./view.js";

export const Chip = ({ status }) => html`<span class="chip" data-status=${status}><${Icon} name=${t(`icon.${status}`)} />${t(`status.${status}`)}</span>`;
