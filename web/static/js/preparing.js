// Photos that were chosen and are still being made small, on this page. `preparing(work)` notes the work of one choice, a
// promise of whether every file of it was taken; `prepared()` waits for all of it: what was chosen is never left out of
// what is sent, and what could not be taken is not passed over.

const underWay = new Set();

export function preparing(work) {
  underWay.add(work);
  const over = () => underWay.delete(work);
  work.then(over, over);
  return work;
}

export const isPreparing = () => underWay.size > 0;

/** Whether everything that was chosen has been taken. By then the page is drawn with it. */
export async function prepared() {
  let all = true;
  while (underWay.size) {
    const works = await Promise.allSettled(underWay);
    all &&= works.every(({ value }) => value === true);
    await new Promise((drawn) => setTimeout(drawn));
  }
  return all;
}
