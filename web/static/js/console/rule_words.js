// The words of the rules' room. They come with it: nobody else waits for them.

import { addWords, lang } from "../texts.js";

addWords(await (await fetch(lang === "en" ? "/assets/rules.en.json" : "/assets/rules.id.json")).json());
