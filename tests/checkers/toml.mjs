// What the TOML library of the Ably CLI makes of texts: standard input is a list of them as JSON, standard
// output a list of their meanings, with null for a text that is not TOML. Called with the directory of
// node_modules.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const module = join(process.argv[2], "smol-toml/dist/index.js");
const { parse } = await import(pathToFileURL(module).href);

function meaning(text) {
  try {
    return parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(meaning)));
