// To whom a case is likely to belong: the owners of its category at its place, lead first, then the suku dinas of each.
// Only a suggestion for the picker: whether a unit is right is decided where the action is.

const OF_THE_PLACE = { KEL: (area) => area.code, KEC: (area) => area.kecamatan.code, KOTA: (area) => area.kota.code };

/** {likely, all}: units, the holder and outside agencies left out. `likely` leaves out suku dinas of other cities. */
export function unitsToCoordinate(reference, { category, area, unit }, { any }) {
  const found = reference.categories.find((row) => row.code === category.code);
  const place = placeOf(reference, area);
  const owners = [found.lead, ...found.co_owners].map((owner) => unitOf(reference, unitAt(owner, place))).filter(holdsCases);
  const below = owners.flatMap((owner) => sudinOf(reference, owner));
  const others = [...new Set([...owners, ...below])].filter((row) => row.code !== unit.code);
  return { likely: others.filter(servesPlace(place)), all: any ? reference.units.filter((row) => holdsCases(row) && row.code !== unit.code) : others };
}

/** {likely, all}: the units of the holder's OPD, that is the dinas and its suku dinas. */
export function unitsToAssign(reference, { area, unit }) {
  const opd = opdOf(reference, unit.code);
  const all = [opd, ...sudinOf(reference, opd)];
  return { likely: all.filter(servesPlace(placeOf(reference, area))), all };
}

/** Whether somebody is an officer of this unit; who supervises an OPD is one of each of its units. */
export function isOfUnit(reference, { role, unit }, code) {
  if (unit?.code === code) return true;
  return role === "opd_supervisor" && Boolean(unit) && opdOf(reference, unit.code)?.code === opdOf(reference, code)?.code;
}

function opdOf(reference, code) {
  const unit = unitOf(reference, code);
  return unit?.kind === "suku_dinas" && unit.parent ? unitOf(reference, unit.parent) : unit;
}

const placeOf = (reference, area) => area && reference.areas.find((row) => row.code === area.code);

/** A suku dinas works in its own city. */
const servesPlace = (place) => (unit) => unit.kind !== "suku_dinas" || !place || unit.area === place.kota.code;

const unitOf = (reference, code) => reference.units.find((row) => row.code === code);

const holdsCases = (unit) => Boolean(unit) && unit.kind !== "eksternal";

const unitAt = (owner, place) => (owner in OF_THE_PLACE ? place && `${owner}_${OF_THE_PLACE[owner](place)}` : owner);

const sudinOf = (reference, owner) => reference.units.filter((row) => row.kind === "suku_dinas" && row.parent === owner.code);
