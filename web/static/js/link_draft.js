// What is being written by the link of a message, {text, photos}, kept on the device for as long as a question may be
// answered: `draftOf(scope, number)` → {keep(draft), restore(), discard()}; `scope` names the page. `Unsent` shows it where it
// can no longer be sent.

import * as drafts from "./draft_store.js";
import { Said } from "./said.js";
import { html, useEffect, useState } from "./view.js";

export function draftOf(scope, number) {
  const place = `${scope} ${number}`;
  return { keep: (draft) => drafts.keep(place, draft), restore: () => drafts.restore(place), discard: () => drafts.discard(place) };
}

export function Unsent({ scope, words, number }) {
  const [text, setText] = useState("");
  useEffect(() => void draftOf(scope, number).restore().then((kept) => setText(kept?.text ?? "")), []);
  return text && html`<h2>${words("unsent")}</h2><p class="said-by asked"><${Said} text=${text} /></p>`;
}
