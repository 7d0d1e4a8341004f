// The documentation page tries an operation whose answer does not end: it shows events while they come, as text, until they are
// stopped or there are enough of them.
//
//   node stream.mjs ORIGIN   where the shop is
//
// The shop has no such operation, so what stands before it here answers one of its reads with events.
import { before } from "./before.mjs";
import { check, expect, until } from "./browser.mjs";

const [origin] = process.argv.slice(2);
const READ = "/v2/products";
const MARKUP = "<img src=x onerror=document.title='hurt'>";

let flood = false;
const events = (answer) => {
  answer.writeHead(200, { "content-type": "text/event-stream" });
  let next = 0;
  const tell = () => answer.write(`data: {"note":${JSON.stringify(`${MARKUP} ${(next += 1)}`)}}\n\n`);
  if (flood) for (let turn = 0; turn < 1000; turn += 1) tell();
  const timer = setInterval(tell, 50);
  answer.on("close", () => clearInterval(timer));
};
const main = async ({ send, run, screen }) => {
  const here = await before(origin, { answer: (asked, answer) => asked.url.startsWith(READ) && (events(answer), true) });
  await screen(1100, 900, false);
  await send("Page.navigate", { url: `${here}/docs` });
  const block = `[...document.querySelectorAll(".opblock-get")].find((one) => one.querySelector("[data-path]").dataset.path === "${READ}")`;
  await until("the page shows the read", () => run(`!!${block}`));
  const press = (what) => until(`there is ${what}`, () => run(`(() => {
    const one = ${block}.querySelector("${what}");
    one?.click();
    return !!one;
  })()`));
  const panel = () => run("document.querySelector('#streams pre')?.textContent ?? ''");
  const answer = () => run(`${block}.querySelector(".live-responses-table pre")?.textContent ?? ""`);
  await press(".opblock-summary-control");
  await press(".try-out__btn");

  await press(".execute");
  await until("events are shown while they come", async () => (await panel()).includes(" 3"));
  expect("what is markup in it", await run("document.querySelectorAll('#streams img').length"), 0);
  expect("what the text is", (await panel()).startsWith(`data: {"note":"${MARKUP} 1"}`), true);
  await run("document.querySelector('#streams button').click()");
  await until("what has come is the answer", async () => (await answer()).includes("stopped here"));
  expect("the panel is there", await run("document.querySelectorAll('#streams *').length"), 0);

  flood = true;
  await press(".execute");
  await until("there are enough of them", async () => (await answer()).includes("more is not shown here"));
  expect("how many lines are shown", (await answer()).split("\n").length < 210, true);
  expect("what a text has done", (await run("document.title")) === "hurt", false);
  console.log("the page shows events while they come, until they are stopped or there are enough of them");
};

await check("stream", main);
