//! One operation, compiled: what of its facts a request meets, looked up once when the app is built.

mod takes;

use std::{mem, sync::Arc, time::Duration};

use axum::extract::ConnectInfo;
use http::{HeaderValue, Method, Request, request::Parts};

pub(super) use self::takes::Takes;
use self::takes::{offers, reads};
use super::{
    asked::Asked, behavior::Rate, body::Content, head::ReadsHead, headers::Common, load::Limiter,
    record::Record, shared::Shared,
};
use crate::{
    behavior::Tried,
    clock::Clock,
    error::{Problem, problem},
    flow::Passage,
    identity::{Admits, Identity, StepUp},
    input::{Drafts, Media},
    inventory::live::Calls,
    ledger::{Attempt, Begun},
    limit::{ByInput, LimitArms, Who},
    metrics::Served,
    observe::Seen,
    route::{Access, ArgumentInfo, Conditions, Context, Listing, Offers, RawForm, Route, Run},
    serve::Connection,
    session::CookieSlot,
    version::{Brownout, Day, VersionInfo},
    weakened,
};

/// One operation in one version, compiled.
pub(super) struct Operation {
    pub(super) route: &'static Route,
    pub(super) run: Run,
    pub(super) version: &'static VersionInfo,
    pub(super) version_index: usize,
    /// Its calls in the live inventory.
    pub(super) calls: Arc<Calls>,
    /// The counts of its calls.
    pub(super) served: Arc<Served>,
    /// The second from which it is deprecated.
    pub(super) deprecated: Option<i64>,
    /// The short outages that are announced before its sunset.
    brownouts: Vec<Brownout>,
    /// Shared by all versions of the operation, so that an old version is no second quota.
    pub(super) limits: Arc<LimitArms>,
    /// The rate that its limits let a caller have.
    pub(super) rate: Rate,
    pub(super) body: Takes,
    /// The media types that it answers with, in lower case.
    pub(super) offers: Offers,
    /// The media types of the body that it takes, the most exact one first.
    pub(super) reads: Vec<&'static str>,
    pub(super) reads_query: bool,
    /// The parts of the head that its input reads, where it reads some.
    pub(super) reads_head: Option<Box<ReadsHead>>,
    /// `true` if it lists page by page.
    pub(super) pages: bool,
    /// `true` if its pages link to the next one.
    links: bool,
    /// `true` if the handler takes the whole request, by an extractor of axum.
    pub(super) keeps_parts: bool,
    /// `true` if its answers stay open, so that their requests are asked again.
    pub(super) flows: bool,
    pub(super) body_limit: usize,
    /// `true` if bodies may be compressed by gzip.
    pub(super) gzip: bool,
    pub(super) deadline: Duration,
    /// The requests that may run at one time, by how long its answers take.
    pub(super) limiter: Limiter,
    /// The header fields that are the same on all its answers, where they are not those of its version's.
    pub(super) common: Option<Common>,
    /// The credentials that it admits.
    pub(super) admits: Admits,
    /// The authentication that its callers need.
    pub(super) step_up: Option<StepUp>,
    /// `true` if a service signs what it is sent, and it is done once.
    is_signed: bool,
    /// `true` if it may begin or end a session.
    pub(super) sets_session: bool,
    /// `true` if it may make credentials of the app's own.
    pub(super) lets_in: bool,
    /// `true` if pages of other sites may have a browser send it: it changes nothing, or says why.
    pub(super) cross_site: bool,
    /// The time that a finished call is kept for the operations that name it as their step.
    pub(super) precedes: Option<Duration>,
}

impl Operation {
    /// Returns the value of `Accept-Query` (RFC 10008, section 3): a list of media types as tokens of structured fields, or `None`
    /// where no body is taken.
    pub(super) fn accepts_query(&self) -> Option<HeaderValue> {
        let types = Some(self.reads.join(", ")).filter(|types| !types.is_empty())?;
        HeaderValue::from_str(&types).ok()
    }

    /// Notes for the log what a request is about.
    pub(super) fn seen(&self, seen: &mut Seen) {
        let credential = self.route.options.credential;
        seen.operation(self.route.name, self.version.segment, credential);
    }

    pub(super) fn new(
        &Listing { route, run }: &Listing,
        (version_index, version): (usize, &'static VersionInfo),
        limits: Arc<LimitArms>,
        precedes: Option<Duration>,
        shared: &Shared,
    ) -> Self {
        let settings = &shared.settings;
        let deadline = route.options.timeout.unwrap_or(settings.deadline);
        let takes = |what: fn(ArgumentInfo) -> bool| {
            route.arguments.iter().any(|describe| what(describe()))
        };
        let body = route.arguments.iter().find_map(|describe| match describe() {
            ArgumentInfo::Body { media, optional: true, .. } => Some(Takes::Perhaps(media)),
            ArgumentInfo::Body { media, .. } => Some(Takes::Input(media)),
            ArgumentInfo::RawBody(raw) => Some(Takes::Raw(route.raw_types(raw.form), raw.form)),
            ArgumentInfo::BodyExtractor(_) => Some(Takes::Anything),
            _ => None,
        });
        let extractor = takes(|argument| {
            matches!(argument, ArgumentInfo::Extractor(_) | ArgumentInfo::BodyExtractor(_))
        });
        let deprecated = route.options.deprecated;
        let common = deprecated.map(|_| Common::with(route.headers_in((version_index, version))));
        Self {
            route,
            run,
            version,
            version_index,
            calls: shared.live.watch(
                route.name,
                version.segment,
                (
                    route.deprecated_in(version).map(Day::unix_seconds),
                    route.sunset_in(version).map(Day::unix_seconds),
                ),
            ),
            served: shared.metrics.serve(route.name, version.segment),
            deprecated: route.deprecated_in(version).map(Day::unix_seconds),
            brownouts: route.brownouts_in(version),
            limits,
            rate: Rate::of(route.limits_in(shared.api).iter().flat_map(|arm| arm.limits)),
            body: body.unwrap_or(Takes::Nothing),
            offers: offers(route, version_index),
            reads: match body {
                Some(Takes::Input(media) | Takes::Perhaps(media)) => {
                    reads(media, &route.versions.table().addresses, version_index)
                }
                Some(Takes::Raw(types, _)) => types.to_vec(),
                Some(Takes::Anything) => vec!["*/*"],
                Some(Takes::Nothing) | None => Vec::new(),
            },
            links: route.options.page.is_some_and(|page| page.links.is_some()),
            // What an extractor reads of a query is its own to judge.
            reads_query: extractor || takes(|argument| matches!(argument, ArgumentInfo::Query(_))),
            reads_head: ReadsHead::of(route, &shared.vary),
            pages: takes(|argument| matches!(argument, ArgumentInfo::Paging)),
            keeps_parts: extractor,
            flows: route.answer.flows(),
            body_limit: route.body_limit().unwrap_or(settings.body_limit),
            gzip: settings.gzip,
            deadline,
            limiter: Limiter::new(
                settings.server.latency_target,
                deadline,
                settings.server.max_concurrent_requests,
            ),
            common,
            admits: {
                let public = matches!(route.access, Access::Public(_));
                shared.sources.admits(shared.api.by(route), public)
            },
            step_up: StepUp::of(route.options.acr, route.options.amr, route.options.max_age),
            is_signed: route.facts.iter().any(|(_, facts)| facts.proves_body),
            sets_session: takes(|argument| matches!(argument, ArgumentInfo::Sessions)),
            lets_in: takes(|argument| argument.lets_in()),
            cross_site: route.verb.is_safe() || route.allows("cross_site"),
            precedes,
        }
    }

    /// Refuses a request in one of the short outages that are announced.
    ///
    /// # Errors
    ///
    /// 503 until the outage is over, and not 410: a cache may keep that one, and takes it for the end (RFC 9110, section
    /// 15.5.11).
    pub(super) fn is_out(&self, clock: &Clock) -> Result<(), Problem> {
        // Most have none, and ask for no time.
        if self.brownouts.is_empty() || weakened::is("brownout") {
            return Ok(());
        }
        match Brownout::left(&self.brownouts, clock.unix_seconds()) {
            Some(left) => Err(Problem::new(&problem::BROWNOUT)
                .retry_after(left)
                .saying("an outage that was announced, before the sunset")),
            None => Ok(()),
        }
    }

    /// Returns the time by which what a handler asks of others has to be there: a tenth of its deadline before that passes, so that it can
    /// tell of a failure itself.
    #[cfg(feature = "client")]
    fn until(&self) -> Option<tokio::time::Instant> {
        tokio::time::Instant::now().checked_add(self.deadline.mul_f64(0.9))
    }

    /// Returns `true` where it takes files, of which its handler may keep some.
    pub(super) fn takes_upload(&self) -> bool {
        matches!(self.body, Takes::Input(Media::Multipart) | Takes::Raw(_, RawForm::File))
    }

    /// Builds the context that the arguments of the operation are decoded from.
    #[allow(clippy::too_many_arguments, reason = "each is made by another stage")]
    pub(super) fn context(
        &self,
        shared: &Shared,
        parts: &mut Parts,
        (identity, begun): (Option<Arc<Identity>>, Begun),
        asked: Asked,
        Content { bytes: body, spooled }: Content,
        record: &mut Record<'_>,
        passage: &Option<Arc<Passage>>,
        who: Who<'_>,
    ) -> Context {
        let Asked { query, page, only } = asked;
        let is_head = parts.method == Method::HEAD;
        Context {
            route: self.route,
            version: self.version,
            version_index: self.version_index,
            state: Arc::clone(&shared.state),
            identity,
            begun,
            parameters: mem::take(&mut record.parameters),
            query,
            asked: self.links.then(|| parts.uri.query().unwrap_or_default().into()),
            page,
            only,
            headers: if self.keeps_parts || self.flows {
                parts.headers.clone()
            } else {
                mem::take(&mut parts.headers)
            },
            is_head,
            slots: record.quota.take_slots(),
            counted: ByInput::of(&self.limits, &shared.address, who, &mut record.quota),
            body,
            spooled,
            tried: (self.route.options.credential && shared.watch.is_some()).then(Tried::default),
            drafts: Drafts::default(),
            request_id: record.id,
            trace: record.trace.clone(),
            #[cfg(feature = "client")]
            until: self.until(),
            client: record.client.address(),
            parts: self.keeps_parts.then(|| {
                let parts = if self.flows { parts.clone() } else { taken(parts) };
                Box::new(told(parts, record.connection))
            }),
            passage: passage.clone(),
            attempt: self.is_signed.then(Attempt::default),
            conditions: Conditions::default(),
            cookie: self.sets_session.then(CookieSlot::default),
            condition: None,
        }
    }
}

/// Takes the head of a request out.
fn taken(parts: &mut Parts) -> Parts {
    mem::replace(parts, Request::new(()).into_parts().0)
}

/// Adds the connection, and its peer as axum's extractors find it.
fn told(mut parts: Parts, connection: Option<Connection>) -> Parts {
    if let Some(connection) = connection {
        parts.extensions.insert(connection);
        parts.extensions.insert(ConnectInfo(connection.peer));
    }
    parts
}
