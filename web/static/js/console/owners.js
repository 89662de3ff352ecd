// To whom a case is likely to belong: the owners of its category at its place, lead first, then the suku dinas of each.
// Only a suggestion for the picker: whether a unit is right is decided where the action is.

const OF_THE_PLACE = { KEL: (area) => area.code, KEC: (area) => area.kecamatan.code, KOTA: (area) => area.kota.code };

/** {likely, all}: units, the holder and outside agencies left out. `likely` leaves out suku dinas of other cities. */
export function unitsToCoordinate(reference, { category, area, unit }, { any }) {
  const found = reference.categories.find((row) => row.code === category.code);
  const place = area && reference.areas.find((row) => row.code === area.code);
  const owners = [found.lead, ...found.co_owners].map((owner) => unitOf(reference, unitAt(owner, place))).filter(holdsCases);
  const below = owners.flatMap((owner) => sudinOf(reference, owner));
  const others = [...new Set([...owners, ...below])].filter((row) => row.code !== unit.code);
  const likely = others.filter((row) => row.kind !== "suku_dinas" || !place || row.area === place.kota.code);
  return { likely, all: any ? reference.units.filter((row) => holdsCases(row) && row.code !== unit.code) : others };
}

/** The units of the holder's OPD: the dinas and its suku dinas. */
export function unitsToAssign(reference, { unit }) {
  const holder = unitOf(reference, unit.code);
  const opd = holder.kind === "suku_dinas" && holder.parent ? unitOf(reference, holder.parent) : holder;
  const likely = [opd, ...sudinOf(reference, opd)];
  return { likely, all: likely };
}

const unitOf = (reference, code) => reference.units.find((row) => row.code === code);

const holdsCases = (unit) => Boolean(unit) && unit.kind !== "eksternal";

const unitAt = (owner, place) => (owner in OF_THE_PLACE ? place && `${owner}_${OF_THE_PLACE[owner](place)}` : owner);

const sudinOf = (reference, owner) => reference.units.filter((row) => row.kind === "suku_dinas" && row.parent === owner.code);
