// `<LateMap load spot label />`: a small map (small_map.js) that is fetched when it is drawn first. `load` imports it: only
// a page's own script can fetch what comes later.

import { html, useEffect, useState } from "./view.js";

export function LateMap({ load, ...given }) {
  const [made, setMade] = useState(null);
  useEffect(() => void load().then(setMade, () => {}), []);
  return made && html`<${made.SmallMap} ...${given} />`;
}
