// Opens a running preview in Chromium, changes the report under it, and prints as JSON what a reader
// and axe-core see:
//   node preview.mjs URL SECTION.md   (CHROMIUM names another browser than /usr/bin/chromium)

import { createRequire } from "node:module";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { chromium } from "playwright-core";

const [url, file] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
const messages = [];
page.on("console", (message) => messages.push(message.text()));
page.on("pageerror", (error) => messages.push(String(error)));
const requests = new Set();
page.on("request", (request) => requests.add(new URL(request.url()).origin));

const mark = () => page.evaluate(() => document.documentElement.dataset.shown);
const save = (text) => {
  // whole at once: a file that is empty for a moment would be a state of its own
  const beside = join(dirname(file), `.${basename(file)}.new`);
  writeFileSync(beside, text);
  renameSync(beside, file);
};
const saved = async (text) => {
  const before = await mark();
  save(text);
  await page.waitForFunction((mark) => document.documentElement.dataset.shown !== mark, before);
};

await page.goto(url);
await page.waitForFunction(() => document.documentElement.dataset.shown);
const frame = page.frames().find((item) => item.url().endsWith("/report"));
const topOf = (id) => frame.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, id);

// the reader is in the middle of the report when something above grows
const good = readFileSync(file, "utf8");
const id = await frame.evaluate(() => {
  const paragraphs = [...document.querySelectorAll("main .paragraph")];
  const chosen = paragraphs[Math.floor(paragraphs.length / 2)];
  chosen.scrollIntoView();
  window.untouched = true;
  return chosen.id;
});
const before = await topOf(id);
const longer = good.replace(/^(\{#[^\n]*\}\n)/m, `$1${"A sentence that was added. ".repeat(60)}\n`);
await saved(longer);
const after = await topOf(id);
const text = await frame.evaluate(() => document.body.textContent.includes("A sentence that was added."));
const reloaded = !(await frame.evaluate(() => window.untouched === true));

// a new paragraph moves every number below
await saved(good.replace(/^(\{#[^\n]*\}\n)/m, "{#one-more}\nOne more paragraph.\n\n$1"));
const renumbered = (await frame.locator("#par-one-more").count()) === 1;

// a broken section keeps the last good page
save(`${good}\nSee @par-nothing.\n`);
await page.waitForSelector("#broken:not([hidden])");
const broken = await page.locator("#broken").innerText();
const inPlace = await frame.locator(".preview-error").allInnerTexts();
const kept = (await frame.locator("#par-one-more").count()) === 1;
await page.click("#broken button");
const problem = await page.locator("#view-problems li.error").first().innerText();
const link = await page.locator("#view-problems li.error a").first().getAttribute("href");
await saved(good);
await page.waitForSelector("#broken", { state: "hidden" });

// the other tabs
await page.click("#tab-matrix");
await page.frameLocator("#view-matrix iframe").locator("h1").first().waitFor();
await page.click("#tab-status");
await page.frameLocator("#view-status iframe").locator("h1").first().waitFor();
// their links lead to the other tabs
const selectedTab = () => page.locator("[role=tab][aria-selected=true]").innerText();
await page.frameLocator("#view-status iframe").locator("a[href*='-matrix.html']").first().click();
await page.locator("#view-matrix iframe").waitFor();
const toMatrix = await selectedTab();
await page.frameLocator("#view-matrix iframe").locator("a[href$='.html']").first().click();
await page.locator("#report").waitFor();
const toReport = await selectedTab();
await page.click("#tab-pages");
await page.locator("#view-pages img").first().waitFor();
const drawn = await page.locator("#view-pages img").first().evaluate(async (image) => {
  await image.decode();
  return image.naturalWidth > 0;
});

// keyboard and search
await page.keyboard.press("ArrowRight");
const tab = await page.locator("[role=tab][aria-selected=true]").innerText();
await page.click("#tab-report");
const word = await frame.evaluate(() => document.querySelector("main .paragraph > p").innerText.match(/\p{L}{6,}/u)[0]);
await page.fill("#query", word);
const hits = await page.locator("#hits button").count();
await page.keyboard.press("Escape");
const closed = await page.locator("#hits").isHidden();

const violations = [];
for (const colorScheme of ["light", "dark"]) {
  // axe itself is a script that the page's policy would refuse
  const context = await browser.newContext({ bypassCSP: true, colorScheme });
  const other = await context.newPage();
  await other.goto(`${url}#problems`);
  await other.waitForFunction(() => document.documentElement.dataset.shown);
  await other.addScriptTag({ path: axe });
  const found = await other.evaluate(() => globalThis.axe.run({ exclude: [["iframe"]] }, { iframes: false }));
  violations.push(...found.violations.map(({ id, nodes }) => ({ id, html: nodes.slice(0, 3).map((node) => node.html) })));
  await context.close();
}
console.log(JSON.stringify({
  moved: after - before, text, reloaded, renumbered, broken, inPlace, kept, problem, link, toMatrix, toReport, drawn, tab, hits, closed,
  violations, messages, origins: [...requests],
}));
await browser.close();
