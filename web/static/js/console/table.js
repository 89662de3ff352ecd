// The lifecycle table, as far as forms need it: fields, needs, reasons, outcomes and the next status of each action.

export const actions = await (await fetch("/assets/lifecycle.json")).json();

/** Actions that say no: never the first thing to press. */
export const DANGEROUS = ["reject", "refuse", "object"];
