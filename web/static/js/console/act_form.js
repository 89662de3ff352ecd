// What a form about an action holds and sends: values to a request body, and faults to words.

import { locationOf } from "../place_words.js";
import { has, t } from "../texts.js";

const END_OF_DAY = "T23:59:00+07:00"; // a day is promised to its end, in WIB
const PROVEN = ["solved", "not_found"]; // outcomes that a photo must prove, where the category asks for one

export const BLANK = { text: "", unit: "", officer: "", reason_code: "", outcome: "solved", until: "", internal: false, location: null, shots: [] };

/** The fields that this form shows now: a reason or a date only where the outcome asks for one. */
export function shownFields(row, values) {
  if (!row.fields.includes("outcome")) return row.fields;
  const asked = { planned: "until", cannot: "reason_code" }[values.outcome];
  return ["photos", "outcome", "text", ...(asked ? [asked] : [])]; // the camera first: who proves a work stands beside it
}

export function bodyOf(row, values, version) {
  const body = row.quiet ? {} : { version };
  for (const name of shownFields(row, values)) {
    const value = sent(name, values);
    if (value !== "" && value !== null && value !== false && value?.length !== 0) body[name] = value;
  }
  return body;
}

function sent(name, values) {
  if (name === "photos") return values.shots.filter((shot) => shot.state === "ready").map((shot) => shot.photo_id);
  if (name === "location") return values.location && locationOf(values.location);
  if (name === "until" || name === "due_at") return values[name] && values[name] + END_OF_DAY;
  return typeof values[name] === "string" ? values[name].trim() : (values[name] ?? "");
}

/** What can be seen to be missing before anything is sent, as [{field, code}]. */
export function missing(row, values, { proof }) {
  const body = bodyOf(row, values, 0);
  const needed = shownFields(row, values).filter((name) => isNeeded(name, row, values, proof));
  const absent = needed.filter((name) => body[name] === undefined);
  const nobody = row.fields.includes("officer") && !body.unit && !body.officer ? ["officer"] : [];
  return [...absent, ...nobody].map((field) => ({ field, code: "required" }));
}

function isNeeded(name, row, values, proof) {
  if (name === "photos") return row.fields.includes("outcome") && proof === "photo" && PROVEN.includes(values.outcome);
  if (row.fields.includes("outcome") && ["until", "reason_code"].includes(name)) return true;
  return row.required.includes(name);
}

/** The fields whose fault is settled by a change of this value: each value is one field's, but for these. */
export const settledBy = (name) => SETTLES[name] ?? [name];

const SETTLES = { shots: ["photos"], unit: ["unit", "officer"], officer: ["officer", "unit"], outcome: ["outcome", "photos", "until", "reason_code"] };

/** [{id, field, message}] for the summary and the fields. */
export function faultsOf(errors) {
  return errors.map(({ field, code }) => {
    const name = field.split(".")[0];
    const keys = [`act.fault_${name}_${code}`, `act.fault_${code}`];
    return { id: `act-${name}`, field: name, message: t(keys.find(has) ?? "act.fault_value") };
  });
}
