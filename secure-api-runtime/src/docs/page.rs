//! The documentation page: Swagger UI out of the binary, on a page and with a script of our own. It loads nothing
//! from another host and runs no inline script.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use http::HeaderValue;
use utoipa_swagger_ui::Config;

use super::Document;
use crate::inventory::{ApiModel, VersionModel};

/// Swagger UI has images inside its stylesheet (`img-src`), and one style inside its logo, which is named by its
/// hash (`style-src`): where another release has another one, a browser shows the logo in black.
static POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self'; \
     style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; \
     object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

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
const STYLE: &str = include_str!("page.css");

/// Returns the page, with and without a slash at its end, and what it loads.
pub(super) fn documents(api: &ApiModel, served: &[&VersionModel]) -> Vec<Document> {
    let mut documents = vec![
        document("/docs", "text/html; charset=utf-8", html(api, "docs/").into()),
        document("/docs/", "text/html; charset=utf-8", html(api, "").into()),
        document("/docs/page.js", "text/javascript; charset=utf-8", script(api, served).into()),
        document("/docs/page.css", "text/css; charset=utf-8", Bytes::from_static(STYLE.as_bytes())),
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

fn document(path: &str, content_type: &str, body: Bytes) -> Document {
    // The media types are texts of this file or of the library's table, which are visible ASCII.
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    Document {
        path: path.to_owned(),
        content_type,
        content_security_policy: Some(POLICY.clone()),
        cache_control: None,
        body,
    }
}

/// Links are relative, so that the page still works where an app is mounted below a path.
fn html(api: &ApiModel, folder: &str) -> String {
    HTML.replace("{{title}}", &escaped(&api.name)).replace("{{folder}}", folder)
}

/// Returns the script that lists each version's document, the newest first: Swagger UI shows the first one.
fn script(api: &ApiModel, served: &[&VersionModel]) -> String {
    let versions = served.iter().rev().map(|version| {
        let preview = if version.preview { " (preview)" } else { "" };
        serde_json::json!({
            "name": format!("{} {}{preview}", api.name, version.segment),
            "url": format!("../openapi/{}.json", version.segment),
        })
    });
    SCRIPT.replace("[\"{{documents}}\"]", &serde_json::Value::from_iter(versions).to_string())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
