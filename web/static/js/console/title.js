// What stands on the browser's tab: which list, which case, the desk's form or the sign-in.

import { read } from "../number.js";
import { t } from "../texts.js";
import { useEffect } from "../view.js";
import { QUEUES } from "./queue.js";

/** `state` is the console's: its phase, and the context once somebody is signed in. */
export function useTitle({ phase, context }, route) {
  const room = phase === "in" ? roomOf(context.me, route) : t("console.sign_in");
  useEffect(() => void (document.title = `${room} – ${t("console.title")} – Tanggap`), [room]);
}

function roomOf(me, route) {
  if (route === "new") return t("console.intake");
  const names = QUEUES[me.role] ?? [];
  const list = names.includes(route) ? route : names[0];
  return read(route) || (list ? t(`console.queue_${list}`) : me.name);
}
