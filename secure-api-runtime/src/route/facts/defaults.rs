//! The defaults that a module states for its routes, and their lookup by a route that omits a key.
//!
//! A module without defaults says nothing by itself, so a route asks a method that two traits have: one that
//! `defaults!` makes in the module, found by value, and one that is always there, found by reference. The
//! compiler tries the former first. No name has to be imported for it.

use super::Access;
use crate::{
    compose::same,
    identity::By,
    limit::{LimitUse, Outage},
    role::RoleSet,
    version::VersionRange,
};

/// The defaults of a module and of those around it.
#[derive(Debug, Clone, Copy)]
pub struct Defaults {
    pub(in crate::route) versions: Option<Stated<VersionRange>>,
    pub(in crate::route) access: Option<Stated<Access>>,
    limits: Option<Stated<&'static [LimitUse]>>,
    by: By,
    outage: Option<Outage>,
    /// `true` if they have a mistake of their own, so that a missing key is no further one.
    pub(in crate::route) unknown: bool,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::route) struct Stated<T> {
    value: T,
    /// The module that states it.
    module: &'static str,
}

impl Defaults {
    /// The defaults of a module that states nothing.
    pub const NONE: Self = Self {
        versions: None,
        access: None,
        limits: None,
        by: By::Unstated,
        outage: None,
        unknown: false,
    };

    /// The defaults of a module that has a mistake in them.
    pub const UNKNOWN: Self = Self { unknown: true, ..Self::NONE };

    /// Creates the defaults that one module states.
    pub const fn new(
        module: &'static str,
        versions: Option<VersionRange>,
        access: Option<Access>,
        limits: Option<&'static [LimitUse]>,
    ) -> Self {
        Self {
            versions: match versions {
                Some(value) => Some(Stated { value, module }),
                None => None,
            },
            access: match access {
                Some(value) => Some(Stated { value, module }),
                None => None,
            },
            limits: match limits {
                Some(value) => Some(Stated { value, module }),
                None => None,
            },
            by: By::Unstated,
            outage: None,
            unknown: false,
        }
    }

    /// Returns the same, with the credentials that the module states.
    #[must_use]
    pub const fn by(self, by: By) -> Self {
        Self { by, ..self }
    }

    /// Returns the same, with the decision for an outage that the module states.
    #[must_use]
    pub const fn outage(self, outage: Outage) -> Self {
        Self { outage: Some(outage), ..self }
    }

    /// Returns the same, and for what it leaves out, what the module around it states.
    #[must_use]
    pub const fn within(self, outer: Self) -> Self {
        Self {
            versions: if self.versions.is_some() { self.versions } else { outer.versions },
            access: if self.access.is_some() { self.access } else { outer.access },
            limits: if self.limits.is_some() { self.limits } else { outer.limits },
            by: self.by.within(outer.by),
            outage: if self.outage.is_some() { self.outage } else { outer.outage },
            unknown: self.unknown || outer.unknown,
        }
    }

    /// Returns the versions; none where no module speaks, which `check_stated` tells.
    pub const fn versions(&self) -> VersionRange {
        match self.versions {
            Some(stated) => stated.value,
            None => VersionRange::NONE,
        }
    }

    /// Returns the access; no caller where no module states one, which `check_stated` reports.
    pub const fn access(&self) -> Access {
        match self.access {
            Some(stated) => stated.value,
            None => Access::Roles(RoleSet::NOBODY),
        }
    }

    /// Returns the limits; an empty list takes the API's.
    pub const fn limits(&self) -> &'static [LimitUse] {
        match self.limits {
            Some(stated) => stated.value,
            None => &[],
        }
    }

    /// Returns the source of each key that a route omits.
    pub const fn inherited(&self, versions: bool, access: bool, limits: bool) -> Inherited {
        Inherited {
            versions: match self.versions {
                Some(stated) if versions => Some(stated.module),
                _ => None,
            },
            access: match self.access {
                Some(stated) if access => Some(stated.module),
                _ => None,
            },
            limits: match self.limits {
                Some(stated) if limits => Some(stated.module),
                _ => None,
            },
            by: self.by,
            outage: self.outage,
        }
    }
}

/// The modules that a route has its policy from, for the inventory. `None` where the route states it itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inherited {
    /// The module that states the versions.
    pub versions: Option<&'static str>,
    /// The module that states the access.
    pub access: Option<&'static str>,
    /// The module that states the limits. Limits that no module states either are the API's.
    pub limits: Option<&'static str>,
    /// The credentials that a module states, for a route that states none.
    pub by: By,
    /// The decision of a module for an outage, for a route that states none.
    pub outage: Option<Outage>,
}

impl Inherited {
    /// The sources of a route that states all itself.
    pub const NOTHING: Self =
        Self { versions: None, access: None, limits: None, by: By::Unstated, outage: None };
}

/// The receiver of the method by which a route looks up its module's defaults.
#[derive(Debug, Clone, Copy)]
pub struct Module;

/// A module's answer.
pub trait Says {
    /// The defaults that it states.
    #[doc(hidden)]
    const DEFAULTS: Defaults;
    /// The module, as `module_path!()` gives it in there.
    #[doc(hidden)]
    const MODULE: &'static str;
}

/// The answer of a module without defaults.
#[derive(Debug)]
pub struct Silence;

impl Says for Silence {
    const DEFAULTS: Defaults = Defaults::NONE;
    const MODULE: &'static str = "";
}

/// The answer where a module has none of its own.
pub trait SaysNothing {
    /// Returns the type that matters; it is never called.
    fn secure_api_defaults(self) -> Silence;
}

impl SaysNothing for &Module {
    fn secure_api_defaults(self) -> Silence {
        Silence
    }
}

/// Returns the defaults that hold in a module, from a question that is never put.
///
/// A module below one that states some may have them by `use super::*`. That it is open to anybody is not inherited so:
/// whoever imports names opens nothing by it.
pub const fn defaults_of<D: Says, F: Fn(Module) -> D>(module: &str, _: &F) -> Defaults {
    let Defaults { versions, access, limits, by, outage, unknown } = D::DEFAULTS;
    let access = match access {
        Some(Stated { value: Access::Public(_), .. }) if !same(D::MODULE, module) => None,
        access => access,
    };
    Defaults { versions, access, limits, by, outage, unknown }
}
