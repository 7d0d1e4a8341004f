// Starts Swagger UI with this API's own documents. Credentials that are typed in stay in the page's memory and go with requests to
// this server only.
(() => {
  "use strict";
  // The window that comes back from an issuer shows nothing.
  if (new URLSearchParams(location.search).has("state")) {
    return;
  }
  const here = document.currentScript.src;
  const documents = ["{{documents}}"];
  const urls = documents.map(({ name, url }) => ({ name, url: new URL(url, here).href }));
  const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text, ...properties });

  // The credentials that the shown document names: a field for each that can be typed in, by how it is sent. What a browser sends by
  // itself, or nobody can type, is said to be so.
  const bearer = { name: "Authorization", sent: (token) => `Bearer ${token}`, input: document.getElementById("token") };
  const ways = new Map();
  let schemes = {};
  const wayOf = (scheme) => {
    const { type, name, in: place, description } = scheme ?? {};
    if (["oauth2", "openIdConnect"].includes(type) || (type === "http" && /^bearer$/i.test(scheme.scheme))) {
      return bearer;
    }
    if (type !== "apiKey" || !["header", "query"].includes(place)) {
      return null;
    }
    const key = `${place} ${name}`;
    if (!ways.has(key)) {
      const input = make("input", "", { type: "password", autocomplete: "off", spellcheck: false, title: description ?? "",
        placeholder: "sent with what is tried out, kept in this page only" });
      const label = make("label", `${place === "query" ? "Query parameter" : "Header"} ${name}`, { className: "token" });
      label.append(input);
      ways.set(key, { name, inQuery: place === "query", sent: (value) => value, input, label });
    }
    return ways.get(key);
  };
  const fields = (document_) => {
    schemes = document_.components?.securitySchemes ?? {};
    const all = Object.entries(schemes);
    const needed = new Set(all.map(([, scheme]) => wayOf(scheme)));
    const elsewhere = {
      apiKey: (name) => `${name} is a cookie, which the browser sends by itself if it has one.`,
      mutualTLS: (name) => `${name} is a certificate, which the browser sends by itself if it has one.`,
    };
    const untold = (name) => `${name} cannot be typed in: a program sends it.`;
    const said = all.filter(([, scheme]) => !wayOf(scheme)).map(([name, { type }]) => (elsewhere[type] ?? untold)(name));
    document.getElementById("tokens").hidden = !needed.has(bearer);
    document.getElementById("keys").replaceChildren(
      ...[...needed].flatMap((way) => way?.label ?? []), ...said.map((text) => make("p", text)));
  };
  const credentials = () => ({
    statePlugins: { spec: { wrapActions: {
      updateJsonSpec: (update) => (document_) => {
        fields(document_);
        return update(document_);
      },
    } } },
  });

  // An operation has the credentials of one of its alternatives, the first that something was typed in for, since those of several
  // are refused; one for everybody has the first that was typed in.
  const chosen = (operation) => {
    const stated = (operation.toJS().security ?? []).map(Object.keys).filter((names) => names.length > 0);
    const alternatives = stated.length > 0 ? stated : Object.keys(schemes).map((name) => [name]);
    const waysOf = (names) => names.map((name) => wayOf(schemes[name])).filter(Boolean);
    const typed = ({ input }) => input.value.trim() !== "";
    return alternatives.map(waysOf).find((needed) => needed.length > 0 && needed.every(typed)) ?? [];
  };
  const authorized = (operation, request) => {
    const url = new URL(request.url, here);
    if (url.origin !== new URL(here).origin) {
      return request;
    }
    for (const { name, inQuery, sent, input } of chosen(operation)) {
      const value = sent(input.value.trim());
      if (inQuery) {
        request.url += `${request.url.includes("?") ? "&" : "?"}${new URLSearchParams([[name, value]])}`;
      } else {
        request.headers[name] = value;
      }
    }
    return request;
  };
  const tried = ({ fn: { execute } }) => ({
    fn: {
      execute: (asked) => execute({
        ...asked, userFetch: watched, requestInterceptor: (request) => asked.requestInterceptor(authorized(asked.operation, request)),
      }),
    },
  });

  // Server-sent events do not end. They are shown while they come, until they are stopped or there are enough of them; what has come
  // is the answer then. Nothing of it is read as HTML.
  const most = { lines: 200, characters: 100_000 };
  const watched = async (url, request) => {
    const over = new AbortController();
    const response = await fetch(url, { ...request, signal: over.signal });
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      return response;
    }
    const { status, statusText, headers } = response;
    const told = new Response(await events(response, over), { status, statusText, headers });
    Object.defineProperty(told, "url", { value: response.url });
    return told;
  };
  const events = async ({ url, body }, over) => {
    const panel = document.getElementById("streams").appendChild(document.createElement("section"));
    const stop = make("button", "Stop", { type: "button" });
    const lines = make("pre", "", { tabIndex: 0, role: "log", ariaLabel: "Events" });
    panel.append(make("span", `Events of ${new URL(url).pathname}`), stop, lines);
    stop.addEventListener("click", () => over.abort());
    const ended = (text) => text === "" || text.endsWith("\n") ? text : `${text}\n`;
    let text = "";
    try {
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        text += part.value;
        const all = text.split("\n");
        if (all.length > most.lines || text.length > most.characters) {
          text = all.slice(0, most.lines).join("\n").slice(0, most.characters);
          return `${ended(text)}: more is not shown here\n`;
        }
        lines.textContent = text;
        lines.scrollTop = lines.scrollHeight;
      }
      return text;
    } catch (error) {
      return ended(text) + (over.signal.aborted ? ": stopped here\n" : ": it broke off\n");
    } finally {
      over.abort();
      panel.remove();
    }
  };

  // Swagger UI's own dialog would send people to the issuer and back to a page with an inline script.
  const noDialog = () => ({
    wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null },
  });

  // What is enforced, in words: Swagger UI itself would print the extensions as JSON.
  const seconds = (count) => {
    const unit = [[86400, "day"], [3600, "hour"], [60, "minute"]].find(([length]) => count % length === 0);
    const [length, name] = unit ?? [1, "second"];
    return count === length ? name : `${count / length} ${name}s`;
  };
  const often = (limit) => {
    if (limit.unlimited) {
      return `no limit: ${limit.unlimited}`;
    }
    const count = limit.atOnce ? `${limit.count} at once` : `${limit.count} in a ${seconds(limit.windowSeconds)}`;
    const burst = limit.burst > 1 && limit.burst !== limit.count ? `, ${limit.burst} of them at a time` : "";
    const roles = limit.roles ? `, for ${limit.roles.join(" or ")}` : "";
    return `${count} for each ${limit.per}${burst}${roles}${limit.observed ? ", only observed yet" : ""}`;
  };
  const everybody = (reason) => reason && `everybody: ${reason}`;
  const rows = (x) => [
    ["Who", x["x-required-roles"] ? `${x["x-required-roles"].join(" or ")}, and roles above` : everybody(x["x-public-reason"])],
    ["By", [...new Set(x.security?.map((one) => Object.keys(one).join(" and ")).filter(Boolean))].join(" or ")],
    ["Scopes", x["x-required-scopes"]?.join(" and ")],
    ["How often", x["x-rate-limit"]?.map(often).join("; ")],
    ["In", x["x-versions"]?.join(", ")],
    ["Out", x["x-brownouts"] && x["x-brownouts"].map(({ from, until }) => `${from} to ${until}`).join(", ")],
    ["Until", x["x-sunset"] && `${x["x-sunset"]}, 00:00 UTC`],
    ["After", x["x-after"] && `${x["x-after"].operation}, within ${x["x-after"].withinSeconds} seconds`],
    ["Once", x["x-idempotency-key"] && `a key is remembered for a ${seconds(x["x-idempotency-key"].ttlSeconds)}`],
    ["At most", x["x-body-limit"] && `${x["x-body-limit"]} bytes`],
  ].filter(([, value]) => value);
  const factsOf = (Parameters, { React: { createElement: h, Fragment } }) => (props) =>
    h(Fragment, null,
      h("table", { className: "facts", "aria-label": "Rules of this operation" }, h("tbody", null,
        rows(props.operation.toJS()).map(([name, value]) =>
          h("tr", { key: name }, h("th", { scope: "row" }, name), h("td", null, value))))),
      h(Parameters, props));
  const facts = () => ({ wrapComponents: { parameters: factsOf } });

  // A search of paths, summaries and roles: that of Swagger UI knows the names of groups alone.
  const matches = (phrase) => (operation) =>
    [operation.get("path"), operation.getIn(["operation", "summary"]), operation.getIn(["operation", "x-required-roles"])]
      .join(" ").toLowerCase().includes(phrase.toLowerCase());
  const field = (_, { React: { createElement: h } }) => ({ layoutActions, layoutSelectors }) => {
    const phrase = layoutSelectors.currentFilter();
    const text = "Search by path, summary or role";
    const onChange = (event) => layoutActions.updateFilter(event.target.value);
    return h("div", { className: "filter-container" }, h("div", { className: "filter wrapper" },
      h("input", { className: "operation-filter-input", type: "search", "aria-label": text, placeholder: text,
        value: typeof phrase === "string" ? phrase : "", onChange })));
  };
  const search = () => ({
    wrapComponents: { FilterContainer: field },
    fn: {
      opsFilter: (groups, phrase) => groups
        .map((group) => group.set("operations", group.get("operations").filter(matches(phrase))))
        .filter((group) => group.get("operations").size > 0),
    },
  });

  // Names for those who hear the page: Swagger UI gives its choices none.
  const names = [
    ["#servers", () => "Server"],
    [".dark-mode-toggle button", () => "Light or dark"],
    ["[data-param-name] select", (one) => one.closest("[data-param-name]").dataset.paramName],
    [".examples-select-element", () => "Example"],
    [".content-type", () => "Media type"],
    ["select", () => "Choice"],
  ];
  const nameless = (which) => document.querySelectorAll(`#swagger-ui ${which}:not([aria-label])`);
  const nameAll = () => names.forEach(([which, name]) =>
    nameless(which).forEach((one) => one.setAttribute("aria-label", name(one))));
  new MutationObserver(nameAll).observe(document.getElementById("swagger-ui"), { childList: true, subtree: true });

  // As the reader's system is, also when that changes.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shade = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", shade);
  shade();

  window.ui = SwaggerUIBundle({
    urls,
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    // What it lets people try: as it has it, and QUERY.
    supportedSubmitMethods: ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"],
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [noDialog, credentials, tried, facts, search],
    filter: true,
    layout: "StandaloneLayout",
  });
})();
