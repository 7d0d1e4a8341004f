//! Names and texts of a query or a form, put where the fields of an input have them: lists, inputs in inputs, and texts that are JSON.

use std::borrow::Cow;

use super::query::{parameter, repeated};
use crate::{
    error::InvalidField,
    input::{Field, InvalidValue, Needs, Node},
};

type Members<'n> = Vec<(Cow<'n, str>, Node<'n>)>;

/// Deepest nesting of inputs in a query, as of a body.
const DEEPEST: usize = 32;

/// Puts the texts of a query or a form where their fields have them. A name of a field of an input in the input is `filter[status]`.
///
/// # Errors
///
/// A name that stands several times, where its field is no list of repeated names; a text that is to be JSON and is none.
pub(in crate::input) fn arranged<'n>(
    node: &'n Node<'static>,
    fields: &'static [Field],
) -> Result<Node<'n>, InvalidField> {
    let mut members = Members::new();
    let sent = match node {
        Node::Object(sent) => &sent[..],
        _ => &[],
    };
    for (name, value) in sent {
        let is_own = fields.iter().any(|field| field.name == *name);
        let steps = if is_own { None } else { steps(name) };
        match steps.filter(|steps| has_members(fields, &steps[0])) {
            Some(steps) => put(&mut members, fields, &steps, value, name)?,
            None => put(&mut members, fields, &[Cow::Borrowed(&**name)], value, name)?,
        }
    }
    fill(&mut members, fields, DEEPEST);
    Ok(Node::Object(members))
}

/// Returns `true` if a field of an input is more than one text.
pub(in crate::input) const fn is_arranged(fields: &[Field]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        if !fields[index].is_one_text() {
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

/// Returns the steps of a name as `filter[price][gte]`; none where it is another. Brackets without a name are of the name before them,
/// as those of `filter[tags][]`.
fn steps(name: &str) -> Option<Vec<Cow<'_, str>>> {
    let (base, rest) = name.split_at(name.find('[')?);
    let inside = rest.strip_prefix('[')?.strip_suffix(']')?;
    let mut steps = vec![Cow::Borrowed(base)];
    let mut names = inside.split("][").peekable();
    while let Some(step) = names.next() {
        if step.is_empty() && names.peek().is_none() && steps.len() > 1 {
            steps.last_mut()?.to_mut().push_str("[]");
            break;
        }
        if step.is_empty() || step.contains(['[', ']']) || steps.len() == DEEPEST {
            return None;
        }
        steps.push(Cow::Borrowed(step));
    }
    Some(steps)
}

/// Returns `true` if the field of this name has members in brackets.
fn has_members(fields: &'static [Field], name: &str) -> bool {
    let field = fields.iter().find(|field| field.name == name);
    field.is_some_and(|field| field.is_nested() || field.is_map())
}

/// Returns the fields of an input that is the field of this name.
fn nested(fields: &'static [Field], name: &str) -> Option<&'static [Field]> {
    let field = fields.iter().find(|field| field.name == name)?;
    if field.is_nested() { (field.ty.fields)().first().copied() } else { None }
}

/// Puts a value to its place, by the steps that are left of its name. An unknown name goes where it would stand, so that it is told there.
fn put<'n>(
    members: &mut Members<'n>,
    fields: &'static [Field],
    steps: &[Cow<'n, str>],
    value: &'n Node<'static>,
    sent: &str,
) -> Result<(), InvalidField> {
    let Some((step, rest)) = steps.split_first() else { return Ok(()) };
    let place = members.iter().position(|(name, _)| name == step);
    if let (false, Some(inner)) = (rest.is_empty(), nested(fields, step)) {
        let place = place.unwrap_or_else(|| {
            members.push((step.clone(), Node::Object(Members::new())));
            members.len() - 1
        });
        return match &mut members[place].1 {
            Node::Object(members) => put(members, inner, rest, value, sent),
            // It came as one text too.
            _ => Err(repeated(sent)),
        };
    }
    let field = fields.iter().find(|field| field.name == *step);
    if let ([key], Some(_)) = (rest, field.filter(|field| field.is_map())) {
        let place = place.unwrap_or_else(|| {
            members.push((step.clone(), Node::Object(Members::new())));
            members.len() - 1
        });
        let Node::Object(entries) = &mut members[place].1 else { return Err(repeated(sent)) };
        // Each name with brackets is another one, so none is there yet.
        entries.push((key.clone(), one(value).ok_or_else(|| repeated(sent))?));
        return Ok(());
    }
    if place.is_some() {
        // What is unknown is told once.
        let is_told = field.is_none() && !rest.is_empty();
        return if is_told { Ok(()) } else { Err(repeated(sent)) };
    }
    let value = match field {
        Some(_) if !rest.is_empty() => {
            Node::Refused(Box::new(InvalidValue::new("type", "there are no members in it")))
        }
        Some(field) => settled(field, value, sent)?,
        None if matches!(value, Node::List(_)) => return Err(repeated(sent)),
        None => Node::Null,
    };
    members.push((step.clone(), value));
    Ok(())
}

/// Returns what a field reads of the text, or the texts, that came under its name.
fn settled<'n>(
    field: &'static Field,
    value: &'n Node<'static>,
    sent: &str,
) -> Result<Node<'n>, InvalidField> {
    match (field.ty.needs, field.rules.separated, value) {
        (_, _, Node::Text(text)) if field.rules.json => json(text, sent),
        (Needs::List(_), Some(by), Node::Text(text)) => Ok(parted(text, by)),
        (Needs::List(_), None, Node::Text(one)) => Ok(Node::List(vec![text(one)])),
        (Needs::List(_), None, Node::List(all)) if !field.rules.json => {
            Ok(Node::List(all.iter().filter_map(one).collect()))
        }
        (_, _, Node::Text(one)) => Ok(text(one)),
        _ => Err(repeated(sent)),
    }
}

fn text(text: &str) -> Node<'_> {
    Node::Text(Cow::Borrowed(text))
}

/// Returns the text that came under a name, if it is one.
fn one<'n>(value: &'n Node<'static>) -> Option<Node<'n>> {
    match value {
        Node::Text(one) => Some(text(one)),
        _ => None,
    }
}

/// Reads a text that is JSON, within the limits of a body.
fn json<'n>(text: &'n str, sent: &str) -> Result<Node<'n>, InvalidField> {
    Node::from_json(text.as_bytes()).map_err(|refusal| {
        let pointer = format!("{}{}", parameter(sent), refusal.pointer);
        InvalidField { pointer, ..refusal }
    })
}

/// Returns the items of a list that is one text. What is between them is in none: it is looked for in the text that was sent, after
/// that was decoded, since readers differ in which form they send it. No text is no items; an item has content, so that each list
/// is written in one way.
pub(in crate::input) fn parted<'n>(text: &str, by: &'static str) -> Node<'n> {
    if text.is_empty() {
        return Node::List(Vec::new());
    }
    let item = |item: &str| match item {
        "" => Node::Refused(Box::new(InvalidValue::new("syntax", "an item of a list has content"))),
        item => Node::Text(Cow::Owned(item.to_owned())),
    };
    Node::List(text.split(by).map(item).collect())
}

/// Adds what is there without being sent: a list that may have no items, and an input whose fields may all be left out.
fn fill(members: &mut Members<'_>, fields: &'static [Field], levels: usize) {
    for field in fields.iter().filter(|field| !field.is_one_text() && !field.rules.json) {
        let place = members.iter().position(|(name, _)| name == field.name);
        let absent = match field.ty.needs {
            Needs::List(_) => Node::List(Vec::new()),
            _ => Node::Object(Members::new()),
        };
        let may_be_absent = match field.ty.needs {
            Needs::List(_) | Needs::Map(..) => matches!(field.rules.items, Some((0, _))),
            _ => field.is_nested(),
        };
        match place {
            Some(place) => inside(&mut members[place].1, field, levels),
            None if may_be_absent && !field.ty.optional => {
                let mut value = absent;
                inside(&mut value, field, levels);
                members.push((Cow::Borrowed(field.name), value));
            }
            None => {}
        }
    }
}

/// Fills an input in an input. A type may contain itself.
fn inside(value: &mut Node<'_>, field: &'static Field, levels: usize) {
    if let Node::Object(members) = value
        && field.is_nested()
        && levels > 0
        && let Some(fields) = (field.ty.fields)().first()
    {
        fill(members, fields, levels - 1);
    }
}
