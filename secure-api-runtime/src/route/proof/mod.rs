//! The checks of routes by the compiler, on constants.
//!
//! Nothing depends on these checks, so one that fails is one error, at the token that the macro points to.

use super::facts::{Access, Content, Route};
use crate::{
    compose::{Text, fail, push_other},
    role::RoleTable,
    verb::Verb,
    view::{Audience, ViewField, ViewInfo},
};

mod allowed;
mod argument;
mod counted;
mod header;
mod limits;
mod links;
mod media_type;
mod mistakes;
mod open;
mod options;
mod order;
mod page;
mod query;
mod raw;
mod redirects;
mod spelling;
mod stated;
mod view;
mod whole;

pub use allowed::check_allowed;
pub use argument::{check_argument, check_body, check_secret_parameter};
pub use counted::check_counted;
use counted::check_inherited;
pub use header::check_header;
pub(super) use limits::check_strictness;
pub use limits::{check_credential, check_limit_arm};
pub use links::check_created;
pub use media_type::check_media_type;
pub use mistakes::Mistakes;
pub use open::check_open;
pub use options::{
    check_authentication, check_body_limit, check_instead, check_max_age, check_scopes,
    check_timeout,
};
pub use order::{check_after, check_within};
pub use page::check_page;
pub use query::check_asks;
pub use raw::{check_accepts, check_kinds};
pub use redirects::check_redirects;
pub use spelling::{check_prefix_spelling, check_spelling};
pub use stated::{check_caller, check_module_versions, check_stated};
pub use view::{check_arm, check_mine};
pub use whole::check_api;

/// Checks that a route is in some version.
#[track_caller]
pub const fn check_versions(route: &Route) {
    if route.versions.is_empty() {
        fail(&[
            "SA607: `",
            route.name,
            "` is in no version: the range is empty\n  help: write it from an older to a newer one",
        ]);
    }
}

/// Checks `if_match`: the callers of the route may all read the route that gives the tag, in the same version.
#[track_caller]
pub const fn check_if_match(route: &Route, shows: &Route) {
    if shows.is_unknown() {
        return;
    }
    if !matches!(shows.verb, Verb::Get) || !matches!(shows.answer.content, Content::One) {
        fail(&[
            "SA805: `",
            route.name,
            "` asks for a tag of `",
            shows.name,
            "`, which does not show one object\n  help: name the `#[get]` route that shows it alone",
        ]);
    }
    let readers = match shows.access {
        Access::Public(_) => Audience::Public,
        Access::Roles(roles) => Audience::Roles(roles),
    };
    let callers = match route.access {
        Access::Public(_) => Audience::Public,
        Access::Roles(roles) => Audience::Roles(roles),
    };
    // Roles or versions of another enum than the API's are told where that is known.
    if callers.is_foreign_to(readers) || !route.versions.is_of(shows.versions.table()) {
        return;
    }
    if !callers.within(readers) {
        fail(&[
            "SA805: `",
            route.name,
            "` asks for a tag of `",
            shows.name,
            "`, which ",
            callers.first_beyond(readers),
            " may not call\n  help: name a route that all callers of this one may read",
        ]);
    }
    if !route.versions.within(shows.versions) {
        fail(&[
            "SA805: `",
            route.name,
            "` asks for a tag of `",
            shows.name,
            "`, which is not in all of its versions\n  help: part the versions of `",
            route.name,
            "`, or name another route",
        ]);
    }
}

/// Checks that the fields of a view are in versions of the route's own enum.
#[track_caller]
const fn check_versions_of_view(route: &Route, view: &ViewInfo) {
    let mut place = 0;
    while place < view.lists() {
        check_versions_of_fields(route, view, view.list(place));
        place += 1;
    }
    if let Some(base) = view.extends {
        check_versions_of_view(route, base);
    }
}

#[track_caller]
const fn check_versions_of_fields(route: &Route, view: &ViewInfo, fields: &[ViewField]) {
    let mut index = 0;
    while index < fields.len() {
        if let Some(versions) = fields[index].versions
            && versions.is_stated()
            && !versions.is_of(route.versions.table())
        {
            let (fields, route_table) = (versions.table(), route.versions.table());
            let mut text = Text::new();
            text.push_all(&[
                "SA720: view ",
                view.name,
                " has fields in versions of ",
                fields.type_name,
                ", and `",
                route.name,
                "` is in versions of ",
            ]);
            let help = "use one version enum";
            push_other(&mut text, fields.type_name, route_table.type_name, help);
            text.fail();
        }
        index += 1;
    }
}

/// Checks that a list of roles is of the enum that the route's own roles are of. An enum without roles has a mistake of
/// its own.
#[track_caller]
const fn check_roles(route: &Route, what: &str, table: &RoleTable) {
    if let Access::Roles(roles) = route.access
        && !roles.is_empty()
        && !table.roles.is_empty()
        && !roles.is_of(table)
    {
        let mut text = Text::new();
        text.push_all(&[
            "SA114: `",
            what,
            "` asks for roles of ",
            table.type_name,
            ", and the roles of `",
            route.name,
            "` are ",
        ]);
        push_other(&mut text, table.type_name, roles.table().type_name, "use one role enum");
        text.fail();
    }
}

/// Checks that a result fits the verb and carries the proof of what belongs to somebody, also where it is new; and that
/// its rule is of the route's roles.
#[track_caller]
pub const fn check_result(route: &Route, owned: bool) {
    // What is known of the result comes after what is known of the arguments.
    let roles = match route.facts {
        [.., (_, result)] => result.roles,
        [] => None,
    };
    if !route.answer.fits(route.verb) {
        fail(&[
            "SA803: ",
            route.verb.as_str(),
            " is not answered with ",
            route.answer.name,
            "\n  help: ",
            match route.verb {
                Verb::Get | Verb::Query if route.answer.status == 204 => {
                    "return `Exists(true)` where it is there and `Exists(false)` where it is not, or the resource itself"
                }
                Verb::Get | Verb::Query => "return a resource, or an `Option` or `Page` of one",
                Verb::Post => "return `Created`, `Performed`, `Accepted` or `NoContent`",
                Verb::Put => "return the resource, `Created`, `Accepted` or `NoContent`",
                Verb::Patch => "return the resource, `Accepted` or `NoContent`",
                Verb::Delete => "return `NoContent`, `Performed` or `Accepted`",
            },
        ]);
    }
    if route.answer.is_bytes() && route.options.media_type.is_none() {
        fail(&[
            "SA781: nothing says of which media type the bytes of `",
            route.name,
            "` are\n  help: write `media_type = \"application/zip\"` into the attribute, with the type that they are of",
        ]);
    }
    if let Content::Scalar { unbounded: true } = route.answer.content {
        fail(&[
            "SA785: the text that `",
            route.name,
            "` answers with has no bound\n  help: write an own type in its place, with its bounds: \
             `#[derive(Value)] #[value(text, max_len = 200)] struct Item(String);`",
        ]);
    }
    if matches!(route.answer.content, Content::Events) && route.options.open.is_none() {
        fail(&[
            "SA783: nothing says how many answers of `",
            route.name,
            "` a caller may have open\n  help: write `open = 2` into the attribute, with the most of one caller at one time",
        ]);
    }
    if owned && route.answer.status == 201 {
        fail(&[
            "SA208: `",
            route.name,
            "` creates an object, and nobody asked if its caller may\n  help: write `let object = \
             Authorized::create(object, &caller)?;` before it is stored, and return `Created<Authorized<…>>`",
        ]);
    }
    if owned && !route.allows("unproven") {
        fail(&[
            "SA116: `",
            route.name,
            "` returns an object without the proof that its caller may have it\n  help: take and return \
             `Authorized<…>`, or a page of them from `Scoped<…>`; or say why anybody may have it: `allow(unproven, reason = \
             \"…\")`",
        ]);
    }
    if let Some(table) = roles {
        check_roles(route, "object", table);
    }
}
