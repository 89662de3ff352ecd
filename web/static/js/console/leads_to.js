// Where an action leads. Pure.

const BEFORE = "before"; // the status that the case had before this one

/** The next status, by what the table says of the action (`to`) and the status now: undefined where it stays, null where the
 *  city alone knows it. */
export function leadsTo({ to, status }) {
  if (to === BEFORE) return null;
  const next = to === null || typeof to === "string" ? to : to[status];
  return next === null || next === status ? undefined : next;
}
