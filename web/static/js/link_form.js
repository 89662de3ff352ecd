// What is written by the link of a message: words, photos, and what is under way. `draft` (link_draft.js) keeps it;
// `words(name)` has the page's own: error_text, kept, sent; `label` is of the text, `order` of the button. The other
// properties are those of `usePerforming`.

import { usePerforming } from "./performing.js";
import { Photos, Words } from "./reply_fields.js";
import { focusOn, html, Notice, say, useRef, useState } from "./view.js";

export function LinkForm({ view, secret, kept, draft, words, label, order, note, onDone, ...given }) {
  const { text, photos, change, forget } = useDraft(draft, kept);
  const [error, setError] = useState("");
  const done = (next) => (void forget(), onDone(next), say(words("sent")));
  const { busy, trouble, submit } = usePerforming({ view, secret, onDone: done, ...given });
  const latest = useRef(photos); // what was chosen may still be made ready when it is sent
  latest.current = photos;

  function send(event) {
    event.preventDefault();
    const written = text.trim();
    setError(written ? "" : words("error_text"));
    if (written) void submit(() => ({ photos: latest.current, text: written }));
    else requestAnimationFrame(() => focusOn("text"));
  }

  return html`<form noValidate onSubmit=${send}>
    <${Words} label=${label} note=${note} value=${text} error=${error} onChange=${(value) => (change(() => ({ text: value })), setError(""))} />
    <${Photos} photos=${photos} optional change=${(update) => change((old) => ({ photos: update(old.photos) }))} />
    <p class="hint">${words("kept")}</p>
    ${trouble && html`<${Notice} kind="bad" role="alert">${trouble}</${Notice}>`}
    <p class="row"><button class="button main" aria-disabled=${Boolean(busy)}>${busy || order}</button></p>
  </form>`;
}

/** What is being written; it begins with what the device kept. */
function useDraft({ keep, discard }, kept) {
  const [draft, setDraft] = useState(kept ?? { text: "", photos: [] });
  const current = useRef(draft);
  const change = (update) => {
    setDraft((current.current = { ...current.current, ...update(current.current) }));
    keep(current.current);
  };
  return { ...draft, change, forget: discard };
}
