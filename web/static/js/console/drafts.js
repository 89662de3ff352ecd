// What was typed into a case's dialogs and not sent yet, in this page's memory only.

import { useReducer } from "../view.js";
import { BLANK } from "./act_form.js";

const kept = new Map();

/** {values, change(update), clear()} of one case and action; the component is drawn anew at every change. */
export function useDraft(number, action) {
  const [, redraw] = useReducer((n) => n + 1, 0);
  const key = `${number} ${action}`;
  const change = (update) => {
    kept.set(key, update(kept.get(key) ?? BLANK));
    redraw();
  };
  return { values: kept.get(key) ?? BLANK, change, clear: () => kept.delete(key) };
}

export const forgetDrafts = () => kept.clear();
