// Whatever goes while it has the focus gives it to what is left around it: who hears the page, or uses the keyboard, does
// not begin at its top again. What moves the focus on purpose has done so by then.

import { app } from "../view.js";

const SOON = 50; // ms

let trail = []; // what had the focus last, and all around it

function passFocus() {
  const heir = trail.find((part) => part.isConnected)?.querySelector("h1, h2, h3, legend");
  if (!heir || document.activeElement !== document.body) return;
  heir.tabIndex = -1;
  heir.focus({ preventScroll: true });
}

addEventListener("focusin", (event) => (trail = event.composedPath()));
new MutationObserver(() => trail[0]?.isConnected === false && setTimeout(passFocus, SOON)).observe(app.parentNode, { childList: true, subtree: true });
