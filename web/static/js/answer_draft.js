// An answer that is being written: {text, photos}, kept on the device for as long as a question may be answered, by the
// number of its case.

import * as drafts from "./draft_store.js";

const place = (number) => `answer ${number}`;

export const keep = (number, draft) => drafts.keep(place(number), draft);
export const restore = (number) => drafts.restore(place(number));
export const discard = (number) => drafts.discard(place(number));
