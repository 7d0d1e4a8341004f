//! The compiler's check of what a route points its callers to: `Created::at`, `instead` and `if_match` name operations of
//! the API, since of no other one there is an address.

use super::{
    super::{
        api::Api,
        facts::{Content, Link, Route},
    },
    Mistakes,
    whole::{PLACES, Table},
};
use crate::{
    compose::{fail, same},
    flow::OperationName,
    verb::Verb,
};

/// Checks that what a route creates can be found at the address that it gives.
#[track_caller]
pub const fn check_created(route: &Route, found_at: &Route) {
    // A route with mistakes of its own has no name, and one without views returns what has none.
    if found_at.is_unknown() || route.views.is_empty() {
        return;
    }
    // A file is shown without a view: nothing says what it is of. Anything else needs one, which is told where it is
    // shown.
    if found_at.views.is_empty() && !matches!(found_at.answer.content, Content::None) {
        return;
    }
    let creates = route.views[0].view.resource;
    // Whoever follows a `Location` sends a GET.
    if matches!(found_at.verb, Verb::Query) {
        fail(&[
            "SA646: `Created::at` names `",
            found_at.name,
            "`, which shows what a QUERY asks for, and this creates ",
            creates,
            "\n  help: name the `#[get]` route that shows it",
        ]);
    }
    let shows = match found_at.views {
        [first, ..] => first.view.resource,
        [] => "nothing",
    };
    if !same(creates, shows) {
        fail(&[
            "SA646: `Created::at` names `",
            found_at.name,
            "`, which shows ",
            shows,
            ", and this creates ",
            creates,
            "\n  help: name the `#[get]` route that shows it",
        ]);
    }
}

/// The number of operations that are missing and told once each. More are told wherever they are named.
const TOLD: usize = 16;

/// The words by which a redirect names where it leads to.
const REDIRECT: &str = "Redirect::to";

/// Checks that each operation which is named is one of the API, and where a redirect leads to one that answers GET. `table` has
/// them all, by their places. One that several name is told once.
pub(super) const fn check_links(api: &Api, table: &Table, mistakes: &mut Mistakes) {
    let mut told: [Option<OperationName>; TOLD] = [None; TOLD];
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            index += 1;
            let mut place = 0;
            while place < route.links.len() {
                let Link { by, to } = route.links[place];
                place += 1;
                // A route whose declaration has mistakes has no name, and was told of already.
                if to.name.is_empty() {
                    continue;
                }
                let found = find(table, to);
                let verb = match found {
                    Some(found) if same(by, REDIRECT) && !matches!(found.verb, Verb::Get) => {
                        Some(found.verb.as_str())
                    }
                    Some(_) => continue,
                    None => None,
                };
                if !is_new(&mut told, to) {
                    continue;
                }
                mistakes.begin(Some(group));
                mistakes.push_all(&[
                    if verb.is_some() { "SA750: `" } else { "SA645: `" },
                    by,
                    "` of `",
                    route.name,
                    "` names `",
                    to.name,
                ]);
                match verb {
                    Some(verb) => mistakes.push_all(&[
                        "`, a ",
                        verb,
                        ", and whoever is sent there sends a GET\n  help: name a `#[get]` route",
                    ]),
                    None => mistakes.push_all(&[
                        "`, which is no operation of ",
                        api.name,
                        "\n  help: write `",
                        to.name,
                        "` into the list, `routes(…)`",
                    ]),
                }
            }
        }
        group += 1;
    }
}

/// Notes an operation that is told. Returns `false` if it was noted before.
const fn is_new(told: &mut [Option<OperationName>; TOLD], name: OperationName) -> bool {
    let mut place = 0;
    while place < TOLD {
        match told[place] {
            Some(other) if other.is(name) => return false,
            Some(_) => place += 1,
            None => {
                told[place] = Some(name);
                return true;
            }
        }
    }
    true
}

/// Returns the operation of this name and place.
pub(super) const fn find(table: &Table, wanted: OperationName) -> Option<&'static Route> {
    let mut place = (wanted.place % PLACES as u64) as usize;
    while let Some(route) = table[place] {
        if route.step().is(wanted) {
            return Some(route);
        }
        place = (place + 1) % PLACES;
    }
    None
}
