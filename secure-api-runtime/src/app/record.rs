//! The record of one request, from its head to its answer.

use std::borrow::Cow;

use http::{HeaderValue, request::Parts};

use super::{
    behavior::{Rate, Watched},
    client::Client,
    headers::Common,
    load::{Measured, Rank, Shed},
    mount,
    open::OpenPlace,
    operation::Operation,
    place::{Matched, Place},
    shared::Shared,
};
use crate::{
    clock::Clock,
    error::Problem,
    inventory::live::Calls,
    limit::{AddressKey, Quota},
    metrics::Served,
    observe::{self, RequestId, Trace},
    rendered::OpenContent,
    route::PathParameters,
    serve::{Connection, Part},
};

/// The record of one request while it passes the stages: the connection it came over, if a server of ours brought it, its
/// id, the quota it was charged to, what the log is told.
pub(super) struct Record<'a> {
    pub(super) connection: Option<Connection>,
    pub(super) client: Client,
    /// The parameters of its path, until the operation takes them.
    pub(super) parameters: PathParameters,
    /// The fields that its answer has in any case: those of its place, or of its operation.
    pub(super) common: &'a Common,
    /// The bytes of content that its operation takes.
    pub(super) body_limit: usize,
    /// The path below which the app was found.
    pub(super) prefix: Cow<'a, str>,
    /// The problem of what came in the place of a request, where its head could not be read.
    pub(super) unreadable: Option<Problem>,
    /// `true` once the request's content could not be read to its end.
    pub(super) broken: bool,
    pub(super) id: RequestId,
    pub(super) trace: Trace,
    pub(super) quota: Quota,
    /// The caller, as its behavior is weighed.
    pub(super) watched: Watched,
    pub(super) seen: observe::Seen,
    /// The time of its arrival, in nanoseconds of the app's clock.
    pub(super) arrived: u64,
    /// The counts of its operation, or of what none answers.
    pub(super) served: &'a Served,
    /// Its operation in the live inventory.
    pub(super) calls: Option<&'a Calls>,
    /// `true` if that is past its sunset, or closed.
    pub(super) is_gone: bool,
    /// The fields of a request that its answers depend on, where its input reads some.
    pub(super) vary: Option<&'a HeaderValue>,
    /// The hash of its client's address.
    address: u64,
    /// Its place among the requests that run.
    running: Option<Part>,
    /// Its place among those of its operation, once it has one.
    pub(super) measured: Option<Measured<'a>>,
    /// The part that its answer has of the room for content, where it has one by now.
    held: Option<Part>,
    /// Its place among the answers that are open, where its answer stays open.
    pub(super) open: Option<OpenPlace>,
    /// The content of its answer that is made while it is sent.
    pub(super) flow: Option<OpenContent>,
}

impl<'a> Record<'a> {
    /// Begins the record of a request that was found to be for this place.
    pub(super) fn new(
        shared: &'a Shared,
        place: &'a Place,
        parts: &Parts,
        parameters: PathParameters,
        connection: Option<Connection>,
    ) -> Self {
        let client = Client::of(parts, connection, &shared.settings);
        let arrived = shared.settings.clock.monotonic_nanos();
        let number = observe::next_number();
        Self {
            connection,
            client,
            parameters,
            common: &place.common,
            body_limit: 0,
            prefix: mount::prefix(parts, shared.settings.base_url.as_ref()),
            unreadable: None,
            broken: false,
            id: RequestId::of(&parts.headers, number),
            trace: Trace::of(&parts.headers, number),
            quota: Quota::of(arrived),
            watched: Watched::default(),
            seen: observe::Seen::new(&parts.method, client.address()),
            arrived,
            served: &shared.metrics.unmatched,
            calls: None,
            is_gone: false,
            vary: None,
            address: 0,
            running: None,
            measured: None,
            held: None,
            open: None,
            flow: None,
        }
    }

    /// Returns the segment of the version that is called; empty where no operation was found.
    #[cfg(feature = "otel")]
    pub(super) fn version(&self) -> &'static str {
        self.served.version
    }

    /// Notes what an answer needs of the operation that was found.
    pub(super) fn found(&mut self, matched: &Matched<'a>, clock: &Clock) {
        if let Matched::Operation { operation, .. } = matched {
            self.body_limit = operation.body_limit;
            self.watched.calls(operation.route);
        }
        if let Matched::Operation { operation, .. } | Matched::Gone(operation) = matched {
            self.served = &operation.served;
            self.calls = Some(&operation.calls);
            self.is_gone = matches!(matched, Matched::Gone(_));
            operation.count(clock);
            self.vary = operation.reads_head.as_ref().map(|head| &head.vary);
            if let Some(own) = &operation.common {
                self.common = own;
            }
        }
    }

    /// Takes its place among the requests that run, by the address of its client.
    ///
    /// # Errors
    ///
    /// 503 where there is none.
    pub(super) fn enter(&mut self, shared: &Shared, address: &AddressKey) -> Result<(), Problem> {
        self.address = address.half();
        self.running = Some(shared.load.enter(self.address)?);
        Ok(())
    }

    /// Refuses a caller that has used up what its score leaves of its limits.
    pub(super) fn weigh(&mut self, shared: &Shared, rate: Option<&Rate>) -> Result<(), Problem> {
        let Self { watched, quota, .. } = self;
        shared.watch.as_ref().map_or(Ok(()), |watch| watch.admit(watched, quota, rate))
    }

    /// Takes its place among those of its operation, by the rank of its caller. What a client takes to send is not the operation's
    /// time.
    ///
    /// # Errors
    ///
    /// 503 where answers of the operation take too long for one more.
    pub(super) fn begin(
        &mut self,
        shared: &'a Shared,
        operation: &'a Operation,
        rank: Rank,
        has_waited: bool,
    ) -> Result<(), Problem> {
        let now = if has_waited { shared.settings.clock.monotonic_nanos() } else { self.arrived };
        let place = operation.limiter.begin(rank, now, &shared.settings.clock);
        self.measured = Some(place.ok_or_else(|| shared.load.refuse(Shed::Latency))?);
        Ok(())
    }

    /// Gives its places back at this time, in nanoseconds: it is answered, or was refused.
    pub(super) fn leave(&mut self, now: u64, refused: Option<&Problem>) {
        self.running = None;
        if let Some(measured) = self.measured.take() {
            measured.end(now, refused);
        }
    }

    /// Takes room for so many bytes of an answer. `false` where its address holds as much as is left for others, and the request
    /// may be sent again: what has changed something is answered in any case.
    pub(super) fn hold(&mut self, shared: &Shared, bytes: usize) -> bool {
        let is_safe = self.watched.route.is_none_or(|route| route.verb.is_safe());
        if bytes == 0 || !is_safe {
            return true;
        }
        let mut part = shared.load.content(self.address);
        let is_held = part.take_whole(bytes);
        self.held = is_held.then_some(part);
        is_held
    }

    /// Returns the part that so many bytes of an answer have of the room for content, until they are sent.
    pub(super) fn content(&mut self, shared: &Shared, bytes: usize) -> Option<Part> {
        self.held.take().or_else(|| {
            (bytes > 0).then(|| {
                let mut part = shared.load.content(self.address);
                part.hold(bytes);
                part
            })
        })
    }
}
