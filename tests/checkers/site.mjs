// Opens sites in Chromium as readers use them, and checks their pages with axe-core and html-validate.
//
// The arguments are the directory of node_modules, and a directory with a site in each subdirectory. Problems are
// printed, and end the program with status 1.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, root] = process.argv.slice(2);
const require = createRequire(join(modules, "site.js"));
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const problems = [];
const expect = (is, what) => { if (!is) problems.push(what); };

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Anchors are the names of options.
    "valid-id": ["error", { relaxed: true }],
    // These are matters of taste.
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "long-title": "off",
    "no-inline-style": "error",
    "no-trailing-whitespace": "off",
    "prefer-native-element": "off",
    "require-sri": "off",
    "void-style": "off",
    // Texts come from specs.
    "no-raw-characters": "error",
    "tel-non-breaking": "off",
  },
});

const onPath = process.env.PATH.split(delimiter).map((directory) => join(directory, "chromium"));
const browser = await chromium.launch({
  executablePath: onPath.find((path) => existsSync(path)),
  args: ["--no-sandbox"],
});

// A context is like a window of its own, and takes long to open.
const scripted = await browser.newContext();
const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 900 } });

async function open(context, address) {
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${address}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${address}: ${error}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) problems.push(`${address}: requests ${request.url()}`);
  });
  await page.goto(address);
  return page;
}

// The largest page, in bytes, that axe-core checks. It takes very long for the single file of a large site, whose parts
// are also pages of their own.
const LARGE = 100_000;

// Opens a page in all ways: narrow and wide, light and dark, with and without scripts.
async function look(path) {
  const address = pathToFileURL(path).href;
  const isSmall = statSync(path).size < LARGE;
  const page = await open(scripted, address);
  await page.evaluate(axe);
  for (const width of [360, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${address}: at ${width} pixels, ${wide} too wide`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      // The layout has nothing to do with the colors, so axe needs half of the runs.
      if ((width === 360) === (colorScheme === "dark") || !isSmall) continue;
      const { violations } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
      for (const { id, nodes } of violations) {
        problems.push(`${address} at ${width} pixels, ${colorScheme}: ${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
      }
    }
  }
  await page.close();
  const read = await open(plain, address);
  expect(!(await read.locator(".search").isVisible()), `${address}: a search that can't work`);
  expect(await read.locator("h1").isVisible(), `${address}: no title without scripts`);
  await read.close();
}

// What a reader does with the site of authctl.
async function use(site) {
  const address = (file) => pathToFileURL(join(site, file)).href;
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, colorScheme: "light" });
  const page = await open(context, address("index.html"));
  const at = () => decodeURIComponent(page.url().split("/").pop());
  await page.keyboard.press("/");
  await page.keyboard.type("cargo logout");
  await page.locator(".results a").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/authctl-cargo-logout.html");
  await page.keyboard.press("/");
  await page.keyboard.type("--registry");
  await page.locator(".results a").nth(1).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**#--registry");
  const item = await page.locator(":target").textContent();
  expect(item.includes("--registry"), `the link to an option leads to ${item}`);
  await page.goto(address("authctl-cargo-logout.html"));
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/authctl-cargo-status.html");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL("**/authctl-cargo-logout.html");
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like this");
  await page.getByText("Nothing found").waitFor();
  await page.keyboard.press("Escape");
  expect((await page.locator(".results li").count()) === 0, "Escape leaves the results open");

  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Dark" }).click();
  const dark = await background();
  expect(light !== dark, "the switch changes nothing");
  await page.goto(address("authctl-status.html"));
  expect((await background()) === dark, "the next page has forgotten the theme");

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const block = page.locator(".code").first();
  await block.hover();
  await block.getByRole("button").click();
  await block.getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied === (await block.locator("code").textContent()), `copied: ${copied}`);

  await page.goto(address("single/authctl.html"));
  await page.keyboard.press("/");
  await page.keyboard.type("ably switch");
  const found = page.locator(".results strong").first();
  await found.waitFor();
  expect((await found.textContent()) === "authctl ably accounts switch", "a title in the single file");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#authctl-ably-accounts-switch");
  expect(at().endsWith("#authctl-ably-accounts-switch"), "search in the single file");
  await context.close();
}

const tasks = [];
let pages = 0;
for (const name of readdirSync(root)) {
  const site = join(root, name);
  const files = readdirSync(site, { recursive: true }).map(String).filter((file) => file.endsWith(".html"));
  for (const file of files) {
    const report = validator.validateFileSync(join(site, file));
    for (const { messages } of report.results) {
      for (const { ruleId, message, line } of messages) problems.push(`${name}/${file}:${line}: ${ruleId}: ${message}`);
    }
  }
  // One page of each shape is enough.
  const shapes = files.filter((file) => /^(index|authctl|authctl-cargo-logout|single\/.*|[a-z]*)\.html$/.test(file));
  tasks.push(...shapes.map((file) => () => look(join(site, file))));
  pages += files.length;
  if (name === "authctl") tasks.push(() => use(site));
}
// Two at a time, because each keeps one processor busy.
const remaining = tasks.values();
await Promise.all([1, 2].map(async () => {
  for (const task of remaining) await task();
}));
await browser.close();
for (const problem of new Set(problems)) console.log(problem);
console.log(`${pages} pages, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
