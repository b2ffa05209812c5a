// Opens pages in Chromium and prints, as JSON, what is wrong with each in each setting:
//   node check.mjs PAGE.html ...        (CHROMIUM names another browser than /usr/bin/chromium)
// violations of axe-core's rules (at rest, and with a preview shown), requests beyond the page
// itself, messages on the console, and the pixels by which the page is wider than its window.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const settings = {
  desktop: { viewport: { width: 1400, height: 900 } },
  dark: { viewport: { width: 1400, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 } },
};

async function inspect(browser, file, setting) {
  // axe itself is a script that the page's policy would refuse.
  const context = await browser.newContext({ ...setting, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.addScriptTag({ path: axe });
  const atRest = await page.evaluate(() => globalThis.axe.run());
  await page.keyboard.press("Tab");
  await page.locator("a.fnref").first().focus();
  const withPreview = await page.evaluate(() => globalThis.axe.run());
  const found = [...atRest.violations, ...withPreview.violations].map(({ id, impact, help, nodes }) => ({
    id, impact, help, nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  await context.close();
  return found;
}

async function behave(browser, file, setting) {
  const context = await browser.newContext(setting);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const requests = [];
  const messages = [];
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) requests.push(url);
  });
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto(address);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  const preview = await previews(page);
  await context.close();
  return { requests, messages, overflow, preview };
}

// What the first footnote's preview says by keyboard, and whether Escape closes it.
async function previews(page) {
  const link = page.locator("a.fnref").first();
  await page.keyboard.press("Tab");
  await link.focus();
  const box = page.locator("#preview");
  const text = (await box.isVisible()) ? await box.innerText() : "";
  await page.keyboard.press("Escape");
  return { text, closed: !(await box.isVisible()) };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const report = {};
for (const file of process.argv.slice(2)) {
  report[file] = {};
  for (const [name, setting] of Object.entries(settings)) {
    const violations = await inspect(browser, file, setting);
    report[file][name] = { violations, ...(await behave(browser, file, setting)) };
  }
}
await browser.close();
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
