// What every part of the console may ask: the city as this officer, who they are, and names from the reference data.

import { word } from "../texts.js";
import { unitsToAssign, unitsToCoordinate } from "./owners.js";

export function contextOf({ city, me, reference }) {
  const units = new Map(reference.units.map((unit) => [unit.code, unit]));
  const categories = new Map(reference.categories.map((category) => [category.code, category]));
  return {
    city,
    me,
    reference,
    unitName: (code) => units.get(code)?.name ?? code,
    channelName: (code) => word(reference.channels.find((row) => row.code === code)?.name ?? code),
    category: (code) => categories.get(code),
    proofOf: (view) => categories.get(view.category.code)?.proof,
    unitsToAssign: (view) => unitsToAssign(reference, view),
    unitsToCoordinate: (view, { any = false } = {}) => unitsToCoordinate(reference, view, { any: any || me.role === "coordinator" }),
  };
}
