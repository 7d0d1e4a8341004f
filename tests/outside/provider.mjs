// An OpenID provider that others wrote, on loopback: it issues JWTs and opaque tokens, rotates its keys, and answers badly where it
// is told to.
//
//   node provider.mjs TOOLS [PORT]   with the folder that ./scripts/test --install has made; prints its address
//
// It is told by POST to a path below `/told`: `rotate` has a new key that signs from now on, beside the ones before; `publish` has
// one that does not sign yet, and `sign` lets the newest sign; `withdraw` leaves the newest alone; `manner` has a name from MANNERS
// as its body.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";

const [tools, port = "0"] = process.argv.slice(2);
const { Provider } = await import(createRequire(`${tools}/`).resolve("oidc-provider"));
// Over TLS where it is given a certificate for localhost.
const { CERTIFICATE: cert, KEY: key } = process.env;
const server = cert ? createTlsServer({ cert, key }) : createServer();
await new Promise((listening) => server.listen(Number(port), "127.0.0.1", listening));
const issuer = `${cert ? "https://localhost" : "http://127.0.0.1"}:${server.address().port}`;

// What it has issued, which is the same whatever its keys are.
const stored = new Map();
class Adapter {
  constructor(model) { this.model = model; }
  key(id) { return `${this.model} ${id}`; }
  where(test) { return [...stored].find(([key, payload]) => key.startsWith(`${this.model} `) && test(payload))?.[1]; }
  async upsert(id, payload) { stored.set(this.key(id), payload); }
  async find(id) { return stored.get(this.key(id)); }
  async findByUid(uid) { return this.where((payload) => payload.uid === uid); }
  async findByUserCode(code) { return this.where((payload) => payload.userCode === code); }
  async consume(id) { stored.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { stored.delete(this.key(id)); }
  async revokeByGrantId(grant) {
    for (const [key, payload] of stored) if (payload.grantId === grant) stored.delete(key);
  }
}

// Each API is named by the audience of its tokens and by their form.
const API = { jwt: "https://depot.example/jwt", opaque: "https://depot.example/opaque", other: "https://other.example/opaque",
  otherJwt: "https://other.example/jwt" };
const ours = process.env.AUDIENCE ?? "depot-api";
const resources = {
  [API.jwt]: { audience: ours, accessTokenFormat: "jwt" },
  [API.opaque]: { audience: ours, accessTokenFormat: "opaque" },
  [API.other]: { audience: "other-api", accessTokenFormat: "opaque" },
  [API.otherJwt]: { audience: "other-api", accessTokenFormat: "jwt" },
};
const DAY = 24 * 3600;
const robot = (name, more) => ({ client_id: name, client_secret: "s/ 7", grant_types: ["client_credentials"],
  response_types: [], redirect_uris: [], ...more });
const configuration = {
  adapter: Adapter,
  ttl: { AccessToken: DAY, ClientCredentials: DAY, Grant: DAY, IdToken: DAY, Interaction: DAY, Session: DAY },
  clients: [
    robot("robot"), robot("nobody"), robot("prover", { dpop_bound_access_tokens: true }),
    // The API, which asks about tokens and gets none.
    robot("shop:api", { grant_types: [] }),
    ...(process.env.PAGE ? [{ client_id: "page", token_endpoint_auth_method: "none", redirect_uris: [process.env.PAGE],
      grant_types: ["authorization_code"], response_types: ["code"], application_type: "native" }] : []),
  ],
  features: {
    devInteractions: { enabled: false }, clientCredentials: { enabled: true }, revocation: { enabled: true },
    introspection: { enabled: true, allowedPolicy: (_, client) => client.clientId === "shop:api" },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => API.jwt,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({ scope: "customer orders", accessTokenTTL: DAY,
        jwt: { sign: { alg: "ES256", kid: signing } }, ...resources[resource] }),
    },
  },
  extraTokenClaims: (_, token) => token.clientId === "nobody" ? {} : { roles: ["customer"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  // Whoever comes is Alice, and consents.
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid");
    for (const resource of Object.keys(resources)) grant.addResourceScope(resource, "customer orders");
    await grant.save();
    return grant;
  },
  clientBasedCORS: () => true,
  cookies: { keys: [randomUUID()] },
  enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
  clientDefaults: { id_token_signed_response_alg: "ES256" },
};

// One provider for each set of keys; what they have issued they have in common.
let keys = [];
let signing;
let answer;
const provide = () => {
  const provider = new Provider(issuer, { ...configuration, jwks: { keys } });
  answer = { handle: provider.callback(), provider };
};
const newKey = () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  keys = [{ ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "ES256" }, ...keys];
};
const told = {
  publish: newKey,
  sign: () => { signing = keys[0].kid; },
  rotate: () => { newKey(); told.sign(); },
  withdraw: () => { keys = keys.slice(0, 1); told.sign(); },
  manner: (name) => {
    if (!(name in MANNERS)) throw new Error(`there is no manner ${name}`);
    manner = name;
  },
};

// What becomes of a request for what an API asks for: its documents, its keys, its questions about tokens.
const json = (response, document) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(document));
};
const MANNERS = {
  well: () => false,
  slow: () => true,
  "another issuer": (request, response) => {
    if (request.url.startsWith("/.well-known/")) return json(response, { issuer: `${issuer}/`, jwks_uri: `${issuer}/jwks` }), true;
    return false;
  },
  "no keys": (request, response) => request.url === "/jwks" ? (json(response, { keys: [] }), true) : false,
  endless: (_, response) => { json(response, { keys: "k".repeat(8 << 20) }); return true; },
  elsewhere: (request, response) => {
    if (request.url.startsWith("/moved")) return request.url = request.url.slice("/moved".length), false;
    response.writeHead(307, { location: `${issuer}/moved${request.url}` }).end();
    return true;
  },
  failing: (_, response) => { response.writeHead(500).end(); return true; },
};
let manner = "well";
const ASKED = ["/.well-known/", "/jwks", "/token/introspection", "/moved"];

const body = async (request) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
};
server.on("request", async (request, response) => {
  const path = request.url.split("?")[0];
  if (path.startsWith("/told/")) {
    try {
      told[path.slice("/told/".length)](await body(request));
      provide();
      response.writeHead(204).end();
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  } else if (path.startsWith("/interaction/")) {
    await answer.provider.interactionFinished(request, response, { login: { accountId: "alice" }, consent: {} });
  } else if (!ASKED.some((start) => path.startsWith(start)) || !MANNERS[manner](request, response)) {
    answer.handle(request, response);
  }
});

told.rotate();
provide();
console.log(issuer);
