// Opens a page that takes remarks in Chromium, selects words and writes remarks on them, saves the file, and
// prints as JSON what happened and what axe-core finds:
//   node remarks.mjs PAGE.html WISHES.json SAVED.json   (CHROMIUM names another browser than /usr/bin/chromium)
// WISHES: [{words, remark}], the words as they stand in the page.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, wishes, target] = process.argv.slice(2);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const url = pathToFileURL(file).href;
const messages = [];
const requests = [];
const open = async (options = {}) => {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options })).newPage();
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => { if (!/^(file|blob|data):/.test(request.url())) requests.push(request.url()); });
  await page.goto(url);
  return page;
};

// the text of the page and where each letter of it stands
const write = async (list) => {
  const paint = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  const nodes = [];
  let text = "";
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    nodes.push([text.length, walk.currentNode]);
    text += walk.currentNode.data.replace(/\s/g, " ");
  }
  const place = (at) => {
    const [start, node] = nodes.findLast(([first]) => first <= at);
    return [node, at - start];
  };
  const lost = [];
  for (const { words, remark } of list) {
    const at = text.indexOf(words);
    if (at < 0) {
      lost.push(words);
      continue;
    }
    const range = document.createRange();
    range.setStart(...place(at));
    const [last, end] = place(at + words.length - 1);
    range.setEnd(last, end + 1);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    await paint();
    document.querySelector(".remarks button").click();
    const dialog = document.querySelector("dialog");
    if (!dialog.open) lost.push(words);
    dialog.querySelector("textarea").value = remark;
    dialog.querySelector("input").value = "Aliya";
    dialog.querySelector("form").requestSubmit();
  }
  return lost;
};

const page = await open();
const lost = await page.evaluate(write, JSON.parse(readFileSync(wishes, "utf8")));
const highlighted = await page.evaluate(() => [...CSS.highlights.get("remarks")].map(String));

// by the keyboard alone, on a whole paragraph; the dialog gives the focus back
await page.locator("main .num").first().focus();
await page.keyboard.press("Control+Alt+m");
await page.keyboard.type("From the keyboard.");
await page.keyboard.press("Tab");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
const focus = await page.evaluate(() => document.activeElement.className);
// Escape leaves it unwritten
await page.keyboard.press("Control+Alt+m");
await page.keyboard.press("Escape");
const toggle = page.locator(".remarks [aria-expanded]");
const counted = await toggle.innerText();
await toggle.click();
await page.locator(".remarks li").last().locator("button").first().click();
await page.locator("dialog textarea").fill("From the keyboard, changed.");
await page.locator("dialog button.first").click();
const coming = page.waitForEvent("download");
await page.locator("#remarks-list button.first").click();
const download = await coming;
await download.saveAs(target);
const said = await page.locator(".remarks [role=status]").innerText();
await page.reload();
const reloaded = await toggle.innerText();

// another day: the file is opened again, one remark goes; a file of something else is not taken
const later = await open();
await later.locator(".remarks [aria-expanded]").click();
await later.locator(".remarks input[type=file]").setInputFiles(target);
await later.locator(".remarks li").first().waitFor();
const opened = await later.locator(".remarks li").count();
await later.locator(".remarks li").last().locator("button").last().click();
const left = await later.locator(".remarks li").count();
await later.locator(".remarks input[type=file]").setInputFiles(wishes);
await later.waitForFunction(() => document.querySelector(".remarks [role=status]").textContent);
const refused = await later.locator(".remarks [role=status]").innerText();

const violations = [];
for (const [colorScheme, look] of [["light", "dialog"], ["dark", "list"]]) {
  const other = await open({ bypassCSP: true, colorScheme }); // axe itself is a script that the policy would refuse
  await other.addScriptTag({ path: axe });
  await other.locator(".remarks input[type=file]").setInputFiles(target);
  await other.locator(".remarks [aria-expanded]").click();
  await other.locator(".remarks li").first().waitFor();
  if (look === "dialog") await other.locator(".remarks li button").first().click();
  violations.push(...(await other.evaluate(() => globalThis.axe.run())).violations
    .map(({ id, nodes }) => ({ id, html: nodes.slice(0, 3).map((node) => node.html) })));
}
console.log(JSON.stringify({
  lost, highlighted, focus, counted, said, reloaded, opened, left, refused, violations, messages, requests, name: download.suggestedFilename(),
}));
await browser.close();
