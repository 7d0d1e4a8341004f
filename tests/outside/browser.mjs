// A browser for the checks of pages: chromium over its DevTools protocol, and what the checks wait and ask by.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const pause = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));

export const until = async (what, test) => {
  for (let turn = 0; turn < 600; turn += 1) {
    const value = await test().catch(() => undefined);
    if (value) return value;
    await pause(50);
  }
  throw new Error(`it did not come to this: ${what}`);
};

export const expect = (what, is, wanted) => {
  if (JSON.stringify(is) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(is)} and not ${JSON.stringify(wanted)}`);
  }
};

// Ends a process, and waits until it has.
export const ended = (process_) => process_.exitCode === null && process_.signalCode === null && !process_.failed
  && new Promise((over) => { process_.on("exit", over); process_.kill(); });

// Starts a browser with a profile of its own: `send` asks it, `events` is what it told, `on` has it told at once, `close` ends it.
export const browser = async () => {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const process_ = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"], { stdio: "ignore" });
  process_.on("error", (error) => { console.error(`chromium: ${error.message}`); process_.failed = true; });
  let socket;
  const close = async () => {
    socket?.close();
    await ended(process_);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const place = await until("the browser listens", async () => readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n"));
    socket = new WebSocket(`ws://127.0.0.1:${place[0]}${place[1]}`);
    await new Promise((open, failed) => { socket.onopen = open; socket.onerror = failed; });
  } catch (error) {
    await close();
    throw error;
  }
  const waiting = new Map();
  const [events, told] = [[], new Map()];
  socket.onclose = () => waiting.forEach((answered) => answered({ error: { message: "the browser has gone" } }));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) return waiting.get(message.id)?.(message);
    events.push(message);
    told.get(message.method)?.(message.params, message.sessionId);
  };
  let last = 0;
  const send = (method, params = {}, sessionId) => new Promise((done, failed) => {
    last += 1;
    waiting.set(last, ({ error, result }) => error ? failed(new Error(`${method}: ${error.message}`)) : done(result));
    socket.send(JSON.stringify({ id: last, method, params, sessionId }));
  });
  return { send, events, on: (method, then) => told.set(method, then), page: () => page(send), close };
};

// Runs a check on a page of a browser of its own, and ends with a line that says what is not as it should be.
export const check = async (name, main) => {
  const chromium = await browser();
  let status = 0;
  try {
    await main(await chromium.page(), chromium);
  } catch (error) {
    status = 1;
    console.error(`${name}: ${error.message}`);
  }
  await chromium.close();
  process.exit(status);
};

// Opens a page of a browser, with what a person does there.
const page = async (browser_) => {
  const { targetId } = await browser_("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser_("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => browser_(method, params, sessionId);
  const run = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const screen = (width, height, mobile) =>
    send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile });
  const scheme = (value) => send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
  const key = async (name, code, text) => {
    await send("Input.dispatchKeyEvent", { type: "keyDown", key: name, code: name, windowsVirtualKeyCode: code, text });
    await send("Input.dispatchKeyEvent", { type: "keyUp", key: name, code: name, windowsVirtualKeyCode: code });
  };
  // What axe finds (WCAG 2.2, A and AA), each with the places.
  const axe = async (source) => {
    if (!await run("!!window.axe")) await run(`${source}; 0`);
    return run(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
      .then(({ violations }) => violations.map(({ id, impact, nodes }) => [id, impact, nodes.map(({ target }) => target.join(" ")).slice(0, 12)]))`);
  };
  const picture = async () => {
    const { data } = await send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  };
  return { send, run, screen, scheme, key, axe, picture };
};
