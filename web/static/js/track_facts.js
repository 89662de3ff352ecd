// Of a report's page: `Facts({view})`, its particulars as pairs of words; `Returned({view})`, the way to report that a closed
// problem has come back.

import { heldWords } from "./case_view.js";
import { now } from "./clock.js";
import { areaName } from "./reference.js";
import { has, lang, link, t } from "./texts.js";
import { html, Icon } from "./view.js";
import { day, full } from "./when.js";

const RETURNS_WITHIN = 90 * 86_400_000; // ms after it was closed

/** How messages come; a fixed line gets none, and an address that nobody confirmed only few. */
function reach({ reach: way, confirmed }) {
  if (!way) return null;
  const name = t(`track.reach_${way}`);
  return way === "call" || confirmed ? name : t("track.unconfirmed", { way: name });
}

/** Offered while the city links a new report to the closed one: at its spot, and not for long. */
export function Returned({ view }) {
  const closed = view.clocks.confirmation?.stopped_at;
  if (view.status !== "closed" || !closed || now() - Date.parse(closed) > RETURNS_WITHIN) return null;
  const query = new URLSearchParams({ muncul: view.number, masalah: view.category.code, ...(view.place ?? {}) });
  return html`<p class="no-print"><a class="button" href=${`${link("/lapor")}?${query}`}><${Icon} name="reopen" />${t("track.returned")}</a></p>`;
}

export function Facts({ view }) {
  const { outcome, outside } = view;
  const rows = [
    [t("track.official"), lang === "en" && view.label],
    [t("track.place"), view.area ? `Kel. ${areaName(view.area)}` : t("case.no_area")],
    [t("track.holder"), view.unit?.name],
    [t("track.received"), view.timeline[0] && full(view.timeline[0].at)],
    [t("track.outcome"), outcome && [t(`track.outcome_${outcome.code}`), outcome.until && day(outcome.until), outcome.reason_code && has(`reason.${outcome.reason_code}`) && t(`reason.${outcome.reason_code}`)].filter(Boolean).join(" · ")],
    [t("track.outside_until"), outside && day(outside.until)],
    [t("case.held"), heldWords(view)],
    [t("track.returns"), view.returns],
    [t("track.followers"), view.followers > 0 && view.followers],
    [t("track.contact"), view.contact && [view.contact.name, view.contact.phone, view.contact.email].filter(Boolean).join(" · ")],
    [t("track.reach"), view.contact && reach(view.contact)],
  ];
  return html`<dl class="facts">${rows.filter(([, value]) => value).map(([name, value]) => html`<dt key=${name}>${name}</dt><dd><bdi>${value}</bdi></dd>`)}</dl>`;
}
