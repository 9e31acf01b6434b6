// What the TOML library of the Ably CLI makes of the file on standard input, as JSON.
// Called with the folder of node_modules.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const module = join(process.argv[2], "smol-toml/dist/index.js");
const { parse } = await import(pathToFileURL(module).href);
const text = readFileSync(0, "utf8").replace(/^\uFEFF/, "");
console.log(JSON.stringify(parse(text)));
