//! The objects that an API guards: who writes a second `Object` over the same data has written a second rule.

use serde::Serialize;

use super::short;
use crate::route::{Api, ObjectInfo};

/// An implementation of `Object` that some operation reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guarded {
    /// The name of its type.
    pub object: &'static str,
    /// The name of its key's type. Two objects of one key are most likely two rules over the same data.
    pub key: &'static str,
    /// The name of its store's type.
    pub store: &'static str,
    /// The operations that take, list, return or load it, in the API's order.
    pub operations: Vec<&'static str>,
}

/// Returns all of an API's objects, each once, in the order in which operations reach them.
pub fn objects(api: &Api) -> Vec<Guarded> {
    let mut found: Vec<(ObjectInfo, Guarded)> = Vec::new();
    for route in api.routes() {
        for facts in route.facts.iter().filter_map(|(_, facts)| facts.object) {
            let info = (facts.describe)();
            let known = found.iter_mut().find(|(known, _)| known.type_id == info.type_id);
            if let Some((_, guarded)) = known {
                if guarded.operations.last() != Some(&route.name) {
                    guarded.operations.push(route.name);
                }
                continue;
            }
            let [object, key, store] = [info.name, info.key, info.store].map(short);
            found.push((info, Guarded { object, key, store, operations: vec![route.name] }));
        }
    }
    found.into_iter().map(|(_, guarded)| guarded).collect()
}
