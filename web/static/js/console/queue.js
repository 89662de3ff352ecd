// A queue as the page keeps it: rows in the order they were loaded in, and what has come since. Nothing moves under
// the reader's finger: news waits until it is asked for. Pure.

export const EMPTY = { phase: "loading", items: [], cursor: null, fresh: 0 };

export function loaded(page) {
  return { phase: "ready", items: page.items, cursor: page.next_cursor, fresh: 0 };
}

export function extended(queue, page) {
  const known = new Set(queue.items.map((row) => row.number));
  const more = page.items.filter((row) => !known.has(row.number));
  return { ...queue, items: [...queue.items, ...more], cursor: page.next_cursor };
}

/** The first page, read again: known rows change in place, new ones are counted, vanished ones are marked. */
export function refreshed(queue, page) {
  const now = new Map(page.items.map((row) => [row.number, row]));
  const items = queue.items.map((row) => now.get(row.number) ?? (page.next_cursor ? row : { ...row, gone: true }));
  const known = new Set(queue.items.map((row) => row.number));
  const fresh = page.items.filter((row) => !known.has(row.number)).length;
  return { ...queue, phase: "ready", items, fresh };
}

export function failed(queue, phase) {
  return { ...queue, phase };
}

/** The clock that a row waits on: coordination while nobody has taken it, else what runs and ends first. */
export function leading({ status, clocks }) {
  const running = Object.entries(clocks)
    .map(([kind, clock]) => ({ kind, ...clock }))
    .filter((clock) => !clock.stopped_at)
    .sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at));
  const first = status === "waiting" && running.find((clock) => clock.kind === "coordination");
  return first || running[0] || null;
}

/** Queues by role, the own one first; who reads no case has none. */
export const QUEUES = {
  kelurahan_officer: ["mine", "overdue"],
  opd_officer: ["mine", "overdue"],
  opd_supervisor: ["mine", "overdue"],
  inspectorate: ["mine", "overdue"],
  desk: ["unlocated"],
  validator: ["validation"],
  coordinator: ["mine", "unlocated", "overdue"],
  administrator: [],
};

/** Who types in what people bring to a desk. */
export const TYPISTS = ["desk", "kelurahan_officer", "coordinator"];
