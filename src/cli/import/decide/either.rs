//! Parameters of a query that are one value or several: a list is one of one value, and an object has parameters of its own.

use super::{
    parameter::is_scalar,
    plan::{Field, Form, TextRules, Ty},
    types::Types,
};

/// The remark on parameters of which the document has one form or the other.
const EITHER: &str = "the document has this, or its members beside it, and not both at once";

/// Returns the parameters of both forms of a value, where it is a scalar or an object of scalars, and need not be there:
/// `created=7`, and `created[gt]=7` or, where the object is not `deep`, `gt=7`.
pub(super) fn either(types: &Types<'_>, field: &Field, deep: bool) -> Option<Vec<Field>> {
    let Ty::Named(id) = &field.ty else { return None };
    let Form::Union(union) = &types.defs[*id].form else { return None };
    if field.required || union.tag.is_some() {
        return None;
    }
    let object = |ty: &Ty| match ty {
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Object(fields) => Some(fields.clone()),
            _ => None,
        },
        _ => None,
    };
    let (mut members, mut values) = (None, Vec::new());
    for (_, ty) in &union.variants {
        match object(ty) {
            Some(fields) if members.is_none() => members = Some(fields),
            None if is_scalar(types, ty) => values.push(ty.clone()),
            _ => return None,
        }
    }
    let members = members.filter(|fields| fields.iter().all(|one| is_scalar(types, &one.ty)))?;
    let ty = match &*values {
        [] => return None,
        [one] => one.clone(),
        // In a URL each is a text.
        _ => Ty::Text(TextRules::default()),
    };
    let mut one = Field { ty, ..field.clone() };
    one.notes.insert(EITHER.to_owned());
    let members = members.into_iter().map(|member| Field {
        name: if deep { format!("{}[{}]", field.name, member.name) } else { member.name.clone() },
        required: false,
        ..member
    });
    Some(std::iter::once(one).chain(members).collect())
}

/// Returns the list, where a type is one value or a list of such: in a URL one value is a list of one.
pub(super) fn one_or_several(types: &Types<'_>, ty: Ty) -> Ty {
    let Ty::Named(id) = &ty else { return ty };
    let Form::Union(union) = &types.defs[*id].form else { return ty };
    let list = union.variants.iter().find(|(_, ty)| matches!(ty, Ty::List(..)));
    match list {
        Some((_, Ty::List(inner, _, most, unique))) if union.variants.len() == 2 => {
            let others = union.variants.iter().filter(|(_, ty)| !matches!(ty, Ty::List(..)));
            let mut others = others.map(|(_, ty)| ty);
            match others.all(|other| {
                other == &**inner || (is_scalar(types, other) && is_scalar(types, inner))
            }) {
                true => Ty::List(inner.clone(), 0, *most, *unique),
                false => ty,
            }
        }
        _ => ty,
    }
}
