//! The counts of what an app does: each is one addition to a number that its operation holds.
//!
//! Nothing that a caller sends is a label: operations, versions and kinds of problems are those of the program. The text that
//! collectors read is made behind the feature `metrics`; the console reads the same counts.

#[cfg(feature = "tls")]
mod certificate;
mod count;
#[cfg(feature = "metrics")]
mod text;

#[cfg(feature = "tls")]
use std::sync::OnceLock;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::StatusCode;

#[cfg(feature = "tls")]
pub(crate) use certificate::CertificateCounts;
pub(crate) use count::{Count, Latency};
#[cfg(feature = "metrics")]
pub(crate) use text::text;

use crate::error::Problem;

/// The name of what no operation answers.
const UNMATCHED: &str = "unmatched";

/// The classes of statuses, in the order of their counts.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The counts of an app.
#[derive(Debug)]
pub(crate) struct Metrics {
    served: Mutex<Vec<Arc<Served>>>,
    /// The counts of what no operation answers: unknown paths, documents, questions before a request.
    pub(crate) unmatched: Arc<Served>,
    /// The refusals by their stage and the kind of problem, of which a program has so many and no more.
    refusals: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    pub(crate) ledger: Arc<LedgerCounts>,
    pub(crate) shed: Arc<ShedCounts>,
    /// The calls of other services.
    calls: Mutex<Vec<Arc<CallCounts>>>,
    /// The certificates that the app is served with, where it has any.
    #[cfg(feature = "tls")]
    pub(crate) certificates: OnceLock<Arc<CertificateCounts>>,
    /// The zombies, the shadows and the orphans that were found.
    pub(crate) zombies: Count,
    pub(crate) shadows: Count,
    pub(crate) orphans: Count,
}

/// The counts of one operation in one version.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) operation: &'static str,
    pub(crate) version: &'static str,
    classes: [Count; CLASSES.len()],
    pub(crate) latency: Latency,
    /// The requests that a limit refused.
    pub(crate) limited: Count,
    /// The requests that an announced outage refused.
    pub(crate) browned_out: Count,
    /// The calls since it is deprecated.
    pub(crate) deprecated: Count,
}

/// The counts of the calls of another service.
#[derive(Debug)]
#[cfg_attr(not(feature = "client"), allow(dead_code, reason = "nobody is called"))]
pub(crate) struct CallCounts {
    pub(crate) upstream: &'static str,
    pub(crate) answered: Count,
    /// The calls whose answer came, and is not what was declared.
    pub(crate) unreadable: Count,
    pub(crate) failed: Count,
    pub(crate) retried: Count,
    /// The circuits that opened, and those that closed again.
    pub(crate) opened: Count,
    pub(crate) closed: Count,
}

#[cfg_attr(not(feature = "client"), allow(dead_code, reason = "nobody is called"))]
impl CallCounts {
    /// Creates the counts of a service.
    pub(crate) fn new(upstream: &'static str) -> Self {
        let [answered, unreadable, failed, retried, opened, closed] = Default::default();
        Self { upstream, answered, unreadable, failed, retried, opened, closed }
    }
}

/// The counts of the requests that were refused for want of room, by what there was too much of.
#[derive(Debug, Default)]
pub(crate) struct ShedCounts {
    pub(crate) requests: Count,
    pub(crate) content: Count,
    pub(crate) latency: Count,
}

/// The counts of a ledger that is asked elsewhere.
#[derive(Debug, Default)]
pub(crate) struct LedgerCounts {
    /// The questions that it did not answer.
    pub(crate) errors: Count,
    /// The outages that limits met.
    pub(crate) begun: Count,
    pub(crate) ended: Count,
}

/// The counts of an audit stream.
#[derive(Debug, Default)]
pub(crate) struct AuditCounts {
    /// The lines that were written.
    pub(crate) written: Count,
    /// The events that have no line.
    pub(crate) lost: Count,
}

/// The counts that are kept elsewhere, and read when somebody asks.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The credentials that need not be verified again.
    pub(crate) remembered: usize,
    /// The times that callers came to each step of the ladder, the whole limit first; none where nobody is weighed.
    pub(crate) steps: Vec<u64>,
    /// `true` while the live inventory is to be kept, and cannot be.
    pub(crate) unkept: bool,
    /// The requests that run, and the bytes of content that they hold.
    pub(crate) load: (usize, usize),
    /// The lines of the audit stream that were written, and the events that have none, where there is one.
    pub(crate) audited: Option<(u64, u64)>,
}

impl Metrics {
    /// Creates the counts of an app with this ledger.
    pub(crate) fn new(ledger: Arc<LedgerCounts>) -> Self {
        let unmatched = Arc::new(Served::new(UNMATCHED, ""));
        let served = Mutex::new(vec![Arc::clone(&unmatched)]);
        Self {
            served,
            unmatched,
            refusals: Mutex::default(),
            ledger,
            shed: Arc::default(),
            calls: Mutex::default(),
            #[cfg(feature = "tls")]
            certificates: OnceLock::new(),
            zombies: Count::default(),
            shadows: Count::default(),
            orphans: Count::default(),
        }
    }

    /// Makes the counts of one operation in one version, which holds them.
    pub(crate) fn serve(&self, operation: &'static str, version: &'static str) -> Arc<Served> {
        let served = Arc::new(Served::new(operation, version));
        locked(&self.served).push(Arc::clone(&served));
        served
    }

    /// Adds the counts of the calls of another service.
    #[cfg_attr(not(feature = "client"), allow(dead_code, reason = "nobody is called"))]
    pub(crate) fn call(&self, counts: &Arc<CallCounts>) {
        locked(&self.calls).push(Arc::clone(counts));
    }

    /// Returns the counts of all calls of other services.
    pub(crate) fn calls(&self) -> Vec<Arc<CallCounts>> {
        locked(&self.calls).clone()
    }

    /// Counts a refusal.
    pub(crate) fn refuse(&self, problem: &Problem) {
        let of = (problem.stage(), problem.kind().uri());
        *locked(&self.refusals).entry(of).or_default() += 1;
    }

    /// Returns the counts of all operations, and of what none answers.
    pub(crate) fn all(&self) -> Vec<Arc<Served>> {
        locked(&self.served).clone()
    }

    /// Returns the refusals by their stage and kind.
    pub(crate) fn refusals(&self) -> BTreeMap<(&'static str, &'static str), u64> {
        locked(&self.refusals).clone()
    }
}

impl Served {
    fn new(operation: &'static str, version: &'static str) -> Self {
        Self {
            operation,
            version,
            classes: Default::default(),
            latency: Latency::default(),
            limited: Count::default(),
            browned_out: Count::default(),
            deprecated: Count::default(),
        }
    }

    /// Counts an answer of this status, after so many microseconds.
    pub(crate) fn answer(&self, status: StatusCode, micros: u64) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        self.classes[class.min(CLASSES.len() - 1)].add();
        self.latency.add(micros);
    }

    /// Returns the answers by the class of their status.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        CLASSES.into_iter().zip(self.classes.iter().map(Count::get))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A number is whole after every change.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
