// The documentation page has a field for each kind of credentials that its document names and that can be typed in, none where there is
// none, and sends with an operation those of one kind that it admits.
//
//   node credentials.mjs ORIGIN   where the shop is
//
// What stands before the shop here gives its documents other schemes, answers its read of products, and notes what came with it.
import { before } from "./before.mjs";
import { check, expect, until } from "./browser.mjs";

const [origin] = process.argv.slice(2);
const READ = "/v2/products";

// The schemes of the document that is shown next, and the alternatives of the read.
let schemes = {};
let security = [];
const key = (place, name) => ({ type: "apiKey", in: place, name });
const document = (text) => {
  const whole = JSON.parse(text);
  whole.components.securitySchemes = schemes;
  for (const operation of Object.values(whole.paths).flatMap(Object.values)) if (operation.operationId) operation.security = [{}];
  if (whole.paths[READ]) whole.paths[READ].get.security = security;
  return JSON.stringify(whole);
};
let [came, turn] = [null, 0];
const answer = ({ url, headers: { authorization, "x-api-key": header } }, told) => {
  if (!url.startsWith(READ)) return false;
  const asked = new URL(url, origin).searchParams;
  came = { authorization, header, query: asked.get("api_key") ?? undefined };
  told.writeHead(200, { "content-type": "application/json" });
  told.end(`{"turn":${(turn += 1)}}`);
  return true;
};

const main = async ({ send, run, screen }, { events }) => {
  const here = await before(origin, { answer, document });
  await screen(1100, 900, false);
  await send("Page.enable");
  await send("Network.enable");
  const block = `[...document.querySelectorAll(".opblock-get")].find((one) => one.querySelector("[data-path]").dataset.path === "${READ}")`;
  const press = (what) => until(`there is ${what}`, () => run(`(() => {
    const one = ${block}.querySelector("${what}");
    one?.click();
    return !!one;
  })()`));
  const shown = async (named, alternatives) => {
    [schemes, security] = [named, alternatives];
    await send("Page.navigate", { url: "about:blank" });
    await send("Page.navigate", { url: `${here}/docs` });
    await until("the page shows the read", () => run(`!!${block}`));
    await press(".opblock-summary-control");
    await press(".try-out__btn");
  };
  const seen = () => run(`[...document.querySelectorAll("#tokens > label, #keys > *")].filter((one) => one.checkVisibility())
    .map((one) => one.textContent.trim())`);
  const type = (label, text) => run(`[...document.querySelectorAll("label.token")].find((one) => one.textContent.trim() === "${label}")
    .querySelector("input").value = "${text}"`);
  const sent = async () => {
    came = null;
    await press(".execute");
    const all = await until("the read is asked", async () => came);
    // Swagger UI asks nothing while an answer is under way.
    await until("its answer is shown", () => run(`${block}.querySelector(".live-responses-table")?.textContent.includes('"turn": ${turn}')`));
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  };

  await shown({}, [{}]);
  expect("the fields of a document without schemes", await seen(), []);
  expect("what is sent", await sent(), {});

  const [token, header, query] = ["Access token", "Header x-api-key", "Query parameter api_key"];
  const all = {
    Bearer: { type: "http", scheme: "bearer" }, BearerOfAdmins: { type: "http", scheme: "bearer" }, ApiKey: key("header", "x-api-key"),
    Partner: key("query", "api_key"), Session: key("cookie", "session"), Certificate: { type: "mutualTLS" }, DPoP: { type: "http", scheme: "DPoP" },
  };
  await shown(all, [{ Session: [] }, { ApiKey: [] }, { Bearer: [] }]);
  expect("the fields", await seen(), [token, header, query, "Session is a cookie, which the browser sends by itself if it has one.",
    "Certificate is a certificate, which the browser sends by itself if it has one.", "DPoP cannot be typed in: a program sends it."]);
  await type(query, "q");
  expect("what is sent of a kind that is not admitted", await sent(), {});
  await type(token, " t ");
  expect("what is sent of a token", await sent(), { authorization: "Bearer t" });
  await type(header, "h");
  expect("what is sent of two kinds", await sent(), { header: "h" });

  await shown({ Partner: key("query", "api_key") }, [{ Partner: [] }]);
  expect("the fields where only a query has a key", await seen(), [query]);
  await type(query, "a b&c=d");
  expect("what is sent in the query", await sent(), { query: "a b&c=d" });

  await shown(all, [{ Bearer: [], ApiKey: [] }]);
  await type(token, "t");
  expect("what is sent where half of two is there", await sent(), {});
  await type(header, "h");
  expect("what is sent where both are demanded", await sent(), { authorization: "Bearer t", header: "h" });

  await shown({ oauth2: { type: "oauth2", flows: {} }, Partner: all.Partner }, [{}]);
  expect("the fields of an issuer's token", await seen(), [token, query]);
  await type(query, "q");
  expect("what is sent to what is for everybody", await sent(), { query: "q" });

  expect("what the page keeps", await run("[localStorage.length, sessionStorage.length, document.cookie, location.search]"), [0, 0, "", ""]);
  const asked = events.filter(({ method }) => method === "Network.requestWillBeSent").map(({ params }) => params.request.url);
  const hosts = [...new Set(asked.filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).origin))];
  expect("the page has asked", hosts, [here]);
  console.log("the page has a field for each kind of credentials that can be typed in, and sends those that an operation admits");
};

await check("credentials", main);
