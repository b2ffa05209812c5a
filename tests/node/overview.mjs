// Opens the matrix, the status page and the page of changes in Chromium and prints, as JSON, what axe-core finds in light,
// dark and on a phone, what the filters do, where a link leads, and what is printed:
//   node overview.mjs MATRIX.html STATUS.html DIFF.html   (CHROMIUM names another browser than /usr/bin/chromium)

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const settings = {
  desktop: { viewport: { width: 1400, height: 900 } },
  dark: { viewport: { width: 1400, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 } },
};
const [matrix, status, diff] = process.argv.slice(2).map((file) => pathToFileURL(file).href);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function violations(url, setting) {
  // axe itself is a script that the page's policy would refuse
  const context = await browser.newContext({ ...setting, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => globalThis.axe.run());
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await context.close();
  const list = found.violations.map(({ id, help, nodes }) => ({ id, help, html: nodes.slice(0, 3).map((node) => node.html) }));
  return { violations: list, overflow };
}

async function filters() {
  const page = await browser.newPage();
  const messages = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto(matrix);
  const shown = () => page.locator("#rows tr[data-state]:visible").count();
  const all = await shown();
  await page.selectOption("select[name=state]", "unanswered");
  const unanswered = await shown();
  const states = await page.locator("#rows tr[data-state]:visible").evaluateAll((rows) => rows.map((row) => row.dataset.state));
  const address = page.url();
  const said = await page.locator("#shown").innerText();
  await page.reload();
  const reloaded = await shown();
  await page.click("button[type=reset]");
  await page.waitForTimeout(50);
  const reset = await shown();
  await page.fill("input[name=text]", "zzz-no-such-word");
  const none = await shown();
  await page.fill("input[name=text]", "");
  await page.check("input[name=repeated]");
  const repeated = await shown();
  await page.uncheck("input[name=repeated]");
  await page.locator(".picture a:not([data-view])").last().click();
  const followed = new URL(page.url()).hash;
  const segment = page.locator("svg[aria-labelledby=bars-title] a[data-view]").first();
  const view = Object.fromEntries(new URLSearchParams(await segment.getAttribute("data-view")));
  const told = await segment.locator("title").textContent();
  await segment.click();
  const led = { view, told, address: page.url(),
    rows: await page.locator("#rows tr[data-state]:visible").evaluateAll((rows) => rows.map(({ dataset }) => [dataset.theme, dataset.finding])) };
  await page.click("button[type=reset]");
  await page.waitForTimeout(50);
  const link = await page.locator("#rows td a").first().getAttribute("href");
  await page.emulateMedia({ media: "print" });
  const printed = { filters: await page.locator("#filters").isVisible(), rows: await shown() };
  const pdf = (await page.pdf({ preferCSSPageSize: true })).length;
  await page.close();
  return { all, unanswered, states, address, said, reloaded, reset, none, repeated, followed, led, link, printed, pdf, messages };
}

const report = { pages: {}, filters: await filters() };
for (const [name, url] of Object.entries({ matrix, status, diff })) {
  report.pages[name] = {};
  for (const [kind, setting] of Object.entries(settings)) {
    report.pages[name][kind] = await violations(url, setting);
  }
}
await browser.close();
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
