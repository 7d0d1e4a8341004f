//! The compiler's checks of `page(…)`.

use crate::{
    compose::{fail, same},
    input::{Field, Needs, Reads},
    object::CURSOR,
    route::facts::{Content, PageShape, Route},
};

/// Checks that a route which says how its page looks returns one.
#[track_caller]
pub const fn check_page(route: &Route) {
    if !matches!(route.answer.content, Content::Page) {
        fail(&[
            "SA745: `page` says how a page looks, and `",
            route.name,
            "` returns none\n  help: remove `page`, or return `Page<…>`",
        ]);
    }
    if let Some(PageShape { links: Some(by), .. }) = &route.options.page
        && !same(by, CURSOR)
    {
        check_number(route, by);
    }
}

/// Checks that the parameter which names the next page is a whole number of the query.
#[track_caller]
const fn check_number(route: &Route, by: &str) {
    let (mut argument, mut is_known) = (0, true);
    while argument < route.facts.len() {
        let facts = &route.facts[argument].1;
        argument += 1;
        is_known = is_known && !facts.reads.is_unknown();
        // A form has names and texts, too, and is no query.
        let Reads::Flat(fields) = facts.reads else { continue };
        if facts.takes_body {
            continue;
        }
        let mut index = 0;
        while index < fields.len() {
            if same(fields[index].name, by) {
                return check_field(&fields[index], by);
            }
            index += 1;
        }
    }
    // An input with a mistake of its own has no fields.
    if is_known {
        fail(&[
            "SA746: a page cannot be so: no parameter of the query is called `",
            by,
            "`\n  help: name the one that has the number of the page, a field of the input of `Query<…>`",
        ]);
    }
}

#[track_caller]
const fn check_field(field: &Field, by: &str) {
    if !matches!(field.ty.needs, Needs::Whole { .. }) {
        fail(&[
            "SA746: a page cannot be so: `",
            by,
            "` is no whole number\n  help: name the parameter that has the number of the page",
        ]);
    }
}
