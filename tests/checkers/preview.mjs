// Uses a preview in Chromium while its spec changes, and checks its page with axe-core.
//
// The arguments are the directory of node_modules, the address of the preview of authctl's spec, and the directory
// of the spec, which is changed. Problems are printed, and end the program with status 1.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

const [modules, address, spec] = process.argv.slice(2);
const require = createRequire(join(modules, "preview.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const problems = [];
const expect = (is, what) => { if (!is) problems.push(what); };

const onPath = process.env.PATH.split(delimiter).map((directory) => join(directory, "chromium"));
const browser = await chromium.launch({
  executablePath: onPath.find((path) => existsSync(path)),
  args: ["--no-sandbox"],
});

async function accessible(page, where) {
  // The page allows no other scripts, so axe-core is started by the browser itself.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const answer = await session.send("Runtime.evaluate", {
    expression: "axe.run(document, { iframes: false }).then((found) => JSON.stringify(found.violations))",
    awaitPromise: true,
    returnByValue: true,
  });
  for (const found of JSON.parse(answer.result.value)) {
    problems.push(`${where}: ${found.id}: ${found.nodes[0].html}`);
  }
}

for (const [colorScheme, width] of [["light", 1400], ["dark", 360]]) {
  const where = `${colorScheme}, ${width}`;
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
  page.on("pageerror", (error) => problems.push(`${where}: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${where}: ${message.text()} ${message.location().url}`);
  });
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector(".state").textContent === "No errors or warnings");
  const site = page.frameLocator("iframe");
  const next = async (action) => {
    const version = await page.evaluate(() => document.documentElement.dataset.version);
    action();
    await page.waitForFunction((old) => document.documentElement.dataset.version !== old, version);
  };

  // Help and the man page follow the page and the width.
  await site.locator("main a", { hasText: "authctl cargo" }).first().click();
  await page.click("[data-view=help]");
  await page.waitForFunction(() => /Usage: authctl cargo/.test(document.querySelector(".beside").textContent));
  const lines = () => page.locator(".beside").textContent().then((text) => text.split("\n").length);
  const before = await lines();
  await page.locator("input").fill("40");
  await page.waitForFunction((old) => document.querySelector(".beside").textContent.split("\n").length > old, before);
  await page.click("[data-view=man]");
  await page.waitForFunction(() => /SYNOPSIS/.test(document.querySelector(".beside").textContent));
  await accessible(page, where);

  // Links to other sites leave the frame, and the page in Markdown stays in it.
  const links = await site.locator("a").evaluateAll((all) => all.filter((a) => a.protocol === "https:").map((a) => a.target));
  expect(links.length > 0 && links.every((target) => target === "_blank"), `${where}: links to other sites open in the frame`);
  await site.locator("a[href$='.md']").click();
  await page.waitForFunction(() => document.querySelector("iframe").contentWindow.location.pathname.endsWith(".md"));
  await page.evaluate(() => document.querySelector("iframe").contentWindow.history.back());
  await site.locator("h1").waitFor();

  // An error is shown with its line, and the site stays.
  const file = join(spec, "commands/cargo.yaml");
  const text = readFileSync(file, "utf8");
  await next(() => writeFileSync(file, text.replace("about:", "abuot:")));
  const report = await page.locator(".report").textContent();
  expect(/commands\/cargo\.yaml:1:1/.test(report) && /abuot/.test(report), `${where}: no error: ${report}`);
  expect((await site.locator("h1").textContent()) === "authctl cargo", `${where}: the site is gone`);
  await accessible(page, `${where}, with an error`);

  // The page is loaded again when the error is fixed.
  await next(() => writeFileSync(file, text.replace("about: ", `about: Changed ${width}, `)));
  await site.locator(".about", { hasText: `Changed ${width}` }).waitFor({ timeout: 5000 });
  expect(await page.locator(".report").isHidden(), `${where}: the error is still shown`);
  await next(() => writeFileSync(file, text));

  // Keys of the site work in its frame, and nothing is wider than the window.
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(!isWide, `${where}: the page is too wide`);
  await page.close();
}

await browser.close();
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);
