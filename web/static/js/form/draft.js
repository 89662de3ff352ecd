// The report being written, kept on the device, photos included.

import { newKey } from "../api.js";
import * as drafts from "../draft_store.js";
import { lang } from "../texts.js";

const CURRENT = "current";

export const empty = () => ({ key: newKey(), photos: [], place: null, landmark: "", category: "", description: "", answers: {}, contact: { name: "", phone: "", email: "" }, visibility: "public" });

export const isStarted = (draft) => Boolean(draft.photos.length || draft.place || draft.landmark || draft.category || draft.description);

/** `done` is called when it is on the device, and only then. */
export const keep = (draft, done) => drafts.keep(CURRENT, draft, done);
export const restore = () => drafts.restore(CURRENT);
export const discard = () => drafts.discard(CURRENT);

/** What the city is sent; the functions are those of the later steps. */
export function bodyOf(draft, { locationOf, landmarkOf, wayOf }) {
  const { name, phone, email } = Object.fromEntries(Object.entries(draft.contact).map(([key, value]) => [key, value.trim()]));
  const by = wayOf(draft.contact);
  const landmark = landmarkOf(draft.place, draft.landmark.trim());
  const answers = Object.fromEntries(Object.entries(draft.answers).filter(([, value]) => (Array.isArray(value) ? value.length : value || value === 0)));
  return {
    category: draft.category,
    description: draft.description.trim(),
    location: locationOf(draft.place),
    visibility: draft.visibility,
    ...(document.body.dataset.channel && { channel: document.body.dataset.channel }),
    ...(landmark && { landmark }),
    ...((name || phone || email) && { contact: { ...(name && { name }), ...(phone && { phone }), ...(email && { email }), ...(by && { by }), language: lang } }),
    ...(Object.keys(answers).length && { answers }),
    ...(draft.returns && { returns: draft.returns }),
    ...(draft.photos.length && { photos: draft.photos.map(({ content_type, size }) => ({ content_type, size })) }),
  };
}
