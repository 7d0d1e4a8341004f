//! One call, carried out: where it may lead, within its time, again where that is safe, and no more of the answer than its bound.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use reqwest::Response;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;
use url::Url;

use super::{
    breaker::Breakers,
    credential::Credential,
    error::{Why, leads_on},
    failure::{Failure, failed, refused},
    reach::{Reach, Resolver},
    retry::{self, Budget},
    safe::Origin,
    stated::Stated,
    traced::Sending,
};
use crate::{
    clock::Clock,
    input::media_type_of,
    metrics::CallCounts,
    outbound::{bounded, causes, whole},
};

/// The client of one service, shared by all its calls.
pub(crate) struct Connector {
    pub(super) stated: Stated,
    reach: Arc<Reach>,
    http: OnceLock<reqwest::Client>,
    breakers: Breakers,
    budget: Budget,
    counts: Arc<CallCounts>,
    clock: OnceLock<Clock>,
}

/// The facts of a service that is called.
pub(crate) struct Facts<'c> {
    pub(crate) name: &'static str,
    pub(crate) url: Option<&'c Url>,
    pub(crate) credential: &'c Credential,
    /// The hosts of one's own network that it leads to, each with its reason.
    pub(crate) internal: Vec<(String, &'static str)>,
}

/// A call that can be sent.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) url: Url,
    /// The fields that are for this service alone.
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    /// Returns what proves at this time, in seconds since 1970, who sends it: each attempt is signed with its own.
    pub(super) signed: Option<Box<dyn Fn(i64) -> HeaderMap + Send + Sync>>,
    /// The time between two attempts at least.
    pub(super) pause: Duration,
    /// `true` if sending it twice does what sending it once does.
    pub(super) is_idempotent: bool,
    /// The media type that the answer has to have; none where nothing is read of it.
    pub(super) media: Option<&'static str>,
}

impl Connector {
    pub(super) fn new(stated: Stated) -> Self {
        let counts = Arc::new(CallCounts::new(stated.name));
        Self {
            reach: Arc::new(stated.reach()),
            stated,
            http: OnceLock::new(),
            breakers: Breakers::new(Arc::clone(&counts)),
            budget: Budget::new(),
            counts,
            clock: OnceLock::new(),
        }
    }

    /// Sets the clock of the app, by which circuits close and tokens end.
    pub(crate) fn set_clock(&self, clock: &Clock) {
        // It is set once, when the app is built.
        let _ = self.clock.set(clock.clone());
        self.stated.credential.set_clock(clock);
    }

    /// Returns the facts of the service, for those who look at the app.
    pub(crate) fn facts(&self) -> Facts<'_> {
        let Stated { name, base, credential, internal, .. } = &self.stated;
        let internal = internal.iter().map(|(host, reason)| (host.to_string(), *reason));
        Facts { name, url: base.as_ref(), credential, internal: internal.collect() }
    }

    /// Returns what is counted of its calls.
    pub(crate) fn counts(&self) -> &Arc<CallCounts> {
        &self.counts
    }

    /// Returns the seconds since 1970, by that clock.
    pub(super) fn unix_seconds(&self) -> i64 {
        self.clock.get_or_init(Clock::system).unix_seconds()
    }

    fn now(&self) -> u64 {
        self.clock.get_or_init(Clock::system).monotonic_nanos()
    }

    /// Carries a call out, and returns the content of its answer.
    pub(super) async fn call(&self, call: &Call, origin: &Origin) -> Result<Vec<u8>, Why> {
        let until = origin.until.unwrap_or_else(|| Instant::now() + self.stated.whole);
        let subject = origin.subject.as_ref();
        let authorization = self.stated.credential.authorization(subject);
        let authorization = timeout_at(until, authorization).await.unwrap_or(Err(Why::TimedOut))?;
        self.budget.pay();
        let (mut retried, mut sent) = (0, 0);
        loop {
            let by = (origin, authorization.as_ref());
            let outcome = self.attempt(call, by, until, &mut sent).await;
            let failure = match outcome {
                Ok(content) => return Ok(content),
                Err(failure) => failure,
            };
            if matches!(&failure.why, Why::Status(StatusCode::UNAUTHORIZED)) {
                self.stated.credential.forget(subject);
            }
            let wait = retry::wait(retried, failure.asked).max(call.pause);
            let is_last = retried >= self.stated.retries
                || !failure.may_be_retried(call)
                || until.saturating_duration_since(Instant::now()) <= wait;
            if is_last || !self.budget.take() {
                return Err(failure.why);
            }
            self.counts.retried.add();
            sleep(wait).await;
            retried += 1;
        }
    }

    /// Sends a call once, and follows where it is led as far as the service may lead. Counts each time that something is sent.
    async fn attempt(
        &self,
        call: &Call,
        (origin, authorization): (&Origin, Option<&HeaderValue>),
        until: Instant,
        sent: &mut u32,
    ) -> Result<Vec<u8>, Failure> {
        let name = self.stated.name;
        let end = until.min(Instant::now() + self.stated.attempt);
        let mut url = call.url.clone();
        let mut hops = 0;
        loop {
            url = self.reach.checked(url).map_err(Why::Closed)?;
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Why::TimedOut.into());
            }
            // What is left of a request at its end says nothing of a service.
            let is_fair = left >= self.stated.attempt / 10;
            let host = host_of(&url);
            let permit = self.breakers.enter(&host, self.now()).map_err(Why::Open)?;
            // To another host nothing is sent that this one was to get.
            let is_own = host == host_of(&call.url) && url.scheme() == call.url.scheme();
            let http = self.http()?;
            let mut sending = Sending::begin(self, call, &url, *sent);
            *sent += 1;
            let mut request = http.request(call.method.clone(), url.clone()).timeout(left);
            if let Some(media) = call.media {
                request = request.header(header::ACCEPT, media);
            }
            if is_own {
                let traced = sending.fields(self, origin);
                request = request.headers(call.headers.clone()).headers(traced);
                if let Some(signed) = &call.signed {
                    request = request.headers(signed(self.unix_seconds()));
                }
                if let Some(value) = authorization {
                    request = request.header(header::AUTHORIZATION, value.clone());
                }
                if let Some(body) = &call.body {
                    request = request.body(body.clone());
                }
            }
            let mut answer = match request.send().instrument(sending.span()).await {
                Ok(answer) => answer,
                Err(error) => {
                    let failure = failed(&error);
                    sending.failed(&failure.why);
                    match &failure.why {
                        Why::Closed(_) => {}
                        Why::TimedOut if !is_fair => {}
                        _ => permit.failed(name, self.now()),
                    }
                    return Err(failure);
                }
            };
            let status = answer.status();
            sending.answered(status);
            if status.is_server_error() {
                permit.failed(name, self.now());
                return Err(refused(&answer));
            }
            if let Some(next) = self.next(call, &answer, hops) {
                permit.answered(name);
                url = next;
                hops += 1;
                continue;
            }
            let content = match status.is_success() {
                true => self.content(call, &mut answer).instrument(sending.span()).await,
                false => Err(refused(&answer)),
            };
            if let Err(failure) = &content {
                sending.failed(&failure.why);
            }
            match &content {
                Err(Failure { why: Why::TimedOut, .. }) if !is_fair => {}
                Err(Failure { why: Why::Network(_) | Why::TimedOut, .. }) => {
                    permit.failed(name, self.now());
                }
                _ => permit.answered(name),
            }
            return content;
        }
    }

    /// Returns the URL that an answer leads to, where it is followed.
    fn next(&self, call: &Call, answer: &Response, hops: usize) -> Option<Url> {
        if !leads_on(answer.status()) || hops >= self.stated.redirects || call.method != Method::GET
        {
            return None;
        }
        let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
        answer.url().join(location).ok()
    }

    /// Reads the content of an answer, where it is of the type and the size that it may have.
    async fn content(&self, call: &Call, answer: &mut Response) -> Result<Vec<u8>, Failure> {
        let Some(media) = call.media else { return Ok(Vec::new()) };
        let most = self.stated.most;
        let unreadable = |why: &str| Failure::from(Why::Unreadable(why.to_owned()));
        let headers = answer.headers();
        let is_plain = |coding: &HeaderValue| coding.as_bytes().eq_ignore_ascii_case(b"identity");
        // Nothing was asked for that has to be unpacked, and a little of it could be very much.
        if !headers.get_all(header::CONTENT_ENCODING).iter().all(is_plain) {
            return Err(unreadable("it is coded"));
        }
        if media_type_of(headers, &[media]).is_none() {
            return Err(unreadable("it is of another media type"));
        }
        if answer.content_length().is_some_and(|length| length > most as u64) {
            return Err(Why::TooLarge(most).into());
        }
        let content = whole(answer, most).await.map_err(|error| failed(&error))?;
        content.ok_or(Why::TooLarge(most).into())
    }

    /// Returns what connects. It is made when it is needed first, as it reads the certificates that the machine trusts.
    fn http(&self) -> Result<&reqwest::Client, Failure> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let resolver = Resolver { reach: Arc::clone(&self.reach), own: self.stated.look_up() };
        let builder = bounded()
            .dns_resolver(Arc::new(resolver))
            .connect_timeout(self.stated.connect)
            .tls_certs_merge(self.stated.roots.iter().cloned());
        let http = builder.build().map_err(|error| Why::Network(causes(&error)))?;
        Ok(self.http.get_or_init(|| http))
    }
}

fn host_of(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
