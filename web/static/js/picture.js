// What a file is by its bytes, whatever its name says. `kindOf(file)` → one of the four types that the city takes, or
// null. `positionIn(file)` → {lat, lon} in WGS84, where a camera wrote the place into the photo (Exif), or null. Read on
// the device only: what is sent carries no Exif.

const HEIC = ["heic", "heix", "heim", "heis"]; // brands; a film or a burst is no photo
const BRANDS_WITHIN = 256; // bytes
const FACTS_WITHIN = 262_144; // bytes: cameras write Exif before the picture
const GPS = 0x8825, NORTH_SOUTH = 1, LATITUDE = 2, EAST_WEST = 3, LONGITUDE = 4; // tags
const LITTLE = 0x4949; // byte order

export async function kindOf(file) {
  const bytes = new Uint8Array(await file.slice(0, BRANDS_WITHIN).arrayBuffer());
  const text = (from, to) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 3) === "\xff\xd8\xff") return "image/jpeg";
  if (text(0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return "image/webp";
  return text(4, 8) === "ftyp" && isPhoto(text) ? "image/heic" : null;
}

function isPhoto(text) {
  if (["msf1", "hevc", "hevx"].includes(text(8, 12))) return false;
  return [8, ...Array.from({ length: (BRANDS_WITHIN - 16) / 4 }, (_, i) => 16 + 4 * i)].some((at) => HEIC.includes(text(at, at + 4)));
}

export async function positionIn(file) {
  try {
    const view = new DataView(await file.slice(0, FACTS_WITHIN).arrayBuffer());
    return proper(gps(view, exifIn(view)));
  } catch {
    return null; // no Exif, or one that ends too early
  }
}

/** Where the TIFF part begins: after "Exif" and two zeros, in JPEG and HEIC alike. */
function exifIn(view) {
  for (let at = 0; ; at++) if (view.getUint8(at) === 0x45 && view.getUint32(at) === 0x45786966 && !view.getUint16(at + 4)) return at + 6;
}

function gps(view, start) {
  const little = view.getUint16(start) === LITTLE;
  const short = (at) => view.getUint16(start + at, little);
  const long = (at) => view.getUint32(start + at, little);
  const entries = (at) => new Map(Array.from({ length: short(at) }, (_, i) => [short(at + 2 + 12 * i), at + 10 + 12 * i]));
  const facts = entries(long(entries(long(4)).get(GPS)));
  const part = (at) => long(at) / long(at + 4);
  const degrees = (tag, sign, minus) => {
    const at = long(facts.get(tag));
    const size = part(at) + part(at + 8) / 60 + part(at + 16) / 3600;
    return String.fromCharCode(view.getUint8(start + facts.get(sign))) === minus ? -size : size;
  };
  return { lat: degrees(LATITUDE, NORTH_SOUTH, "S"), lon: degrees(LONGITUDE, EAST_WEST, "W") };
}

/** Cameras without a fix write zeros. */
const proper = ({ lat, lon }) => (Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat || lon) ? { lat, lon } : null);
