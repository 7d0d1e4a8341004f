//! The page for a browser, which signs in and shows who is calling. It is a plain route beside those of the API, so it says
//! itself what a page may do.

use axum::{Router, http::header, response::IntoResponse, routing::get};

/// Scripts and styles come from the desk alone, and nobody puts the page into a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the page to the routes of the API.
pub fn beside(router: Router) -> Router {
    let html = ("text/html; charset=utf-8", include_str!("page/desk.html"));
    let script = ("text/javascript; charset=utf-8", include_str!("page/desk.js"));
    let style = ("text/css; charset=utf-8", include_str!("page/desk.css"));
    router
        .route("/", get(async move || file(html)))
        .route("/desk.js", get(async move || file(script)))
        .route("/desk.css", get(async move || file(style)))
}

fn file((kind, text): (&'static str, &'static str)) -> impl IntoResponse {
    let fields = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (fields, text)
}
