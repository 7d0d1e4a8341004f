// A server that stands before the shop and passes to it what it does not answer itself. The shop's documents name the address that it
// is found at; here that is another one.
import { createServer, request } from "node:http";

// Starts it, and gives its address. `answer` gives `true` for what it has answered; `document` changes a document of the shop.
export const before = async (origin, { answer, document = (text) => text }) => {
  const server = createServer((asked, told) => {
    if (answer(asked, told)) return;
    const headers = { ...asked.headers, host: new URL(origin).host, "accept-encoding": "identity" };
    const passed = request(new URL(asked.url, origin), { method: asked.method, headers }, async (got) => {
      if (!asked.url.startsWith("/openapi/")) {
        told.writeHead(got.statusCode, got.headers);
        return got.pipe(told);
      }
      const { "content-length": _, ...rest } = got.headers;
      const text = (await got.setEncoding("utf8").toArray()).join("");
      told.writeHead(got.statusCode, rest);
      told.end(document(text.replaceAll(origin, here())));
    });
    passed.on("error", () => told.destroy());
    asked.pipe(passed);
  });
  const here = () => `http://127.0.0.1:${server.address().port}`;
  await new Promise((open) => server.listen(0, "127.0.0.1", open));
  return here();
};
