// What is wrong with a draft, by the id of the field; which step a field is on; the city's faults in the page's words.

import { outsideText } from "../place_words.js";
import { has, t } from "../texts.js";

export const STEPS = ["foto", "lokasi", "masalah", "kontak", "periksa"];
export const LONGEST = 4000; // characters, the city's limit
const SHORTEST = 10;

const CHECKS = {
  foto: () => ({}),
  lokasi: ({ place }) => {
    if (!place) return { place: t("form.error_place") };
    if (place.outside) return { place: outsideText(place.outside) };
    return place.listed || place.sure || place.confirmed ? {} : { place: t(place.bounded ? "form.error_proposal" : "form.error_guess") };
  },
  masalah: ({ category, description }) => ({
    ...(!category && { category: t("form.error_category") }),
    ...(description.trim().length < SHORTEST && { description: t("form.error_description") }),
  }),
  kontak: ({ contact: { phone, email } }) => ({
    ...(phone.trim() && !/^(\+?62|0)8\d{7,12}$/.test(phone.replace(/[\s-]/g, "")) && { phone: t("form.error_phone") }),
    ...(email.trim() && !/^\S+@\S+\.\S+$/.test(email.trim()) && { email: t("form.error_email") }),
  }),
  periksa: () => ({}),
};

export const faultsOf = (step, draft) => CHECKS[step](draft);

export const allFaults = (draft) => Object.assign({}, ...STEPS.map((step) => faultsOf(step, draft)));

const FIELDS = { location: "place", landmark: "landmark", category: "category", description: "description", photos: "photos", visibility: "visibility" };

/** `contact.phone` → `phone`, `location.lat` → `place`, `answers.SIZE` → `answers-SIZE`. */
function idOf(field) {
  const [first, second] = field.split(".");
  if (first === "contact") return second ?? "phone";
  if (first === "answers") return second ? `answers-${second}` : "description";
  return FIELDS[first] ?? "review";
}

export function faultsOfProblem(problem) {
  return Object.fromEntries(problem.errors.map((error) => [idOf(error.field), wordsOf(error)]));
}

function wordsOf({ field, code, message }) {
  const id = idOf(field);
  if (code === "outside") return outsideText({ name: neighbourIn(message) });
  return [`form.error_${id}_${code}`, `form.error_${id}`].map((key) => has(key) && t(key)).find(Boolean) || t("form.error_other", { field: field });
}

/** The city's sentence names the neighbour where it knows one. */
const neighbourIn = (message = "") => message.match(/(?:Kota|Kabupaten) [A-Z]\w+(?: [A-Z]\w+)?/)?.[0];

export function stepOf(id) {
  if (id === "photos") return "foto";
  if (["place", "landmark"].includes(id)) return "lokasi";
  if (["name", "phone", "email", "visibility"].includes(id)) return "kontak";
  return id === "review" ? "periksa" : "masalah";
}

/** What somebody should not write where everybody can read it: nik, phone, email, or null. */
export function personalData(text) {
  if (/(?<!\d)\d{16}(?!\d)/.test(text)) return "nik";
  if (/(?<!\d)(?:\+?62|0)[\s-]?8(?:[\s-]?\d){7,12}(?!\d)/.test(text)) return "phone";
  return /\S+@\S+\.\w{2,}/.test(text) ? "email" : null;
}
