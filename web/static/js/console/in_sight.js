// A row of tabs is wider than a phone: the one that is open is in sight, also once the others have grown by their counts.

import { useEffect, useRef } from "../view.js";

/** A ref for what is to be seen, whenever one of `when` changes. */
export function useInSight(when) {
  const here = useRef(null);
  useEffect(() => here.current?.scrollIntoView({ block: "nearest", inline: "nearest" }), when);
  return here;
}
