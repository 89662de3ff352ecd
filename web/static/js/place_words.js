// Words about places. `distanceText(metres)`: "4.000 m"; `outsideText({name})`: a point beyond Jakarta, with the neighbour
// where it is known.

import { lang, t } from "./texts.js";

const WHOLE = new Intl.NumberFormat(lang === "en" ? "en-GB" : "id-ID", { maximumFractionDigits: 0 });

export const distanceText = (metres) => `${WHOLE.format(metres)} m`;

export const outsideText = ({ name }) => (name ? t("place.outside_in", { name }) : t("place.outside"));
