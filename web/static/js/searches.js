// What finds problems, places and danger in people's words, as one file that comes when something is searched first.

export { danger, Dangers } from "./danger.js";
export { AreaNames, findAreas } from "./find_area.js";
export { Language } from "./language.js";
export { closest, suggest, Words } from "./suggest.js";
