//! The table of paths: those of whole segments by matchit, and before it those that have parameters inside of a segment.

use std::collections::{BTreeMap, BTreeSet};

use smallvec::SmallVec;

use crate::route::{PathParameters, segment};

/// The places of paths.
pub(super) struct Paths<T> {
    /// Paths whose parameters are whole segments.
    table: matchit::Router<T>,
    /// Paths with a parameter inside of a segment, by their segments: no address of such a path is another one's as well, which the
    /// compiler holds, so these are asked first, and one that does not fit hides no other.
    inside: Vec<(Vec<String>, T)>,
    /// The paths as axum's router has them, where a segment with a parameter is one.
    pub(super) texts: BTreeSet<String>,
}

impl<T> Paths<T> {
    /// Creates the table of paths, whose parameters are `{}`.
    pub(super) fn new(places: BTreeMap<String, T>) -> Self {
        let (mut table, mut inside, mut texts) =
            (matchit::Router::new(), Vec::new(), BTreeSet::new());
        for (shape, place) in places {
            let path = positional(&shape);
            texts.insert(path.clone());
            if segments(&shape).any(segment::is_mixed) {
                inside.push((segments(&shape).map(str::to_owned).collect(), place));
            // No two are alike, and a parameter's name is its number, so none conflicts with another.
            } else if let Err(conflict) = table.insert(&*path, place) {
                unreachable!("{path}: {conflict}");
            }
        }
        // Of two versions that have one address, either may be meant: the one with the most fixed letters.
        inside.sort_by_key(|(shapes, _): &(Vec<String>, T)| {
            std::cmp::Reverse(shapes.iter().map(|shape| segment::literal(shape)).sum::<usize>())
        });
        Self { table, inside, texts }
    }

    /// Returns the place of a path, with its parameters.
    pub(super) fn at(&self, path: &str) -> Option<(&T, PathParameters)> {
        if let Some(found) = self.inside.iter().find_map(|(shapes, place)| {
            Some((place, PathParameters::decoded(split(shapes, path)?.into_iter())))
        }) {
            return Some(found);
        }
        let found = self.table.at(path).ok()?;
        let parameters = match found.params.is_empty() {
            true => PathParameters::default(),
            false => PathParameters::decoded(found.params.iter().map(|(_, text)| text)),
        };
        Some((found.value, parameters))
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
}

/// Returns the values of the parameters of a path, as they were sent; nothing where it is of other segments.
fn split<'p>(shapes: &[String], path: &'p str) -> Option<SmallVec<[&'p str; 2]>> {
    let (mut values, mut sent) = (SmallVec::new(), segments(path));
    for shape in shapes {
        values.extend(segment::split(shape, sent.next()?)?);
    }
    sent.next().is_none().then_some(values)
}

/// Returns the path that a table matches, where a segment with a parameter is one: parameters are numbered, since two routes may name
/// the same one differently.
fn positional(shape: &str) -> String {
    let (mut path, mut count) = (String::new(), 0);
    for segment in segments(shape) {
        path.push('/');
        if segment.contains("{}") {
            count += 1;
            path.push_str(&format!("{{p{count}}}"));
        } else {
            path.push_str(segment);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(shapes: &[&'static str], path: &str) -> Option<(&'static str, Vec<String>)> {
        let paths = Paths::new(shapes.iter().map(|shape| ((*shape).to_owned(), *shape)).collect());
        let (shape, parameters) = paths.at(path)?;
        let values = (0..).map_while(|place| parameters.get(place).map(str::to_owned));
        Some((*shape, values.collect()))
    }

    #[test]
    fn the_shape_with_the_most_letters_is_tried_first() {
        let shapes =
            ["/v1/files/{}", "/v1/files/{}.json", "/v1/files/{}-{}.json", "/v1/files/latest"];
        for (path, shape, values) in [
            ("/v1/files/7", shapes[0], &["7"][..]),
            ("/v1/files/7.json", shapes[1], &["7"]),
            ("/v1/files/a-b-c.json", shapes[2], &["a", "b-c"]),
            ("/v1/files/latest", shapes[3], &[]),
            ("/v1/files/.json", shapes[0], &[".json"]),
        ] {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(found(&shapes, path), Some((shape, values)), "{path}");
        }
        for path in ["/v1/files/", "/v1/files", "/v1/files/7.json/", "*", ""] {
            assert_eq!(found(&shapes, path), None, "{path}");
        }
        let paths = Paths::new(shapes.map(|shape| (shape.to_owned(), shape)).into());
        let texts: Vec<_> = paths.texts.iter().map(String::as_str).collect();
        assert_eq!(texts, ["/v1/files/latest", "/v1/files/{p1}"]);
    }

    #[test]
    fn a_shape_that_does_not_fit_hides_no_other() {
        for (shapes, path, shape, values) in [
            (["/a/b/{}.json", "/a/{}/c"], "/a/b/c", "/a/{}/c", &["b"][..]),
            (["/a/b/{}.json", "/a/{}/c"], "/a/b/c.json", "/a/b/{}.json", &["c"]),
            (["/a/{}.json/c", "/a/{}/{}"], "/a/b/c", "/a/{}/{}", &["b", "c"]),
            (["/a/{}-{}/{}", "/a/{}.json/c"], "/a/b-d/c", "/a/{}-{}/{}", &["b", "d", "c"]),
            (["/a/{}/{}.json", "/a/b/{}"], "/a/b/c.json", "/a/{}/{}.json", &["b", "c"]),
        ] {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            assert_eq!(found(&shapes, path), Some((shape, values)), "{path} of {shapes:?}");
        }
    }
}
