//! Forms of a union beside each other: what one has that the other has too, and whether a value may be of both.

use std::collections::BTreeSet;

use super::{
    plan::{Field, Form, Ty, TypeId},
    types::Types,
};

/// Returns the fields of an object among the types.
pub(super) fn object<'t>(types: &'t Types<'_>, ty: &Ty) -> Option<(TypeId, &'t [Field])> {
    let mut ty = ty;
    // An alias may lead to another one, and none leads to itself: it is made of what was finished.
    for _ in 0..8 {
        let Ty::Named(id) = ty else { return None };
        match &types.defs[*id].form {
            Form::Object(fields) => return Some((*id, fields)),
            Form::Alias(of) => ty = of,
            _ => return None,
        }
    }
    None
}

/// Returns the fields of all forms, where these are objects that demand the same and have nothing of one name that differs.
/// Where a schema does not refuse further members, an object with members of two forms is of both.
pub(super) fn together(types: &Types<'_>, variants: &[(String, Ty)]) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut demanded: Option<BTreeSet<&str>> = None;
    for (_, ty) in variants {
        let (_, of) = object(types, ty)?;
        let names =
            of.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        if demanded.get_or_insert_with(|| BTreeSet::clone(&names)) != &names {
            return None;
        }
        for field in of {
            match fields.iter().find(|known| known.name == field.name) {
                Some(known) if !same(types, &field.ty, &known.ty) => return None,
                Some(_) => {}
                None => fields.push(field.clone()),
            }
        }
    }
    Some(fields)
}

/// Returns `true` for what may be a whole answer: of a union, each form is an object.
pub(super) fn is_whole(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Nullable(inner) => is_whole(types, inner),
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Alias(of) if of != ty => is_whole(types, of),
            Form::Union(union) => {
                let is_object =
                    |ty: &Ty| matches!(ty, Ty::Named(_)) && kind(types, ty) == Some("object");
                union.variants.iter().all(|(_, ty)| is_object(ty))
            }
            _ => true,
        },
        _ => true,
    }
}

/// Leaves out forms that others take too: a word of an enum is a text, a whole number a number.
pub(super) fn merged(types: &Types<'_>, variants: Vec<(String, Ty)>) -> Vec<(String, Ty)> {
    let has = |wanted: fn(&Ty) -> bool| variants.iter().any(|(_, ty)| wanted(ty));
    let any_text = has(|ty| matches!(ty, Ty::Text(rules) if *rules == Default::default()));
    let any_fraction = has(|ty| matches!(ty, Ty::Float(..)));
    let mut kept: Vec<(String, Ty)> = Vec::new();
    for (name, ty) in &variants {
        let is_free = matches!(ty, Ty::Text(rules) if *rules == Default::default());
        let is_text = kind(types, ty) == Some("string");
        let is_whole = matches!(ty, Ty::Int(..));
        let is_known = kept.iter().any(|(_, other)| other == ty || within(types, ty, other))
            || variants
                .iter()
                .any(|(_, other)| within(types, ty, other) && !within(types, other, ty));
        if (any_text && is_text && !is_free) || (any_fraction && is_whole) || is_known {
            continue;
        }
        kept.push((name.clone(), ty.clone()));
    }
    kept
}

/// Returns `true` if each value of the one object is one of the other: it has no other members, and demands no more.
fn within(types: &Types<'_>, one: &Ty, other: &Ty) -> bool {
    let (Some((first, one)), Some((second, other))) = (object(types, one), object(types, other))
    else {
        return false;
    };
    let known = |field: &Field| other.iter().find(|known| known.name == field.name);
    let demands = |name: &str| one.iter().any(|field| field.name == name && field.required);
    first != second
        && one
            .iter()
            .all(|field| known(field).is_some_and(|known| same(types, &field.ty, &known.ty)))
        && other.iter().filter(|field| field.required).all(|field| demands(&field.name))
}

/// Returns `true` if each value of the one type is one of the other, as far as they are written alike.
fn same(types: &Types<'_>, one: &Ty, other: &Ty) -> bool {
    let words = |ty: &Ty| match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Choice(words) => Some(words),
            _ => None,
        },
        _ => None,
    };
    one == other
        || matches!((words(one), words(other)), (Some(one), Some(other)) if one.iter().all(|word| other.contains(word)))
}

/// Returns the kind of JSON that a type is of; nothing where it may be several.
pub(super) fn kind(types: &Types<'_>, ty: &Ty) -> Option<&'static str> {
    match ty {
        Ty::Text(_) | Ty::Secret(_) | Ty::Typed(_) | Ty::Shorter(..) => Some("string"),
        Ty::NumberText(..) | Ty::File => Some("string"),
        Ty::Int(..) | Ty::Float(..) => Some("number"),
        Ty::Bool(_) => Some("boolean"),
        Ty::List(..) => Some("array"),
        Ty::Map(..) | Ty::FreeObject => Some("object"),
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Object(_) => Some("object"),
            Form::Choice(_) => Some("string"),
            Form::Alias(of) if *of != *ty => kind(types, of),
            // Forms that a tag tells apart are objects.
            Form::Union(union) if union.tag.is_some() => Some("object"),
            _ => None,
        },
        Ty::Nullable(_) | Ty::Free | Ty::Cannot(_) => None,
    }
}

/// Returns `true` if a value may be of two of the forms.
pub(super) fn overlap(types: &Types<'_>, variants: &[(String, Ty)]) -> bool {
    let pairs = variants
        .iter()
        .enumerate()
        .flat_map(|(index, one)| variants[index + 1..].iter().map(move |other| (&one.1, &other.1)));
    pairs.into_iter().any(|(one, other)| overlaps(types, one, other))
}

fn overlaps(types: &Types<'_>, one: &Ty, other: &Ty) -> bool {
    let (Some(first), Some(second)) = (kind(types, one), kind(types, other)) else { return true };
    if first != second {
        return false;
    }
    if let (Some((_, one)), Some((_, other))) = (object(types, one), object(types, other)) {
        // Unknown members are refused, so a member that one demands and the other does not know tells them apart.
        let lacks = |one: &[Field], other: &[Field]| {
            let mut required = one.iter().filter(|field| field.required);
            required.any(|field| other.iter().all(|known| known.name != field.name))
        };
        let differ = one.iter().filter(|field| field.required).any(|field| {
            let same = other.iter().find(|known| known.name == field.name && known.required);
            same.is_some_and(|same| words_differ(types, &field.ty, &same.ty))
        });
        return !(lacks(one, other) || lacks(other, one) || differ);
    }
    !words_differ(types, one, other)
}

/// Returns `true` if no value is of both types, as far as kinds and words tell.
fn words_differ(types: &Types<'_>, one: &Ty, other: &Ty) -> bool {
    let words = |ty: &Ty| match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Choice(words) => Some(words.iter().cloned().collect::<BTreeSet<_>>()),
            _ => None,
        },
        _ => None,
    };
    match (words(one), words(other)) {
        (Some(one), Some(other)) => one.is_disjoint(&other),
        _ => match (kind(types, one), kind(types, other)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
    }
}
