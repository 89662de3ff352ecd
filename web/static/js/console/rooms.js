// The rooms of an administrator, by the address after `#`: `people` (the first), `units`.

export const ADMINISTRATOR = "administrator"; // sees people and units, no case
export const ADMIN_ROOMS = ["people", "units"];

export const roomNamed = (route) => (ADMIN_ROOMS.includes(route) ? route : ADMIN_ROOMS[0]);
