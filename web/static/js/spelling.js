// Signs as people type, paste and dictate them → plain ones, exactly as chalicelib/domain/text/spelling.py does for the city.
// `plain(text)`: without invisible signs, full-width forms as ordinary ones, digits of every script as 0 to 9;
// `visible(text)`: without invisible signs alone;
// `plainly(text)`: without the signs that turn the direction of writing, as the city shows people's words to others;
// `bare(text)`: without blanks, dashes and other punctuation. What stands for damaged text (U+FFFD) stays.

const LONGEST = 2000; // characters
const UNSEEN = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u206f\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\u{e0000}-\u{e0fff}]/gu;
const BETWEEN = /(?!\ufffd)[\p{P}\p{S}\p{Z}\t\n\v\f\r]/gu;
const DIGIT = /\p{Nd}/u;

const cut = (text) => [...text].slice(0, LONGEST).join("");

export const plain = (text) => visible(cut(cut(text).normalize("NFKC"))).replace(/\p{Nd}/gu, digit);

export const visible = (text) => text.replace(UNSEEN, "");

const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

export const plainly = (text) => text.replace(TURNING, "");

export const bare = (text) => text.replace(BETWEEN, "");

/** The digits of a script stand in a row from its zero on; the rows begin at multiples of ten from the first. */
function digit(sign) {
  let zero = sign.codePointAt(0);
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return (sign.codePointAt(0) - zero) % 10;
}
