//! The compiler's check of paths that are as written: no two of them are one for whoever folds case or takes a slash at the
//! end away, as proxies and firewalls do.

use super::PLACES;
use crate::{
    compose::same,
    route::{Allowed, Api, Route, proof::Mistakes},
};

/// The number of pairs that are reported. The others come after these were mended.
const TOLD: usize = 8;

/// Refuses two paths that differ by case alone or by a slash at the end, in a common version, whatever the verbs. Where all
/// paths are lower-case words there are none, and nothing is compared.
pub(super) const fn check_alike(api: &Api, mistakes: &mut Mistakes) {
    if !has_unusual(api) {
        return;
    }
    // The operations, each at the hash of its folded path or behind it.
    let mut table: [Option<&'static Route>; PLACES] = [None; PLACES];
    let (mut told, mut group) = (0, 0);
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            let route = routes[index].route;
            index += 1;
            let mut place = folded_hash(route.path_shape) as usize % PLACES;
            while let Some(other) = table[place] {
                if told < TOLD
                    && !same(other.path_shape, route.path_shape)
                    && are_alike(other.path_shape, route.path_shape)
                    && other.versions.overlaps(route.versions)
                {
                    told += 1;
                    let ends = trimmed(other.path_shape.as_bytes()) == other.path_shape.len()
                        && trimmed(route.path_shape.as_bytes()) == route.path_shape.len();
                    mistakes.begin(Some(group));
                    mistakes.push_all(&[
                        "SA037: `",
                        other.name,
                        "` at ",
                        other.path,
                        " and `",
                        route.name,
                        "` at ",
                        route.path,
                        " differ by ",
                        if ends { "case" } else { "case or the slash at the end" },
                        " alone\n  help: change one of the two paths, or part their versions",
                    ]);
                }
                place = (place + 1) % PLACES;
            }
            table[place] = Some(route);
        }
        group += 1;
    }
}

/// Returns `true` if something says that paths are as written.
const fn has_unusual(api: &Api) -> bool {
    if api.versions.addresses.as_written.is_some() {
        return true;
    }
    let mut group = 0;
    while group < api.routes.len() {
        let routes = api.routes[group];
        let mut index = 0;
        while index < routes.len() {
            if Allowed::has(routes[index].route.options.allowed, "path") {
                return true;
            }
            index += 1;
        }
        group += 1;
    }
    false
}

/// Returns the length without the slash at the end.
const fn trimmed(path: &[u8]) -> usize {
    match path {
        [.., b'/'] => path.len() - 1,
        _ => path.len(),
    }
}

/// Hashes a path in lower case, without the slash at its end (FNV-1a).
const fn folded_hash(path: &str) -> u64 {
    let bytes = path.as_bytes();
    let (mut hash, mut index) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while index < trimmed(bytes) {
        hash = (hash ^ bytes[index].to_ascii_lowercase() as u64).wrapping_mul(0x100_0000_01b3);
        index += 1;
    }
    hash
}

const fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let end = trimmed(one);
    if end != trimmed(other) {
        return false;
    }
    let mut index = 0;
    while index < end {
        if !one[index].eq_ignore_ascii_case(&other[index]) {
            return false;
        }
        index += 1;
    }
    true
}
