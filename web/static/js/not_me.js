// For whoever gets messages about a report that is not theirs: one button, and the city leaves the address alone. The link
// of the message carries the address's token in its fragment.

import { fragment } from "./address.js";
import { newKey, request, sentence } from "./api.js";
import { t } from "./texts.js";
import { html, mount, Notice, say, useState } from "./view.js";

const TOKEN = /^[\w-]{8,}/; // what a messenger put behind it is no part of it

/** The token stands last, alone or behind number and secret. */
const token = () => TOKEN.exec(fragment().split("~").at(-1))?.[0];

function NotMe() {
  const [step, setStep] = useState("");
  const [trouble, setTrouble] = useState("");
  const fail = (words) => (setStep(""), setTrouble(words));
  const stop = () => {
    if (step) return;
    if (!token()) return fail(t("notme.no_token"));
    setStep("busy");
    setTrouble("");
    const sent = request("/suppressions", { method: "POST", body: { token: token() }, idempotencyKey: newKey() });
    sent.then(() => (setStep("done"), say(t("notme.done"))), (problem) => fail(sentence(problem)));
  };
  if (step === "done") return html`<${Notice} kind="good" role="status"><p>${t("notme.done")}</p></${Notice}>`;
  return html`${trouble && html`<${Notice} kind="bad" role="alert"><p>${trouble}</p></${Notice}>`}
    <p class="row"><button type="button" class="button main" aria-disabled=${step === "busy"} onClick=${stop}>${t("notme.stop")}</button></p>`;
}

mount(NotMe);
