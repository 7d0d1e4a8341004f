//! The compiler's checks of views: no view shows anything that another view, or a field, keeps from its callers.

use super::{Audience, ViewInfo};
use crate::{
    compose::{Text, fail, push_other, same},
    role::RoleSet,
};

/// Checks that two audiences are roles of one enum. Returns `false` where one of them has a mistake of its own.
#[track_caller]
const fn check_audiences(view: &ViewInfo, what: &str, other: Audience) -> bool {
    if view.audience.is_empty() || other.is_empty() {
        return false;
    }
    let (Audience::Roles(mine), Audience::Roles(other)) = (view.audience, other) else {
        return true;
    };
    if !mine.is_of(other.table()) {
        let (mine, other) = (mine.table().type_name, other.table().type_name);
        let mut text = Text::new();
        text.push_all(&[
            "SA114: `",
            what,
            "` asks for roles of ",
            other,
            ", and the roles of view ",
            view.name,
            " are ",
        ]);
        push_other(&mut text, other, mine, "use one role enum");
        text.fail();
    }
    true
}

/// Checks that a view's audience is in that of another view, of which it has something in this way.
#[track_caller]
const fn check_within(view: &ViewInfo, way: [&str; 3], other: &ViewInfo, help: &str) {
    let known = check_audiences(view, other.name, other.audience);
    if known && !view.audience.within(other.audience) {
        let [before, field, after] = way;
        let [or, lowest, above, role, end] = view.audience.inclusion(other.audience);
        fail(&[
            "SA705: view ",
            view.name,
            " is for ",
            view.audience_name,
            before,
            field,
            after,
            other.name,
            ", which is for ",
            other.audience_name,
            " and not for ",
            view.audience.first_beyond(other.audience),
            "\n  help: ",
            help,
            or,
            lowest,
            above,
            role,
            end,
        ]);
    }
}

/// Checks that a view's audience is in that of the view it extends.
#[track_caller]
pub const fn check_extends(view: &ViewInfo, base: &ViewInfo) {
    let help = "extend a view that this audience may see";
    check_within(view, [" and extends ", "", ""], base, help);
}

/// Checks that an object comes with its proof, or inside of another object, which answers for it by its own rule.
#[track_caller]
pub const fn check_proven(view: &ViewInfo, field: &str, nested: &ViewInfo, proven: bool) {
    if nested.object && !proven && !view.object {
        fail(&[
            "SA125: `",
            field,
            "` of view ",
            view.name,
            " is an object without the proof that its caller may have it\n  help: make it `Authorized<…>`, or several of \
             them from `Scoped::prove`",
        ]);
    }
}

/// Checks that a view's audience is in that of a view it shows a field through.
#[track_caller]
pub const fn check_nested(view: &ViewInfo, field: &str, nested: &ViewInfo) {
    let help = "show it as a view that this audience may see";
    check_within(view, [" and shows `", field, "` as "], nested, help);
}

/// Checks that a view which lists a `#[sensitive]` field has an audience that may see it.
#[track_caller]
pub const fn check_sensitive(view: &ViewInfo, field: &str, holders: RoleSet) {
    if !check_audiences(view, field, Audience::Roles(holders)) {
        return;
    }
    let role = match holders.lowest() {
        Some(role) => role,
        None => "nobody",
    };
    if !view.audience.within(Audience::Roles(holders)) {
        fail(&[
            "SA706: view ",
            view.name,
            " is for ",
            view.audience_name,
            ", but `",
            field,
            "` is sensitive: ",
            role,
            " and above\n  help: remove `",
            field,
            "`, or give the view that role",
        ]);
    }
}

/// Checks that what has the name of a secret cannot be one.
#[track_caller]
pub const fn check_plain(view: &ViewInfo, field: &str, text: bool) {
    if text {
        fail(&[
            "SA640: view ",
            view.name,
            " shows `",
            field,
            "`, which looks like a secret\n  help: remove `",
            field,
            "`, or say why it leaves: `#[allow(plain_secret, reason = \"…\")]` before it in the list",
        ]);
    }
}

/// Checks that what may be a secret can be one.
#[track_caller]
pub const fn check_plain_allowed(text: bool) {
    if !text {
        fail(&[
            "SA524: `plain_secret` is not forbidden here\n  help: remove the exception: it would hide a later mistake",
        ]);
    }
}

/// Checks that a bound stands on a list or map, and lets something through.
#[track_caller]
pub const fn check_max_items(view: &ViewInfo, field: &str, counts: bool, most: usize) {
    if !counts {
        fail(&[
            "SA723: `max_items` has no meaning for `",
            field,
            "` of view ",
            view.name,
            ", which is neither a list nor a map\n  help: remove it",
        ]);
    }
    if most == 0 {
        fail(&[
            "SA723: the `max_items` of `",
            field,
            "` of view ",
            view.name,
            " lets nothing through\n  help: write how many there are at most, or leave the field out",
        ]);
    }
}

/// Checks that a field which may be left out can be nothing.
#[track_caller]
pub const fn check_optional(view: &ViewInfo, field: &str, optional: bool) {
    if !optional {
        fail(&[
            "SA731: `",
            field,
            "` of view ",
            view.name,
            " is never nothing, so it is never left out\n  help: remove `#[optional]`, or make the field an `Option<…>`",
        ]);
    }
}

/// Checks that no version of a view has two fields of one name.
#[track_caller]
pub const fn check_names(view: &ViewInfo) {
    let mut place = 0;
    while place < view.lists() {
        check_names_at(view, place);
        place += 1;
    }
}

/// Checks the same of a struct, or of the variant at this place.
#[track_caller]
const fn check_names_at(view: &ViewInfo, list: usize) {
    let names = view.list(list);
    let mut index = 0;
    while index < names.len() {
        let field = &names[index];
        // Those further on in this view, then all of the views below.
        let mut other = Some(view);
        let mut from = index + 1;
        while let Some(current) = other {
            let below = current.list(list);
            while from < below.len() {
                let place = &below[from];
                let meet = match (field.versions, place.versions) {
                    (Some(one), Some(other)) => one.overlaps(other),
                    (None, _) | (_, None) => true,
                };
                if meet && same(field.name, place.name) {
                    fail(&[
                        "SA719: view ",
                        view.name,
                        " has `",
                        field.name,
                        "` twice in one version\n  help: give one of the two another name, or part their versions",
                    ]);
                }
                from += 1;
            }
            other = current.extends;
            from = 0;
        }
        index += 1;
    }
}
