// Calls the running shop by the client that @hey-api/openapi-ts makes of its second document, as a customer.
//
//   TOKEN=… node shop.ts ORIGIN   in a folder with that client in `generated`
import { createClient } from "./generated/client/index.ts";
import { createOrder, getOrder, listProducts, priceList } from "./generated/sdk.gen.ts";

const client = createClient({ baseUrl: process.argv[2]!, auth: process.env["TOKEN"]! });
const expect = (what: string, is: unknown, wanted: unknown): void => {
  if (is !== wanted) throw new Error(`${what}: ${String(is)} and not ${String(wanted)}`);
};

const { data: products } = await listProducts({ client });
const tea = products?.items.find(({ sku }) => sku === "TEA-GREEN");
expect("what it costs", tea?.price, 1290);

const body = { customer_email: "alice@example.com", items: [{ sku: "TEA-GREEN", qty: 2 }] };
const { data: placed, response } = await createOrder({ client, body });
expect("the status", response?.status, 201);
const order = placed?.id ?? "";
const { data: shown } = await getOrder({ client, path: { order }, query: { fields: ["id", "total"] } });
expect("the total", shown?.total, 2580);
expect("what was not asked for", shown?.status, undefined);

// What a customer may not see, and what no input is, are problems with types.
const { error: refused } = await priceList({ client });
expect("the refusal", refused?.status, 403);
const { error: wrong } = await createOrder({ client, body: { ...body, items: [] } });
expect("the input", wrong?.status, 422);
console.log("the client of @hey-api/openapi-ts calls the running shop");
