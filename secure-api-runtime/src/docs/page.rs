//! The documentation page: Swagger UI out of the binary, on a page and with scripts of our own. It loads nothing
//! from another host and runs no inline script. It asks another host only to sign in there.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use http::{HeaderValue, Uri};
use serde_json::{Value, json};
use utoipa_swagger_ui::Config;

use super::{Document, has_query};
use crate::{
    inventory::{ApiModel, IssuerKeys, IssuerSettings, SignInUrls, VersionModel},
    token::discovery_document,
};

/// Swagger UI has images inside its stylesheet (`img-src`), and one style inside its logo, which is named by its
/// hash (`style-src`): where another release has another one, a browser shows the logo in black.
const POLICY: &str = "default-src 'self'; script-src 'self'; \
     style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The files of Swagger UI that the page uses. Its own pages, which have inline scripts, are not served.
const ASSETS: [&str; 5] = [
    "swagger-ui.css",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "favicon-16x16.png",
    "favicon-32x32.png",
];

const HTML: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const SIGN_IN: &str = include_str!("sign-in.js");
const STYLE: &str = include_str!("page.css");

/// Returns the page, with and without a slash at its end, and what it loads.
pub(super) fn documents(api: &ApiModel, served: &[&VersionModel]) -> Vec<Document> {
    const SCRIPTS: &str = "text/javascript; charset=utf-8";
    let gates = gates(api);
    let policy = policy(&gates);
    let document = |path: &str, content_type: &str, body: Bytes| {
        // The media types are texts of this file or of the library's table, which are visible ASCII.
        let content_type = HeaderValue::from_str(content_type)
            .unwrap_or(HeaderValue::from_static("application/octet-stream"));
        let content_security_policy = Some(policy.clone());
        Document {
            path: path.to_owned(),
            content_type,
            content_security_policy,
            cache_control: None,
            body,
        }
    };
    let style = Bytes::from_static(STYLE.as_bytes());
    let mut documents = vec![
        document("/docs", "text/html; charset=utf-8", html(api, "docs/").into()),
        document("/docs/", "text/html; charset=utf-8", html(api, "").into()),
        document("/docs/page.js", SCRIPTS, script(api, served).into()),
        document("/docs/sign-in.js", SCRIPTS, sign_in(&gates).into()),
        document("/docs/page.css", "text/css; charset=utf-8", style),
    ];
    let config: Arc<Config<'static>> = Arc::new(Config::default());
    for name in ASSETS {
        // The names are those of the release that the library embeds; the test asks for each.
        let Ok(Some(file)) = utoipa_swagger_ui::serve(name, Arc::clone(&config)) else { continue };
        let body = match file.bytes {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => bytes.into(),
        };
        documents.push(document(&format!("/docs/{name}"), &file.content_type, body));
    }
    documents
}

/// An issuer at which the page can sign in, and the origin that it asks for that.
struct Gate {
    issuer: Value,
    origin: String,
}

/// Returns the issuers that the documents name: the pages that the app states, or those that are discovered. None where the page
/// is for a role: an issuer's window comes back from another site, so its browser brings no session, and is shown no page.
fn gates(api: &ApiModel) -> Vec<Gate> {
    let Some(settings) = &api.settings else { return Vec::new() };
    if settings.docs.role.is_some() {
        return Vec::new();
    }
    if let Some(SignInUrls { authorization, token }) = &settings.docs.issuer {
        let gate = |origin: String| Gate {
            issuer: json!({ "name": origin, "authorization": authorization, "token": token }),
            origin,
        };
        return origin(token).map(gate).into_iter().collect();
    }
    let discovered = settings.issuers.iter().filter(|issuer| issuer.keys == IssuerKeys::Discovered);
    let gate = |issuer: &IssuerSettings| {
        let discovery = discovery_document(&issuer.name);
        let issuer_of = json!({ "name": issuer.name, "discovery": discovery });
        origin(&issuer.name).map(|origin| Gate { issuer: issuer_of, origin })
    };
    discovered.filter_map(gate).collect()
}

/// Returns the origin of a URL, if it can stand in a policy: what a policy takes for more than one is none.
fn origin(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    let (scheme, authority) = (url.scheme_str()?, url.authority()?.as_str());
    let of_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    let plain = matches!(scheme, "https" | "http") && authority.bytes().all(of_host);
    plain.then(|| format!("{scheme}://{authority}"))
}

/// Returns the policy of the page: it asks this server, and the issuers that it can sign in at.
fn policy(gates: &[Gate]) -> HeaderValue {
    if gates.is_empty() {
        return HeaderValue::from_static(POLICY);
    }
    let origins: Vec<_> = gates.iter().map(|gate| &*gate.origin).collect();
    let policy = format!("{POLICY}; connect-src 'self' {}", origins.join(" "));
    // Origins are visible ASCII; the other arm lets the page ask nobody.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(POLICY))
}

/// Links are relative, so that the page still works where an app is mounted below a path.
fn html(api: &ApiModel, folder: &str) -> String {
    HTML.replace("{{title}}", &escaped(&api.name)).replace("{{folder}}", folder)
}

/// Returns the script that lists each version's document, the newest first: Swagger UI shows the first one.
fn script(api: &ApiModel, served: &[&VersionModel]) -> String {
    let versions = served.iter().rev().map(|version| {
        let preview = if version.preview { " (preview)" } else { "" };
        json!({
            "name": format!("{} {}{preview}", api.name, version.segment),
            // Of a QUERY the page knows by 3.2 alone.
            "url": if has_query(api, &version.segment) {
                format!("../openapi/3.2/{}.json", version.segment)
            } else {
                format!("../openapi/{}.json", version.segment)
            },
        })
    });
    SCRIPT.replace("[\"{{documents}}\"]", &Value::from_iter(versions).to_string())
}

/// Returns the script that signs in at these issuers.
fn sign_in(gates: &[Gate]) -> String {
    let issuers = gates.iter().map(|gate| gate.issuer.clone());
    SIGN_IN.replace("[\"{{issuers}}\"]", &Value::from_iter(issuers).to_string())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
