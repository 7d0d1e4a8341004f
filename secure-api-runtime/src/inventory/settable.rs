//! The fields that callers set: on what, by whom, and who above them changes the same.

use super::{ANONYMOUS, AccessModel, ApiModel, ArgumentModel, Operation, operation::place};

/// The fields of one operation's body that the same callers may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settable<'a> {
    /// The path of what the operation changes: up to its last parameter, or with one more where something new gets one.
    pub on: String,
    /// The least roles that may set them, or `anonymous`.
    pub by: Vec<&'a str>,
    /// The operation.
    pub operation: &'a str,
    /// The fields, each with its input's name.
    pub fields: Vec<(&'a str, &'a str)>,
    /// The changes of the same thing by callers of roles above these: their least roles, and the operation.
    pub above: Vec<(Vec<&'a str>, &'a str)>,
}

impl ApiModel {
    /// Returns the fields that callers set by a body, in the order of operations. Where [`above`](Settable::above) is not
    /// empty, a lower role sets a part of something that a higher one has a hand in: a place to review.
    pub fn settable(&self) -> Vec<Settable<'_>> {
        let changing = self.operations.iter().filter(|operation| !operation.verb.is_safe());
        let changes: Vec<Settable<'_>> =
            changing.flat_map(|operation| self.changes(operation)).collect();
        let told = changes.iter().filter(|change| !change.fields.is_empty());
        told.map(|change| {
            let same = |other: &&Settable<'_>| place(&other.on) == place(&change.on);
            let above = changes.iter().filter(same).filter_map(|other| {
                let above = self.above(&other.by, &change.by);
                (!above.is_empty()).then_some((above, other.operation))
            });
            let above = above.collect();
            Settable { above, ..change.clone() }
        })
        .collect()
    }

    /// Returns the changes by one operation: one of all its callers, and one for each set of roles that may set more.
    fn changes<'a>(&'a self, operation: &'a Operation) -> Vec<Settable<'a>> {
        let by = match &operation.access {
            AccessModel::Roles(roles) => roles.iter().map(|role| &**role).collect(),
            AccessModel::Public(_) => vec![ANONYMOUS],
        };
        let change = |by| Settable {
            on: changed(operation),
            by,
            operation: &operation.name,
            fields: Vec::new(),
            above: Vec::new(),
        };
        let mut changes = vec![change(by)];
        let bodies = operation.arguments.iter().filter_map(|argument| match argument {
            ArgumentModel::Body { schema, .. } => schema.named(),
            _ => None,
        });
        for (input, field) in self.fields_within(bodies) {
            let name = (input, &*field.name);
            let set_by: Vec<&str> = field.set_by.iter().map(|role| &**role).collect();
            let same = |change: &&mut Settable<'_>| set_by.is_empty() || change.by == set_by;
            match changes.iter_mut().find(same) {
                Some(change) => change.fields.push(name),
                None => changes.push(Settable { fields: vec![name], ..change(set_by) }),
            }
        }
        changes
    }

    /// Returns those of these roles that include one of the others.
    fn above<'a>(&self, roles: &[&'a str], others: &[&str]) -> Vec<&'a str> {
        let includes = |role: &&&str, other: &&str| {
            *other == ANONYMOUS || self.includers(other).any(|one| one == **role)
        };
        let is_above =
            |role: &&&str| **role != ANONYMOUS && others.iter().any(|other| includes(role, other));
        roles.iter().filter(is_above).copied().collect()
    }
}

/// Returns the path of what an operation changes.
fn changed(operation: &Operation) -> String {
    let path = &operation.path;
    match path.rfind('}') {
        _ if operation.answer.location || operation.answer.status == 201 => format!("{path}/{{}}"),
        Some(end) => path[..=end].to_owned(),
        None => path.clone(),
    }
}
