// `Usual({view})`: how long reports of this kind took here, as an expectation for one that is open: with its spread and
// the number of cases, and nothing where these are too few.

import { request } from "./api.js";
import { kotaName } from "./reference.js";
import { t } from "./texts.js";
import { span } from "./when.js";
import { html, useEffect, useState } from "./view.js";

const WAITED_FOR = ["running", "late", "paused"];

export function Usual({ view }) {
  const [usual, setUsual] = useState(null);
  const isOpen = WAITED_FOR.includes(view.clocks.resolution?.state);
  const query = new URLSearchParams({ category: view.category.code, ...(view.area ? { area: view.area.code } : {}) });
  useEffect(() => {
    if (!isOpen) return;
    request(`/statistics/usual?${query}`).then(({ body }) => setUsual(body.usual), () => {}); // nothing is promised
  }, [String(query), isOpen]);
  if (!usual || !isOpen) return null;
  return html`<p class="usual">${sentenceOf(usual)} <span class="muted">${t("track.usual_sample", { n: usual.cases, waiting: usual.waiting })}</span></p>`;
}

function sentenceOf({ kota, quarter, median, three_quarters: most }) {
  const where = kota ? kotaName({ kota }) : t("track.usual_city");
  if (median === null) return t("track.usual_slow", { where });
  return t(most === null ? "track.usual_half" : "track.usual", { where, median: span(median), quarter: span(quarter), most: most === null ? "" : span(most) });
}
