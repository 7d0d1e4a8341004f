//! The checks of a route's views: whom each is for, and that some caller gets to it.

use super::{check_roles, check_versions_of_view};
use crate::{
    compose::fail,
    role::RoleSet,
    route::facts::{Access, Route, ShownTo},
    view::{Audience, ViewInfo},
};

/// Checks an arm of `view`: its callers may all see its view, and some caller reaches it.
#[track_caller]
pub const fn check_arm(route: &Route, arm: usize) {
    let used = &route.views[arm];
    if let Access::Roles(roles) = route.access {
        if let ShownTo::Roles(admits) = used.to {
            check_roles(route, "view", admits.table());
        }
        if let Audience::Roles(audience) = used.view.audience {
            check_roles(route, used.view.name, audience.table());
        }
        // A role enum, or a list, with a mistake of its own has sets without anybody.
        if roles.is_empty() || matches!(used.to, ShownTo::Roles(admits) if admits.is_empty()) {
            return;
        }
    }
    if used.view.audience.is_empty() {
        return;
    }
    // Anyone whom the route admits may be an owner. Whoever is of an arm above by a role does not get here.
    let admitted = match (used.to, route.access) {
        (ShownTo::Roles(roles), Access::Roles(_)) => Audience::Roles(left(route, arm, roles)),
        (ShownTo::Owner | ShownTo::Rest, Access::Roles(roles)) => {
            Audience::Roles(left(route, arm, roles))
        }
        (_, Access::Public(_)) => Audience::Public,
    };
    let view = used.view;
    if !admitted.within(view.audience) {
        let [or, lowest, above, role, end] = admitted.inclusion(view.audience);
        fail(&[
            "SA708: view ",
            view.name,
            " is for ",
            view.audience_name,
            ", but `",
            route.name,
            "` shows it to ",
            admitted.first_beyond(view.audience),
            "\n  help: show them a view that is for them, or admit fewer",
            or,
            lowest,
            above,
            role,
            end,
        ]);
    }
    check_versions_of_view(route, view);
    check_whole(route, view);
    let mut earlier = 0;
    while earlier < arm {
        if covers(route, earlier, arm) && !is_rest_below_another(route, earlier, arm) {
            fail(&[
                "SA709: nobody gets to view ",
                view.name,
                " in `",
                route.name,
                "`: an arm above it takes all of its callers\n  help: put the higher role first, or remove this arm",
            ]);
        }
        earlier += 1;
    }
}

/// Checks that a whole answer is an object, whatever the variant of an enum without a tag.
#[track_caller]
const fn check_whole(route: &Route, view: &ViewInfo) {
    if let Some(variant) = view.first_part() {
        fail(&[
            "SA753: `",
            variant,
            "` of view ",
            view.name,
            " is no object, and `",
            route.name,
            "` answers with the whole of it\n  help: show it as a field of another resource, or each of its variants through a \
             view of its own",
        ]);
    }
}

/// Returns those of a set that no arm before this one takes by their roles.
const fn left(route: &Route, arm: usize, mut roles: RoleSet) -> RoleSet {
    let mut earlier = 0;
    while earlier < arm {
        if let ShownTo::Roles(before) = route.views[earlier].to {
            roles = roles.without(before);
        }
        earlier += 1;
    }
    roles
}

/// Returns `true` if an arm takes all callers of a later one.
const fn covers(route: &Route, earlier: usize, arm: usize) -> bool {
    match (route.views[arm].to, route.views[earlier].to, route.access) {
        (_, ShownTo::Rest, _) | (ShownTo::Owner, ShownTo::Owner, _) => true,
        (ShownTo::Roles(this), ShownTo::Roles(before), _) => this.within(before),
        (_, ShownTo::Roles(before), Access::Roles(all)) => all.within(before),
        (_, ShownTo::Roles(_), Access::Public(_)) | (_, ShownTo::Owner, _) => false,
    }
}

/// Returns `true` if the arm is `_`, which has to be there, and the earlier one covers another between them: that one is
/// told, and it is one mistake.
const fn is_rest_below_another(route: &Route, earlier: usize, arm: usize) -> bool {
    if !matches!(route.views[arm].to, ShownTo::Rest) {
        return false;
    }
    let mut between = earlier + 1;
    while between < arm {
        if covers(route, earlier, between) {
            return true;
        }
        between += 1;
    }
    false
}

/// Checks that a view for the owner is of an object that says who owns it.
#[track_caller]
pub const fn check_mine(route: &Route, shown: &str, object: bool, owned: bool) {
    if !object {
        fail(&[
            "SA210: `mine` of `",
            route.name,
            "` is a view for the owner, and `",
            shown,
            "` is no object that somebody owns\n  help: choose the view by role, or give it an `impl Object` with \
             `#[object(owner = field)]`",
        ]);
    }
    if !owned {
        fail(&[
            "SA210: `mine` of `",
            route.name,
            "` is a view for the owner, and nothing says who owns `",
            shown,
            "`\n  help: write `#[object(owner = field)]` above its `impl Object`, or the constant `OWNER` in it",
        ]);
    }
}
