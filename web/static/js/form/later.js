// What the form fetches while the person looks for a photo: the other steps, the sending, and where a point lies.

export * from "./steps.js";
export * from "./sent.js";
export { locate } from "../areas.js";
