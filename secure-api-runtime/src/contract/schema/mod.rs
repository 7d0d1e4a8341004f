//! Two schemas of one place, compared: what a request may be must not shrink, what an answer is must not grow.

mod bounds;
mod inner;
mod keywords;
mod members;
mod merged;
mod node;
mod types;
mod unions;
mod within;

use std::collections::HashSet;

use serde_json::Value;

use super::{
    documents::Source,
    finding::{Findings, Values},
};
use node::Node;

pub(in crate::contract) use bounds::LEVELS;
pub(in crate::contract) use node::sorted;

/// The most pairs of schemas that are compared in one document.
const MOST: usize = 20_000;

/// The deepest place that is compared.
const DEEPEST: usize = 32;

/// The kind of a place, by which rules are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// A parameter.
    Parameter,
    /// The body of a request.
    Body,
    /// A header of an answer.
    Header,
    /// The body of an answer.
    Answer,
}

impl Kind {
    fn is_request(self) -> bool {
        matches!(self, Self::Parameter | Self::Body)
    }

    fn prefix(self, depth: usize) -> &'static str {
        match self {
            Self::Parameter if depth == 0 => "request-parameter-",
            Self::Body if depth == 0 => "request-body-",
            Self::Parameter | Self::Body => "request-property-",
            Self::Header if depth == 0 => "response-header-",
            Self::Answer if depth == 0 => "response-body-",
            Self::Header | Self::Answer => "response-property-",
        }
    }
}

/// One place.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    kind: Kind,
    depth: usize,
    /// The steps that led here, unions among them.
    steps: usize,
    path: String,
}

impl Spot {
    pub(super) fn new(kind: Kind, path: impl Into<String>) -> Self {
        Self { kind, depth: 0, steps: 0, path: path.into() }
    }

    fn below(&self, suffix: &str) -> Self {
        let path = format!("{}{suffix}", self.path);
        Self { kind: self.kind, depth: self.depth + 1, steps: self.steps + 1, path }
    }

    /// Returns the place of a member of a union, which is as deep as the union: it is no property.
    fn member(&self, name: &str) -> Self {
        Self { path: format!("{}<{name}>", self.path), steps: self.steps + 1, ..self.clone() }
    }
}

/// A comparison of the schemas of two documents.
pub(super) struct Schemas<'a, 'f> {
    old: Source<'a>,
    new: Source<'a>,
    findings: &'f mut Findings,
    operation: &'f str,
    /// The pairs of references that are being compared around this place: what contains itself is compared once.
    around: Vec<(String, String)>,
    /// The pairs that were compared and had no finding, with their direction.
    alike: HashSet<(String, String, Kind)>,
    compared: usize,
}

impl<'a, 'f> Schemas<'a, 'f> {
    pub(super) fn new(
        old: Source<'a>,
        new: Source<'a>,
        operation: &'f str,
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            old,
            new,
            findings,
            operation,
            around: Vec::new(),
            alike: HashSet::new(),
            compared: 0,
        }
    }

    /// Compares two schemas of one place.
    pub(super) fn compare(&mut self, spot: &Spot, old: &Value, new: &Value) {
        self.compared += 1;
        if self.compared > MOST || spot.steps > DEEPEST {
            if self.compared == MOST + 1 || spot.steps > DEEPEST {
                self.too_much(spot);
            }
            return;
        }
        let (Some(old_name), Some(new_name)) = (reference(old), reference(new)) else {
            return self.pair(spot, old, new);
        };
        let pair = (old_name, new_name);
        let known = (pair.0.clone(), pair.1.clone(), spot.kind);
        if self.around.contains(&pair) || self.alike.contains(&known) {
            return;
        }
        let before = self.findings.found.len();
        self.around.push(pair);
        self.pair(spot, old, new);
        self.around.pop();
        // Within itself a schema is taken to be alike, so only the outermost may say that it is.
        if self.findings.found.len() == before && self.around.is_empty() {
            self.alike.insert(known);
        }
    }

    fn pair(&mut self, spot: &Spot, old: &Value, new: &Value) {
        let (was, is) = (old, new);
        let (old, new) = (Node::read(self.old, old), Node::read(self.new, new));
        if old.lost != new.lost {
            let lost = new.lost.or(old.lost).unwrap_or_default();
            let sentence = format!("{lost} leads nowhere, so nobody can say what is there");
            return self.findings.add(
                "reference-not-resolved",
                (self.operation, &spot.path),
                sentence,
                (None, None),
            );
        }
        if !self.types(spot, &old, &new) {
            return;
        }
        if self.unions(spot, (was, &old), (is, &new)) {
            return;
        }
        self.values(spot, &old, &new);
        self.bounds(spot, &old, &new);
        self.keywords(spot, &old, &new);
        self.members(spot, &old, &new);
    }

    fn too_much(&mut self, spot: &Spot) {
        let sentence = "there is too much of it to compare".to_owned();
        self.tell(spot, "schema-not-compared", sentence, (None, None));
    }

    /// Adds a finding of this place, by the end of its rule's name.
    fn tell(&mut self, spot: &Spot, stem: &str, sentence: String, values: Values) {
        let rule = format!("{}{stem}", spot.kind.prefix(spot.depth));
        self.findings.add(&rule, (self.operation, &spot.path), sentence, values);
    }
}

/// Returns what a schema refers to, by which it is known again: a reference, or the whole of what puts others together, as one that is
/// described or may be null.
fn reference(schema: &Value) -> Option<String> {
    let name = schema.get("$ref").and_then(Value::as_str).map(str::to_owned);
    let is_of_others = || ["allOf", "anyOf", "oneOf"].iter().any(|word| schema.get(word).is_some());
    name.or_else(|| is_of_others().then(|| schema.to_string()))
}

/// Returns `word` as it is told of one side: its value, or `nothing`.
fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => "nothing".to_owned(),
    }
}
