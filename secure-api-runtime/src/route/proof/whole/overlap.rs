//! The compiler's check of paths: no key of one operation is a fixed segment of another's path. Else whoever is called
//! `login` cannot be reached beside `/users/login`. Paths are kept as a tree of segments, and each is compared with those
//! alone that it may mean: to compare every pair of a large API would take as long as the rest of the compilation.

use crate::{
    compose::same,
    route::{
        Api, Route,
        proof::Mistakes,
        segment::{is_mixed, segment},
    },
};

/// The largest number of paths that are compared, equal to that of an API's operations.
const MOST: usize = 4096;
/// The largest number of segments of all of them. What more they have is not compared.
const NODES: usize = 32_768;
/// The capacity of the table of segments. It is never more than half full.
const PLACES: usize = 2 * NODES;
/// The number of overlaps that are reported. The others come after these were mended.
const TOLD: usize = 8;

struct Paths {
    routes: [Option<&'static Route>; MOST],
    /// The route before this one that is of the same path, counted from 1.
    before: [u16; MOST],
    count: usize,
    nodes: [Node; NODES],
    /// The number of nodes. The first is the root.
    size: usize,
    /// The fixed segments, by their hash.
    places: [u16; PLACES],
}

/// A segment behind those that lead to it. Two that have one hash are taken for one: what is found is compared in full.
#[derive(Clone, Copy)]
struct Node {
    hash: u64,
    /// The node behind it that is a parameter.
    parameter: u16,
    /// The first fixed one behind it, each with the next one beside it.
    fixed: u16,
    beside: u16,
    /// The last route that ends here, counted from 1.
    last: u16,
}

impl Node {
    const fn new(hash: u64) -> Self {
        Self { hash, parameter: 0, fixed: 0, beside: 0, last: 0 }
    }
}

/// Refuses a parameter that may be a fixed segment of another path in a common version, whatever the verbs.
pub(super) const fn check_overlaps(api: &Api, mistakes: &mut Mistakes) {
    let mut paths = Paths {
        routes: [None; MOST],
        before: [0; MOST],
        count: 0,
        nodes: [Node::new(1); NODES],
        size: 1,
        places: [0; PLACES],
    };
    let (mut told, mut group) = (0, 0);
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() && paths.count < MOST {
            let route = routes[index].route;
            index += 1;
            // The verbs of one path are one path.
            if !paths.compare(0, 0, route, group, &mut told, mistakes) {
                paths.add(route);
            }
        }
        group += 1;
    }
}

impl Paths {
    const fn add(&mut self, route: &'static Route) {
        let (mut node, mut start) = (0, 0);
        while let Some((segment, next)) = segment(route.path_shape, start) {
            let found = self.behind(node, segment);
            node = if found == 0 { self.insert(node, segment) } else { found };
            if node == 0 {
                return;
            }
            start = next;
        }
        self.routes[self.count] = Some(route);
        self.before[self.count] = self.nodes[node].last;
        self.count += 1;
        self.nodes[node].last = self.count as u16;
    }

    /// Returns the node of a segment behind another, or 0.
    const fn behind(&self, node: usize, segment: &str) -> usize {
        if same(segment, "{}") {
            return self.nodes[node].parameter as usize;
        }
        let hash = extended(self.nodes[node].hash, segment);
        let mut place = (hash % PLACES as u64) as usize;
        while self.places[place] != 0 {
            let found = self.places[place] as usize;
            if self.nodes[found].hash == hash {
                return found;
            }
            place = (place + 1) % PLACES;
        }
        0
    }

    /// Adds a segment behind a node. Returns 0 where there is no room.
    const fn insert(&mut self, node: usize, segment: &str) -> usize {
        let new = self.size;
        if new == NODES {
            return 0;
        }
        self.size += 1;
        let hash = extended(self.nodes[node].hash, segment);
        self.nodes[new] = Node::new(hash);
        if same(segment, "{}") {
            self.nodes[node].parameter = new as u16;
            return new;
        }
        self.nodes[new].beside = self.nodes[node].fixed;
        self.nodes[node].fixed = new as u16;
        let mut place = (hash % PLACES as u64) as usize;
        while self.places[place] != 0 {
            place = (place + 1) % PLACES;
        }
        self.places[place] = new as u16;
        new
    }

    /// Compares a route with all that its path, from here on, may mean. Tells if one of them is of the same path and in all
    /// of its versions.
    const fn compare(
        &self,
        node: usize,
        start: usize,
        route: &'static Route,
        group: usize,
        told: &mut usize,
        mistakes: &mut Mistakes,
    ) -> bool {
        let mut repeated = false;
        let Some((segment, next)) = segment(route.path_shape, start) else {
            let mut place = self.nodes[node].last as usize;
            while place > 0 {
                if let Some(other) = self.routes[place - 1] {
                    repeated |= compare(other, route, group, told, mistakes);
                }
                place = self.before[place - 1] as usize;
            }
            return repeated;
        };
        let parameter = self.nodes[node].parameter as usize;
        if parameter != 0 {
            repeated |= self.compare(parameter, next, route, group, told, mistakes);
        }
        if same(segment, "{}") {
            let mut fixed = self.nodes[node].fixed as usize;
            while fixed != 0 {
                repeated |= self.compare(fixed, next, route, group, told, mistakes);
                fixed = self.nodes[fixed].beside as usize;
            }
        } else {
            let fixed = self.behind(node, segment);
            if fixed != 0 {
                repeated |= self.compare(fixed, next, route, group, told, mistakes);
            }
        }
        repeated
    }
}

/// Returns the hash of a segment behind what has this hash (FNV-1a).
const fn extended(hash: u64, segment: &str) -> u64 {
    let bytes = segment.as_bytes();
    let (mut hash, mut index) = ((hash ^ 0x2f).wrapping_mul(0x100_0000_01b3), 0);
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u64).wrapping_mul(0x100_0000_01b3);
        index += 1;
    }
    hash
}

/// Tells of two routes that overlap. Returns if the second one's path was there already, in all of its versions.
const fn compare(
    other: &'static Route,
    route: &'static Route,
    group: usize,
    told: &mut usize,
    mistakes: &mut Mistakes,
) -> bool {
    if same(other.path_shape, route.path_shape) {
        return route.versions.within(other.versions);
    }
    if *told < TOLD
        && other.versions.overlaps(route.versions)
        && let Some(Overlap { keyed, parameter, fixed, word }) = overlap(other, route)
    {
        *told += 1;
        mistakes.begin(Some(group));
        mistakes.push_all(&[
            "SA196: the `",
            parameter,
            "` of `",
            keyed.name,
            "` at ",
            keyed.path,
            " may be `",
            word,
            "`, and then `",
            fixed.name,
            "` at ",
            fixed.path,
            " answers\n  help: keep the word out of the key: `#[value(key, reserved(\"",
            word,
            "\"))]`, or change a path",
        ]);
    }
    false
}

/// Two paths of which one request can mean both.
struct Overlap {
    /// The route whose parameter may be the word.
    keyed: &'static Route,
    parameter: &'static str,
    /// The route whose path has the word.
    fixed: &'static Route,
    word: &'static str,
}

/// Returns the first parameter of one route that may be a fixed segment of the other, if every other segment may be the
/// same too.
const fn overlap(one: &'static Route, other: &'static Route) -> Option<Overlap> {
    let (mut start, mut other_start) = (0, 0);
    let (mut place, mut other_place) = (0, 0);
    let mut found = None;
    loop {
        let (left, right) =
            match (segment(one.path_shape, start), segment(other.path_shape, other_start)) {
                (Some((left, next)), Some((right, other_next))) => {
                    (start, other_start) = (next, other_next);
                    (left, right)
                }
                (None, None) => return found,
                _ => return None,
            };
        let (left_is_key, right_is_key) = (same(left, "{}"), same(right, "{}"));
        // Those with a parameter inside of a segment are compared by themselves.
        if is_mixed(left) || is_mixed(right) {
            return None;
        }
        match (left_is_key, right_is_key) {
            (false, false) if !same(left, right) => return None,
            (true, false) => match may_be(one, place, right) {
                true if found.is_none() => {
                    let parameter = one.parameters[place];
                    found = Some(Overlap { keyed: one, parameter, fixed: other, word: right });
                }
                true => {}
                false => return None,
            },
            (false, true) => match may_be(other, other_place, left) {
                true if found.is_none() => {
                    let parameter = other.parameters[other_place];
                    found = Some(Overlap { keyed: other, parameter, fixed: one, word: left });
                }
                true => {}
                false => return None,
            },
            _ => {}
        }
        place += left_is_key as usize;
        other_place += right_is_key as usize;
    }
}

/// Tells if the parameter at a place may be a word: it is never empty. One that proves nothing has been told of.
const fn may_be(route: &Route, place: usize, word: &str) -> bool {
    if word.is_empty() || place >= route.facts.len() || place >= route.parameters.len() {
        return false;
    }
    match route.facts[place].1.texts {
        Some(texts) => texts.may_be(word),
        None => false,
    }
}
