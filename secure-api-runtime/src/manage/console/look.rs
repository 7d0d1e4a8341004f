//! A look at an app: all that the pages tell, taken at one time. Pages for people and for programs are made of it, and count
//! nothing themselves.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::Serialize;

use crate::inventory::{
    ApiModel, LiveInventory,
    live::{Act, Unchanged},
};

/// The app that a console is of.
pub(crate) trait Source: Send + Sync + 'static {
    /// Looks at it.
    fn look(&self) -> BoxFuture<'_, Look>;

    /// Closes an operation, or opens one that was closed, and keeps that. `false` if it is done and cannot be kept.
    ///
    /// # Errors
    ///
    /// The reason for which nothing was done.
    fn act<'a>(&'a self, act: Act<'a>, opens: bool) -> BoxFuture<'a, Result<bool, Unchanged>>;
}

/// An app at one time.
pub(crate) struct Look {
    /// The seconds since 1970.
    pub(crate) now: i64,
    pub(crate) model: Arc<ApiModel>,
    pub(crate) live: LiveInventory,
    /// The callers with the highest scores; none where nobody is weighed.
    pub(crate) scores: Option<Vec<Score>>,
    /// The requests to what no operation answers that the limit of an address refused, since the process began.
    pub(crate) limited_elsewhere: u64,
    /// The reasons for which the app is not ready.
    pub(crate) unready: Vec<&'static str>,
    /// The reason for which the live inventory is not kept now, where it is to be.
    pub(crate) unkept: Option<String>,
    /// `true` if what is closed by hand stays closed when the process ends.
    pub(crate) is_kept: bool,
    /// `true` if it is closed on all machines that share a ledger.
    pub(crate) is_shared: bool,
}

/// One caller with its score, as people read it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Score {
    /// The hash of the caller: that of the live inventory where it called an operation, else one of this process.
    pub(crate) client: String,
    /// `true` if the live inventory has the same hash.
    pub(crate) is_known: bool,
    /// The step of the ladder that it is on, 0 for the whole of its limits.
    pub(crate) step: u8,
    /// The share of its limits that it has.
    pub(crate) share: f64,
    pub(crate) score: f64,
    pub(crate) terms: Vec<Points>,
}

/// One term of a score.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Points {
    pub(crate) signal: &'static str,
    /// The decayed count of the signal.
    pub(crate) count: f64,
    pub(crate) points: f64,
}
