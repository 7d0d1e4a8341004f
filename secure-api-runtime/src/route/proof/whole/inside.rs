//! The compiler's check of paths with a parameter inside of a segment: none may be another path. Else a key that holds what stands beside
//! it would lead to another operation, as `report.json` of `/files/{name}` to `/files/{name}.json`.

use crate::{
    compose::same,
    route::{
        Api, Route,
        proof::Mistakes,
        segment::{literal, may_be_one, segment},
    },
};

/// The number of pairs that are reported. The others come after these were mended.
const TOLD: usize = 8;

/// Compares each path that has a parameter inside of a segment with all others. An API without such a path compares nothing.
pub(super) const fn check_inside(api: &Api, mistakes: &mut Mistakes) {
    let (mut told, mut group) = (0, 0);
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            if has_inside(route.path_shape) {
                check_ends(route, group, mistakes);
                compare_all(api, route, (group, index), &mut told, mistakes);
            }
            index += 1;
        }
        group += 1;
    }
}

const fn compare_all(
    api: &Api,
    route: &'static Route,
    (place, at): (usize, usize),
    told: &mut usize,
    mistakes: &mut Mistakes,
) {
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let other = routes[index].route;
            // Of two such paths the pair is compared once.
            let is_before = group < place || (group == place && index < at);
            let is_asked = !has_inside(other.path_shape) || is_before;
            index += 1;
            if *told < TOLD
                && is_asked
                && !same(other.path_shape, route.path_shape)
                && other.versions.overlaps(route.versions)
                && may_meet(route, other)
            {
                *told += 1;
                mistakes.begin(Some(place));
                mistakes.push_all(&[
                    "SA038: a path of `",
                    other.name,
                    "` at ",
                    other.path,
                    " may be one of `",
                    route.name,
                    "` at ",
                    route.path,
                    "\n  help: change one of the two paths, or keep the letters that tell them apart out of the keys",
                ]);
            }
        }
        group += 1;
    }
}

/// Returns `true` if a parameter of this shape is no whole segment.
const fn has_inside(shape: &str) -> bool {
    let bytes = shape.as_bytes();
    let mut index = 1;
    while index + 1 < bytes.len() {
        if bytes[index] == b'{' {
            let ends = index + 2 == bytes.len() || bytes[index + 2] == b'/';
            if bytes[index - 1] != b'/' || !ends {
                return true;
            }
        }
        index += 1;
    }
    false
}

/// Returns `true` if each segment of both may be the same. A parameter that is a whole segment may be what its type may be.
const fn may_meet(one: &'static Route, other: &'static Route) -> bool {
    let (mut start, mut other_start, mut place, mut other_place) = (0, 0, 0, 0);
    loop {
        let (left, right) =
            match (segment(one.path_shape, start), segment(other.path_shape, other_start)) {
                (Some((left, next)), Some((right, other_next))) => {
                    (start, other_start) = (next, other_next);
                    (left, right)
                }
                (None, None) => return true,
                _ => return false,
            };
        if !may_be_one(left, right)
            || !holds(one, place, left, right)
            || !holds(other, other_place, right, left)
        {
            return false;
        }
        place += (left.len() - literal(left)) / 2;
        other_place += (right.len() - literal(right)) / 2;
    }
}

/// Returns `false` if the parameter at a place is a whole segment, and its type has none of the letters that the other segment has.
const fn holds(route: &Route, place: usize, segment: &str, other: &str) -> bool {
    if !same(segment, "{}") || literal(other) == 0 || place >= route.facts.len() {
        return true;
    }
    match route.facts[place].1.texts {
        Some(texts) => texts.may_hold(other),
        None => true,
    }
}

/// Checks that no key may hold the letters that end it, where another key follows: it would be read in two parts that it does not have.
const fn check_ends(route: &'static Route, group: usize, mistakes: &mut Mistakes) {
    let shape = route.path_shape.as_bytes();
    let (mut index, mut place) = (0, 0);
    while index + 1 < shape.len() {
        if shape[index] != b'{' {
            index += 1;
            continue;
        }
        // Up to the next parameter, if one is in the same segment.
        let start = index + 2;
        let mut end = start;
        while end < shape.len() && !matches!(shape[end], b'{' | b'/') {
            end += 1;
        }
        let is_followed = end < shape.len() && shape[end] == b'{';
        if is_followed && place < route.facts.len() && place < route.parameters.len() {
            let (before, _) = route.path_shape.split_at(end);
            let (_, literal) = before.split_at(start);
            let may_hold = match route.facts[place].1.texts {
                Some(texts) => texts.may_hold(literal),
                None => false,
            };
            if may_hold {
                mistakes.begin(Some(group));
                mistakes.push_all(&[
                    "SA039: a key `",
                    route.parameters[place],
                    "` of `",
                    route.name,
                    "` may hold `",
                    literal,
                    "`, which ends it in ",
                    route.path,
                    "\n  help: keep that out of the key by its `pattern`, or put a `/` between the two",
                ]);
            }
        }
        place += 1;
        index = end;
    }
}
