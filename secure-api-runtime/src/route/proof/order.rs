//! The compiler's checks of `after`, on constants: a step is reachable, by the same callers, for the same object, and
//! no steps form a circle.

use super::{
    super::{
        api::Api,
        facts::{Access, Route},
    },
    Mistakes,
    links::find,
    whole::Table,
};
use crate::{
    compose::{Text, fail, same},
    flow::OperationName,
};

/// Checks that the times of `after` leave some time to call the route.
#[track_caller]
pub const fn check_within(route: &Route) {
    let Some(after) = route.flow.after else { return };
    if after.at_least.as_nanos() >= after.within.as_nanos() {
        fail(&[
            "SA323: there is no time at which `",
            route.name,
            "` could be called after `",
            after.step.name,
            "`\n  help: write `within = Duration::from_secs(1800)`, or another time that is longer than nothing \
             and than `at_least`",
        ]);
    }
}

/// Checks `after`: the callers of the route can all have called the step before it, for the same object. All that is
/// wrong is said at once.
#[track_caller]
pub const fn check_after(route: &Route, before: Option<&Route>) {
    let Some(before) = before else { return };
    let mut mistakes = Text::new();
    if let (Access::Roles(later), Access::Roles(earlier)) = (route.access, before.access)
        && let Some(role) = later.first_beyond(earlier)
        && later.is_of(earlier.table())
    {
        mistakes.push_all(&[
            "SA324: `",
            route.name,
            "` comes after `",
            before.name,
            "`, and admits ",
            role,
            ", who may not call `",
            before.name,
            "`\n  help: admit the same callers to both",
        ]);
    }
    check_scopes(route, before, &mut mistakes);
    // Versions of another enum than the API's are told where that is known.
    let comparable = route.versions.is_of(before.versions.table());
    if comparable && !route.versions.overlaps(before.versions) {
        mistakes.end_line();
        mistakes.push_all(&[
            "SA325: `",
            route.name,
            "` comes after `",
            before.name,
            "`, and no version has both\n  help: let their versions overlap",
        ]);
    } else if comparable
        && route.versions.is_released()
        && !route.versions.overlaps_released(before.versions)
    {
        mistakes.end_line();
        mistakes.push_all(&[
            "SA626: `",
            route.name,
            "` is released and comes after `",
            before.name,
            "`, which is only in a preview where both are\n  help: release the step before, too, or let the later one \
             wait for it",
        ]);
    }
    if outlives(route, before) {
        mistakes.end_line();
        mistakes.push_all(&[
            "SA627: `",
            route.name,
            "` comes after `",
            before.name,
            "` and outlives it: from the sunset of `",
            before.name,
            "` on nobody could call it\n  help: give both the same `sunset`, or the step before none",
        ]);
    }
    if !same_object(route, before) {
        mistakes.end_line();
        mistakes.push_all(&[
            "SA326: `",
            route.name,
            "` at ",
            route.path,
            " comes after `",
            before.name,
            "` at ",
            before.path,
            ", which is not about the same object\n  help: let the paths begin alike, up to the last parameter of the \
             step before; what creates an object is no step on it, so give it one of its own, as \
             `POST /orders/{order}/checkout`",
        ]);
    }
    if !mistakes.is_empty() {
        mistakes.fail();
    }
}

/// Returns `true` if the earlier route has a sunset of its own, and the later one none by then.
const fn outlives(later: &Route, earlier: &Route) -> bool {
    let Some(end) = earlier.own_sunset() else { return false };
    match later.own_sunset() {
        Some(own) => end.is_before(own),
        None => true,
    }
}

/// Checks that each OAuth scope which the earlier route demands is demanded by the later one too.
const fn check_scopes(later: &Route, earlier: &Route, mistakes: &mut Text) {
    let mut index = 0;
    while index < earlier.options.scopes.len() {
        let wanted = earlier.options.scopes[index];
        index += 1;
        let mut asked = false;
        let mut other = 0;
        while other < later.options.scopes.len() {
            asked = asked || same(wanted, later.options.scopes[other]);
            other += 1;
        }
        if !asked {
            mistakes.end_line();
            mistakes.push_all(&[
                "SA324: `",
                later.name,
                "` comes after `",
                earlier.name,
                "`, and admits callers without the scope ",
                wanted,
                ", who may not call `",
                earlier.name,
                "`\n  help: admit the same callers to both",
            ]);
        }
    }
}

/// Returns `true` if the later path begins with the earlier one up to its last parameter. What names no object can only
/// come before what names none: else any object would do.
const fn same_object(later: &Route, earlier: &Route) -> bool {
    if earlier.parameters.is_empty() {
        return later.parameters.is_empty();
    }
    let (later, earlier) = (later.path_shape.as_bytes(), earlier.path_shape.as_bytes());
    // A parameter is `{}` in a shape.
    let mut length = earlier.len();
    while length > 0 && earlier[length - 1] != b'}' {
        length -= 1;
    }
    if later.len() < length || (later.len() > length && later[length] != b'/') {
        return false;
    }
    let mut index = 0;
    while index < length {
        if later[index] != earlier[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Checks that every step which is named is an operation of the API, and that no steps form a circle. `table` has
/// them all, by their places.
pub(super) const fn check_order(api: &Api, table: &Table, mistakes: &mut Mistakes) {
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            if let Some(after) = routes[index].route.flow.after {
                check_step(api, table, routes[index].route, after.step, group, mistakes);
            }
            index += 1;
        }
        group += 1;
    }
}

const fn check_step(
    api: &Api,
    table: &Table,
    route: &Route,
    step: OperationName,
    group: usize,
    mistakes: &mut Mistakes,
) {
    // A route whose declaration has mistakes has no name, and was told of already.
    if step.name.is_empty() {
        return;
    }
    let mut before = match find(table, step) {
        Some(before) => before,
        // A route with mistakes of its own has no name.
        None if step.name.is_empty() => return,
        None => {
            mistakes.begin(Some(group));
            mistakes.push_all(&[
                "SA327: `",
                route.name,
                "` comes after `",
                step.name,
                "`, which is no operation of ",
                api.name,
                "\n  help: write `",
                step.name,
                "` into the list, `routes(…)`",
            ]);
            return;
        }
    };
    // A circle that does not lead back here is found from a route that is on it.
    let mut circle = Text::new();
    circle.push_all(&["`", route.name, "` after `", before.name, "`"]);
    let mut steps = 0;
    while !same_route(route, before) {
        // Each circle is told once: by the route of the least key on it.
        if before.path_key < route.path_key || steps == MOST {
            return;
        }
        let Some(after) = before.flow.after else { return };
        let Some(next) = find(table, after.step) else { return };
        circle.push_all(&[" after `", next.name, "`"]);
        before = next;
        steps += 1;
    }
    mistakes.begin(Some(group));
    mistakes.push("SA328: steps come after each other in a circle, so none can be the first: ");
    mistakes.push_text(&circle);
    mistakes.push("\n  help: remove one of these `after(…)`");
}

/// The largest number of steps followed in search of a circle: more than any order that people can follow.
const MOST: usize = 32;

const fn same_route(one: &Route, other: &Route) -> bool {
    one.step().is(other.step())
}
