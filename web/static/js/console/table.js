// The lifecycle table, as far as forms need it: fields, needs, reasons, outcomes and the next status of each action.

import { has, t } from "../texts.js";

export const actions = await (await fetch("/assets/lifecycle.json")).json();

/** What an officer's button says: the table's words are the reporter's where only the reporter usually acts. */
export const nameOf = (action) => (has(`console.action_${action}`) ? t(`console.action_${action}`) : t(`action.${action}`));

/** Actions that say no: never the first thing to press. */
export const DANGEROUS = ["reject", "refuse", "object", "decline_part", "cancel_part", "hide", "overturn"];

/** What everybody may do is no officer's work. */
export const FOR_CITIZENS = ["follow"];

/** What moves the case no further: after everything else. */
export const BESIDE = ["invite", "cancel_part", "merge", "clear_photo", "withhold_photo", "hide", "restore"];

/** What hands the case to somebody else, or puts it off: never the first thing to press either. */
export const ELSEWHERE = ["transfer", "refer", "recategorise", "ask", "extend"];

/** Actions on what stands on a case besides itself (case_tasks.js), which has the buttons for them. */
export const OF_TASKS = ["validate", "refuse", "finish_part", "decline_part", "cancel_part", "approve_extension", "refuse_extension", "uphold", "overturn"];

/** What is done to one photo: nothing where there is none to see. */
export const OF_PHOTOS = ["clear_photo", "withhold_photo"];
