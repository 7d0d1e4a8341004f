//! Properties, further members, and items.

use serde_json::Value;

use super::{Kind, Node, Schemas, Spot, shown};
use crate::contract::finding::values;

impl Schemas<'_, '_> {
    pub(super) fn members(&mut self, spot: &Spot, old: &Node, new: &Node) {
        for (name, schema) in old.properties() {
            let at = spot.below(&format!(".{name}"));
            match new.property(name) {
                Some(other) => self.property(&at, (old, schema), (new, other), name),
                // What has to be there and is not described is any value.
                None if new.requires(name) => {
                    self.property(&at, (old, schema), (new, &Value::Bool(true)), name);
                }
                None => self.removed(&at, old, schema, name),
            }
        }
        for (name, schema) in new.properties() {
            if old.property(name).is_none() {
                let at = spot.below(&format!(".{name}"));
                match old.requires(name) {
                    true => self.property(&at, (old, &Value::Bool(true)), (new, schema), name),
                    false => self.added(&at, new, schema, name),
                }
            }
        }
        self.required_alone(spot, old, new);
        self.further(spot, old, new);
        self.default(spot, old, new);
        match (old.word("items"), new.word("items")) {
            (Some(old), Some(new)) => self.compare(&spot.below("[]"), old, new),
            (None, Some(new)) if !Node::read(self.new, new).is_any() => {
                self.compare(&spot.below("[]"), &Value::Bool(true), new);
            }
            (Some(old), None) if !Node::read(self.old, old).is_any() => {
                self.compare(&spot.below("[]"), old, &Value::Bool(true));
            }
            _ => {}
        }
    }

    fn property(
        &mut self,
        at: &Spot,
        (old, was): (&Node, &Value),
        (new, is): (&Node, &Value),
        name: &str,
    ) {
        let (was_node, is_node) = (Node::read(self.old, was), Node::read(self.new, is));
        let request = at.kind.is_request();
        // What only answers have is no part of a request, and the other way around.
        let hidden = if request { "readOnly" } else { "writeOnly" };
        let (before, after) = (was_node.is(hidden), is_node.is(hidden));
        let (word, place) = (if request { "read-only" } else { "write-only" }, &at.path);
        if before != after {
            let required = if new.requires(name) { "required" } else { "optional" };
            let direction = if request { "request" } else { "response" };
            let not = if after { "" } else { "not-" };
            let rule = format!("{direction}-{required}-property-became-{not}{word}");
            let sentence = format!("`{place}` is {}{word} now", not.replace('-', " "));
            self.findings.add(&rule, (self.operation, place), sentence, (None, None));
        }
        if before || after {
            return;
        }
        match (old.requires(name), new.requires(name)) {
            (false, true) => {
                let stem = match is_node.word("default") {
                    Some(_) if request => "became-required-with-default",
                    _ => "became-required",
                };
                let says = if request { "has to be sent now" } else { "is always there now" };
                self.of_property(
                    at,
                    stem,
                    format!("`{place}` {says}"),
                    values("optional", "required"),
                );
            }
            (true, false) => {
                let says = if request { "may be left out now" } else { "may be missing now" };
                self.of_property(
                    at,
                    "became-optional",
                    format!("`{place}` {says}"),
                    values("required", "optional"),
                );
            }
            _ => {}
        }
        match (was_node.is("deprecated"), is_node.is("deprecated")) {
            (false, true) => {
                self.of_property(at, "deprecated", format!("`{place}` is deprecated"), (None, None))
            }
            (true, false) => {
                self.of_property(
                    at,
                    "reactivated",
                    format!("`{place}` is deprecated no more"),
                    (None, None),
                );
            }
            _ => {}
        }
        self.compare(at, was, is);
    }

    /// Compares the names that are required of members of which nothing else is said.
    fn required_alone(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let names = |node: &Node| -> Vec<String> {
            let required = node.word("required").and_then(Value::as_array).into_iter().flatten();
            required.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let is_alone = |name: &str| old.property(name).or_else(|| new.property(name)).is_none();
        for (node, other, stem, says) in [
            (new, old, "became-required", "has to be there now"),
            (old, new, "became-optional", "may be missing now"),
        ] {
            for name in names(node).iter().filter(|name| is_alone(name) && !other.requires(name)) {
                let at = spot.below(&format!(".{name}"));
                self.of_property(&at, stem, format!("`{}` {says}", at.path), (None, None));
            }
        }
    }

    /// Adds a finding of a property, which a property of the root is too.
    fn of_property(
        &mut self,
        at: &Spot,
        stem: &str,
        sentence: String,
        values: crate::contract::finding::Values,
    ) {
        let direction = if at.kind.is_request() { "request" } else { "response" };
        self.findings.add(
            &format!("{direction}-property-{stem}"),
            (self.operation, &at.path),
            sentence,
            values,
        );
    }

    fn removed(&mut self, at: &Spot, old: &Node, schema: &Value, name: &str) {
        let node = Node::read(self.old, schema);
        let place = &at.path;
        if at.kind.is_request() {
            if !node.is("readOnly") {
                let sentence = format!("`{place}` is not taken any more");
                self.findings.add(
                    "request-property-removed",
                    (self.operation, place),
                    sentence,
                    (None, None),
                );
            }
        } else if !node.is("writeOnly") {
            let required = old.requires(name);
            let rule = if required {
                "response-required-property-removed"
            } else {
                "response-optional-property-removed"
            };
            let sentence = format!("`{place}` is not answered any more");
            self.findings.add(rule, (self.operation, place), sentence, (None, None));
        }
    }

    fn added(&mut self, at: &Spot, new: &Node, schema: &Value, name: &str) {
        let node = Node::read(self.new, schema);
        let place = &at.path;
        if at.kind.is_request() {
            if node.is("readOnly") {
                return;
            }
            let (rule, sentence) = match (new.requires(name), node.word("default")) {
                (true, None) => (
                    "new-required-request-property",
                    format!("`{place}` is new, and has to be sent"),
                ),
                (true, Some(_)) => (
                    "new-required-request-property-with-default",
                    format!("`{place}` is new, and has to be sent"),
                ),
                (false, _) => {
                    ("new-optional-request-property", format!("`{place}` is new, and may be sent"))
                }
            };
            self.findings.add(rule, (self.operation, place), sentence, (None, None));
        } else if !node.is("writeOnly") {
            let rule = match new.requires(name) {
                true => "response-required-property-added",
                false => "response-optional-property-added",
            };
            let sentence = format!("`{place}` is answered now");
            self.findings.add(rule, (self.operation, place), sentence, (None, None));
        }
    }

    /// Compares what is said of members that no property names.
    fn further(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let about_objects = |node: &Node| node.types.is_empty() || node.types.contains("object");
        if !about_objects(old) || !about_objects(new) {
            return;
        }
        let said =
            |node: &Node| node.word("additionalProperties").cloned().unwrap_or(Value::Bool(true));
        let (old, new) = (said(old), said(new));
        match (old == false, new == false) {
            (false, true) => {
                let sentence = format!("`{}` has no other members any more", spot.path);
                self.tell(spot, "additional-properties-forbidden", sentence, (None, None));
            }
            (true, false) => {
                let sentence = format!("`{}` may have other members now", spot.path);
                self.tell(spot, "additional-properties-allowed", sentence, (None, None));
            }
            (true, true) => {}
            // What nobody says is anything, again and again.
            (false, false) if old.is_boolean() && new.is_boolean() => {}
            (false, false) => self.compare(&spot.below("{}"), &old, &new),
        }
    }

    fn default(&mut self, spot: &Spot, old: &Node, new: &Node) {
        if spot.kind == Kind::Header {
            return;
        }
        let (old, new) = (old.word("default"), new.word("default"));
        let change = match (old, new) {
            (None, Some(_)) => "added",
            (Some(_), None) => "removed",
            (old, new) if old != new => "changed",
            _ => return,
        };
        let both = values(shown(old), shown(new));
        let sentence = format!(
            "left out, `{}` was {}, and is {}",
            spot.path,
            both_text(&both.0),
            both_text(&both.1)
        );
        self.tell(spot, &format!("default-value-{change}"), sentence, both);
    }
}

fn both_text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("nothing")
}
