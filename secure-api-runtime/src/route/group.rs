//! Several groups of routes as one: what a module's name stands for where an API lists it.

use super::Route;

/// How many routes there are in all groups.
pub const fn count(groups: &[&[&'static Route]]) -> usize {
    let mut count = 0;
    let mut group = 0;
    while group < groups.len() {
        count += groups[group].len();
        group += 1;
    }
    count
}

/// All of them, in their order. `N` is their [`count`].
pub const fn joined<const N: usize>(groups: &[&[&'static Route]]) -> [&'static Route; N] {
    let Some(first) = first(groups) else {
        match [].first_chunk() {
            Some(none) => return *none,
            None => panic!("no routes, as were counted"),
        }
    };
    let mut joined = [first; N];
    let mut place = 0;
    let mut group = 0;
    while group < groups.len() {
        let mut index = 0;
        while index < groups[group].len() {
            joined[place] = groups[group][index];
            place += 1;
            index += 1;
        }
        group += 1;
    }
    joined
}

const fn first(groups: &[&[&'static Route]]) -> Option<&'static Route> {
    let mut group = 0;
    while group < groups.len() {
        if let [first, ..] = groups[group] {
            return Some(first);
        }
        group += 1;
    }
    None
}
