//! What the compiler asks of routes and of the whole API, on constants.
//!
//! Nothing depends on these checks, so one that fails is one error, at the token that the macro points to.

use super::{Access, Api, Route};
use crate::{
    compose::{Text, fail, same},
    version::VersionRange,
    view::{Audience, ViewInfo},
};

/// A route is in some version.
#[track_caller]
pub const fn check_versions(route: &str, versions: VersionRange) {
    if versions.is_empty() {
        fail(&[
            "SA607: `",
            route,
            "` is in no version: the range is empty. Write it from an older to a newer one",
        ]);
    }
}

/// Whoever an arm of `view` admits may see its view, and some caller gets to it.
#[track_caller]
pub const fn check_arm(route: &Route, arm: usize) {
    let used = &route.views[arm];
    let admitted = match (used.admits, route.access) {
        (Some(roles), Access::Roles(_)) => Audience::Roles(roles),
        (None, Access::Roles(roles)) => Audience::Roles(roles),
        (_, Access::Public(_)) => Audience::Public,
    };
    let view = used.view;
    if !admitted.within(view.audience) {
        fail(&[
            "SA708: view ",
            view.name,
            " is for ",
            view.audience_name,
            ", but `",
            route.name,
            "` shows it to ",
            admitted.first_beyond(view.audience),
            ". Show them a view that is for them, or admit fewer",
        ]);
    }
    check_versions_of_view(route, view);
    let mut earlier = 0;
    while earlier < arm {
        let before = route.views[earlier].admits;
        let covered = match (used.admits, before, route.access) {
            (Some(this), Some(before), _) => this.within(before),
            (None, Some(before), Access::Roles(all)) => all.within(before),
            (_, None, _) => true,
            (None, Some(_), Access::Public(_)) => false,
        };
        if covered {
            fail(&[
                "SA709: nobody gets to view ",
                view.name,
                " in `",
                route.name,
                "`: an arm above it takes all of its callers. Put the higher role first",
            ]);
        }
        earlier += 1;
    }
}

/// The fields of a view are in versions of the route's own enum.
#[track_caller]
const fn check_versions_of_view(route: &Route, view: &ViewInfo) {
    let mut index = 0;
    while index < view.names.len() {
        if let Some(versions) = view.names[index].versions
            && !same(versions.table().type_name, route.versions.table().type_name)
        {
            fail(&[
                "SA720: view ",
                view.name,
                " has fields in versions of ",
                versions.table().type_name,
                ", and `",
                route.name,
                "` is in versions of ",
                route.versions.table().type_name,
                ". Use one version enum",
            ]);
        }
        index += 1;
    }
    if let Some(base) = view.extends {
        check_versions_of_view(route, base);
    }
}

/// An argument of a public route does without a caller.
#[track_caller]
pub const fn check_public_argument(route: &str, needs_caller: bool) {
    if needs_caller {
        fail(&[
            "SA115: `",
            route,
            "` is public, and this argument needs to know who is calling. State a role, or take `Option<Caller<…>>`",
        ]);
    }
}

/// A result carries the proof of what belongs to somebody.
#[track_caller]
pub const fn check_unproven(route: &str, owned: bool) {
    if owned {
        fail(&[
            "SA116: `",
            route,
            "` returns an object without the proof that its caller may have it. Take and return `Authorized<…>`, \
             or a page of them from `Scoped<…>`",
        ]);
    }
}

/// As many places as the table of [`check_api`] has. It is never more than half full.
const PLACES: usize = 8192;

/// No two operations answer the same request, and all speak of the API's own roles and versions.
#[track_caller]
pub const fn check_api(api: &Api) {
    let mut mistakes = Text::new();
    // Open addressing over the hashes that the macro made: comparing every pair would take minutes.
    let mut table: [Option<&Route>; PLACES] = [None; PLACES];
    let mut count = 0;
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index];
            index += 1;
            count += 1;
            if count > PLACES / 2 {
                fail(&["SA608: an API has at most 4096 operations. Split it"]);
            }
            check_tables(api, route, &mut mistakes);
            let mut place = (route.path_key % PLACES as u64) as usize;
            while let Some(other) = table[place] {
                let same_place = other.path_key == route.path_key
                    && other.verb as u8 == route.verb as u8
                    && same(other.path_shape, route.path_shape);
                if same_place && other.versions.overlaps(route.versions) {
                    next_line(&mut mistakes);
                    mistakes.push_all(&[
                        "SA609: `",
                        other.name,
                        "` and `",
                        route.name,
                        "` both answer ",
                        route.verb.as_str(),
                        " ",
                        route.path,
                        " in the same version. Change a path, or part their versions",
                    ]);
                }
                place = (place + 1) % PLACES;
            }
            table[place] = Some(route);
        }
        group += 1;
    }
    if !mistakes.is_empty() {
        mistakes.fail();
    }
}

const fn next_line(text: &mut Text) {
    if !text.is_empty() {
        text.push("\n");
    }
}

const fn check_tables(api: &Api, route: &Route, mistakes: &mut Text) {
    if let Access::Roles(roles) = route.access
        && !same(roles.table().type_name, api.roles.type_name)
    {
        next_line(mistakes);
        mistakes.push_all(&[
            "SA114: `",
            route.name,
            "` asks for roles of ",
            roles.table().type_name,
            ", and the roles of ",
            api.name,
            " are ",
            api.roles.type_name,
            ". Use one role enum",
        ]);
    }
    if !same(route.versions.table().type_name, api.versions.type_name) {
        next_line(mistakes);
        mistakes.push_all(&[
            "SA610: `",
            route.name,
            "` is in versions of ",
            route.versions.table().type_name,
            ", and the versions of ",
            api.name,
            " are ",
            api.versions.type_name,
            ". Use one version enum",
        ]);
    }
}
