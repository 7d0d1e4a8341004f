// Signs in at an issuer by the code flow with PKCE (RFC 7636), in a window of its own that comes back to this page. The state, the
// verifier and the token are in the memory of this page and nowhere else.
(() => {
  "use strict";
  const issuers = ["{{issuers}}"];
  const page = new URL("../docs", document.currentScript.src);
  const channel = new BroadcastChannel(`sign-in ${page.href}`);
  const returned = new URLSearchParams(location.search);

  // The window that comes back gives what the issuer said to the page that sent it, and is done.
  if (returned.has("state")) {
    history.replaceState(null, "", page);
    channel.postMessage(Object.fromEntries(returned));
    document.body.textContent = "You can close this window.";
    window.close();
    return;
  }

  const [form, issuer, client, scope, resource, begin, told, token] =
    ["sign-in", "issuer", "client", "scope", "resource", "begin", "told", "token"].map((id) => document.getElementById(id));
  const tell = (text) => { told.textContent = text; };
  let pending = null;

  const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

  const asked = async (url, options) => {
    const answer = await fetch(url, {
      ...options, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    }).catch(() => { throw new Error(`${new URL(url).origin} cannot be asked from this page: it may not allow ${page.origin}`); });
    const document = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      throw new Error(`the issuer says ${answer.status} ${document.error ?? ""} ${document.error_description ?? ""}`);
    }
    return document;
  };

  // The issuer's endpoints: those that the app states, or those of its discovery document, which is of that issuer.
  const endpoints = async (at) => {
    if (!at.discovery) {
      return at;
    }
    const document = await asked(at.discovery);
    if (document.issuer !== at.name) {
      throw new Error("the discovery document is of another issuer");
    }
    // Of an issuer that says nothing of it, as Entra ID, nobody knows: RFC 8414 takes it for one without PKCE, and OpenID Connect does not.
    if (!(document.code_challenge_methods_supported ?? ["S256"]).includes("S256")) {
      throw new Error("the issuer has no PKCE by S256");
    }
    const { authorization_endpoint: authorization, token_endpoint: tokens } = document;
    for (const url of [authorization, tokens]) {
      if (new URL(url).protocol !== new URL(at.name).protocol) {
        throw new Error("the discovery document names an endpoint of another scheme");
      }
    }
    // The policy of this page lets it ask nobody else.
    if (new URL(tokens).origin !== new URL(at.name).origin) {
      throw new Error("the issuer gives tokens at another origin than its own, which this page does not ask");
    }
    return { ...at, authorization, token: tokens, says: document.authorization_response_iss_parameter_supported === true };
  };

  const started = async (opened) => {
    const at = await endpoints(issuers[issuer.selectedIndex]);
    const flow = { at, state: random(), verifier: random(), client: client.value.trim(), resource: resource.value.trim() };
    const challenge = encoded(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(flow.verifier)));
    const request = new URL(at.authorization);
    const parameters = {
      response_type: "code", client_id: flow.client, redirect_uri: page.href, scope: scope.value.trim(), state: flow.state,
      code_challenge: challenge, code_challenge_method: "S256", resource: flow.resource,
    };
    for (const [name, value] of Object.entries(parameters)) {
      if (value) {
        request.searchParams.set(name, value);
      }
    }
    pending = flow;
    opened.location = request.href;
    tell("Sign in in the other window.");
  };

  const finished = async (flow, { code, error, error_description: description, iss }) => {
    if (flow.at.discovery && (iss === undefined ? flow.at.says : iss !== flow.at.name)) {
      throw new Error("another issuer than the one that was asked has answered");
    }
    if (!code) {
      throw new Error(`the issuer says ${error ?? "nothing"} ${description ?? ""}`);
    }
    const body = new URLSearchParams({
      grant_type: "authorization_code", code, redirect_uri: page.href, client_id: flow.client, code_verifier: flow.verifier,
    });
    if (flow.resource) {
      body.set("resource", flow.resource);
    }
    const issued = await asked(flow.at.token, { method: "POST", body });
    if (typeof issued.access_token !== "string" || String(issued.token_type).toLowerCase() !== "bearer") {
      throw new Error("the issuer gives no token that this page can send");
    }
    token.value = issued.access_token;
    tell(`Signed in${issued.expires_in ? `, for ${issued.expires_in} seconds` : ""}.`);
  };
  const failed = (error) => tell(`Not signed in: ${error.message}.`);

  // Whoever else sends this page something does not know the state, and each state is good once.
  channel.onmessage = ({ data }) => {
    const flow = pending;
    if (flow && data.state === flow.state) {
      pending = null;
      finished(flow, data).catch(failed);
    }
  };
  begin.addEventListener("click", () => {
    // Opened at once, as browsers allow it for a click; the issuer's page cannot reach back to this one.
    const opened = window.open("about:blank", "_blank", "popup,width=480,height=720");
    if (!opened) {
      tell("Not signed in: the browser opens no window.");
      return;
    }
    opened.opener = null;
    tell("…");
    started(opened).catch((error) => {
      opened.close();
      failed(error);
    });
  });

  for (const { name } of issuers) {
    issuer.add(new Option(name));
  }
  document.getElementById("return").textContent = page.href;
  form.hidden = issuers.length === 0;
})();
