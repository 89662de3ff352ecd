// What an answer is written with: words, photos, and what is under way; its properties are those of `usePerforming`.

import { discard, keep } from "./answer_draft.js";
import { usePerforming } from "./performing.js";
import { Photos, Words } from "./reply_fields.js";
import { t } from "./texts.js";
import { focusOn, html, Notice, say, useRef, useState } from "./view.js";

export function AnswerForm({ view, secret, kept, onDone, ...given }) {
  const { text, photos, change, forget } = useDraft(view.number, kept);
  const [error, setError] = useState("");
  const done = (next) => (void forget(), onDone(next), say(t("answer.sent")));
  const { busy, trouble, submit } = usePerforming({ action: "answer", view, secret, onDone: done, ...given });
  const latest = useRef(photos); // what was chosen may still be made ready when it is sent
  latest.current = photos;

  function send(event) {
    event.preventDefault();
    const words = text.trim();
    setError(words ? "" : t("answer.error_text"));
    if (words) void submit(() => ({ photos: latest.current, text: words }));
    else requestAnimationFrame(() => focusOn("text"));
  }

  return html`<form noValidate onSubmit=${send}>
    <${Words} label=${t("reporter.text_answer")} value=${text} error=${error} onChange=${(value) => (change(() => ({ text: value })), setError(""))} />
    <${Photos} photos=${photos} optional change=${(update) => change((old) => ({ photos: update(old.photos) }))} />
    <p class="hint">${t("answer.kept")}</p>
    ${trouble && html`<${Notice} kind="bad" role="alert">${trouble}</${Notice}>`}
    <p class="row"><button class="button main" aria-disabled=${Boolean(busy)}>${busy || t("reporter.send_answer")}</button></p>
  </form>`;
}

/** The draft of this number's answer; it begins with what the device kept. */
function useDraft(number, kept) {
  const [draft, setDraft] = useState(kept ?? { text: "", photos: [] });
  const current = useRef(draft);
  const change = (update) => {
    setDraft((current.current = { ...current.current, ...update(current.current) }));
    keep(number, current.current);
  };
  return { ...draft, change, forget: () => discard(number) };
}
