//! The compiler's check that no input reads the place of credentials which the operation names in `by`. What an app has a source of
//! besides is known at start alone.

use crate::{
    compose::same,
    identity::{Kind, Place},
    input::{Reads, is_one_header},
    route::{Api, ArgumentFacts, Route, proof::Mistakes},
};

/// Checks that the inputs of an operation read none of the places of its credentials.
pub(super) const fn check_places(api: &Api, route: &Route, group: usize, mistakes: &mut Mistakes) {
    let kinds = api.by(route).kinds();
    let mut argument = 0;
    while argument < route.facts.len() {
        let facts = &route.facts[argument].1;
        argument += 1;
        let (fields, mut index) = (facts.reads.fields(), 0);
        while index < fields.len() {
            let name = fields[index].name;
            index += 1;
            if is_place(kinds, facts, name) {
                mistakes.begin(Some(group));
                mistakes.push_all(&[
                    "SA550: `",
                    name,
                    "` is not for an input to read: it is for credentials, which `by` of `",
                    route.name,
                    "` declares\n  help: remove the field, or give it another name by `name = \"…\"`",
                ]);
            }
        }
    }
}

/// Returns `true` if what an argument reads by this name is the place of one of these kinds.
const fn is_place(kinds: &[Kind], facts: &ArgumentFacts, name: &str) -> bool {
    let mut index = 0;
    while index < kinds.len() {
        let is_it = match (kinds[index].place(), facts.reads) {
            (Place::Header(header), Reads::Headers(_)) => is_one_header(header, name),
            (Place::Cookie(cookie), Reads::Cookies(_)) => same(cookie, name),
            // A form has names and texts, too, and is no query.
            (Place::Query(parameter), Reads::Flat(_)) => !facts.takes_body && same(parameter, name),
            _ => false,
        };
        if is_it {
            return true;
        }
        index += 1;
    }
    false
}
