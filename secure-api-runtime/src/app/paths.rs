//! The table of paths: whole segments by matchit, and where some have parameters inside of a segment, which of those it is.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::route::{PathParameters, segment};

/// The places of paths.
pub(super) struct Paths<T> {
    table: matchit::Router<Spot<T>>,
    /// The paths as the table has them.
    pub(super) texts: Vec<String>,
}

/// The places of paths whose parameters stand in the same segments.
enum Spot<T> {
    /// The only one, whose parameters are whole segments: that of most APIs.
    Whole(T),
    /// Several, or one with a parameter inside of a segment; the one with the most fixed letters first.
    Inside(Vec<(Vec<String>, T)>),
}

impl<T> Paths<T> {
    /// Creates the table of paths, whose parameters are `{}`.
    pub(super) fn new(places: BTreeMap<String, T>) -> Self {
        let mut spots: BTreeMap<String, Vec<(Vec<String>, T)>> = BTreeMap::new();
        for (shape, place) in places {
            let (path, shapes) = positional(&shape);
            spots.entry(path).or_default().push((shapes, place));
        }
        let (mut table, mut texts) = (matchit::Router::new(), Vec::new());
        for (path, mut spot) in spots {
            let fixed = |shapes: &[String]| -> usize {
                shapes.iter().map(|shape| segment::literal(shape)).sum()
            };
            spot.sort_by_key(|(shapes, _)| std::cmp::Reverse(fixed(shapes)));
            let is_whole = spot.len() == 1 && fixed(&spot[0].0) == 0;
            let spot = match spot.pop() {
                Some((_, place)) if is_whole => Spot::Whole(place),
                last => Spot::Inside(spot.into_iter().chain(last).collect()),
            };
            // No two are alike, and a parameter's name is its number, so none conflicts with another.
            if let Err(conflict) = table.insert(&*path, spot) {
                unreachable!("{path}: {conflict}");
            }
            texts.push(path);
        }
        Self { table, texts }
    }

    /// Returns the place of a path, with its parameters.
    pub(super) fn at(&self, path: &str) -> Option<(&T, PathParameters)> {
        let found = self.table.at(path).ok()?;
        match found.value {
            Spot::Whole(place) if found.params.is_empty() => {
                Some((place, PathParameters::default()))
            }
            Spot::Whole(place) => {
                Some((place, PathParameters::decoded(found.params.iter().map(|(_, text)| text))))
            }
            Spot::Inside(places) => places.iter().find_map(|(shapes, place)| {
                let mut values: SmallVec<[&str; 2]> = SmallVec::new();
                for (shape, (_, text)) in shapes.iter().zip(found.params.iter()) {
                    values.extend(segment::split(shape, text)?);
                }
                Some((place, PathParameters::decoded(values.into_iter())))
            }),
        }
    }
}

/// Returns the path that the table matches, where a segment with a parameter is one: parameters are numbered, since two routes may name
/// the same one differently. With it go the shapes of these segments.
fn positional(shape: &str) -> (String, Vec<String>) {
    let (mut path, mut shapes) = (String::new(), Vec::new());
    for segment in shape.split('/').skip(1) {
        path.push('/');
        if segment.contains("{}") {
            shapes.push(segment.to_owned());
            path.push_str(&format!("{{p{}}}", shapes.len()));
        } else {
            path.push_str(segment);
        }
    }
    (path, shapes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_with_the_most_letters_is_tried_first() {
        let shapes =
            ["/v1/files/{}", "/v1/files/{}.json", "/v1/files/{}-{}.json", "/v1/files/latest"];
        let paths = Paths::new(shapes.map(|shape| (shape.to_owned(), shape)).into_iter().collect());
        for (path, shape, values) in [
            ("/v1/files/7", shapes[0], &["7"][..]),
            ("/v1/files/7.json", shapes[1], &["7"]),
            ("/v1/files/a-b-c.json", shapes[2], &["a", "b-c"]),
            ("/v1/files/latest", shapes[3], &[]),
            ("/v1/files/.json", shapes[0], &[".json"]),
        ] {
            let (found, parameters) = paths.at(path).expect(path);
            assert_eq!(*found, shape, "{path}");
            for (place, value) in values.iter().enumerate() {
                assert_eq!(parameters.get(place), Some(*value), "{path}");
            }
        }
        assert!(paths.at("/v1/files/").is_none() && paths.at("/v1/files").is_none());
        assert_eq!(paths.texts, ["/v1/files/latest", "/v1/files/{p1}"]);
    }
}
