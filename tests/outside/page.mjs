// The documentation page in a browser: what an operation says, the search, light and dark, desktop and phone, the keyboard, and
// what axe finds (WCAG 2.2, A and AA).
//
//   node page.mjs TOOLS ORIGIN [PICTURE.png]   with the folder that ./scripts/test --install has made, and where the shop is
//
// The browser is chromium over its DevTools protocol. Whatever is not as it should be ends this with a line that says what.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, expect, pause, until } from "./browser.mjs";

const [tools, origin, picture] = process.argv.slice(2);

const main = async (page) => {
  const { send, run, screen, scheme, key } = page;
  const shown = () => run("[...document.querySelectorAll('.opblock [data-path]')].map((one) => one.dataset.path)");

  await screen(1100, 900, false);
  await scheme("light");
  await send("Page.navigate", { url: `${origin}/docs` });
  await until("the page shows its operations", async () => (await shown()).length > 20);
  const all = (await shown()).length;

  // Search, typed as a person does.
  const search = async (text) => {
    await run("document.querySelector('.operation-filter-input').focus(); document.querySelector('.operation-filter-input').select()");
    await send("Input.insertText", { text });
    await pause(300);
  };
  await search("pays for");
  expect("what is found by its summary", await shown(), ["/v2/orders/{order}/payment"]);
  await search("WAREHOUSE");
  const stocked = await shown();
  expect("what is found by its role", stocked.length > 1 && stocked.length < all && stocked.includes("/v2/products/{sku}/stock"), true);
  await search("/payment");
  const payments = await shown();
  expect("what is found by its path", payments.length > 1 && payments.length < all && payments.every((path) => path.includes("/payment")), true);

  // By keyboard alone: from the search to the first operation, which Enter opens.
  await search("pays for");
  const reached = () => run("document.activeElement.closest('.opblock-summary')?.querySelector('[data-path]')?.dataset.path ?? ''");
  for (let tabs = 0; tabs < 12 && (await reached()) === ""; tabs += 1) await key("Tab", 9);
  expect("what the keyboard reaches", await reached(), "/v2/orders/{order}/payment");
  expect("where it is can be seen", await run("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), true);
  await key("Enter", 13, "\r");
  const told = "Object.fromEntries([...document.querySelectorAll('.facts tr')].map((row) => [...row.children].map((cell) => cell.textContent)))";
  await until("the operation is open", () => run("!!document.querySelector('.facts tr')"));
  const facts = await run(told);
  expect("who may pay", facts.Who, "customer, and roles above");
  expect("by what", facts.By !== undefined, true);
  expect("how often", /^30 in a minute for each principal/.test(facts["How often"]), true);
  expect("since", facts.In, "v2");
  expect("once", facts.Once, "a key is remembered for a day");
  if (picture) {
    await run("document.querySelector('.topbar').scrollIntoView()");
    await send("Page.enable");
    await run("document.activeElement.blur()");
    await run("document.querySelector('.filter-container').scrollIntoView()");
    await pause(500);
    writeFileSync(picture, await page.picture());
  }

  // What axe finds, light and dark, on a desktop and on a phone, with an operation open.
  const axe = readFileSync(join(tools, "node_modules/axe-core/axe.min.js"), "utf8");
  // Of Swagger UI itself: the head of an operation is a button, and its path inside of it is a link.
  const known = ["nested-interactive"];
  const found = new Set();
  for (const [width, height, mobile] of [[1100, 900, false], [390, 844, true]]) {
    await screen(width, height, mobile);
    for (const color of ["light", "dark"]) {
      await scheme(color);
      await pause(300);
      expect("the page is dark", await run("document.documentElement.classList.contains('dark-mode')"), color === "dark");
      expect(`wider than ${width} pixels`, await run("document.documentElement.scrollWidth > innerWidth"), false);
      const violations = await page.axe(axe);
      for (const violation of violations.filter(([id]) => !known.includes(id))) found.add(JSON.stringify(violation));
    }
  }
  expect("what axe finds", [...found].map((one) => JSON.parse(one)), []);
  console.log(`the page says who may call and how often, finds operations, and axe finds nothing, of ${all} operations`);
};

await check("page", main);
