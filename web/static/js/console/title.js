// What stands on the browser's tab: which list, which case, the desk's form or the sign-in.

import { read } from "../number.js";
import { t } from "../texts.js";
import { useEffect } from "../view.js";
import { isAsked, messageIn, nameOf, openList } from "./list_address.js";
import { listsOf } from "./queue.js";
import { ADMINISTRATOR, RULERS, RULES, isOverview, roomNamed } from "./rooms.js";

/** `state` is the console's: its phase, and the context once somebody is signed in. */
export function useTitle({ phase, context }, route) {
  const room = phase === "in" ? roomOf(context.me, route) : t("door.sign_in");
  useEffect(() => void (document.title = `${room} – ${t("door.title")} – Tanggap`), [room]);
}

function roomOf(me, route) {
  if (route === "new") return t("console.intake");
  if (route === RULES && RULERS.includes(me.role)) return t("console.room_rules");
  if (isOverview(me, route)) return t("console.overview");
  if (me.role === ADMINISTRATOR) return t(`console.room_${roomNamed(route)}`);
  const names = listsOf(me.role);
  const { asked } = openList();
  const list = names.includes(nameOf(route)) ? nameOf(route) : names[0];
  if (messageIn(route)) return t("console.message");
  const number = isAsked(route) ? null : read(nameOf(route));
  return number || (asked.words ? t("console.sought", { words: asked.words, list: t(`console.queue_${list}`) }) : t(`console.queue_${list}`));
}
