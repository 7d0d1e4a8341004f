//! Paths with parameters, as a tree of their segments: of one it finds those that it is an address of, without asking each.

use std::collections::BTreeMap;

use super::shape::{literals, may_be};

/// The paths that begin with the same segments.
#[derive(Debug, Default)]
pub(super) struct Places<'p> {
    /// The next segments that are words.
    words: BTreeMap<&'p str, Self>,
    /// The next segments that have a parameter, which may be any text, each with what stands around that.
    open: BTreeMap<&'p str, (Vec<String>, Self)>,
    /// The numbers of the paths that end here.
    ends: Vec<usize>,
}

impl<'p> Places<'p> {
    /// Adds a path with its number.
    pub(super) fn add(&mut self, path: &'p str, number: usize) {
        let mut place = self;
        for segment in path.split('/') {
            place = match segment.contains('{') {
                true => {
                    let made = || (literals(segment), Self::default());
                    &mut place.open.entry(segment).or_insert_with(made).1
                }
                false => place.words.entry(segment).or_default(),
            };
        }
        place.ends.push(number);
    }

    /// Returns the numbers of the paths that this one is an address of, in their order.
    pub(super) fn of(&self, path: &str) -> Vec<usize> {
        let mut places = vec![self];
        for segment in path.split('/') {
            let next = places.into_iter().flat_map(|place| {
                let open = place
                    .open
                    .iter()
                    .filter(|(open, (around, _))| **open == segment || may_be(around, segment));
                place.words.get(segment).into_iter().chain(open.map(|(_, (_, next))| next))
            });
            places = next.collect();
        }
        let mut found: Vec<usize> =
            places.into_iter().flat_map(|place| &place.ends).copied().collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_an_address_of_those_whose_parameters_it_fills() {
        let mut places = Places::default();
        let paths = [
            "/pets",
            "/pets/{id}",
            "/pets/{id}.json",
            "/pets/all",
            "/{kind}/all",
            "/pets/{id}/x",
            "/pets/{a}-{b}",
        ];
        for (number, path) in paths.iter().enumerate() {
            places.add(path, number);
        }
        for (path, wanted) in [
            ("/pets", &[0][..]),
            ("/pets/all", &[1, 3, 4]),
            ("/pets/a.json", &[1, 2]),
            ("/pets/.json", &[1]),
            ("/pets/{pet}", &[1]),
            ("/pets/", &[]),
            ("/pets/a/x", &[5]),
            ("/cats", &[]),
            ("/pets/a-b", &[1, 6]),
        ] {
            assert_eq!(places.of(path), wanted, "{path}");
        }
    }
}
