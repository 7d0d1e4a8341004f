//! The compiler's check of QUERY: its body says what is asked for.

use crate::{compose::fail, route::Route};

/// Checks that a QUERY reads a body: without one it is a GET, which caches and links know.
#[track_caller]
pub const fn check_asks(route: &Route) {
    let mut index = 0;
    while index < route.facts.len() {
        let facts = &route.facts[index].1;
        if facts.takes_body && !facts.optional_body {
            return;
        }
        index += 1;
    }
    fail(&[
        "SA806: `",
        route.name,
        "` is a QUERY, and reads no body that says what is asked for\n  help: write `get` in place of `query`, or \
         take what it asks for as `Json<…>` or `Form<…>`",
    ]);
}
