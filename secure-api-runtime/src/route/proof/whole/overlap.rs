//! The compiler's check of paths: no key of one operation is a fixed segment of another's path. Else whoever is called
//! `login` cannot be reached beside `/users/login`.
//!
//! Paths are compared only with those that have as many segments and begin alike, since comparing every pair of a large API
//! would take as long as the rest of the compilation.

use crate::{
    compose::same,
    route::{Api, Route, proof::Mistakes},
};

/// The number of chains of paths. Paths that begin alike share one.
const CHAINS: usize = 512;
/// The largest number of paths that are compared, equal to that of an API's operations.
const MOST: usize = 4096;
/// The number of overlaps that are reported. The others come after these were mended.
const TOLD: usize = 8;

/// The paths that were looked at, in chains.
struct Paths {
    routes: [Option<&'static Route>; MOST],
    /// The path before this one in its chain, counted from 1.
    before: [u16; MOST],
    count: usize,
    /// The last path of each chain, counted from 1.
    last: [u16; CHAINS],
}

/// Refuses a parameter that may be a fixed segment of another path in a common version, whatever the verbs.
pub(super) const fn check_overlaps(api: &Api, mistakes: &mut Mistakes) {
    let mut paths = Paths { routes: [None; MOST], before: [0; MOST], count: 0, last: [0; CHAINS] };
    let (mut told, mut group) = (0, 0);
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() && paths.count < MOST {
            let route = routes[index].route;
            index += 1;
            let (segments, first) = beginning(route.path_shape);
            // A path that begins with a parameter may begin like any other of its length.
            let any = chain(segments, ANY);
            let mut repeated = false;
            if first == ANY {
                let mut other = 0;
                while other < paths.count {
                    if let Some(other) = paths.routes[other] {
                        repeated |= compare(other, route, group, &mut told, mistakes);
                    }
                    other += 1;
                }
            } else {
                repeated |=
                    paths.compare(chain(segments, first), route, group, &mut told, mistakes);
                if any != chain(segments, first) {
                    repeated |= paths.compare(any, route, group, &mut told, mistakes);
                }
            }
            // The verbs of one path are one path.
            if !repeated {
                paths.add(chain(segments, first), route);
            }
        }
        group += 1;
    }
}

impl Paths {
    const fn add(&mut self, chain: usize, route: &'static Route) {
        self.routes[self.count] = Some(route);
        self.before[self.count] = self.last[chain];
        self.count += 1;
        self.last[chain] = self.count as u16;
    }

    /// Compares a route with those of a chain. Tells if one of them is of the same path and in all of its versions.
    const fn compare(
        &self,
        chain: usize,
        route: &'static Route,
        group: usize,
        told: &mut usize,
        mistakes: &mut Mistakes,
    ) -> bool {
        let mut repeated = false;
        let mut place = self.last[chain] as usize;
        while place > 0 {
            if let Some(other) = self.routes[place - 1] {
                repeated |= compare(other, route, group, told, mistakes);
            }
            place = self.before[place - 1] as usize;
        }
        repeated
    }
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

/// Tells if the parameter at a place may be a word. One that proves nothing has been told of.
const fn may_be(route: &Route, place: usize, word: &str) -> bool {
    if place >= route.facts.len() || place >= route.parameters.len() {
        return false;
    }
    match route.facts[place].1.texts {
        Some(texts) => texts.may_be(word),
        None => false,
    }
}

/// Returns the segment that begins behind the slash at `start`, and where the next one does.
const fn segment(path: &'static str, start: usize) -> Option<(&'static str, usize)> {
    let bytes = path.as_bytes();
    if start >= bytes.len() {
        return None;
    }
    let mut end = start + 1;
    while end < bytes.len() && bytes[end] != b'/' {
        end += 1;
    }
    let (before, _) = path.split_at(end);
    let (_, segment) = before.split_at(start + 1);
    Some((segment, end))
}

/// The hash of a first segment that is a parameter.
const ANY: usize = 0;

/// Returns the number of segments, and the hash of the first one.
const fn beginning(shape: &str) -> (usize, usize) {
    let bytes = shape.as_bytes();
    let (mut segments, mut first, mut index) = (0, 1_usize, 0);
    let is_key = bytes.len() > 1 && bytes[1] == b'{';
    while index < bytes.len() {
        if bytes[index] == b'/' {
            segments += 1;
        } else if segments == 1 {
            first = first.wrapping_mul(31).wrapping_add(bytes[index] as usize);
        }
        index += 1;
    }
    (segments, if is_key { ANY } else { first })
}

/// Returns the chain of the paths with so many segments that begin so.
const fn chain(segments: usize, first: usize) -> usize {
    first.wrapping_mul(17).wrapping_add(segments) % CHAINS
}
