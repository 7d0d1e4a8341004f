//! The console: the pages of the management listener that people read, and the acts of those who run the app.
//!
//! Each page has a file. It is a type that is made of a [`Look`] and nothing else, is told as JSON by its fields, and as HTML by
//! [`Sheet::html`]. No page has a script.

mod acts;
mod closed;
mod csrf;
mod ends;
mod exceptions;
mod frame;
mod html;
mod limits;
mod look;
mod matrix;
mod operations;
mod parts;
mod scores;
mod start;
#[cfg(test)]
mod tests;
mod traffic;
mod unexpected;

use std::sync::Arc;

use http::StatusCode;
use serde::Serialize;

pub(crate) use self::look::{Look, Points, Score, Source};
use self::{
    acts::{Deed, Forms, to},
    closed::Closed,
    csrf::CsrfTokens,
    ends::Ends,
    exceptions::Exceptions,
    frame::{ICON, Place, STYLE, page},
    html::Html,
    limits::LimitsReached,
    matrix::Matrix,
    operations::Operations,
    scores::Scores,
    start::Start,
    traffic::Traffic,
    unexpected::Unexpected,
};
use super::{Page, plain};

/// The pages in the list at the head of each, with the words for them.
const PAGES: [(&str, &str); 10] = [
    (Start::PATH, "Start"),
    (Operations::PATH, "Operations"),
    (Traffic::PATH, "Traffic"),
    (Unexpected::PATH, "Unexpected"),
    (LimitsReached::PATH, "Limits"),
    (Scores::PATH, "Scores"),
    (Ends::PATH, "Versions"),
    (Matrix::PATH, "Matrix"),
    (Exceptions::PATH, "Exceptions"),
    (Closed::PATH, "Closed"),
];

/// One page: its facts, and their form for people.
trait Sheet: Serialize + Sized {
    const TITLE: &'static str;
    const PATH: &'static str;
    /// The path of the same facts as JSON.
    const JSON: &'static str;

    /// Takes its facts out of a look.
    fn of(look: &Look) -> Self;

    /// Shows them.
    fn html(&self, forms: &Forms<'_>) -> Html;
}

/// The console of an app.
struct Console {
    source: Box<dyn Source>,
    csrf: CsrfTokens,
}

/// Returns the pages of the console of this app.
pub(crate) fn pages(source: Box<dyn Source>) -> Vec<Page> {
    let console = Arc::new(Console { source, csrf: CsrfTokens::new() });
    let file = |path, media, text: &'static str| {
        Page::read(path, move |_| Box::pin(async move { plain(StatusCode::OK, media, text) }))
    };
    let mut pages = vec![
        Page::read("/", |_| Box::pin(async { to(Start::PATH) })),
        file("/console/style.css", "text/css; charset=utf-8", STYLE),
        file("/console/icon.svg", "image/svg+xml", ICON),
        Deed::Close.page(Arc::clone(&console)),
        Deed::Open.page(Arc::clone(&console)),
    ];
    pages.extend(sheet::<Start>(&console));
    pages.extend(sheet::<Operations>(&console));
    pages.extend(sheet::<Traffic>(&console));
    pages.extend(sheet::<Unexpected>(&console));
    pages.extend(sheet::<LimitsReached>(&console));
    pages.extend(sheet::<Scores>(&console));
    pages.extend(sheet::<Ends>(&console));
    pages.extend(sheet::<Matrix>(&console));
    pages.extend(sheet::<Exceptions>(&console));
    pages.extend(sheet::<Closed>(&console));
    pages
}

/// Returns a page, for people and for programs.
fn sheet<S: Sheet>(console: &Arc<Console>) -> [Page; 2] {
    let (people, programs) = (Arc::clone(console), Arc::clone(console));
    let html = Page::read(S::PATH, move |_| {
        let console = Arc::clone(&people);
        Box::pin(async move {
            let look = console.source.look().await;
            let forms = Forms { csrf: &console.csrf, now: look.now };
            let content = S::of(&look).html(&forms);
            let place = Place { title: S::TITLE, path: S::PATH, json: Some(S::JSON) };
            page(StatusCode::OK, &look, place, content)
        })
    });
    let json = Page::read(S::JSON, move |_| {
        let console = Arc::clone(&programs);
        Box::pin(async move {
            let look = console.source.look().await;
            // Facts are names, numbers and lists of those, which are written without a failure.
            let facts = serde_json::to_vec(&S::of(&look)).unwrap_or_default();
            plain(StatusCode::OK, "application/json", facts)
        })
    });
    [html, json]
}
