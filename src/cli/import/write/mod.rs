//! The project: files of Rust, made of a plan and the answers that somebody gave.

mod answer;
mod apart;
mod audience;
mod body;
mod bounded;
mod circle;
mod field;
mod frame;
mod header;
mod key;
mod kinds;
mod name;
mod room;
mod route;
mod shown;
mod text;
mod union;
mod used;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    answers::Answers,
    decide::{
        Plan,
        plan::{OperationPlan, TypeId},
    },
    report,
};
use crate::cli::import::decide::reason::Way;
use audience::Audience;
use name::Names;
use room::Rooms;
use used::Flavour;

/// A project, while it is written.
pub(super) struct Project<'a> {
    plan: &'a Plan,
    answers: &'a Answers,
    /// The day of the import, which is that of a deprecation without one.
    day: String,
    types: Names,
    functions: Names,
    rooms: Rooms,
    /// The names of the types, by what they are for.
    names: BTreeMap<(TypeId, Flavour), String>,
    /// The roles, each with its name in tokens.
    roles: BTreeMap<String, String>,
    /// The names of kinds of credentials, by the number of their scheme.
    kinds: BTreeMap<usize, String>,
    /// The names of the values that are shown in bounds, by their rules.
    bounded: BTreeMap<String, String>,
    /// The audiences of the types.
    audiences: BTreeMap<TypeId, Audience>,
    /// The type that is being written.
    owner: Option<TypeId>,
    /// `true` if something is free JSON.
    has_free: bool,
    /// `true` if some of it is an object.
    has_free_object: bool,
    /// `true` if an operation has an extractor.
    has_extractor: bool,
}

/// Writes a project: its files by their paths.
pub(super) fn files(
    plan: &Plan,
    answers: &Answers,
    name: &str,
    source: &str,
    day: &str,
) -> BTreeMap<String, String> {
    let mut project = Project {
        plan,
        answers,
        day: day.to_owned(),
        types: Names::of_types(),
        functions: Names::of_functions(),
        rooms: Rooms::default(),
        names: BTreeMap::new(),
        roles: BTreeMap::new(),
        kinds: BTreeMap::new(),
        bounded: BTreeMap::new(),
        audiences: BTreeMap::new(),
        owner: None,
        has_free: false,
        has_free_object: false,
        has_extractor: false,
    };
    let told: Vec<&OperationPlan> =
        plan.operations.iter().filter(|one| report::way(one) != Some(Way::Not)).collect();
    let rooms = project.rooms_of(&told);
    project.roles(&told);
    project.credentials(&told);
    project.audiences(&told);
    project.used(&told, &rooms);
    let keys = project.keys(&told);
    for (one, room) in told.iter().zip(&rooms) {
        project.route(one, room, &keys);
    }
    for one in plan.operations.iter().filter(|one| report::way(one) == Some(Way::Not)) {
        project.left_out(one);
    }
    project.frame(name, source)
}

impl Project<'_> {
    /// Returns the room of each operation: the module of its tag, or of the first word of its path.
    fn rooms_of(&mut self, told: &[&OperationPlan]) -> Vec<String> {
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        let mut rooms = Vec::new();
        for one in told {
            let first = one.path.split('/').find(|segment| {
                !segment.is_empty()
                    && !segment.starts_with('{')
                    && !self.plan.versions.names.iter().any(|name| name == segment)
            });
            let label = if one.tag.is_empty() { first.unwrap_or("root") } else { &one.tag };
            let room = match named.get(label) {
                Some(room) => room.clone(),
                None => {
                    let room = self.functions.take(name::value_name(label, "module"), "_routes");
                    self.rooms.begin(&room, label);
                    named.insert(label.to_owned(), room.clone());
                    room
                }
            };
            rooms.push(room);
        }
        rooms
    }

    /// Adds an operation that cannot be said, as a comment with the reasons.
    fn left_out(&mut self, one: &OperationPlan) {
        let mut block = text::comment("", "//", &format!("{} {}", one.verb, one.path));
        let reasons: BTreeSet<_> = one.reasons.iter().map(|reason| reason.text).collect();
        for reason in reasons {
            block.push_str(&text::comment("", "//", &format!("Not declared: {reason}.")));
        }
        self.rooms.add("left_out", block);
    }

    /// Returns a reason of words for an exception that somebody answered, by the name of a type and a field.
    /// The field may be named as Rust has it, or as it is on the wire.
    fn allowed(&self, of: &str, ident: &str, wire: &str) -> Option<&str> {
        let of = of.rsplit("::").next().unwrap_or(of);
        let named = |field: &str| self.answers.allow.get(&format!("{of}.{field}"));
        named(ident).or_else(|| named(wire)).map(String::as_str)
    }
}
