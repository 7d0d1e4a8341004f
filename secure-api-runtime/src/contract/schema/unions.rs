//! Unions: `oneOf` and `anyOf`, member by member.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Value, json};

use super::{MOST, Node, Schemas, Spot, node::is_prose};
use crate::contract::{Severity, finding::Findings};

/// A member of a union, with the names that it may be known by.
struct Member<'a> {
    schema: &'a Value,
    name: Option<String>,
    tag: Option<String>,
    gist: Value,
    /// The names of its properties, where it has some.
    properties: Option<String>,
}

impl<'a> Member<'a> {
    fn read(source: super::Source<'_>, schema: &'a Value) -> Self {
        let node = Node::read(source, schema);
        let constant = |value: &Value| {
            let listed =
                value.get("enum").and_then(Value::as_array).filter(|values| values.len() == 1);
            let one = value.get("const").or_else(|| listed.and_then(|values| values.first()));
            one.and_then(Value::as_str).map(str::to_owned)
        };
        let tag = node
            .properties()
            .find_map(|(name, schema)| Some(format!("{name}={}", constant(schema)?)));
        let title = node.word("title").and_then(Value::as_str).map(str::to_owned);
        let mut properties: Vec<&str> = node.properties().map(|(name, _)| name).collect();
        properties.sort_unstable();
        let properties = (!properties.is_empty()).then(|| format!("{properties:?}"));
        Self { schema, tag, gist: node.gist(), properties, name: node.name.or(title) }
    }

    fn called(&self, place: usize) -> String {
        self.name
            .clone()
            .or_else(|| self.tag.clone())
            .unwrap_or_else(|| format!("member {}", place + 1))
    }
}

fn has_properties(node: &Node) -> bool {
    node.properties().next().is_some()
}

/// Pairs members that have properties of the same names, where no other one of either union has these: whatever they are called, it is
/// the same form.
fn pair_by_properties<'a, 'b>(
    old: &mut Vec<Member<'a>>,
    new: &mut Vec<Member<'b>>,
    pairs: &mut Vec<(Member<'a>, Member<'b>)>,
) {
    fn only(members: &[Member<'_>], names: &str) -> Option<usize> {
        let mut found =
            members.iter().enumerate().filter(|(_, one)| one.properties.as_deref() == Some(names));
        let (place, _) = found.next()?;
        found.next().is_none().then_some(place)
    }
    let names: Vec<String> = old.iter().filter_map(|one| one.properties.clone()).collect();
    for names in names {
        if let (Some(one), Some(other)) = (only(old, &names), only(new, &names)) {
            pairs.push((old.remove(one), new.remove(other)));
        }
    }
}

/// Returns the members of a union, each with what stands beside it.
fn within_members(node: &Node, members: &[Value]) -> Vec<Value> {
    let mut beside = node.words.clone();
    for word in ["oneOf", "anyOf", "discriminator"] {
        beside.remove(word);
    }
    beside.retain(|word, _| !is_prose(word));
    match beside.is_empty() {
        true => members.to_vec(),
        false => members.iter().map(|one| json!({ "allOf": [one, beside] })).collect(),
    }
}

impl Schemas<'_, '_> {
    /// Compares unions; `true` where nothing else is to be compared.
    pub(super) fn unions(
        &mut self,
        spot: &Spot,
        (was, old): (&Value, &Node),
        (is, new): (&Value, &Node),
    ) -> bool {
        match (old.members(), new.members()) {
            (None, None) => return false,
            (Some((_, was)), Some((word, is))) if has_properties(old) != has_properties(new) => {
                // What one says beside its union the other says in each of its members.
                self.union(spot, word, &within_members(old, was), &within_members(new, is));
                self.discriminator(spot, old, new);
                return true;
            }
            (Some((_, was)), Some((word, is))) => {
                self.union(spot, word, was, is);
                self.discriminator(spot, old, new);
                return false;
            }
            (None, Some((word, members))) => {
                let members = members.iter().map(|one| (Member::read(self.new, one), was, one));
                self.wrapped(spot, word, "added", members.collect());
            }
            (Some((word, members)), None) => {
                let members = members.iter().map(|one| (Member::read(self.old, one), one, is));
                self.wrapped(spot, word, "removed", members.collect());
            }
        }
        true
    }

    /// Compares a schema with a union that it became, or that it was: each member with the way to it or from it.
    fn wrapped(
        &mut self,
        spot: &Spot,
        word: &str,
        change: &str,
        members: Vec<(Member<'_>, &Value, &Value)>,
    ) {
        let mut apart = Vec::new();
        let mut inside = false;
        for (place, (member, was, is)) in members.iter().enumerate() {
            let called = member.called(place);
            // One that fits is enough where the single one is to be found in the union; where the union is to be found in
            // it, each has to fit.
            let enough = inside && spot.kind.is_request() == (change == "added");
            let pair = std::iter::once((*was, *is));
            if !enough && self.told_as_one_of(&spot.member(&called), pair).is_some() {
                inside = true;
            } else {
                apart.push(called);
            }
        }
        let found_in_union = spot.kind.is_request() == (change == "added");
        if found_in_union && !inside {
            return self.not_compared(spot, word);
        }
        apart.iter().for_each(|called| self.member_changed(spot, word, change, called));
    }

    fn union(&mut self, spot: &Spot, word: &str, was: &[Value], is: &[Value]) {
        let mut old: Vec<Member<'_>> = was.iter().map(|one| Member::read(self.old, one)).collect();
        let mut new: Vec<Member<'_>> = is.iter().map(|one| Member::read(self.new, one)).collect();
        let mut pairs = Vec::new();
        let by: [fn(&Member<'_>) -> Option<String>; 3] =
            [|one| one.name.clone(), |one| one.tag.clone(), |one| Some(one.gist.to_string())];
        for by in by {
            // The first one of each name, as there may be several.
            let mut named: HashMap<String, VecDeque<usize>> = HashMap::new();
            for (place, name) in new.iter().map(by).enumerate() {
                name.into_iter().for_each(|name| named.entry(name).or_default().push_back(place));
            }
            let mut others: Vec<Option<Member<'_>>> = new.into_iter().map(Some).collect();
            let mut left = Vec::new();
            for one in old {
                let places = by(&one).and_then(|name| named.get_mut(&name));
                match places.and_then(VecDeque::pop_front).and_then(|place| others[place].take()) {
                    Some(other) => pairs.push((one, other)),
                    None => left.push(one),
                }
            }
            old = left;
            new = others.into_iter().flatten().collect();
        }
        pair_by_properties(&mut old, &mut new, &mut pairs);
        // One of each that nothing else tells: the same, changed. Two of a name or a tag each are two.
        let told = |member: &Member<'_>| member.name.is_some() || member.tag.is_some();
        if let ([one], [other]) = (&old[..], &new[..])
            && !told(one)
            && !told(other)
        {
            pairs.extend(old.pop().zip(new.pop()));
        }
        for (place, (one, other)) in pairs.iter().enumerate() {
            self.compare(&spot.member(&other.called(place)), one.schema, other.schema);
        }
        // What has another name, or came in the place of another, is no loss where it fits. The views of an answer are further
        // forms of one thing: one that is as another but for more fields is no new form.
        let request = spot.kind.is_request();
        let mut before: Vec<&Member<'_>> = old.iter().collect();
        if word == "anyOf" {
            before.extend(pairs.iter().map(|(one, _)| one));
        }
        // What a member is by another name is no new one.
        let mut known = HashSet::new();
        for (place, one) in old.iter().enumerate() {
            let called = one.called(place);
            let same = new.iter().map(|other| (one.schema, other.schema));
            let found = match request {
                true => self.told_as_one_of(&spot.member(&called), same),
                false => None,
            };
            match found {
                Some(place) => _ = known.insert(place),
                None => self.member_changed(spot, word, "removed", &called),
            }
        }
        for (place, one) in new.iter().enumerate() {
            let called = one.called(place);
            let same = before.iter().map(|other| (other.schema, one.schema));
            let is_known = match request {
                true => known.contains(&place),
                false => self.told_as_one_of(&spot.member(&called), same).is_some(),
            };
            if !is_known {
                self.member_changed(spot, word, "added", &called);
            }
        }
    }

    /// Tells the way from one schema to another, of these pairs, if one of them breaks nothing. Returns its place.
    fn told_as_one_of<'v>(
        &mut self,
        spot: &Spot,
        pairs: impl Iterator<Item = (&'v Value, &'v Value)>,
    ) -> Option<usize> {
        for (place, (one, other)) in pairs.enumerate() {
            let mut tried = Findings::new(self.findings.enforced);
            let mut inner = Schemas {
                old: self.old,
                new: self.new,
                findings: &mut tried,
                operation: self.operation,
                around: self.around.clone(),
                alike: HashSet::new(),
                compared: self.compared,
            };
            inner.compare(spot, one, other);
            let before = std::mem::replace(&mut self.compared, inner.compared);
            if self.compared > MOST {
                // What is not compared any more has no findings, and is nothing that was told.
                if before <= MOST {
                    self.too_much(spot);
                }
                return Some(place);
            }
            if tried.found.iter().all(|finding| finding.level <= Severity::Warning) {
                tried.found.into_iter().for_each(|one| self.findings.push(one));
                return Some(place);
            }
        }
        None
    }

    fn member_changed(&mut self, spot: &Spot, word: &str, change: &str, name: &str) {
        let stem = if word == "oneOf" { "one-of" } else { "any-of" };
        let sentence = match change {
            "added" => format!("`{}` may be {name} now", spot.path),
            _ => format!("`{}` is never {name} any more", spot.path),
        };
        self.tell(&spot.member(name), &format!("{stem}-{change}"), sentence, (None, None));
    }

    fn discriminator(&mut self, spot: &Spot, old: &Node, new: &Node) {
        let name = |node: &Node| {
            let name = node.word("discriminator")?.get("propertyName")?.as_str()?;
            Some(name.to_owned())
        };
        if let (Some(old), Some(new)) = (name(old), name(new))
            && old != new
        {
            let sentence = format!(
                "the members of `{}` were told apart by `{old}`, and are by `{new}`",
                spot.path
            );
            self.tell(
                spot,
                "discriminator-property-name-changed",
                sentence,
                (Some(old), Some(new)),
            );
        }
    }
}
