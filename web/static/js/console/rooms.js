// Rooms by the address after `#`: of an administrator `people` (the first), `units`, `rules`; of a coordinator `overview`
// and `rules`.

export const COORDINATOR = "coordinator";
export const OVERVIEW = "overview"; // a coordinator's own room, beside the lists
export const ADMINISTRATOR = "administrator"; // sees people, units and rules, no case
export const ADMIN_ROOMS = ["people", "units", "rules"];
export const RULES = "rules";
export const RULERS = [ADMINISTRATOR, COORDINATOR]; // who proposes routing rules and decides on them

export const isOverview = (me, route) => me.role === COORDINATOR && route === OVERVIEW;

export const roomNamed = (route) => (ADMIN_ROOMS.includes(route) ? route : ADMIN_ROOMS[0]);
