// The console of the shop in a browser: the sign-in, each page after real traffic, closing and opening an operation by keyboard
// alone, light and dark, desktop and phone, and what axe finds (WCAG 2.2, A and AA).
//
//   node console.mjs TOOLS SHOP [PICTURE.png]   with the folder that ./scripts/test --install has made, and the program of the shop
//
// Whatever is not as it should be ends this with a line that says what.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browser, ended, expect, pause, until } from "./browser.mjs";

const [tools, shop, picture] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "console-"));
const token = randomBytes(32).toString("base64");
// An empty address is a free port.
const env = { ...process.env, SHOP_DATA: join(work, "shop"), SHOP_ADDR: "127.0.0.1:0", SHOP_TLS: "off", SHOP_CONSOLE: "",
  SHOP_CONSOLE_TOKEN: token, RUST_LOG: "error" };
const started = [];

// Of a shop at another time its clock alone is moved: what measures how long something takes is the machine's.
const start = (time) => new Promise((found, failed) => {
  const [program, words] = time ? ["faketime", [time, shop]] : [shop, []];
  const moved = { SHOP_DATA: join(work, "shop-at-another-time"), FAKETIME_DONT_FAKE_MONOTONIC: "1", TZ: "UTC" };
  const running = spawn(program, words, { env: time ? { ...env, ...moved } : env, stdio: ["ignore", "pipe", "inherit"] });
  started.push(running);
  let text = "";
  running.stdout.on("data", (chunk) => {
    text += chunk;
    const [origin, at] = [/Documentation: (http:\S+)\/docs/.exec(text)?.[1], /Console: (http:\S+)\/console/.exec(text)?.[1]];
    if (origin && at) found({ origin, at, running });
  });
  running.on("error", failed);
  running.on("exit", () => failed(new Error(`the shop ended: ${text}`)));
});

const main = async ({ events, on, page }) => {
  const { origin, at, running } = await start();
  const alice = execFileSync(shop, ["token", "--role", "customer", "--subject", "alice"], { env, encoding: "utf8" }).trim();
  const ask = (path, headers = {}) => fetch(`${origin}${path}`, { headers }).then(({ status }) => status);
  const bearer = { authorization: `Bearer ${alice}` };
  for (const path of ["/v2/products", "/v2/products", "/v1/products", "/v1/orders", "/v2/orders", "/v2/orders"]) await ask(path, bearer);
  for (const path of ["/v2/orders", "/v2/invoices/4711", "/v2/%3Cscript%3Ealert(1)%3C/script%3E"]) await ask(path);
  expect("a product list", await ask("/v2/products"), 200);

  const { send, run, screen, scheme, key, axe, picture: taken } = await page();
  // The browser asks its user, who types a name and the token.
  on("Fetch.requestPaused", ({ requestId }) => send("Fetch.continueRequest", { requestId }));
  let asked = 0;
  on("Fetch.authRequired", ({ requestId, authChallenge }) => {
    asked += 1;
    expect("the challenge", [authChallenge.scheme.toLowerCase(), authChallenge.realm], ["basic", "management"]);
    return send("Fetch.continueWithAuth", { requestId,
      authChallengeResponse: { response: "ProvideCredentials", username: "ann", password: token } });
  });
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`);
  await send("Fetch.enable", { handleAuthRequests: true });
  await screen(1100, 900, false);
  await scheme("light");

  const arrived = (title) => until(`the page “${title}”`, () =>
    run(`document.readyState === "complete" && document.querySelector("h1")?.textContent === ${JSON.stringify(title)}`));
  const shown = () => run("document.querySelector('main').innerText");
  const has = async (...parts) => {
    const text = await shown();
    for (const part of parts) if (!text.includes(part)) throw new Error(`no “${part}” in ${text}`);
  };
  await send("Page.navigate", { url: `${at}/` });
  await arrived("What needs attention");
  expect("the browser has asked its user", asked > 0, true);

  // By keyboard alone: to an operation, into it, to the reason, to the button.
  const follow = async (href, title) => {
    await run(`document.querySelector('nav a[href="${href}"]').click()`);
    await arrived(title);
  };
  const reach = async (what, test) => {
    for (let tabs = 0; tabs < 150; tabs += 1) {
      if (await run(`((it) => ${test})(document.activeElement)`)) {
        expect(`${what} can be seen`, await run("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), true);
        return;
      }
      await key("Tab", 9);
    }
    throw new Error(`the keyboard does not reach ${what}`);
  };
  await follow("/console/operations", "Operations");
  await reach("the operation", "it.matches('details#list_products > summary')");
  await key("Enter", 13, "\r");
  await until("it is open", () => run("document.getElementById('list_products').open"));
  await reach("the reason", "it.matches('#list_products input[name=reason]')");
  await send("Input.insertText", { text: "prices of a supplier were shown" });
  await reach("the button", "it.matches('#list_products button')");
  await key("Enter", 13, "\r");
  await arrived("Closed operations");
  await has("list_products", "prices of a supplier were shown", "the console, by its token, as ann", "stays closed when the app is started again");
  expect("a closed operation", [await ask("/v2/products"), await ask("/v1/products", bearer)], [410, 410]);
  await reach("the reason to open", "it.matches('input[name=reason]')");
  await send("Input.insertText", { text: "the prices were taken out" });
  await reach("the button to open", "it.matches('form.act button')");
  await key("Enter", 13, "\r");
  await until("it is open again", async () => /None is closed/.test(await shown()));
  expect("an opened operation", await ask("/v2/products"), 200);

  // A caller that looks for what is not there, so that there is a score.
  for (let number = 0; number < 70; number += 1) await ask(`/v2/backup-${number}x.zip`);

  // Each page, and what axe finds: light and dark, on a desktop and on a phone, with what can be opened open.
  const pages = await run("[...document.querySelectorAll('nav a')].map((link) => link.getAttribute('href'))");
  expect("the number of pages", pages.length, 10);
  const tells = {
    "/console": ["In numbers", "deprecated and were called within the last day", "strangely"],
    "/console/operations": ["list_products", "customer"],
    "/console/traffic": ["v2 list_orders", "unauthenticated – credentials"],
    "/console/unexpected": ["Zombies", "/v2/invoices/{id}", "/v2/{text}"],
    "/console/limits": ["Requests that the limit of an address refused"],
    "/console/scores": ["by missing, counted"],
    "/console/versions": ["v1", "deprecated"],
    "/console/matrix": ["anonymous", "GET"],
    "/console/exceptions": ["Rule", "public"],
    "/console/closed": ["None is closed", "prices of a supplier were shown"],
  };
  const source = readFileSync(join(tools, "node_modules/axe-core/axe.min.js"), "utf8");
  const found = new Set();
  for (const path of pages) {
    await screen(1100, 900, false);
    await run(`document.querySelector('nav a[href="${path}"]').click()`);
    await until(`the page ${path}`, () => run(`document.readyState === "complete" && location.pathname === "${path}"`));
    await run("[...document.querySelectorAll('details')].slice(0, 4).forEach((one) => { one.open = true; })");
    await has(...tells[path]);
    expect(`scripts of ${path}`, await run("document.scripts.length"), 0);
    for (const [width, height, mobile] of [[1100, 900, false], [390, 844, true]]) {
      await screen(width, height, mobile);
      for (const color of ["light", "dark"]) {
        await scheme(color);
        await pause(50);
        const [red] = (await run("getComputedStyle(document.documentElement).backgroundColor")).match(/\d+/);
        expect(`${path} is dark`, Number(red) < 64, color === "dark");
        expect(`${path} is wider than ${width} pixels`, await run("document.documentElement.scrollWidth > innerWidth"), false);
        for (const violation of await axe(source)) found.add(JSON.stringify([path, width, color, violation]));
      }
    }
    await scheme("light");
  }
  expect("what axe finds", [...found].map((one) => JSON.parse(one)), []);
  if (picture) {
    await screen(1100, 880, false);
    await follow("/console/operations", "Operations");
    await run("document.getElementById('list_products').open = true");
    await run("document.activeElement.blur()");
    await pause(300);
    writeFileSync(picture, await taken());
  }

  // While an outage lasts that was announced, the first page says so, and leads to what is out and until when.
  const later = await start("2036-05-06 10:05:00");
  await send("Page.navigate", { url: `${later.at}/console` });
  await arrived("What needs attention");
  const out = "One operation is out, as it was announced: it answers 503 for a while.";
  await has(out);
  await run(`[...document.querySelectorAll("ul.attention li")].find((one) => one.innerText.includes(${JSON.stringify(out)})).querySelector("a").click()`);
  await arrived("Versions and their ends");
  await has("v1 get_order_status", "out now", "2036-05-06 10:00 to 10:30 UTC");
  expect("what axe finds of an outage", await axe(source), []);
  await ended(later.running);

  // Nothing but the consoles was asked, and nothing broke their policy.
  const requests = events.filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params.request.url);
  expect("the pages have asked", [...new Set(requests.filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).origin))], [at, later.at]);
  const broken = events.filter(({ method, params }) => method === "Log.entryAdded" && /content security/i.test(params.entry.text));
  expect("the pages broke their policy", broken.map(({ params }) => params.entry.text), []);

  // A page of the shop itself is another site: the browser has the token, and nothing is read or closed.
  await send("Page.navigate", { url: `${origin}/healthz` });
  await until("the page of another site", () => run("document.readyState === 'complete' && location.pathname === '/healthz'"));
  const sent = events.length;
  await run(`fetch("${at}/console/close", { method: "POST", mode: "no-cors", credentials: "include",
    headers: { "content-type": "application/x-www-form-urlencoded" }, body: "operation=list_products&reason=a+page+of+another+site" }).catch(() => 0)`);
  // The browser keeps the answer from the page, so the status is what it tells of its own.
  const told = (name) => events.slice(sent).filter(({ method }) => method === `Network.${name}`).map(({ params }) => params);
  const answers = () => {
    const own = told("requestWillBeSent").filter(({ request }) => request.url.startsWith(at)).map(({ requestId }) => requestId);
    return told("responseReceivedExtraInfo").filter(({ requestId }) => own.includes(requestId)).map(({ statusCode }) => statusCode);
  };
  await until("an answer to the other page", async () => answers().length > 0);
  expect("the answers to another page", answers(), [403]);

  await ended(running);
  console.log("the console signs in, tells its ten pages and an outage while it lasts, closes and opens an operation by keyboard, and axe finds nothing");
};

let status = 0;
let chromium;
try {
  chromium = await browser();
  await main(chromium);
} catch (error) {
  status = 1;
  console.error(`console: ${error.message}`);
}
await Promise.all([chromium?.close(), ...started.map(ended)]);
rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(status);
