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
  kontak: ({ contact }, steps) => steps?.contactFaults(contact) ?? {},
  periksa: () => ({}),
};

/** `steps`: the module of the later steps, which reads contacts; before it is here nobody has typed one. */
export const faultsOf = (step, draft, steps) => CHECKS[step](draft, steps);

export const allFaults = (draft, steps) => Object.assign({}, ...STEPS.map((step) => faultsOf(step, draft, steps)));

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
  if (["name", "phone", "email", "by", "visibility"].includes(id)) return "kontak";
  return id === "review" ? "periksa" : "masalah";
}
