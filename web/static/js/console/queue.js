// A queue as the page keeps it: rows in the order they were loaded in, and what has come since. Nothing moves under
// the reader's finger: news waits until it is asked for. Pure.

export const EMPTY = { phase: "loading", items: [], cursor: null, fresh: 0 };

export function loaded(page) {
  return { phase: "ready", items: page.items, cursor: page.next_cursor, fresh: 0, looked: page.looked_through };
}

export function extended(queue, page) {
  const known = new Set(queue.items.map((row) => row.task_id));
  const more = page.items.filter((row) => !known.has(row.task_id));
  return { ...queue, items: [...queue.items, ...more], cursor: page.next_cursor };
}

/** The first page, read again: known rows change in place, new ones are counted, vanished ones are marked. */
export function refreshed(queue, page) {
  const now = new Map(page.items.map((row) => [row.task_id, row]));
  const items = queue.items.map((row) => (now.has(row.task_id) ? renewed(row, now.get(row.task_id)) : page.next_cursor ? row : { ...row, gone: true }));
  const known = new Set(queue.items.map((row) => row.task_id));
  const fresh = page.items.filter((row) => !known.has(row.task_id)).length;
  return { ...queue, phase: "ready", items, fresh };
}

/** A picture that is there is not fetched again because its address was signed anew. */
const renewed = (row, news) => ({ ...news, thumbnail: row.thumbnail ?? news.thumbnail });

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

const WORKED = ["mine", "assigned", "overdue", "others", "done"];

/** Lists by role, the own one first; who reads no case has none. */
const QUEUES = {
  kelurahan_officer: WORKED,
  opd_officer: WORKED,
  opd_supervisor: WORKED,
  inspectorate: WORKED,
  desk: ["unlocated", "inbox"],
  validator: ["validation"],
  coordinator: ["mine", "unlocated", "inbox", "overdue", "others", "done"],
  administrator: [],
};

export const listsOf = (role) => QUEUES[role] ?? [];

/** Of what the unit has no work on now: the last decision first. */
export const FILED = ["others", "done"];
export const SORTS = ["time_left", "age", "newest"];

const ENDED = ["resolved", "closed", "rejected", "merged", "withdrawn"];
const STATUSES = ["waiting", "coordinated", "assigned", "in_progress", "scheduled", "needs_info", "awaiting_validation", "rework", "reopened", "referred"];

/** The statuses that a case on this list can have. */
export const statusesOf = (name) => (name === "done" ? ENDED : STATUSES);

/** Columns that say something on this list: a lurah's kelurahan is always their own, the holder is another on a list of
 *  what others do. */
export const columnsOf = (name, role) => ({ area: role !== "kelurahan_officer", unit: FILED.includes(name) || role === "opd_supervisor" });

/** Who goes out to the cases. */
export const FIELD = ["kelurahan_officer", "opd_officer"];

/** Who types in what people bring to a desk. */
export const TYPISTS = ["desk", "kelurahan_officer", "coordinator"];
