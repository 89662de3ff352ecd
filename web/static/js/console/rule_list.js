// The routing rules as a list that somebody changes. A rule is as the API has it. Pure.

/** `rules` with the one at `place` moved by so many places; the same list where there is no such place. */
export function moved({ rules, place, by }) {
  const to = place + by;
  if (to < 0 || to >= rules.length) return rules;
  const rest = rules.filter((_, each) => each !== place);
  return [...rest.slice(0, to), rules[place], ...rest.slice(to)];
}

/** What somebody has done: per rule `new`, `changed`, `moved` or "", and the names of those that are gone. Moved is what
 *  stands before a rule now that it stood behind. */
export function compared({ before, after }) {
  const old = new Map(before.map((rule) => [rule.rule, rule]));
  const kept = before.map(({ rule }) => rule).filter((name) => after.some(({ rule }) => rule === name));
  const order = after.map(({ rule }) => rule).filter((name) => old.has(name));
  const mark = (rule) => {
    if (!old.has(rule.rule)) return "new";
    if (plain(rule) !== plain(old.get(rule.rule))) return "changed";
    return order.indexOf(rule.rule) === kept.indexOf(rule.rule) ? "" : "moved";
  };
  return { marks: after.map(mark), gone: before.map(({ rule }) => rule).filter((name) => !kept.includes(name)) };
}

/** The same text for the same rule, in whatever order its parts were given. */
const plain = (value) => JSON.stringify(value, (_, part) => (part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part));

/** The rule as it is sent: conditions that ask for nothing are left out. */
export function tidied({ rule, when, then, note }) {
  const answers = Object.fromEntries(Object.entries(when.answers ?? {}).filter(([, values]) => values.length));
  const asked = Object.entries({ ...when, answers }).filter(([, value]) => value && (Array.isArray(value) ? value.length : Object.keys(value).length));
  const owners = then.owners?.length ? { owners: then.owners } : {};
  return { rule: rule.trim(), when: Object.fromEntries(asked), then: { receiver: then.receiver, ...owners }, ...(note?.trim() && { note: note.trim() }) };
}

/** The questions with values to choose from that reports of these categories are asked, each once; of all, when none is
 *  named, nothing: their answers mean different things. */
export function questionsOf(categories) {
  const found = new Map();
  for (const { questions } of categories) {
    for (const { code, text, datatype, values } of questions) {
      if (!datatype.endsWith("valuelist")) continue;
      const known = found.get(code)?.values ?? [];
      const more = values.filter(({ key }) => !known.some((each) => each.key === key));
      found.set(code, { code, text, values: [...known, ...more] });
    }
  }
  return [...found.values()];
}
