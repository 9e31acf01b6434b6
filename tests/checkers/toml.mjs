// Parses TOML with the library of the Ably CLI. Standard input is a JSON array of TOML documents, and
// standard output is an array of their values, with null for a document that is not TOML. The argument is
// the directory of node_modules.

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
