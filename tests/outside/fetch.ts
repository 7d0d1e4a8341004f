// Calls the running shop by openapi-fetch and the types that openapi-typescript makes of its first document, as a customer. With
// `v1` replaced it is the program of another version.
//
//   TOKEN=… node fetch_v1.ts ORIGIN   in a folder with these types in `v1.ts`
import createClient from "openapi-fetch";
import type { components, paths } from "./v1.ts";

const headers = { Authorization: `Bearer ${process.env["TOKEN"]!}` };
const client = createClient<paths>({ baseUrl: process.argv[2]!, headers });
const expect = (what: string, is: unknown, wanted: unknown): void => {
  if (is !== wanted) throw new Error(`${what}: ${String(is)} and not ${String(wanted)}`);
};

// Page by page, until there is no next one.
const skus: (string | undefined)[] = [];
let cursor: string | undefined;
let pages = 0;
do {
  const query = cursor === undefined ? { size: 2 } : { size: 2, cursor };
  const { data } = await client.GET("/v1/products", { params: { query } });
  skus.push(...(data?.items ?? []).map(({ sku }) => sku));
  cursor = data?.next;
  pages += 1;
} while (cursor !== undefined && pages < 10);
expect("the pages", pages, 3);
expect("the catalogue", skus.join(), "KETTLE-1L,MUG-BLUE,TEA-BLACK,TEA-GREEN,TEAPOT-RED");

const body: components["schemas"]["NewOrder"] = {
  customer_email: "alice@example.com",
  items: [{ sku: "TEA-GREEN", qty: 2 }],
};
const { data: placed, response } = await client.POST("/v1/orders", { body });
expect("the status", response.status, 201);
const path = { order: placed?.id ?? "" };
const { data: shown } = await client.GET("/v1/orders/{order}", { params: { path } });
expect("the total", shown?.total, 2580);
expect("the state", shown?.status, "placed");
const gone = await client.DELETE("/v1/orders/{order}", { params: { path } });
expect("what is withdrawn", gone.response.status, 204);

// Refusals are problems with types: of a role, of an input with the place of the mistake, of an object.
const refusal = (what: string, problem: components["schemas"]["Problem"] | undefined, status: number): void => {
  expect(what, problem?.status, status);
  expect(`the type of ${what}`, typeof problem?.type, "string");
};
const { error: role } = await client.GET("/v1/price-list");
refusal("a role", role, 403);
const { error: input } = await client.POST("/v1/orders", { body: { ...body, items: [] } });
refusal("an input", input, 422);
expect("where", input?.errors?.[0]?.pointer, "/items");
const { error: object } = await client.GET("/v1/orders/{order}", { params: { path } });
refusal("an object", object, 404);
console.log("openapi-fetch calls version v1 of the running shop");
