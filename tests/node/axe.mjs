// Opens pages in Chromium and prints, as JSON, for each page in light, dark and on a phone what axe-core finds, the pixels
// by which it is wider than its window, and what it asks for beside files:
//   node axe.mjs PAGE.html ...          (CHROMIUM names another browser than /usr/bin/chromium)

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const settings = {
  desktop: { viewport: { width: 1400, height: 900 } },
  dark: { viewport: { width: 1400, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 400, height: 740 } },
};
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function look(url, setting) {
  const context = await browser.newContext({ ...setting, bypassCSP: true, reducedMotion: "reduce" });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(url);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => globalThis.axe.run());
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await context.close();
  const violations = found.violations.map(({ id, impact, nodes }) => ({ id, impact, html: nodes.slice(0, 3).map((node) => node.html) }));
  return { violations, wider, asked };
}

const report = {};
for (const file of process.argv.slice(2)) {
  for (const [name, setting] of Object.entries(settings)) {
    report[`${file} ${name}`] = await look(pathToFileURL(file).href, setting);
  }
}
await browser.close();
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
