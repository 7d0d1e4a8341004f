//! The documents and their page, as an app serves them.

use http::HeaderValue;
use serde_json::{Value, json};

use crate::{
    docs::{Docs, documents, openapi_json},
    inventory::{ApiModel, LimitModel, Settings, tests::shop::API},
    limit,
    verb::Verb,
};

/// Serves the small API with these documents.
fn served(docs: &Docs) -> ApiModel {
    let settings = Settings {
        hosts: Vec::new(),
        base_url: None,
        credentials: Vec::new(),
        dpop: None,
        client_certificates: false,
        standing_seconds: None,
        upstreams: Vec::new(),
        proxies: Vec::new(),
        forwarded: None,
        proxy_protocol: false,
        behavior: None,
        origins: Vec::new(),
        address_limit: LimitModel::from(&limit::Limit::per_address(1).per_second()),
        limit_scale: 1,
        body_limit: 1,
        gzip: false,
        deadline_seconds: 1.0,
        most_open: 1,
        issuers: Vec::new(),
        previews: Vec::new(),
        docs: docs.settings().clone(),
        served: Vec::new(),
    };
    ApiModel { settings: Some(settings), ..API.model() }
}

// R41: with a scheme that has scopes, each of the least roles is an alternative.
#[test]
fn pages_of_an_issuer_that_are_stated_are_named() {
    let docs = Docs::open("the tests read them")
        .issuer("https://login.example/authorize", "https://login.example/token");
    let served = documents(&served(&docs));
    let v2 = served.iter().find(|document| document.path == "/openapi/v2.json").expect("v2");
    let document: Value = serde_json::from_slice(&v2.body).expect("JSON");
    let security = |path: &str, verb: &str| document["paths"][path][verb]["security"].clone();
    assert_eq!(security("/v2/orders", "get"), json!([{ "oauth2": ["customer"] }]));
    assert_eq!(
        security("/v2/orders/{order}", "delete"),
        json!([{ "oauth2": ["admin"] }, { "oauth2": ["auditor"] }]),
        "either is enough"
    );
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes.as_object().map(serde_json::Map::len), Some(1));
    let flow = &schemes["oauth2"]["flows"]["authorizationCode"];
    assert_eq!(flow["authorizationUrl"], "https://login.example/authorize");
    for url in ["tokenUrl", "refreshUrl"] {
        assert_eq!(flow[url], "https://login.example/token");
    }
    assert_eq!(flow["scopes"]["customer"], "The role Customer. Included in: support, admin.");
    let text = schemes["oauth2"]["description"].as_str();
    assert!(text.is_some_and(|text| text.contains("RFC8725")));
}

// R41: also where a scheme cannot say of which roles.
#[test]
fn operations_of_admins_demand_what_no_other_does() {
    let mut model = API.model();
    let deletion = model.operations.iter_mut().find(|operation| operation.verb == Verb::Delete);
    deletion.expect("a deletion").path = "/admin/orders/{order}".to_owned();
    let document: Value =
        serde_json::from_str(&openapi_json(&model, "v2").expect("v2")).expect("JSON");
    let security = |path: &str, verb: &str| document["paths"][path][verb]["security"].clone();
    assert_eq!(security("/v2/admin/orders/{order}", "delete"), json!([{ "BearerOfAdmins": [] }]));
    assert_eq!(security("/v2/orders", "get"), json!([{ "Bearer": [] }]));
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");
    assert_eq!(schemes["BearerOfAdmins"], schemes["Bearer"]);
    assert_eq!(schemes.len(), 2);
}

// R102 in part: the documents.
#[test]
fn documents_are_served_only_where_that_was_said() {
    assert!(documents(&served(&Docs::off())).is_empty());
    assert_eq!(documents(&served(&Docs::while_developing())).is_empty(), !cfg!(debug_assertions));
    let served = documents(&served(&Docs::open("the tests read them")));
    let at = |path: &str| served.iter().find(|document| document.path == path);
    let v1 = at("/openapi/v1.json").expect("v1 is served");
    assert_eq!(v1.content_type, "application/json");
    assert!(v1.content_security_policy.is_none());
    assert!(at("/openapi/v2.json").is_some());
}

#[cfg(feature = "docs-ui")]
#[test]
fn the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline() {
    let served = documents(&served(&Docs::open("the tests read them")));
    let at = |path: &str| served.iter().find(|document| document.path == path).expect(path);
    for path in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-ui-standalone-preset.js",
        "favicon-16x16.png",
        "favicon-32x32.png",
        "page.css",
        "page.js",
        "sign-in.js",
    ] {
        assert!(!at(&format!("/docs/{path}")).body.is_empty());
    }
    for (path, folder) in [("/docs", "docs/"), ("/docs/", "")] {
        let page = at(path);
        let html = String::from_utf8_lossy(&page.body);
        assert!(html.contains("<title>Shop</title>"), "{html}");
        assert!(html.contains(&format!("src=\"{folder}page.js\"")), "{html}");
        for foreign in ["http:", "https:", "//", "{{", "<script>", "onload=", "style="] {
            assert!(!html.contains(foreign), "{path} has {foreign}");
        }
        let policy = page.content_security_policy.as_ref().and_then(|policy| policy.to_str().ok());
        let policy = policy.expect("the page has a policy");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        for loose in ["http", "unsafe", "*"] {
            assert!(!policy.contains(loose), "{policy}");
        }
    }
    let script = String::from_utf8_lossy(&at("/docs/page.js").body).into_owned();
    assert!(
        script.contains(r#"[{"name":"Shop v2","url":"../openapi/v2.json"},{"name":"Shop v1""#),
        "{script}"
    );
    assert_eq!(
        at("/docs/page.js").content_type,
        HeaderValue::from_static("text/javascript; charset=utf-8")
    );
}

// Credentials that are typed in stay in the memory of the page, whatever the document names.
#[cfg(feature = "docs-ui")]
#[test]
fn the_page_keeps_credentials_nowhere_and_shows_a_field_only_where_one_is_named() {
    let served = documents(&served(&Docs::open("the tests read them")));
    let text = |path: &str| {
        let found = served.iter().find(|document| document.path == path).expect(path);
        String::from_utf8_lossy(&found.body).into_owned()
    };
    let html = text("/docs");
    for hidden in ["<div id=\"tokens\" hidden>", "<div id=\"keys\"></div>"] {
        assert!(html.contains(hidden), "{html}");
    }
    for script in ["/docs/page.js", "/docs/sign-in.js"] {
        let script = text(script);
        for kept in [
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "pushState",
            "innerHTML",
        ] {
            assert!(!script.contains(kept), "{kept}");
        }
    }
    assert!(!text("/docs/page.js").contains("persistAuthorization"));
}

/// Returns the policy and the script of signing in.
#[cfg(feature = "docs-ui")]
fn signing_in(api: &ApiModel) -> (String, String) {
    let served = documents(api);
    let at = |path: &str| served.iter().find(|document| document.path == path).expect(path);
    let policy = at("/docs").content_security_policy.as_ref().expect("a policy");
    let script = String::from_utf8_lossy(&at("/docs/sign-in.js").body).into_owned();
    (policy.to_str().expect("ASCII").to_owned(), script)
}

#[cfg(feature = "docs-ui")]
#[test]
fn the_page_asks_an_issuer_that_the_documents_name_and_nobody_else() {
    let nobody = served(&Docs::open("the tests read them"));
    let (policy, script) = signing_in(&nobody);
    assert!(!policy.contains("connect-src") && script.contains("issuers = [];"), "{policy}");

    let named = |authorization: &str, token: &str| {
        signing_in(&served(&Docs::open("the tests read them").issuer(authorization, token)))
    };
    let (policy, script) =
        named("https://login.example/authorize", "https://tokens.example:8443/token?a");
    assert!(policy.ends_with("; connect-src 'self' https://tokens.example:8443"), "{policy}");
    assert!(script.contains(r#""authorization":"https://login.example/authorize""#), "{script}");
    // What is no origin opens nothing.
    for token in [
        "/token",
        "https:",
        "javascript:alert(1)",
        "https://a@login.example/token",
        "https://*/token",
        "https://*.example/token",
        "https://login.example;script-src/token",
        "https://login.example,https://evil.example",
        "data:text/plain,a",
    ] {
        let (policy, script) = named("https://login.example/authorize", token);
        assert!(!policy.contains("connect-src"), "{token}: {policy}");
        assert!(script.contains("issuers = [];"), "{token}");
    }

    let mut discovered = nobody;
    let issuer = |name: &str, keys: &str| {
        let issuer = json!({
            "name": name, "keys": keys, "roles_claim": "roles", "leeway_seconds": 30.0, "for_tests": false,
        });
        serde_json::from_value(issuer).expect("an issuer")
    };
    if let Some(settings) = &mut discovered.settings {
        settings.issuers = vec![
            issuer("https://login.example/realms/shop/", "discovered"),
            issuer("https://stated.example", "stated"),
        ];
    }
    let (policy, script) = signing_in(&discovered);
    assert!(policy.ends_with("; connect-src 'self' https://login.example"), "{policy}");
    let at = "https://login.example/realms/shop/.well-known/openid-configuration";
    assert!(script.contains(&format!(r#""discovery":"{at}""#)), "{script}");
    assert!(!script.contains("stated.example"), "{script}");
}
