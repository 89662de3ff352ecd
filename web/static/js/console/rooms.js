// Rooms by the address after `#`: of an administrator `people` (the first) and `units`; of a coordinator `overview`.

export const COORDINATOR = "coordinator";
export const OVERVIEW = "overview"; // a coordinator's own room, beside the lists
export const ADMINISTRATOR = "administrator"; // sees people and units, no case
export const ADMIN_ROOMS = ["people", "units"];

export const isOverview = (me, route) => me.role === COORDINATOR && route === OVERVIEW;

export const roomNamed = (route) => (ADMIN_ROOMS.includes(route) ? route : ADMIN_ROOMS[0]);
