// Times as people read them, always in WIB (Asia/Jakarta). `full(iso)`: "Rabu, 25 November 2026 pukul 16.00 WIB";
// `short(iso)`: "25 Nov, 16.00 WIB"; `span(seconds)`: "1 hari 4 jam"; `ago(iso)`: "3 jam lalu"; `hour(iso)`: "16.00".

import { now } from "./clock.js";
import { lang, t } from "./texts.js";

const LOCALE = lang === "en" ? "en-GB" : "id-ID";
const format = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: "Asia/Jakarta", ...options });
const FULL = format({ weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }); // the style "full" would say 04 Desember
const SHORT = format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY = format({ dateStyle: "long" });
const HOUR = format({ hour: "2-digit", minute: "2-digit" });
const RELATIVE = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];

const date = (value) => (value instanceof Date ? value : new Date(value));

export const full = (value) => `${FULL.format(date(value))} WIB`;
export const short = (value) => `${SHORT.format(date(value))} WIB`;
export const day = (value) => DAY.format(date(value));
export const hour = (value) => HOUR.format(date(value));

/** The two largest units of a duration; less than a minute is "kurang dari semenit". */
export function span(seconds) {
  let left = Math.abs(seconds);
  const first = UNITS.findIndex(([, size]) => left >= size);
  if (first < 0) return t("common.moment");
  const parts = [];
  for (const [unit, size] of UNITS.slice(first, first + 2)) {
    const n = Math.floor(left / size);
    left -= n * size;
    if (n) parts.push(t(`common.${unit}s`, { n }));
  }
  return parts.join(" ");
}

export function ago(value) {
  const seconds = Math.min(0, (date(value) - now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => -seconds >= size) ?? [];
  if (!unit) return t("common.just_now");
  return RELATIVE.format(Math.round(seconds / size), unit);
}
