// `<Late load … />`: a part of the page that is fetched when it is drawn first, with its properties. `load` imports it and
// answers the component: only a page's own script can fetch what comes later.

import { html, useEffect, useState } from "./view.js";

export function Late({ load, ...given }) {
  const [Part, setPart] = useState(null);
  useEffect(() => void load().then((made) => setPart(() => made), () => {}), []);
  return Part && html`<${Part} ...${given} />`;
}
