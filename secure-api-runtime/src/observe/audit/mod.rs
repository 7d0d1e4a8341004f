//! Audit events: what concerns security, as a stream of JSON of its own, in the words of OWASP's logging vocabulary.
//!
//! It stands beside the log: no filter of the log silences it, and nobody is named in it. `stream` holds what is to be written,
//! `place` is where to.

mod event;
mod place;
mod stream;

use std::{
    fmt, io,
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jiff::fmt::temporal::DateTimePrinter;

pub(crate) use self::event::Event;
use self::{
    event::Line,
    place::Place,
    stream::{Stream, Writes},
};
use crate::{clock::Clock, error::StartProblem};

/// The audit stream of an app: each event that concerns security as a line of JSON.
///
/// ```
/// use secure_api::{app::AppBuilder, observe::Audit};
///
/// fn audited(app: AppBuilder) -> AppBuilder {
///     app.audit(Audit::file("/var/log/shop/audit.jsonl"))
/// }
/// ```
///
/// A line names nobody: subjects and addresses are hashes, keyed by the app's secret, which it therefore has.
pub struct Audit(Place);

impl Audit {
    /// Writes to the end of a file, which is made where it is not there, for its owner alone. Where it was moved away, as rotation of
    /// logs does, another one is begun.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Place::File { path: path.into(), open: None })
    }

    /// Writes to the standard output, which containers collect, and which the log of [`init`](super::init) leaves free.
    pub fn stdout() -> Self {
        Self(Place::Other(Box::new(io::stdout())))
    }

    /// Writes to anything else, on a thread of its own: whole lines, each batch of them flushed.
    pub fn to(writer: impl io::Write + Send + 'static) -> Self {
        Self(Place::Other(Box::new(writer)))
    }

    /// Makes the stream, which is not begun: nothing is written, and no file is made. A hash of texts, the first of which says what
    /// they name, stands for each caller.
    ///
    /// # Errors
    ///
    /// SA237 where its file cannot be written.
    pub(crate) fn ready(
        self,
        app: &'static str,
        clock: Clock,
        hash: impl Fn(&[&str]) -> String + Send + Sync + 'static,
    ) -> Result<Audited, StartProblem> {
        let Self(place) = self;
        place.probe().map_err(|error| unwritable(&place, &error))?;
        let line: Writes = Box::new(move |event| line(app, &clock, event));
        let begins = Mutex::new(Some((place, line)));
        let (stream, hash) = (OnceLock::new(), Box::new(hash));
        Ok(Audited(Some(Arc::new(Inner { begins, stream, hash }))))
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Audit({})", self.0)
    }
}

/// The first text of the hash of a subject, in the log as here.
pub(crate) const SUBJECT: &str = "subject in the log";

fn unwritable(place: impl fmt::Display, error: &io::Error) -> StartProblem {
    StartProblem {
        code: "SA237",
        text: format!("the audit stream cannot be written to {place}: {error}"),
        help: "name a file for `Audit::file(\"…\")` that the app may write, in a folder that is there",
    }
}

/// Times of lines, each with six digits behind its second: texts of one length are in the order of their times.
const TIMES: DateTimePrinter = DateTimePrinter::new().precision(Some(6));

/// Returns the line of an event.
fn line(app: &'static str, clock: &Clock, event: &Event<'_>) -> String {
    let micros = i64::try_from(clock.unix_micros()).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::MAX);
    let datetime = TIMES.timestamp_to_string(&time);
    let line = Line { datetime, appid: app, level: event::level(event.event), event };
    // Texts and numbers are all that there is.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// The audit stream of an app, where it has one. Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Audited(Option<Arc<Inner>>);

/// Makes the hash of some parts, keyed by the app's secret.
type Hash = Box<dyn Fn(&[&str]) -> String + Send + Sync>;

struct Inner {
    /// The place and the lines of the stream, until it is begun.
    begins: Mutex<Option<(Place, Writes)>>,
    stream: OnceLock<Stream>,
    hash: Hash,
}

impl Audited {
    /// Begins the stream, with its file.
    ///
    /// # Errors
    ///
    /// SA237 where its file cannot be written.
    pub(crate) fn begin(&self) -> Result<(), StartProblem> {
        let Some(inner) = &self.0 else { return Ok(()) };
        let begins = inner.begins.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((mut place, line)) = begins else { return Ok(()) };
        place.look().map_err(|error| unwritable(&place, &error))?;
        let stream =
            Stream::begin(place, line).map_err(|error| unwritable("its thread", &error))?;
        // Who took the place is alone.
        let _ = inner.stream.set(stream);
        Ok(())
    }

    fn stream(&self) -> Option<&Stream> {
        self.0.as_ref()?.stream.get()
    }

    /// Returns the hash that stands for a subject: the one that the log has.
    pub(crate) fn subject(&self, issuer: &str, subject: &str) -> Option<String> {
        let inner = self.0.as_ref()?;
        Some((inner.hash)(&[SUBJECT, issuer, subject]))
    }

    /// Returns the hash that stands for an address.
    pub(crate) fn address(&self, address: Option<IpAddr>) -> Option<String> {
        let inner = self.0.as_ref()?;
        Some((inner.hash)(&["address in the audit", &address?.to_canonical().to_string()]))
    }

    /// Adds an event to the stream.
    pub(crate) fn tell(&self, event: &Event<'_>) {
        if let Some(stream) = self.stream() {
            stream.tell(event);
        }
    }

    /// Returns `true` if somebody reads events.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// Returns what was counted of the stream.
    #[cfg(feature = "metrics")]
    pub(crate) fn counts(&self) -> Option<&crate::metrics::AuditCounts> {
        self.stream().map(Stream::counts)
    }

    /// Writes all that is left, and ends the stream.
    pub(crate) async fn close(&self) {
        if let Some(stream) = self.stream() {
            stream.close().await;
        }
    }
}

impl fmt::Debug for Audited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Audited").field(&self.is_kept()).finish()
    }
}

#[cfg(test)]
mod tests;
