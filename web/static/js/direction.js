// Signs that turn the direction of writing (U+202A–E, U+2066–9). `plainly(text)` is the text without them, as the city
// shows people's words to others.

const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export const plainly = (text) => text.replace(TURNING, "");
