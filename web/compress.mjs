// Beside every file of a folder that gains by it: the same, compressed by brotli (.br) and gzip (.gz) as far as they go.
// `node compress.mjs <folder> <ending>…`

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const SMALLEST = 1000; // bytes: CloudFront compresses nothing smaller
const [folder, ...endings] = process.argv.slice(2);
const wanted = (name) => endings.some((ending) => name.endsWith(ending));

async function copies(path) {
  const content = await readFile(path);
  if (content.length < SMALLEST) return;
  const hint = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, hint));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}

const found = await readdir(folder, { recursive: true });
await Promise.all(found.filter(wanted).map((name) => copies(join(folder, name))));
