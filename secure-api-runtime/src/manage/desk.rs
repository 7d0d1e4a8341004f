//! The desk: the pages of the management listener, and what every answer of it has.

use std::{fmt, sync::Arc};

use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use hyper::body::Incoming;

use super::{
    Asked, Asker, Form, Manage, Page, Told,
    guard::Guard,
    refused::{Refused, is_suspect},
};
use crate::{
    error::{Problem, discard_panic, problem},
    observe::Audited,
    serve::{Addresses, Connection, Content, Respond, Responding},
};

/// The fields of every answer. A page that shows more than text states a policy of its own.
const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// The pages of the management listener. Clones share them.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    guard: Guard,
    pages: Vec<Page>,
    refused: Refused,
    audited: Audited,
}

impl Desk {
    /// Creates a desk with these pages, guarded as the settings have it.
    /// Returns the addresses beside it.
    pub(crate) fn new(manage: Manage, pages: Vec<Page>, audited: Audited) -> (Self, Addresses) {
        let Manage { addresses, token, hosts } = manage;
        let (guard, refused) = (Guard { token, hosts }, Refused::default());
        (Self(Arc::new(Inner { guard, pages, refused, audited })), addresses)
    }

    async fn answer(self, request: Request<Incoming>, connection: Connection) -> Response<Content> {
        let head = request.method() == Method::HEAD;
        let page = self.page(request.uri().path()).map(|page| page.path);
        let presents = request.headers().contains_key(header::AUTHORIZATION);
        let told =
            std::panic::AssertUnwindSafe(self.told(request, connection)).catch_unwind().await;
        let told = told.unwrap_or_else(|panic| {
            discard_panic(panic);
            Err(Problem::new(&problem::INTERNAL)
                .because("a page of the management listener panicked"))
        });
        let mut cause: Option<String> = None;
        let told = told.unwrap_or_else(|problem| {
            let why = cause.insert(problem.logged());
            tracing::debug!(target: "secure_api::manage", status = problem.kind().status().as_u16(), cause = &**why, "refused");
            problem.rendered()
        });
        if is_suspect(told.status(), presents) {
            self.0.refused.tell(
                told.status(),
                page,
                connection.peer,
                cause.as_deref(),
                &self.0.audited,
            );
        }
        let mut fields = HeaderMap::with_capacity(ALWAYS.len() + 4);
        fields.extend(ALWAYS);
        told.into_response(fields, head).map(Content::from)
    }

    fn page(&self, path: &str) -> Option<&Page> {
        self.0.pages.iter().find(|page| page.path == path)
    }

    async fn told(
        &self,
        request: Request<Incoming>,
        connection: Connection,
    ) -> Result<Told, Problem> {
        let (parts, body) = request.into_parts();
        let guard = &self.0.guard;
        guard.check_origin(&parts)?;
        let page = self.page(parts.uri.path());
        // Whoever has no credentials does not learn which pages there are.
        let asker = match page.is_some_and(|page| page.open) {
            true => Asker::nobody(),
            false => guard.check_credentials(&parts.headers)?,
        };
        let Some(page) = page else { return Err(Problem::new(&problem::NOT_FOUND)) };
        if let Some(allow) = page.lacks(&parts.method) {
            return Err(Problem::new(&problem::METHOD_NOT_ALLOWED).header(header::ALLOW, allow));
        }
        let form = match page.acts {
            true => Form::read(&parts.headers, body).await?,
            false => Form::default(),
        };
        let is_local = connection.peer.ip().to_canonical().is_loopback();
        Ok((page.answers)(Asked { is_local, asker, form }).await)
    }
}

impl Respond for Desk {
    fn respond(&self, request: Request<Incoming>, connection: Connection) -> Responding {
        Box::pin(self.clone().answer(request, connection))
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Desk").field(&self.0.pages).finish()
    }
}
