//! The place where a live inventory is kept: a file of this machine, or the ledger that machines share.
//!
//! Either is read, added to and written in turn, behind the requests. What could not be written waits, and is added to the next.

mod file;
mod shared;

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use self::{
    file::{Fault, File},
    shared::Shared,
};
use super::Live;
use crate::{error::StartProblem, ledger::AppLedger};

/// The place that an app states for its live inventory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum KeptIn {
    /// The process: it ends with that.
    #[default]
    Process,
    File(PathBuf),
    Ledger,
}

/// The keeper of a live inventory. Clones are one.
#[derive(Clone)]
pub(crate) struct Keeper(Arc<Inner>);

struct Inner {
    place: Place,
    /// The turn of whoever keeps: each takes what the one before left.
    turn: tokio::sync::Mutex<()>,
    /// The failure that was told, until it is over.
    failure: Mutex<Option<String>>,
    /// `true` once what was kept before is known here.
    read: AtomicBool,
}

enum Place {
    File(Arc<File>),
    Shared(Shared),
}

impl Keeper {
    /// Creates the keeper of what is to be kept; `None` where nothing is.
    pub(crate) fn of(kept: &KeptIn, ledger: &AppLedger) -> Option<Self> {
        let place = match kept {
            KeptIn::Process => return None,
            KeptIn::File(path) => Place::File(Arc::new(File::at(path))),
            KeptIn::Ledger => Place::Shared(Shared::in_ledger(ledger.clone())),
        };
        Some(Self(Arc::new(Inner {
            turn: tokio::sync::Mutex::default(),
            failure: Mutex::default(),
            // A file is read when the app is built, or it does not start.
            read: AtomicBool::new(matches!(place, Place::File(_))),
            place,
        })))
    }

    /// Returns the number of the parts that it keeps.
    pub(crate) fn parts(&self) -> usize {
        match &self.0.place {
            Place::File(_) => 1,
            Place::Shared(_) => shared::PARTS,
        }
    }

    /// Returns `true` if others add to it.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.0.place, Place::Shared(_))
    }

    /// Returns `true` once what was kept before is known here, as what is closed.
    pub(crate) fn has_read(&self) -> bool {
        self.0.read.load(Ordering::Relaxed)
    }

    /// Reads what was kept before, where that is at hand.
    ///
    /// # Errors
    ///
    /// SA234 where the file is none, or cannot be read: what would be written there could take something else's place. SA235 where
    /// it is no inventory: what was closed by hand stood in it.
    pub(crate) fn begin(&self, live: &Live) -> Result<(), StartProblem> {
        let Place::File(file) = &self.0.place else { return Ok(()) };
        let shown = file.shown();
        file.load(live).map_err(|fault| match fault {
            Fault::Io(error) => StartProblem {
                code: "SA234",
                text: format!("the live inventory cannot be kept in `{shown}`: {error}"),
                help: "name a file for `.inventory_file(\"…\")` that the app may read and write, or one that is not there yet",
            },
            Fault::Broken(why) => StartProblem {
                code: "SA235",
                text: format!("`{shown}` is no live inventory: {why}"),
                help: "put a copy of it back, or move it aside to begin with nothing closed: what was closed by hand was kept in it",
            },
        })
    }

    /// Returns why it cannot be kept now, if so: where, and the error.
    pub(crate) fn failure(&self) -> Option<String> {
        self.0.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what was seen, and hears what else is kept. `false` if that cannot be: then it waits for the next time.
    pub(crate) async fn keep(&self, live: &Arc<Live>) -> bool {
        let _turn = self.0.turn.lock().await;
        match &self.0.place {
            Place::File(file) => {
                let (file, live) = (Arc::clone(file), Arc::clone(live));
                // A file system that is slow keeps no request waiting. A panic there is told by its hook.
                let kept = tokio::task::spawn_blocking(move || file.keep(&live)).await;
                kept.is_ok_and(|kept| self.told(kept))
            }
            Place::Shared(shared) => {
                let is_kept = self.told(shared.keep(live).await);
                self.0.read.fetch_or(is_kept, Ordering::Relaxed);
                is_kept
            }
        }
    }

    /// Tells of the first failure, and when it is over. `true` if there is none.
    fn told<E: std::fmt::Display>(&self, kept: Result<(), E>) -> bool {
        let place = match &self.0.place {
            Place::File(file) => file.shown(),
            Place::Shared(_) => "the ledger".to_owned(),
        };
        let mut failure = self.0.failure.lock().unwrap_or_else(PoisonError::into_inner);
        match kept {
            Ok(()) => {
                if failure.take().is_some() {
                    tracing::info!(target: "secure_api::inventory", place, "the live inventory is kept again");
                }
                true
            }
            Err(error) => {
                if failure.is_none() {
                    tracing::error!(
                        target: "secure_api::inventory",
                        place,
                        %error,
                        "the live inventory cannot be kept: what is seen waits here"
                    );
                }
                *failure = Some(format!("{place}: {error}"));
                false
            }
        }
    }
}

#[cfg(test)]
mod tests;
