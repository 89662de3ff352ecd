// The console's keys: `/` to the search box; lists have j and k of their own.

/** Whether a key press belongs to a field or a dialog, or is a browser's own. */
export function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || Boolean(event.target.closest?.("input, textarea, select, dialog"));
}
