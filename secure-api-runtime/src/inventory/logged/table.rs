//! The operations that were declared, found by method and path.

use std::{collections::BTreeMap, io};

use super::{
    Expected,
    shape::{literals, may_be},
};

/// The most segments of a path: what is below one another is looked at within itself, and a stack has an end.
const DEEPEST: usize = 128;

/// The operations by their paths.
#[derive(Debug, Default)]
pub(super) struct Table {
    root: Node,
    bases: Vec<String>,
    /// `true` where the log does not tell the version: what one version alone has may be a key in another.
    untold: bool,
}

/// A segment of paths: what may follow it, the nearest first.
#[derive(Debug, Default)]
struct Node {
    named: BTreeMap<String, Node>,
    /// Segments with a parameter and something beside it, as `{name}.json` or `{first}-{second}`: what stands around the parameters.
    partly: Vec<(Vec<String>, Node)>,
    any: Option<Box<Node>>,
    here: Option<Place>,
}

/// A path that operations have.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The path with its parameters.
    pub(super) path: String,
    /// The places of its operations, by their verbs; none where it is answered and is no operation.
    pub(super) operations: BTreeMap<String, usize>,
}

impl Table {
    /// Makes the table.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a path of more segments than are looked at.
    pub(super) fn new(expected: &Expected) -> io::Result<Self> {
        let bases = expected.bases.iter().filter(|base| !base.is_empty());
        let untold = !expected.untold.is_empty();
        let mut table = Self { root: Node::default(), bases: bases.cloned().collect(), untold };
        for (index, operation) in expected.operations.iter().enumerate() {
            let place = table.place(&operation.path)?;
            // Of two that are alike the first one counts.
            place.operations.entry(operation.verb.clone()).or_insert(index);
        }
        for path in &expected.served {
            table.place(path)?;
        }
        Ok(table)
    }

    fn place(&mut self, path: &str) -> io::Result<&mut Place> {
        let count = segments(path).count();
        if count > DEEPEST {
            let told = format!("a path has {count} segments, and {DEEPEST} are looked at");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, told));
        }
        let node = segments(path).fold(&mut self.root, |node, segment| node.below(segment));
        Ok(node.here.get_or_insert_with(|| Place { path: path.to_owned(), ..Place::default() }))
    }

    /// Returns the place of a path that a method was sent to, which may have one of the bases before it. The log is that of a proxy,
    /// which takes a base off, or of what stands behind it.
    pub(super) fn find(&self, path: &str, method: &str) -> Option<&Place> {
        let answers = |place: &Place| place.operation(method).is_some();
        let of_method = self.untold.then(|| self.find_one(path, &answers)).flatten();
        of_method.or_else(|| self.find_one(path, &|_| true))
    }

    fn find_one(&self, path: &str, fits: &dyn Fn(&Place) -> bool) -> Option<&Place> {
        let inside = self.bases.iter().filter_map(|base| path.strip_prefix(base.as_str()));
        let inside = inside.filter(|rest| rest.starts_with('/'));
        inside.chain([path]).find_map(|path| {
            let segments: Vec<&str> = segments(path).collect();
            self.root.find(&segments, fits)
        })
    }
}

impl Node {
    /// Returns the node of the next segment, which is made where there is none.
    fn below(&mut self, segment: &str) -> &mut Self {
        let literals = literals(segment);
        match &literals[..] {
            [_] => self.named.entry(segment.to_owned()).or_default(),
            [before, after] if before.is_empty() && after.is_empty() => {
                self.any.get_or_insert_default()
            }
            _ => {
                let is_it = |(known, _): &(Vec<String>, Self)| *known == literals;
                let place = self.partly.iter().position(is_it).unwrap_or_else(|| {
                    self.partly.push((literals, Self::default()));
                    self.partly.len() - 1
                });
                &mut self.partly[place].1
            }
        }
    }

    fn find(&self, path: &[&str], fits: &dyn Fn(&Place) -> bool) -> Option<&Place> {
        let Some((segment, rest)) = path.split_first() else {
            return self.here.as_ref().filter(|place| fits(place));
        };
        let named = self.named.get(*segment).and_then(|node| node.find(rest, fits));
        named
            .or_else(|| {
                let mut fitting =
                    self.partly.iter().filter(|(literals, _)| may_be(literals, segment));
                fitting.find_map(|(_, node)| node.find(rest, fits))
            })
            .or_else(|| {
                let any = self.any.as_ref().filter(|_| !segment.is_empty())?;
                any.find(rest, fits)
            })
    }
}

impl Place {
    /// Returns the operation that answers a method. What answers GET answers HEAD, unless somebody declared that.
    pub(super) fn operation(&self, method: &str) -> Option<usize> {
        let own = self.operations.get(method);
        own.or_else(|| self.operations.get("GET").filter(|_| method == "HEAD")).copied()
    }

    /// Returns `true` for what is answered and is no operation: a document, or a browser's question before a request.
    pub(super) fn is_besides(&self, method: &str) -> bool {
        self.operations.is_empty() || method == "OPTIONS"
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
}

#[cfg(test)]
mod tests {
    use super::{super::ExpectedOperation, *};

    #[test]
    fn the_nearest_path_that_fits_is_the_operations() {
        let paths = [
            "/orders",
            "/orders/{order}",
            "/orders/{order}/items/{item}",
            "/orders/latest",
            "/files/{name}.json",
            "/files/{name}",
            "/pairs/{first}-{second}",
            "/times/{first}..{second}.csv",
        ];
        let operation = |path: &&str| ExpectedOperation {
            verb: "GET".to_owned(),
            path: (*path).to_owned(),
            ..Default::default()
        };
        let table = Table::new(&Expected {
            operations: paths.iter().map(operation).collect(),
            served: vec!["/docs".to_owned()],
            bases: vec!["/api".to_owned(), String::new()],
            ..Default::default()
        });
        let table = table.expect("no path is too deep");
        let found = |path| table.find(path, "GET").map(|place| &*place.path);
        for (path, wanted) in [
            ("/orders/4711", "/orders/{order}"),
            ("/orders/latest", "/orders/latest"),
            // Not below that: the other one fits.
            ("/orders/latest/items/1", "/orders/{order}/items/{item}"),
            ("/api/orders", "/orders"),
            ("/files/a.json", "/files/{name}.json"),
            ("/files/a.txt", "/files/{name}"),
            ("/files/.json", "/files/{name}"),
            ("/docs", "/docs"),
            ("/pairs/a-b", "/pairs/{first}-{second}"),
            ("/pairs/a-b-c", "/pairs/{first}-{second}"),
            ("/times/1..2.csv", "/times/{first}..{second}.csv"),
        ] {
            assert_eq!(found(path), Some(wanted), "{path}");
        }
        for path in ["/", "", "/orders/", "/orders/1/items", "/apiorders", "/api", "orders"] {
            assert_eq!(found(path), None, "{path}");
        }
        // Each parameter of a segment has a text of its own.
        for path in ["/pairs/ab", "/pairs/-b", "/pairs/a-", "/times/1.2.csv", "/times/..2.csv"] {
            assert_eq!(found(path), None, "{path}");
        }
        let place = table.find("/orders", "GET").expect("it is there");
        assert_eq!((place.operation("HEAD"), place.operation("POST")), (Some(0), None));
    }

    #[test]
    fn a_path_that_is_too_deep_is_told_and_no_stack_overflows() {
        let of = |count: usize| {
            let operation = ExpectedOperation { path: "/a".repeat(count), ..Default::default() };
            Table::new(&Expected { operations: vec![operation], ..Default::default() })
        };
        assert!(of(DEEPEST).expect("it may be").find(&"/a".repeat(DEEPEST), "GET").is_some());
        let error = of(20_000).expect_err("it is too deep");
        assert_eq!(error.to_string(), "a path has 20000 segments, and 128 are looked at");
        // Of a log, whose lines anybody makes as deep as they may be long.
        assert!(of(1).expect("it may be").find(&"/a".repeat(30_000), "GET").is_none());
    }
}
