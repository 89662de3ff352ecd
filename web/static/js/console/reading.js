// The list that the reader came from: where they go back to, and the cases before and after the one that is open.

export const reading = { address: "#", number: null, numbers: [] };

/** What the list shows now, in its order. */
export function keepList(address, numbers) {
  Object.assign(reading, { address, numbers: [...new Set(numbers)] }); // a case and its tasks are one
}

/** {before, after, place, of}: numbers or undefined; null for a case that was not opened from a list. */
export function neighbours(number) {
  const at = reading.numbers.indexOf(number);
  return at < 0 ? null : { before: reading.numbers[at - 1], after: reading.numbers[at + 1], place: at + 1, of: reading.numbers.length };
}
