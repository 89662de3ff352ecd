// The rooms of an administrator, by the address after `#`: `people` (the first), `units`, `rules`; the last one is a
// coordinator's too.

export const ADMINISTRATOR = "administrator"; // sees people, units and rules, no case
export const ADMIN_ROOMS = ["people", "units", "rules"];
export const RULES = "rules";
export const RULERS = [ADMINISTRATOR, "coordinator"]; // who proposes routing rules and decides on them

export const roomNamed = (route) => (ADMIN_ROOMS.includes(route) ? route : ADMIN_ROOMS[0]);
