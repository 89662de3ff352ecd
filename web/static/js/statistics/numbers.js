// Numbers as people read them. `number(n)`, `percent(share)` (an en dash for null), `partOf(part, n)`: a percentage with
// its sample, or under 20 the number itself; `stars({mean, counted})`.

import { lang, t } from "../texts.js";

const LOCALE = lang === "en" ? "en-GB" : "id-ID";
const WHOLE = new Intl.NumberFormat(LOCALE);
const SHARE = new Intl.NumberFormat(LOCALE, { style: "percent" });
const FEW = 20; // cases of which a percentage says too much
export const NONE = "–";

export const number = (n) => WHOLE.format(n);

/** Never 100 % or 0 % of what is not all or nothing. */
export function percent(share) {
  if (share === null) return NONE;
  const whole = Math.round(share * 100);
  return SHARE.format((share < 1 && whole === 100 ? 99 : share > 0 && whole === 0 ? 1 : whole) / 100);
}

export function partOf(part, n) {
  if (!n) return NONE;
  return t("statistics.part", { part: n < FEW ? number(part) : percent(part / n), n: number(n) });
}

export const stars = ({ mean, counted }) => (mean === null ? NONE : t("statistics.stars", { mean: new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(mean), n: number(counted) }));
