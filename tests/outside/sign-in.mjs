// The documentation page in a browser, which signs in at a provider that others wrote and calls the shop by the token that it gets.
//
//   node sign-in.mjs TOOLS SHOP   with the folder that ./scripts/test --install has made, and the program of the shop
//
// The browser is chromium over its DevTools protocol. Whatever is not as it should be ends this with a line that says what.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [tools, shop] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "sign-in-"));
const started = [];
const start = (program, options, env) => {
  const process_ = spawn(program, options, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", program === "chromium" ? "ignore" : "inherit"] });
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
const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));
const until = async (what, test) => {
  for (let turn = 0; turn < 600; turn += 1) {
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
const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

// The DevTools protocol, of all pages of the browser.
const devtools = async (folder) => {
  const port = await until("the browser listens", async () => readFileSync(join(folder, "DevToolsActivePort"), "utf8").split("\n"));
  const socket = new WebSocket(`ws://127.0.0.1:${port[0]}${port[1]}`);
  await new Promise((open, failed) => { socket.onopen = open; socket.onerror = failed; });
  const waiting = new Map();
  const events = [];
  let last = 0;
  socket.onclose = () => waiting.forEach((answered) => answered({ error: { message: "the browser has gone" } }));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) waiting.get(message.id)(message);
    else events.push(message);
  };
  const send = (method, params = {}, sessionId) => new Promise((done, failed) => {
    last += 1;
    waiting.set(last, ({ error, result }) => error ? failed(new Error(`${method}: ${error.message}`)) : done(result));
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
  return { send, events };
};

const main = async () => {
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

  const profile = join(work, "profile");
  start("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", `--user-data-dir=${profile}`, "--remote-debugging-port=0",
    "about:blank"], {});
  const { send, events } = await devtools(profile);
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`, {}, sessionId);
  const run = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true, userGesture: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await send("Page.navigate", { url: `${origin}/docs` }, sessionId);
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
    const { targetInfos } = await send("Target.getTargets");
    throw new Error(`${error.message}; it says ${await told()}, and there are ${targetInfos.map(({ url }) => url)}`);
  });
  expect("the page says", (await told()).startsWith("Signed in") || await told(), true);
  expect("the token is a JWT", await run("document.getElementById('token').value.split('.').length"), 3);
  await until("the other window is closed", async () => {
    const { targetInfos } = await send("Target.getTargets");
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
  await send("Page.navigate", { url: `${origin}/docs` }, sessionId);
  const field = await until("it is loaded anew", () => run("`${document.querySelector('.opblock') && document.getElementById('token').value}.`")
    .then((value) => value !== "null." && value));
  expect("after loading anew the token is", field, ".");
  console.log("the page signs in by the code flow with PKCE, keeps the token in memory and calls the shop by it");
};

let failed = false;
try {
  await main();
} catch (error) {
  failed = true;
  console.error(`sign-in: ${error.message}`);
}
await Promise.all(started.map((process_) => process_.exitCode === null && process_.signalCode === null && !process_.failed && new Promise((over) => {
  process_.on("exit", over);
  process_.kill();
})));
rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(failed ? 1 : 0);
