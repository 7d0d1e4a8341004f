// The documentation page in a browser: what an operation says, the search, light and dark, desktop and phone, the keyboard, and
// what axe finds (WCAG 2.2, A and AA).
//
//   node page.mjs TOOLS ORIGIN [PICTURE.png]   with the folder that ./scripts/test --install has made, and where the shop is
//
// The browser is chromium over its DevTools protocol. Whatever is not as it should be ends this with a line that says what.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [tools, origin, picture] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "page-"));
const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));
const until = async (what, test) => {
  for (let turn = 0; turn < 400; turn += 1) {
    const value = await test().catch(() => undefined);
    if (value) return value;
    await pause(50);
  }
  throw new Error(`it did not come to this: ${what}`);
};
const expect = (what, is, wanted) => {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(is)} and not ${JSON.stringify(wanted)}`);
  }
};

const browser = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
  `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"], { stdio: "ignore" });

const main = async () => {
  const place = await until("the browser listens", async () => readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n"));
  const socket = new WebSocket(`ws://127.0.0.1:${place[0]}${place[1]}`);
  await new Promise((open, failed) => { socket.onopen = open; socket.onerror = failed; });
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    waiting.get(message.id)?.(message);
  };
  let last = 0;
  let sessionId;
  const send = (method, params = {}) => new Promise((done, failed) => {
    last += 1;
    waiting.set(last, ({ error, result }) => error ? failed(new Error(`${method}: ${error.message}`)) : done(result));
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  ({ sessionId } = await send("Target.attachToTarget", { targetId, flatten: true }));
  const run = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const screen = (width, height, mobile) => send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
  const scheme = (value) => send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  const key = async (name, code, text) => {
    await send("Input.dispatchKeyEvent", { type: "keyDown", key: name, code: name, windowsVirtualKeyCode: code, text });
    await send("Input.dispatchKeyEvent", { type: "keyUp", key: name, code: name, windowsVirtualKeyCode: code });
  };
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
  expect("how often", /^30 in a minute for each principal/.test(facts["How often"]), true);
  expect("since", facts.In, "v2");
  expect("once", facts.Once, "a key is remembered for a day");
  if (picture) {
    await run("document.querySelector('.topbar').scrollIntoView()");
    await send("Page.enable");
    await run("document.activeElement.blur()");
    await run("document.querySelector('.filter-container').scrollIntoView()");
    await pause(500);
    const { data } = await send("Page.captureScreenshot", { format: "png" });
    writeFileSync(picture, Buffer.from(data, "base64"));
  }

  // What axe finds, light and dark, on a desktop and on a phone, with an operation open.
  await run(`${readFileSync(join(tools, "node_modules/axe-core/axe.min.js"), "utf8")}; 0`);
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
      const violations = await run(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
        .then(({ violations }) => violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ target }) => target.join(" ")).slice(0, 12)]))`);
      for (const violation of violations.filter(([id]) => !known.includes(id))) found.add(JSON.stringify(violation));
    }
  }
  expect("what axe finds", [...found].map((one) => JSON.parse(one)), []);
  console.log(`the page says who may call and how often, finds operations, and axe finds nothing, of ${all} operations`);
  socket.close();
};

main().then(() => 0, (error) => { console.error(`page: ${error.message}`); return 1; }).then((status) => {
  browser.on("exit", () => { rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); process.exit(status); });
  browser.kill();
});
