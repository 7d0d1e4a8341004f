//! Closing and opening by hand: the forms for it, and what answers them.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::{HeaderValue, StatusCode, header};

use super::{
    Closed, Console, Look, Place, Sheet,
    csrf::CsrfTokens,
    frame::page,
    html::{Html, all, element, single, text},
    parts::{code, link},
};
use crate::{
    error::{Problem, problem},
    inventory::{
        is_obeyed,
        live::{Act, Unchanged},
    },
    manage::{Asked, Page, Told, plain},
    reason::is_sentence,
};

/// The longest reason, in letters.
const LONGEST: usize = 300;

/// An act of whoever runs the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Close,
    Open,
}

/// The maker of forms at one time.
pub(super) struct Forms<'a> {
    pub(super) csrf: &'a CsrfTokens,
    pub(super) now: i64,
}

impl Deed {
    /// Returns the page that takes its form.
    pub(super) fn page(self, console: Arc<Console>) -> Page {
        Page::act(self.path(), move |asked| {
            let console = Arc::clone(&console);
            Box::pin(async move { self.done(&console, asked).await })
        })
    }

    fn path(self) -> &'static str {
        match self {
            Self::Close => "/console/close",
            Self::Open => "/console/open",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Open => "open",
        }
    }

    /// Does what a form says, and sends its sender to the list of what was done.
    fn done(self, console: &Console, asked: Asked) -> BoxFuture<'_, Told> {
        Box::pin(async move {
            let look = console.source.look().await;
            let Asked { asker, form, .. } = asked;
            let operation = form.field("operation").unwrap_or_default();
            let reason = form.field("reason").unwrap_or_default().trim();
            let token = form.field("csrf_token").unwrap_or_default();
            // A program says its token itself, which no page of another site can have it do.
            if !asker.is_program && !console.csrf.holds(token, self.name(), operation, look.now) {
                let problem = Problem::new(&problem::FORBIDDEN)
                    .saying("the form is not of this console, or too old: load its page again");
                return problem.rendered();
            }
            // It stands in the log, where nobody's marks turn a line around.
            let is_plain = !reason.chars().any(is_obeyed);
            if !(is_sentence(reason) && is_plain && reason.chars().count() <= LONGEST) {
                let why = "Say why, in a sentence of three words or more that somebody can judge.";
                let form = Forms { csrf: &console.csrf, now: look.now };
                let again = form.form(self, operation, reason);
                return self.refused(StatusCode::UNPROCESSABLE_ENTITY, &look, why, again);
            }
            let act = Act { operation, reason, by: &asker.name };
            match console.source.act(act, self == Self::Open).await {
                Ok(true) => to(Closed::PATH),
                Ok(false) => {
                    let why = "It is done on this machine, and could not be kept yet: that is tried again at each look, while the app runs. The log says why.";
                    told(StatusCode::INTERNAL_SERVER_ERROR, &look, "It was not kept", why, all([]))
                }
                Err(unchanged) => {
                    let (status, why) = self.unchanged(unchanged);
                    self.refused(status, &look, why, all([]))
                }
            }
        })
    }

    fn unchanged(self, unchanged: Unchanged) -> (StatusCode, &'static str) {
        match (unchanged, self) {
            (Unchanged::Unknown, _) => (StatusCode::NOT_FOUND, "There is no such operation."),
            (Unchanged::Already, Self::Close) => (StatusCode::CONFLICT, "It is closed already."),
            (Unchanged::Already, Self::Open) => (StatusCode::CONFLICT, "It is not closed."),
            (Unchanged::Configured, _) => (
                StatusCode::CONFLICT,
                "The program closes it, so it is not opened here: remove its close(…) and start the app again.",
            ),
        }
    }

    fn refused(self, status: StatusCode, look: &Look, why: &str, again: Html) -> Told {
        let title = match self {
            Self::Close => "It was not closed",
            Self::Open => "It was not opened",
        };
        told(status, look, title, why, again)
    }
}

impl Forms<'_> {
    /// Returns the form that closes an operation.
    pub(super) fn close(&self, operation: &str) -> Html {
        self.form(Deed::Close, operation, "")
    }

    /// Returns the form that opens it.
    pub(super) fn open(&self, operation: &str) -> Html {
        self.form(Deed::Open, operation, "")
    }

    fn form(&self, deed: Deed, operation: &str, reason: &str) -> Html {
        let name = deed.name();
        let token = self.csrf.of(name, operation, self.now);
        let hidden =
            |name, value| single("input", &[("type", "hidden"), ("name", name), ("value", value)]);
        let (most, hint) = (LONGEST.to_string(), format!("{name}-{operation}-hint"));
        let reason = single(
            "input",
            &[
                ("name", "reason"),
                ("value", reason),
                ("required", ""),
                ("maxlength", &most),
                ("autocomplete", "off"),
                ("aria-describedby", &hint),
            ],
        );
        let words = match deed {
            Deed::Close => "Close ",
            Deed::Open => "Open ",
        };
        let label = format!("Reason to {name} it");
        element(
            "form",
            &[("class", "act"), ("method", "post"), ("action", deed.path())],
            [
                hidden("operation", operation),
                hidden("csrf_token", &token),
                element("label", &[], [text(&label), reason]),
                element("button", &[], [text(words), code(operation)]),
                element(
                    "p",
                    &[("id", &hint)],
                    text(
                        "A sentence of three words or more. It stands in the log, with who gave it.",
                    ),
                ),
            ],
        )
    }
}

/// Makes the answer to a form that did not do what it was for.
fn told(status: StatusCode, look: &Look, title: &'static str, why: &str, again: Html) -> Told {
    let place = Place { title, path: Closed::PATH, json: None };
    let content = [
        element("p", &[("class", "wrong"), ("role", "alert")], text(why)),
        again,
        element("p", &[], link(Closed::PATH, "Closed operations")),
    ];
    page(status, look, place, all(content))
}

/// Makes the answer that sends a browser to another page.
pub(super) fn to(path: &'static str) -> Told {
    let mut told = plain(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "");
    told.field(header::LOCATION, HeaderValue::from_static(path));
    told
}
