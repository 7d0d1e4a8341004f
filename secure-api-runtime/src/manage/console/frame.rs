//! The frame of every page of the console: its head, the list of pages, and the fields of its answer.

use http::{HeaderValue, StatusCode, header};

use super::{
    Look, PAGES,
    html::{Html, all, element, single, text},
    parts::{link, time},
};
use crate::manage::{Told, plain};

/// The policy of a page: it loads its style and its icon from here, sends its forms here, and runs no script at all.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The style of all pages.
pub(super) const STYLE: &str = include_str!("style.css");

/// The icon of all pages.
pub(super) const ICON: &str = include_str!("icon.svg");

/// The page that a reader is on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) title: &'static str,
    /// The path in the list of pages.
    pub(super) path: &'static str,
    /// The path of the same facts as JSON, where there are any.
    pub(super) json: Option<&'static str>,
}

/// Makes the answer that is a page.
pub(super) fn page(status: StatusCode, look: &Look, place: Place, content: Html) -> Told {
    let document = framed(look, place, content).document();
    let mut told = plain(status, "text/html; charset=utf-8", document);
    told.field(header::CONTENT_SECURITY_POLICY, POLICY);
    // With `no-referrer` a browser sends `Origin: null` with the page's own form, which is refused as another site's.
    told.field(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    told
}

fn framed(look: &Look, place: Place, content: Html) -> Html {
    let name = &look.model.name;
    let title = format!("{} – {name} console", place.title);
    let head = element(
        "head",
        &[],
        [
            single("meta", &[("charset", "utf-8")]),
            single(
                "meta",
                &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")],
            ),
            single("meta", &[("name", "color-scheme"), ("content", "light dark")]),
            element("title", &[], text(&title)),
            single("link", &[("rel", "icon"), ("href", "/console/icon.svg")]),
            single("link", &[("rel", "stylesheet"), ("href", "/console/style.css")]),
        ],
    );
    let entry = |(path, words): &(&'static str, &'static str)| {
        let link = match *path == place.path {
            true => element("a", &[("href", path), ("aria-current", "page")], text(words)),
            false => link(path, words),
        };
        element("li", &[], link)
    };
    let pages = element("ul", &[], PAGES.iter().map(entry));
    let header = element(
        "header",
        &[],
        [
            element(
                "p",
                &[("class", "name")],
                [text(name), element("span", &[], text(" console"))],
            ),
            element("nav", &[("aria-label", "Pages")], pages),
        ],
    );
    let json = place.json.map(|json| all([text(" The same "), link(json, "as JSON"), text(".")]));
    let footer = element(
        "footer",
        &[],
        element(
            "p",
            &[],
            [
                text("As of "),
                time(look.now),
                text(", since this app began to watch at "),
                time(look.live.since),
                text(". Load the page again for news."),
                all(json),
            ],
        ),
    );
    let main = element("main", &[("id", "main")], [element("h1", &[], text(place.title)), content]);
    let skip = element("a", &[("class", "skip"), ("href", "#main")], text("Skip to the content"));
    let body = element("body", &[], [skip, header, main, footer]);
    element("html", &[("lang", "en")], [head, body])
}
