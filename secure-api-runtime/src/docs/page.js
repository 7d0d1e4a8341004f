// Starts Swagger UI with this API's own documents. A token that is typed in stays in the page's memory and goes
// with requests to this server only.
(() => {
  "use strict";
  // The window that comes back from an issuer shows nothing.
  if (new URLSearchParams(location.search).has("state")) {
    return;
  }
  const here = document.currentScript.src;
  const documents = ["{{documents}}"];
  const urls = documents.map(({ name, url }) => ({ name, url: new URL(url, here).href }));
  const token = document.getElementById("token");

  const authorized = (request) => {
    const ours = new URL(request.url, here).origin === new URL(here).origin;
    const value = token.value.trim();
    if (ours && value && !request.loadSpec) {
      request.headers.Authorization = `Bearer ${value}`;
    }
    return request;
  };

  // Swagger UI's own dialog would send people to the issuer and back to a page with an inline script.
  const noDialog = () => ({
    wrapComponents: { authorizeBtn: () => () => null, authorizeOperationBtn: () => () => null },
  });

  window.ui = SwaggerUIBundle({
    urls,
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    requestInterceptor: authorized,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [noDialog],
    layout: "StandaloneLayout",
  });
})();
