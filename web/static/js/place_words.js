// Words about places. `distanceText(metres)`: "4.000 m"; `nearText(metres)`: "40 m dari sini"; `outsideText({name})`: a point beyond Jakarta, with the neighbour
// where it is known; `spotText({lat, lon})`. Of a place as the pages keep it (place.js): `locationOf(value)` is what the API
// takes, and `landmarkOf(value, words)` keeps in words the point against which a kelurahan was picked.

import { lang, t } from "./texts.js";

const WHOLE = new Intl.NumberFormat(lang === "en" ? "en-GB" : "id-ID", { maximumFractionDigits: 0 });

export const distanceText = (metres) => `${WHOLE.format(metres)} m`;

/** How far something is from here, where a map's points say it to 10 m. */
export const nearText = (metres) => (metres < 10 ? t("place.near_here") : t("place.near", { distance: distanceText(metres) }));

export const outsideText = ({ name }) => (name ? t("place.outside_in", { name }) : t("place.outside"));

export function locationOf(value) {
  if (value.listed || value.chosen) return { kelurahan: value.area.code };
  const { lat, lon, accuracy_m } = value;
  return { lat, lon, ...(accuracy_m ? { accuracy_m } : {}) };
}

export const spotText = ({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

export const landmarkOf = (value, words) => (value.chosen ? `${words} (${t("place.point")} ${spotText(value)})`.trim() : words).slice(0, 200);
