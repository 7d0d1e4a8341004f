//! Operations as they are listed: of one name, of a module, of a whole API.

use std::time::Duration;

use super::{
    call::Run,
    facts::{Allowed, Endpoint, Route},
};
use crate::{
    identity::By,
    limit::{Limit, LimitUse, Outage},
    role::RoleTable,
    version::VersionTable,
};

/// One operation as it is listed: its facts, and its run.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// Its facts.
    pub route: &'static Route,
    /// Its run.
    pub run: Run,
}

/// The operations of one name, as they are listed.
pub type Listed = &'static [Listing];

/// The fallback for a type that is no route, in scope where routes are listed. A handler has a constant of this name of
/// its own, which wins over this one; of any other type the compiler says what [`Endpoint`] says.
pub trait NotRoute {
    /// The operations of one name.
    #[doc(hidden)]
    const SA018_PUT_ROUTES_ABOVE_THE_MODULE: Listed;
}

impl<E: Endpoint> NotRoute for E {
    const SA018_PUT_ROUTES_ABOVE_THE_MODULE: Listed = &[];
}

/// A whole API, made by `#[api]`.
#[derive(Debug)]
pub struct Api {
    /// Its name: the struct's.
    pub name: &'static str,
    /// The description, from its doc comment.
    pub description: &'static str,
    /// Its roles.
    pub roles: &'static RoleTable,
    /// Its versions.
    pub versions: &'static VersionTable,
    /// The limits of operations that state none.
    pub limits: &'static [Limit],
    /// The credentials of operations that state none.
    pub by: By,
    /// The decision for an outage of operations that state none.
    pub outage: Option<Outage>,
    /// `true` if each caller is of a tenant, and each object of a tenant or shared for a reason.
    pub tenants: bool,
    /// Rules about the whole API that it is excepted from.
    pub allowed: &'static [Allowed],
    /// Its operations, in groups as they were listed.
    pub routes: &'static [Listed],
}

impl Api {
    /// Returns all operations, in the order in which they were listed.
    pub fn routes(&self) -> impl Iterator<Item = &'static Route> {
        self.listings().map(|listing| listing.route)
    }

    /// Returns all operations with their runs, in the order in which they were listed.
    pub fn listings(&self) -> impl Iterator<Item = &'static Listing> {
        self.routes.iter().flat_map(|group| group.iter())
    }

    /// Returns the credentials that an operation admits: its own, or else its module's, or else the API's.
    pub const fn by(&self, route: &Route) -> By {
        route.options.by.within(route.inherited.by).within(self.by)
    }

    /// Returns the decision of an operation for an outage: its own, or else its module's, or else the API's. One that takes
    /// credentials never falls open.
    pub fn outage(&self, route: &Route) -> Outage {
        if route.options.credential {
            return Outage::Closed;
        }
        let stated = route.options.outage.or(route.inherited.outage).or(self.outage);
        stated.unwrap_or_default()
    }

    /// Returns the longest time that a call of this operation counts as a step; `None` if nothing comes after it.
    pub fn precedes(&self, route: &Route) -> Option<Duration> {
        let afters = self.routes().filter_map(|later| later.flow.after);
        afters.filter(|after| after.step == route.step()).map(|after| after.within).max()
    }

    /// Returns the operations of the version at this place of the table.
    pub fn routes_in(&self, version: usize) -> impl Iterator<Item = &'static Route> {
        self.routes().filter(move |route| route.versions.contains(version))
    }
}

impl Route {
    /// Returns the limits in force, inherited ones included.
    pub fn limits_in(&self, api: &Api) -> Vec<LimitUse> {
        if self.limits.is_empty() { vec![LimitUse::rest(api.limits)] } else { self.limits.to_vec() }
    }
}

/// Returns the number of routes in all groups.
pub const fn count(groups: &[&[Listing]]) -> usize {
    let mut count = 0;
    let mut group = 0;
    while group < groups.len() {
        count += groups[group].len();
        group += 1;
    }
    count
}

/// Joins all of them, in their order. `N` is their [`count`].
pub const fn joined<const N: usize>(groups: &[&[Listing]]) -> [Listing; N] {
    let Some(first) = first(groups) else {
        match [].first_chunk() {
            Some(none) => return *none,
            None => panic!("no routes, as were counted"),
        }
    };
    let mut joined = [first; N];
    let mut place = 0;
    let mut group = 0;
    while group < groups.len() {
        let mut index = 0;
        while index < groups[group].len() {
            joined[place] = groups[group][index];
            place += 1;
            index += 1;
        }
        group += 1;
    }
    joined
}

const fn first(groups: &[&[Listing]]) -> Option<Listing> {
    let mut group = 0;
    while group < groups.len() {
        if let [first, ..] = groups[group] {
            return Some(*first);
        }
        group += 1;
    }
    None
}
