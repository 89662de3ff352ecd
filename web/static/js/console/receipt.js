// The paper that goes over the desk: the number, and the owner's link only where no message will bring it.

import { Qr } from "../qr.js";
import { t, word } from "../texts.js";
import { Icon, Notice, html, useEffect } from "../view.js";
import { full } from "../when.js";
import { isTyping } from "./keys.js";

const LETTERS = "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu".split(" ");

/** The number as it is read out on the telephone: the city reads its nine signs alone, too. */
const spelled = (number) => number.slice("JKT-".length).split("-").map((part) => [...part].map((sign) => LETTERS.find((letter) => letter[0] === sign) ?? sign).join(" ")).join(" – ");

export function Receipt({ lodged, draft, photos = [], context, title, onNext }) {
  const { number, links, unit, clocks } = lodged;
  const first = clocks.coordination ?? clocks.location;
  useNext(onNext);
  return html`<section class="receipt">
    <h1 ref=${title} tabindex="-1">${t("console.lodged")}</h1>
    <div class="card">
      <p>${t("console.receipt_number")}</p>
      <p class="big-number">${number}</p>
      <p class="small"><span class="muted">${t("desk.spelled")}</span> <span class="spelled">${spelled(number)}</span></p>
      <${Qr} text=${links.owner ?? links.public} label=${t(links.owner ? "common.qr_owner" : "common.qr")} />
      <dl class="facts">
        <dt>${t("console.field_category")}</dt><dd>${word(context.category(draft.category).name)}</dd>
        <dt>${t("console.held_by")}</dt><dd>${unit.name}</dd>
        ${first && html`<dt>${t("console.first_answer")}</dt><dd>${full(first.due_at)}</dd>`}
        <dt>${t("console.follow")}</dt><dd>${links.public}</dd>
      </dl>
      ${links.owner && html`<hr /><p><strong>${t("console.owner_link")}</strong></p><p class="link-text">${links.owner}</p><p class="small">${t("desk.owner_link_note")}</p>`}
      ${!links.owner && html`<p>${t("desk.owner_told")}</p>`}
    </div>
    ${photos.map((photo, index) => html`<p class="no-print" role="status">${photoWords(photo, index)}</p>`)}
    ${links.owner && html`<div class="no-print"><${Notice} kind="warn"><p>${t("desk.print_now")}</p><//></div>`}
    <p class="row no-print">
      <button type="button" class="button main" onClick=${() => print()}><${Icon} name="print" />${t("console.print")}</button>
      <a class="button" href=${`#${number}`}>${t("console.open_case")}</a>
      <button type="button" class="button" onClick=${onNext}>${t("console.next_intake")} <kbd aria-hidden="true">n</kbd></button>
    </p>
  </section>`;
}

/** n: the next report. */
function useNext(onNext) {
  useEffect(() => {
    const go = (event) => event.key === "n" && !isTyping(event) && (event.preventDefault(), onNext());
    document.addEventListener("keydown", go);
    return () => document.removeEventListener("keydown", go);
  }, []);
}

const photoWords = ({ state, progress }, index) => t(`console.photo_${state}`, { n: index + 1, percent: Math.round((progress ?? 1) * 100) });
