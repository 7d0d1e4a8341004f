//! Names and texts of one level, put where the fields of an input have them: lists, and inputs in inputs.

use std::borrow::Cow;

use super::query::repeated;
use crate::{
    error::InvalidField,
    input::{Field, InvalidValue, Needs, Node},
};

/// Puts the texts of a query or a form where their fields have them.
///
/// # Errors
///
/// A name that stands several times, where its field is no list of repeated names.
pub(in crate::input) fn arranged(
    node: Node<'static>,
    fields: &'static [Field],
) -> Result<Node<'static>, InvalidField> {
    let Node::Object(sent) = node else { return Ok(node) };
    let mut members = Vec::with_capacity(sent.len());
    for (name, value) in sent {
        let value = match fields.iter().find(|field| field.name == name) {
            Some(field) => settled(field, value),
            None => once(value),
        };
        let value = value.ok_or_else(|| repeated(&name))?;
        members.push((name, value));
    }
    fill(&mut members, fields);
    Ok(Node::Object(members))
}

/// Returns `true` if a field of an input is more than one text.
pub(in crate::input) const fn is_arranged(fields: &[Field]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        if matches!(fields[index].ty.needs, Needs::List(_)) {
            return true;
        }
        index += 1;
    }
    false
}

/// Refuses a name that stands several times, where no field is a list.
///
/// # Errors
///
/// The first of them.
pub(in crate::input) fn flat(node: Node<'static>) -> Result<Node<'static>, InvalidField> {
    if let Node::Object(members) = &node
        && let Some((name, _)) = members.iter().find(|(_, value)| matches!(value, Node::List(_)))
    {
        return Err(repeated(name));
    }
    Ok(node)
}

/// Returns what a field reads of the text, or the texts, that came under its name; none where there are more than it reads.
fn settled(field: &'static Field, value: Node<'static>) -> Option<Node<'static>> {
    match (field.ty.needs, field.rules.separated, value) {
        (Needs::List(_), Some(by), Node::Text(text)) => Some(parted(&text, by)),
        (Needs::List(_), None, value @ Node::Text(_)) => Some(Node::List(vec![value])),
        (Needs::List(_), None, value) => Some(value),
        (_, _, value) => once(value),
    }
}

fn once(value: Node<'static>) -> Option<Node<'static>> {
    (!matches!(value, Node::List(_))).then_some(value)
}

/// Returns the items of a list that is one text. What is between them is in none: it is looked for in the text that was sent, after
/// that was decoded, since readers differ in which form they send it. No text is no items; an item has content, so that each list
/// is written in one way.
pub(in crate::input) fn parted(text: &str, by: &'static str) -> Node<'static> {
    if text.is_empty() {
        return Node::List(Vec::new());
    }
    let item = |item: &str| match item {
        "" => Node::Refused(Box::new(InvalidValue::new("syntax", "an item of a list has content"))),
        item => Node::Text(Cow::Owned(item.to_owned())),
    };
    Node::List(text.split(by).map(item).collect())
}

/// Adds the lists that may have no items and were not sent: nothing else says that there are none.
fn fill(members: &mut Vec<(Cow<'static, str>, Node<'static>)>, fields: &'static [Field]) {
    for field in fields {
        let may_be_empty = matches!(field.ty.needs, Needs::List(_))
            && matches!(field.rules.items, Some((0, _)))
            && !field.ty.optional;
        if may_be_empty && members.iter().all(|(name, _)| name != field.name) {
            members.push((Cow::Borrowed(field.name), Node::List(Vec::new())));
        }
    }
}
