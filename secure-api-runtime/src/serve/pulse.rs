//! The detector of idle connections.
//!
//! hyper bounds the header section of HTTP/1.1, by a timer for each request, and nothing else: not the first bytes that
//! tell the protocol, not an HTTP/2 connection without requests, not a response that nobody reads. This bounds all of them
//! by counting, and looks at the counts a few times in the time that is allowed: a request costs no timer.

mod answering;
mod unread;
mod watched;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderValue, Response, header};
use http_body_util::{Either, Full};
use tokio::time::{Instant, sleep};

pub(super) use self::watched::Watched;
use self::{
    answering::{Answering, Kept},
    unread::Unread,
};
use super::{
    respond::{Content, EndsBy},
    room::Part,
};

/// The counts of what happens on one connection.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    /// Writes that took bytes.
    written: AtomicU64,
    /// The client takes no more bytes for now.
    blocked: AtomicBool,
    begun: AtomicU64,
    ended: AtomicU64,
    /// Requests that got an answer; one that its client took back has none.
    answered: AtomicU64,
    /// Answers that were written to the end over HTTP/1.1.
    told: AtomicU64,
    /// Responses whose bodies are still there.
    answering: AtomicU64,
    http2: AtomicBool,
    /// The server stops, and each answer over HTTP/1.1 is the last one here.
    closes: AtomicBool,
    /// The time at which the answer over HTTP/1.1 ends at the latest, where it has one.
    ends_by: Mutex<Option<Instant>>,
    /// Content that HTTP/2 is given to write, and when.
    unread: Unread,
    /// The part that the content has which HTTP/1.1 is writing.
    writing: Mutex<Option<Part>>,
}

/// A request being handled, until it is dropped.
#[derive(Debug)]
pub(super) struct Handling(Arc<Pulse>);

/// A count, and the time at which it was last another one.
struct Last<T> {
    seen: T,
    at: Instant,
}

impl<T: PartialEq> Last<T> {
    fn new(seen: T) -> Self {
        Self { seen, at: Instant::now() }
    }

    /// Returns the time since it was another one than this.
    fn since(&mut self, now: T) -> Duration {
        if now != self.seen {
            *self = Self::new(now);
        }
        self.at.elapsed()
    }
}

impl Pulse {
    /// Counts a request over this protocol, which is handled for as long as the result lives.
    pub(super) fn handle(self: &Arc<Self>, version: http::Version) -> Handling {
        self.http2.store(version == http::Version::HTTP_2, Relaxed);
        self.begun.fetch_add(1, Relaxed);
        Handling(Arc::clone(self))
    }

    /// Completes when the connection has had no request by the end of `header`, or later when it shows no sign of life
    /// for as long as it may: a quarter late at most.
    ///
    /// A request that is handled is one, and content that is taken. Bytes that are sent are none: over HTTP/1.1 they are a header
    /// section that has to be complete within `header`, or content, for which its operation has a deadline; over HTTP/2 anybody
    /// can send frames that ask for nothing. Over HTTP/2 no answer waits for longer than `idle` to be read, whatever else is
    /// asked meanwhile. A client that has yet to get or to read what it is sent has `idle` for it, and so has whoever is silent
    /// over HTTP/2.
    pub(super) async fn stops(&self, header: Duration, idle: Duration) {
        const LOOKS: u32 = 4;

        let every = header.min(idle) / LOOKS;
        let opened = Instant::now();
        let (mut life, mut reading) = (Last::new(self.signs()), Last::new(self.unread.signs()));
        loop {
            sleep(every).await;
            if self.http2.load(Relaxed) {
                let stuck = reading.since(self.unread.signs());
                let owes = self.unread.owed.load(Relaxed) != 0;
                if owes && stuck >= idle || self.unread.longest(every) >= idle {
                    return;
                }
            }
            // Its body is not asked while the client takes nothing, and a byte a minute is a sign of life. Over HTTP/2 what is read
            // so slowly was seen above.
            if self.ends_by().is_some_and(|end| end <= Instant::now()) {
                return;
            }
            let begun = self.begun.load(Relaxed);
            let silent = life.since(self.signs());
            if begun != self.ended.load(Relaxed) {
                life = Last::new(self.signs());
                continue;
            }
            // Whoever has asked for nothing yet shows no sign by anything else.
            if begun == 0 {
                if opened.elapsed() >= header {
                    return;
                }
                continue;
            }
            let waits = self.http2.load(Relaxed)
                || self.blocked.load(Relaxed)
                || self.answering.load(Relaxed) != 0;
            if silent >= if waits { idle } else { header } {
                return;
            }
        }
    }

    /// Has each answer say from now on that nothing else is answered here, and returns `true` if the protocol says so by itself.
    pub(super) fn close(&self) -> bool {
        self.closes.store(true, Relaxed);
        self.http2.load(Relaxed)
    }

    /// Returns `true` if all answers that were given over HTTP/1.1 are written: what is written next belongs to none of them.
    pub(super) fn is_told(&self) -> bool {
        self.told.load(Relaxed) == self.answered.load(Relaxed)
            && self.answering.load(Relaxed) == 0
            && !self.http2.load(Relaxed)
    }

    /// Returns the number of requests that have no whole answer yet.
    pub(super) fn running(&self) -> u64 {
        let handled = self.begun.load(Relaxed).saturating_sub(self.ended.load(Relaxed));
        handled + self.answering.load(Relaxed)
    }

    /// Returns the counts that grow while a connection is alive.
    fn signs(&self) -> [u64; 5] {
        let [handed, taken, cleared] = self.unread.signs();
        let written = if self.http2.load(Relaxed) { taken } else { self.written.load(Relaxed) };
        [written, handed, cleared, self.begun.load(Relaxed), self.ended.load(Relaxed)]
    }

    /// Returns the number of frames that what was asked for so far accounts for: to ask, to open windows for the content of the
    /// answer, to acknowledge.
    fn frames(&self) -> u64 {
        const ANSWER: u64 = 32;
        const PIECE: u64 = 4;
        const KILOBYTE: u64 = 1;

        let [pieces, _, _] = self.unread.signs();
        ANSWER * self.answered.load(Relaxed) + PIECE * pieces + KILOBYTE * self.unread.kilobytes()
    }

    fn ends_by(&self) -> MutexGuard<'_, Option<Instant>> {
        self.ends_by.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writing(&self) -> MutexGuard<'_, Option<Part>> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrote(&self, bytes: usize) {
        count(&self.written);
        if self.http2.load(Relaxed) {
            self.unread.wrote(bytes);
        }
    }
}

impl Handling {
    /// Ends the handling of a request by its response, whose body counts as long as it is there.
    pub(super) fn answer(self, mut response: Response<Content>) -> Response<Answering> {
        let pulse = Arc::clone(&self.0);
        pulse.answered.fetch_add(1, Relaxed);
        pulse.answering.fetch_add(1, Relaxed);
        let http2 = pulse.http2.load(Relaxed);
        if !http2 && pulse.closes.load(Relaxed) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let waits = http2.then(|| pulse.unread.waits(None));
        let ends_by = response.extensions().get::<EndsBy>().filter(|_| !http2);
        let ends = ends_by.is_some();
        if let Some(EndsBy(end)) = ends_by {
            *pulse.ends_by() = Some(*end);
        }
        response.map(|content| {
            let (body, part) = match content {
                // HTTP/2 takes all of it as soon as there is room for a byte, and keeps it until the last one is sent.
                Content::Whole(bytes, Some(part)) if http2 => {
                    (Either::Left(Full::new(Bytes::from_owner(Kept { bytes, _part: part }))), None)
                }
                Content::Whole(bytes, part) => (Either::Left(Full::new(bytes)), part),
                Content::Made(body) => (Either::Right(body), None),
            };
            Answering { body, pulse, waits, ends, part }
        })
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Relaxed);
    }
}

/// Counts one more. Only the task that drives the connection does, so that no other is waited for.
fn count(counter: &AtomicU64) {
    counter.store(counter.load(Relaxed).wrapping_add(1), Relaxed);
}

#[cfg(test)]
mod tests;
