// Writes a program that calls each operation of an OpenAPI document by openapi-fetch, with the document's own examples.
//
//   node calls.mjs DOCUMENT.json TYPES.js > calls.ts

import { readFileSync } from "node:fs";

const [file, types] = process.argv.slice(2);
const { paths } = JSON.parse(readFileSync(file, "utf8"));
const text = (value) => JSON.stringify(value);

console.log('import createClient from "openapi-fetch";');
console.log(`import type { paths } from ${text(types)};`);
console.log("");
console.log('const client = createClient<paths>({ baseUrl: "https://shop.invalid" });');

for (const [path, item] of Object.entries(paths)) {
  for (const [verb, operation] of Object.entries(item)) {
    const params = {};
    for (const { name, in: place, example, schema } of operation.parameters ?? []) {
      if (example !== undefined) {
        (params[place] ??= {})[name] = example;
      }
    }
    const success = Object.values(operation.responses).find(({ content }) => content?.["application/json"]);
    const bodies = Object.entries(operation.requestBody?.content ?? {});
    // Each media type is a call of its own.
    for (const [place, [media, content]] of (bodies.length ? bodies : [[]]).entries()) {
      const options = [`params: ${text(params)}`];
      if (media) {
        options.push(`body: ${text(content.example)}`, `headers: { "content-type": ${text(media)} }`);
      }
      console.log("");
      console.log(`export async function ${operation.operationId}${place || ""}() {`);
      console.log(`  const { data, error } = await client.${verb.toUpperCase()}(${text(path)}, { ${options.join(", ")} });`);
      console.log("  if (error) {");
      console.log("    const title: string = error.title;");
      console.log("    throw new Error(title);");
      console.log("  }");
      if (success) {
        console.log("  const shown: object = data;");
        console.log("  return shown;");
      } else {
        console.log("  return data;");
      }
      console.log("}");
    }
  }
}
