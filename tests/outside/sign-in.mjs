// The documentation page in a browser, which signs in at a provider that others wrote and calls the shop by the token that it gets.
//
//   node sign-in.mjs TOOLS SHOP   with the folder that ./scripts/test --install has made, and the program of the shop
//
// The browser is chromium over its DevTools protocol. Whatever is not as it should be ends this with a line that says what.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, ended, expect, pause, until } from "./browser.mjs";

const [tools, shop] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "sign-in-"));
const started = [];
const start = (program, options, env) => {
  const process_ = spawn(program, options, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  process_.on("error", (error) => { console.error(`sign-in: ${program}: ${error.message}`); process_.failed = true; });
  started.push(process_);
  return process_;
};
const said = (process_, pattern) => new Promise((found, failed) => {
  let text = "";
  process_.stdout.on("data", (chunk) => {
    text += chunk;
    const match = pattern.exec(text);
    if (match) found(match[0]);
  });
  process_.on("exit", () => failed(new Error(`${process_.spawnfile} ended`)));
});
const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

const main = async ({ send: ask, events, page }) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = start(process.execPath, [join(dirname(fileURLToPath(import.meta.url)), "provider.mjs"), tools],
    { PAGE: `${origin}/docs`, AUDIENCE: "shop-api" });
  const issuer = await said(provider, /http:\S+/);
  const running = start(shop, [], { SHOP_DATA: join(work, "shop"), SHOP_ADDR: `127.0.0.1:${port}`, SHOP_TLS: "off", SHOP_CONSOLE: "off", SHOP_ISSUER: issuer,
    RUST_LOG: "error" });
  await said(running, /Documentation/);
  const policy = (await fetch(`${origin}/docs`)).headers.get("content-security-policy");
  expect("the page may ask", /connect-src ([^;]*)/.exec(policy)?.[1], `'self' ${issuer}`);

  const { send, run } = await page();
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`);
  await send("Page.navigate", { url: `${origin}/docs` });
  await until("the page shows its operations", () => run("!!document.querySelector('.opblock-get [data-path=\"/v2/orders\"]')"));

  const told = () => run("document.getElementById('told').textContent");
  const begin = (client) => run(`document.getElementById('client').value = '${client}'; document.getElementById('begin').click()`);
  // The provider knows no such client, so the page waits; a stranger's answer is none, as nobody else knows the state.
  await begin("unknown");
  await until("the page waits", async () => /other window/.test(await told()));
  await run(`new BroadcastChannel("sign-in ${origin}/docs").postMessage({ state: "guessed", code: "a" })`);
  await pause(300);
  expect("after a stranger's answer the page says", await told(), "Sign in in the other window.");
  await begin("page");
  await until("the page has an answer", async () => /igned in/.test(await told())).catch(async (error) => {
    const { targetInfos } = await ask("Target.getTargets");
    throw new Error(`${error.message}; it says ${await told()}, and there are ${targetInfos.map(({ url }) => url)}`);
  });
  expect("the page says", (await told()).startsWith("Signed in") || await told(), true);
  expect("the token is a JWT", await run("document.getElementById('token').value.split('.').length"), 3);
  await until("the other window is closed", async () => {
    const { targetInfos } = await ask("Target.getTargets");
    return targetInfos.filter(({ url }) => url.startsWith(origin)).length === 1;
  });
  // In memory, and nowhere else.
  expect("what the page keeps", await run("[localStorage.length, sessionStorage.length, document.cookie, location.search]"), [0, 0, "", ""]);
  expect("its databases", await run("indexedDB.databases().then((all) => all.length)"), 0);

  // Tried out, as a reader does it.
  const click = (selector) => until(`there is ${selector}`, () =>
    run(`(() => { const it = document.querySelector(${JSON.stringify(selector)}); it?.click(); return !!it; })()`));
  await click(".opblock-get:has([data-path='/v2/orders']) .opblock-summary-control");
  await click(".opblock-get.is-open .try-out__btn");
  await click(".opblock-get.is-open .execute");
  const status = await until("there is an answer", () =>
    run("document.querySelector('.opblock-get.is-open .live-responses-table .response .response-col_status')?.textContent.trim()"));
  expect("the orders of whoever signed in are", status.slice(0, 3), "200");

  // The page has asked the shop and the issuer, and nothing broke its policy.
  const asked = events.filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params.request.url);
  const hosts = [...new Set(asked.filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).origin))].sort();
  expect("the page has asked", hosts, [origin, issuer].sort());
  const broken = events.filter(({ method, params }) => method === "Log.entryAdded" && /content security/i.test(params.entry.text));
  expect("the page broke its policy", broken.map(({ params }) => params.entry.text), []);
  // A page that was loaded anew has no token.
  await send("Page.navigate", { url: `${origin}/docs` });
  const field = await until("it is loaded anew", () => run("`${document.querySelector('.opblock') && document.getElementById('token').value}.`")
    .then((value) => value !== "null." && value));
  expect("after loading anew the token is", field, ".");
  console.log("the page signs in by the code flow with PKCE, keeps the token in memory and calls the shop by it");
};

let failed = false;
let chromium;
try {
  chromium = await browser();
  await main(chromium);
} catch (error) {
  failed = true;
  console.error(`sign-in: ${error.message}`);
}
await Promise.all([chromium?.close(), ...started.map(ended)]);
rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(failed ? 1 : 0);
