//! A schema with all that `allOf` says beside it, put together: what holds of a value by all its parts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    At, Lost, MOST_FORMS, MOST_PARTS, follow,
    parts::{higher, lower, narrow, nearer, of_both},
};
use crate::cli::document;

/// Members that no part names.
#[derive(Debug, Clone, Default)]
pub(in crate::cli::import) enum Additional<'a> {
    /// Nothing.
    #[default]
    Unstated,
    /// None: they are refused.
    Closed,
    /// Any: nothing is said of them.
    Any,
    /// Members of this schema.
    Of(At<'a>),
}

/// A property of an object.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct Property<'a> {
    /// Its name.
    pub(in crate::cli::import) name: &'a str,
    /// Its schemas: one of each part that states it. All of them hold.
    pub(in crate::cli::import) parts: Vec<At<'a>>,
}

/// A schema, put together.
#[derive(Debug, Clone, Default)]
pub(in crate::cli::import) struct Shape<'a> {
    /// The place of the first part.
    pub(in crate::cli::import) place: String,
    /// The kinds of values, without null; nothing where none is stated.
    pub(in crate::cli::import) kinds: Option<BTreeSet<&'a str>>,
    /// `true` if null is a value.
    pub(in crate::cli::import) nullable: bool,
    /// The format of a text or a number.
    pub(in crate::cli::import) format: Option<&'a str>,
    /// The values that there are, if they are listed.
    pub(in crate::cli::import) choices: Option<Vec<&'a Value>>,
    /// The fewest and the most characters.
    pub(in crate::cli::import) length: (Option<u64>, Option<u64>),
    /// The patterns that a text has.
    pub(in crate::cli::import) patterns: Vec<&'a str>,
    /// The smallest number, and `true` if it is none itself.
    pub(in crate::cli::import) least: Option<(f64, bool)>,
    /// The largest number, and `true` if it is none itself.
    pub(in crate::cli::import) most: Option<(f64, bool)>,
    /// The number that it is a multiple of.
    pub(in crate::cli::import) multiple: Option<f64>,
    /// The schemas of items: one of each part that states it.
    pub(in crate::cli::import) items: Vec<At<'a>>,
    /// The fewest and the most items.
    pub(in crate::cli::import) count: (Option<u64>, Option<u64>),
    /// `true` if no item stands twice.
    pub(in crate::cli::import) unique: bool,
    /// The properties.
    pub(in crate::cli::import) properties: Vec<Property<'a>>,
    /// The properties that have to be there.
    pub(in crate::cli::import) required: BTreeSet<&'a str>,
    /// Further members.
    pub(in crate::cli::import) additional: Additional<'a>,
    /// The most members.
    pub(in crate::cli::import) most_members: Option<u64>,
    /// The alternatives: `oneOf` or `anyOf`, of each part that has some.
    pub(in crate::cli::import) alternatives: Vec<Vec<At<'a>>>,
    /// The member that tells alternatives apart, with the names that it has for them.
    pub(in crate::cli::import) discriminator: Option<At<'a>>,
    /// `true` if it is only answered.
    pub(in crate::cli::import) read_only: bool,
    /// `true` if it is only sent.
    pub(in crate::cli::import) write_only: bool,
    /// The description.
    pub(in crate::cli::import) about: &'a str,
    /// The keywords that were seen and that nothing here has a word for.
    pub(in crate::cli::import) unread: BTreeSet<&'static str>,
    /// The place of each property among all.
    places: BTreeMap<&'a str, usize>,
    parts: usize,
}

/// The sign between the places of parts, which no pointer has there.
const BESIDE: &str = " & ";

/// The keywords that say something of values, and that the language has no word for.
const UNREAD: [&str; 10] = [
    "not",
    "if",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "contains",
    "prefixItems",
    "minProperties",
    "unevaluatedItems",
];

impl<'a> Shape<'a> {
    /// Puts a schema together.
    pub(in crate::cli::import) fn of(document: &'a Value, at: &At<'a>) -> Result<Self, Lost> {
        let (mut shape, at) = (Self::default(), follow(document, at)?);
        shape.add(document, &at, &mut BTreeSet::new())?;
        shape.place = at.place;
        Ok(shape)
    }

    /// Puts schemas together that all hold of one value. Its place is that of all of them.
    pub(in crate::cli::import) fn of_parts(
        document: &'a Value,
        parts: &[At<'a>],
    ) -> Result<Self, Lost> {
        let mut read: Vec<(At<'a>, BTreeSet<String>)> = Vec::new();
        for part in parts {
            let (at, mut seen) = (follow(document, part)?, BTreeSet::new());
            Self::default().add(document, &at, &mut seen)?;
            // What is a part of another one says nothing more.
            if read.iter().all(|(_, known)| !known.contains(&at.place)) {
                read.retain(|(known, _)| !seen.contains(&known.place));
                read.push((at, seen));
            }
        }
        let (mut shape, mut seen) = (Self::default(), BTreeSet::new());
        for (at, _) in &read {
            shape.add(document, at, &mut seen)?;
        }
        let places: Vec<&str> = read.iter().map(|(at, _)| &*at.place).collect();
        shape.place = places.join(BESIDE);
        Ok(shape)
    }

    /// Returns `true` if no value is all that the parts say.
    pub(in crate::cli::import) fn is_torn(&self) -> bool {
        self.choices.as_ref().is_some_and(Vec::is_empty)
    }

    /// Returns `true` for an object of which nothing is said: it has members of any names.
    pub(in crate::cli::import) fn is_any_object(&self) -> bool {
        let kinds = self.kinds.as_ref();
        kinds.is_some_and(|kinds| kinds.len() == 1 && kinds.contains("object"))
            && self.alternatives.is_empty()
            && !self.nullable
    }

    /// Adds a part and its own parts, each place once. The depth is that of the parts, of which there are few.
    fn add(
        &mut self,
        document: &'a Value,
        at: &At<'a>,
        seen: &mut BTreeSet<String>,
    ) -> Result<(), Lost> {
        if !seen.insert(at.place.clone()) {
            return Ok(());
        }
        if self.parts >= MOST_PARTS {
            return Err(Lost::Large);
        }
        self.parts += 1;
        self.scalars(at);
        self.members(at);
        for part in at.member("allOf").iter().flat_map(At::items) {
            let part = follow(document, &part)?;
            self.add(document, &part, seen)?;
        }
        for keyword in ["oneOf", "anyOf"] {
            let alternatives: Vec<_> = at.member(keyword).iter().flat_map(At::items).collect();
            if alternatives.len() > MOST_FORMS {
                return Err(Lost::Large);
            }
            let same = |known: &Vec<At<'_>>| {
                known.iter().map(|at| at.value).eq(alternatives.iter().map(|at| at.value))
            };
            // Several parts may say the same.
            if !alternatives.is_empty() && !self.alternatives.iter().any(same) {
                self.alternatives.push(alternatives);
            }
        }
        if self.discriminator.is_none() {
            self.discriminator = at.member("discriminator");
        }
        Ok(())
    }

    /// Adds what a part says of texts and numbers.
    fn scalars(&mut self, at: &At<'a>) {
        let names: Vec<&str> = match at.value.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !names.is_empty() {
            self.nullable |= names.contains(&"null");
            let kinds: BTreeSet<_> = names.into_iter().filter(|name| *name != "null").collect();
            self.kinds = Some(match self.kinds.take() {
                Some(known) if known.intersection(&kinds).next().is_some() => {
                    known.intersection(&kinds).copied().collect()
                }
                Some(known) => known,
                None => kinds,
            });
        }
        self.nullable |= at.flag("nullable");
        let is_base64 = at.text("contentEncoding") == Some("base64");
        self.format = self.format.or(at.text("format")).or(is_base64.then_some("byte"));
        let listed = at.value.get("enum").and_then(Value::as_array);
        self.choose(listed.map(|choices| choices.iter().collect()));
        self.choose(at.value.get("const").map(|value| vec![value]));
        let number = |name| at.value.get(name).and_then(Value::as_u64);
        narrow(&mut self.length, (number("minLength"), number("maxLength")));
        narrow(&mut self.count, (number("minItems"), number("maxItems")));
        self.most_members = lower(self.most_members, number("maxProperties"));
        self.patterns.extend(at.text("pattern"));
        self.unique |= at.flag("uniqueItems");
        let number = |name| at.value.get(name).and_then(Value::as_f64);
        let open = |name| at.flag(name);
        let least = number("minimum").map(|bound| (bound, open("exclusiveMinimum")));
        let least = higher(least, number("exclusiveMinimum").map(|bound| (bound, true)));
        self.least = higher(self.least, least);
        let most = number("maximum").map(|bound| (bound, open("exclusiveMaximum")));
        let most = nearer(most, number("exclusiveMaximum").map(|bound| (bound, true)));
        self.most = nearer(self.most, most);
        self.multiple = of_both(self.multiple, number("multipleOf"));
        self.read_only |= at.flag("readOnly");
        self.write_only |= at.flag("writeOnly");
        if self.about.is_empty() {
            self.about = at.text("description").or(at.text("title")).unwrap_or_default();
        }
        let unread = UNREAD.into_iter().filter(|keyword| at.value.get(keyword).is_some());
        self.unread.extend(unread);
    }

    /// Keeps of the values that are listed those which this list has too.
    fn choose(&mut self, listed: Option<Vec<&'a Value>>) {
        let Some(listed) = listed else { return };
        self.choices = Some(match self.choices.take() {
            Some(known) => known.into_iter().filter(|value| listed.contains(value)).collect(),
            None => listed,
        });
    }

    /// Adds what a part says of lists and objects.
    fn members(&mut self, at: &At<'a>) {
        self.items.extend(at.member("items"));
        for (name, at) in at.member("properties").iter().flat_map(At::members) {
            let place = *self.places.entry(name).or_insert(self.properties.len());
            match self.properties.get_mut(place) {
                Some(known) => known.parts.push(at),
                None => self.properties.push(Property { name, parts: vec![at] }),
            }
        }
        self.required.extend(document::texts(at.value.get("required")));
        let stated = at.member("additionalProperties").or(at.member("unevaluatedProperties"));
        let additional = match stated {
            None => Additional::Unstated,
            Some(at) => match at.value {
                Value::Bool(false) => Additional::Closed,
                Value::Bool(true) => Additional::Any,
                Value::Object(members) if members.is_empty() => Additional::Any,
                _ => Additional::Of(at),
            },
        };
        if !matches!(additional, Additional::Unstated) {
            self.additional = additional;
        }
    }
}
