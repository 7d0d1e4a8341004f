//! The objects that an input refers to: a first reading collects their keys, a second one finds what was loaded.
//!
//! So no reference exists before its object was loaded and permitted, and rules across fields see what a handler sees.

use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
};

use super::object::ObjectInfo;
use crate::{error::Problem, identity::Identity};

/// The facts of a reference's object, for what the compiler and the start check.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Referred {
    /// The object's type.
    pub name: fn() -> &'static str,
    /// The action that the caller needs permission for.
    pub action: &'static str,
    /// The store, by type and name.
    pub store: fn() -> (TypeId, &'static str),
    /// Tells if it says whose tenant's it is.
    pub tenanted: bool,
    /// The object, for the inventory.
    pub describe: fn() -> ObjectInfo,
}

/// An object, loaded and permitted, of whatever type.
pub(crate) type Proof = Arc<dyn Any + Send + Sync>;

/// The outcome of looking an object up: the proof, or the reason for the log. A problem is the store's.
pub(crate) type LookedUp = Result<Result<Proof, NotFound>, Problem>;

/// The reason why a key gives no object. A caller cannot tell one from the other.
pub(crate) struct NotFound {
    /// The reason, for the log.
    pub(crate) why: String,
    /// Tells if the rule denied it.
    pub(crate) denied: bool,
}

/// A request, as far as it is needed to look an object up.
pub(crate) trait Lookup: Sync {
    /// Returns who is calling.
    fn identity(&self) -> Result<&Arc<Identity>, Problem>;

    /// Returns a registered store.
    fn store(&self, type_id: TypeId) -> Option<Arc<dyn Any + Send + Sync>>;
}

/// A lookup while it runs.
pub(crate) type Looking<'c> = Pin<Box<dyn Future<Output = LookedUp> + Send + 'c>>;

pub(crate) type Load = Box<dyn for<'c> FnOnce(&'c dyn Lookup) -> Looking<'c> + Send>;

/// One object that an input refers to, by the type of the reference and the text of the key.
pub(crate) struct Wanted {
    reference: TypeId,
    key: String,
    load: Load,
}

impl Wanted {
    pub(crate) fn new(
        reference: TypeId,
        key: String,
        load: impl for<'c> FnOnce(&'c dyn Lookup) -> Looking<'c> + Send + 'static,
    ) -> Self {
        Self { reference, key, load: Box::new(load) }
    }
}

/// A reference's type and the text of its key. A body may name thousands, so they are kept in order and not searched one by one.
type Named = (TypeId, String);

/// The objects that are wanted, each once.
pub(crate) type AllWanted = BTreeMap<Named, Load>;

/// The use of references by one reading.
#[derive(Default)]
pub(crate) enum References {
    /// References are refused: nothing loads objects here.
    #[default]
    Refused,
    /// Their keys are collected.
    Wanted(AllWanted),
    /// Their objects are there.
    Found(BTreeMap<Named, Result<Proof, NotFound>>),
}

/// The answer to one reference.
pub(super) enum Resolution {
    /// The object's proof.
    Proof(Proof),
    /// Postponed: the key was noted.
    Later,
    /// No object of this key for this caller.
    None,
    /// References are refused.
    Refused,
}

impl References {
    /// Answers one reference. Each key is wanted once.
    pub(super) fn answer(&mut self, Wanted { reference, key, load }: Wanted) -> Resolution {
        match self {
            Self::Refused => Resolution::Refused,
            Self::Wanted(all) => {
                all.entry((reference, key)).or_insert(load);
                Resolution::Later
            }
            Self::Found(all) => match all.get(&(reference, key)) {
                Some(Ok(proof)) => Resolution::Proof(Arc::clone(proof)),
                Some(Err(_)) | None => Resolution::None,
            },
        }
    }

    /// Looks all objects up, each once.
    ///
    /// # Errors
    ///
    /// The store's.
    pub(crate) async fn look_up(wanted: AllWanted, lookup: &dyn Lookup) -> Result<Self, Problem> {
        let mut all = BTreeMap::new();
        for (named, load) in wanted {
            all.insert(named, load(lookup).await?);
        }
        Ok(Self::Found(all))
    }

    /// Returns the same problem with what the log is told of the objects that were not found.
    pub(crate) fn explain(&self, problem: Problem) -> Problem {
        let Self::Found(all) = self else { return problem };
        let refused: Vec<&NotFound> =
            all.values().filter_map(|proof| proof.as_ref().err()).collect();
        let Some(first) = refused.iter().find(|one| one.denied).or(refused.first()) else {
            return problem;
        };
        let problem = problem.because(first.why.clone());
        if first.denied { problem.event("authz_fail") } else { problem }
    }
}

impl fmt::Debug for References {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "Refused",
            Self::Wanted(_) => "Wanted",
            Self::Found(_) => "Found",
        })
    }
}
