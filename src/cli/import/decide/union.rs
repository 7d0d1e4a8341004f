//! Unions: alternatives that a tag tells apart, or their own forms do.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    forms::{kind, merged, object, overlap, together},
    plan::{Field, Form, Ty, TypeId, Union},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::{At, shape::Shape};

/// Returns the type of a schema with alternatives.
pub(super) fn of<'a>(types: &mut Types<'a>, mut shape: Shape<'a>, name: &str) -> Ty {
    let mut sets = std::mem::take(&mut shape.alternatives);
    // Alternatives of which each only says which members have to be there are a rule across fields.
    sets.retain(|set| !set.iter().all(|at| is_rule(at)));
    let alternatives = match sets.len() {
        0 => {
            shape.unread.insert("oneOf");
            return types.plain(shape, name);
        }
        1 => sets.remove(0),
        _ => return Ty::Cannot(&reason::UNION_OF_ALL),
    };
    let (nulls, others): (Vec<_>, Vec<_>) = alternatives.iter().partition(|at| is_null(at));
    let nullable = !nulls.is_empty() || shape.nullable;
    let ty = match *others {
        [] => Ty::Cannot(&reason::IMPOSSIBLE),
        [only] if shape.properties.is_empty() => types.of(only, name),
        _ => several(types, &shape, &others, name),
    };
    match ty {
        ty @ (Ty::Nullable(_) | Ty::Free | Ty::Cannot(_)) => ty,
        ty if nullable => Ty::Nullable(Box::new(ty)),
        ty => ty,
    }
}

/// Returns the union of several kinds of one schema, as a text or a number.
pub(super) fn of_kinds<'a>(
    types: &mut Types<'a>,
    kinds: &[&'a str],
    shape: &Shape<'a>,
    name: &str,
) -> Ty {
    let mut kinds = kinds.to_vec();
    if kinds.contains(&"number") {
        kinds.retain(|kind| *kind != "integer");
    }
    let made = kinds.iter().map(|kind| {
        let mut of = shape.clone();
        of.place.push_str(&format!("/{kind}"));
        ((*kind).to_owned(), types.of_kind(kind, of, &format!("{name} {kind}")))
    });
    let variants = made.collect();
    match types.add(name, shape, Form::Unfinished) {
        Ty::Named(id) => pend(types, id, &Shape::default(), variants, Ok(Vec::new())),
        ty => ty,
    }
}

/// A union that is decided on when all types are read: whether its forms differ is known of finished ones alone.
#[derive(Debug)]
pub(super) struct Pending {
    id: TypeId,
    shared: Vec<Field>,
    tag: Option<String>,
    names: BTreeMap<String, String>,
}

fn several<'a>(types: &mut Types<'a>, shape: &Shape<'a>, of: &[&At<'a>], name: &str) -> Ty {
    let Ty::Named(id) = types.add(name, shape, Form::Unfinished) else {
        return Ty::Cannot(&reason::TOO_DEEP);
    };
    types.begin(id, &shape.place);
    let shared = types.fields(&shape.properties, &shape.required, name);
    let variants = of.iter().enumerate().map(|(index, at)| {
        let title = at.text("title").map(str::trim).filter(|title| !title.is_empty());
        let own = title.map_or_else(|| (index + 1).to_string(), str::to_owned);
        let ty = types.of(at, &format!("{name} {own}"));
        (variant_name(at, index), ty)
    });
    let variants: Vec<_> = variants.collect();
    types.end(id, &shape.place);
    pend(types, id, shape, variants, shared)
}

/// Notes a union for later, or says what it is where that is plain.
fn pend<'a>(
    types: &mut Types<'a>,
    id: TypeId,
    shape: &Shape<'a>,
    variants: Vec<(String, Ty)>,
    shared: Result<Vec<Field>, &'static Reason>,
) -> Ty {
    let why = variants.iter().find_map(|(_, ty)| match ty {
        Ty::Cannot(why) => Some(*why),
        _ => None,
    });
    let shared = match (shared, why) {
        (Err(why), _) | (_, Some(why)) => {
            types.defs[id].form = Form::Cannot(why);
            return Ty::Named(id);
        }
        (Ok(shared), None) => shared,
    };
    if variants.iter().any(|(_, ty)| matches!(ty, Ty::Free)) {
        types.defs[id].form = Form::Alias(Ty::Free);
        return Ty::Free;
    }
    let nullable = variants.iter().any(|(_, ty)| matches!(ty, Ty::Nullable(_)));
    let bare = |ty| match ty {
        Ty::Nullable(inner) => *inner,
        ty => ty,
    };
    let variants = variants.into_iter().map(|(name, ty)| (name, bare(ty))).collect();
    let tag = shape.discriminator.as_ref().and_then(|at| at.text("propertyName"));
    let tag = tag.map(str::to_owned);
    types.pending.push(Pending { id, shared, tag, names: mapping(shape) });
    types.defs[id].form = Form::Union(Union { tag: None, variants, ordered: false });
    if nullable { Ty::Nullable(Box::new(Ty::Named(id))) } else { Ty::Named(id) }
}

/// Decides on all unions, when all types are read.
pub(super) fn settle(types: &mut Types<'_>) {
    for Pending { id, shared, tag, names } in std::mem::take(&mut types.pending) {
        let form = std::mem::replace(&mut types.defs[id].form, Form::Unfinished);
        let Form::Union(Union { variants, .. }) = form else {
            types.defs[id].form = form;
            continue;
        };
        types.defs[id].form = match joined(types, variants, &shared, tag, &names) {
            Ok(form) => form,
            Err(why) => Form::Cannot(why),
        };
    }
}

fn joined(
    types: &mut Types<'_>,
    variants: Vec<(String, Ty)>,
    shared: &[Field],
    tag: Option<String>,
    names: &BTreeMap<String, String>,
) -> Result<Form, &'static Reason> {
    // What any object is leaves nothing to tell apart.
    if variants.iter().any(|(_, ty)| *ty == Ty::FreeObject) {
        let are_objects = variants.iter().all(|(_, ty)| kind(types, ty) == Some("object"));
        return Ok(Form::Alias(if are_objects { Ty::FreeObject } else { Ty::Free }));
    }
    let variants = match shared.is_empty() {
        true => variants,
        false => with_shared(types, variants, shared)?,
    };
    if let Some(tag) = tag
        && let Ok(union) = tagged(types, &variants, &tag, names)
    {
        return Ok(Form::Union(union));
    }
    let variants = merged(types, variants);
    if let [(_, only)] = &*variants {
        return Ok(Form::Alias(only.clone()));
    }
    if let Some(tag) = constant_tag(types, &variants) {
        return tagged(types, &variants, &tag, &BTreeMap::new()).map(Form::Union);
    }
    if !overlap(types, &variants) {
        return Ok(Form::Union(Union { tag: None, variants, ordered: false }));
    }
    let ordered = |variants| Form::Union(Union { tag: None, variants, ordered: true });
    Ok(together(types, &variants).map_or_else(|| ordered(variants), Form::Object))
}

/// Adds the fields that stand beside the alternatives to each of them.
fn with_shared(
    types: &mut Types<'_>,
    variants: Vec<(String, Ty)>,
    shared: &[Field],
) -> Result<Vec<(String, Ty)>, &'static Reason> {
    let mut made = Vec::new();
    for (name, ty) in variants {
        let Some((id, fields)) = object(types, &ty) else { return Err(&reason::UNION_OF_ALL) };
        let mut fields = fields.to_vec();
        let known: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
        fields.extend(shared.iter().filter(|field| !known.contains(&field.name)).cloned());
        let of = format!("{} {name}", types.defs[id].name);
        made.push((name, types.add_object(&of, fields)));
    }
    Ok(made)
}

/// Returns the union of forms that a member tells apart, which then is none of their fields.
fn tagged(
    types: &Types<'_>,
    variants: &[(String, Ty)],
    tag: &str,
    names: &BTreeMap<String, String>,
) -> Result<Union, &'static Reason> {
    let mut made = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, ty) in variants {
        let Some((_, fields)) = object(types, ty) else { return Err(&reason::UNION_TAG) };
        let constant =
            fields.iter().find(|field| field.name == tag).and_then(|field| only(types, &field.ty));
        let value = names.get(name).cloned().or(constant).unwrap_or_else(|| name.clone());
        if !seen.insert(value.clone()) {
            return Err(&reason::OVERLAP);
        }
        made.push((value, ty.clone()));
    }
    Ok(Union { tag: Some(tag.to_owned()), variants: made, ordered: false })
}

/// Returns the one text that a type takes.
fn only(types: &Types<'_>, ty: &Ty) -> Option<String> {
    match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Choice(words) => match &**words {
                [word] => Some(word.clone()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Returns the member that has one other text in each form.
fn constant_tag(types: &Types<'_>, variants: &[(String, Ty)]) -> Option<String> {
    let fields: Option<Vec<_>> = variants.iter().map(|(_, ty)| object(types, ty)).collect();
    let fields = fields?;
    let (_, first) = fields.first()?;
    let candidates = first.iter().filter(|field| field.required);
    let found = candidates.map(|field| field.name.as_str()).find(|name| {
        let words: Option<BTreeSet<String>> = fields
            .iter()
            .map(|(_, fields)| {
                let field = fields.iter().find(|field| field.name == *name && field.required)?;
                only(types, &field.ty)
            })
            .collect();
        words.is_some_and(|words| words.len() == fields.len())
    });
    found.map(str::to_owned)
}

/// Returns the names that the tag has for the schemas, by the names of these.
fn mapping(shape: &Shape<'_>) -> BTreeMap<String, String> {
    let mapping = shape.discriminator.as_ref().and_then(|at| at.member("mapping"));
    let named = mapping.iter().flat_map(At::members).filter_map(|(value, at)| {
        let name = at.value.as_str()?.rsplit('/').next()?;
        Some((name.to_owned(), value.to_owned()))
    });
    named.collect()
}

fn variant_name(at: &At<'_>, index: usize) -> String {
    let name = at.text("$ref").and_then(|reference| reference.rsplit('/').next());
    let name = name.or(at.text("title")).map(str::to_owned);
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("form {}", index + 1))
}

fn is_null(at: &At<'_>) -> bool {
    at.text("type") == Some("null")
        || at
            .value
            .get("enum")
            .and_then(|of| of.as_array())
            .is_some_and(|of| !of.is_empty() && of.iter().all(serde_json::Value::is_null))
}

/// Returns `true` for an alternative that says nothing but which members have to be there, or nothing at all.
fn is_rule(at: &At<'_>) -> bool {
    let annotations = ["required", "description", "title", "example", "not"];
    let members = at.value.as_object();
    members.is_some_and(|members| {
        members.keys().all(|key| annotations.contains(&key.as_str())) && !members.is_empty()
    })
}
