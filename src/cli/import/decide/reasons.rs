//! Reasons of types and of all that these hold, found for all of them at once: a document has many operations, and many of them
//! hold the same types.

use std::collections::BTreeSet;

use super::{
    plan::{Form, Ty, TypeDef, TypeId},
    reason::{self, Reason},
};

/// The reasons of each type of a project, by its number.
pub(super) struct Reasons(Vec<BTreeSet<&'static Reason>>);

impl Reasons {
    /// Finds them: each reason goes from a type to those that hold it, once.
    pub(super) fn of(types: &[TypeDef]) -> Self {
        let mut found: Vec<BTreeSet<&'static Reason>> = vec![BTreeSet::new(); types.len()];
        let mut holders = vec![Vec::new(); types.len()];
        let mut left = Vec::new();
        for (id, def) in types.iter().enumerate() {
            let held: Vec<&Ty> = match &def.form {
                Form::Object(_) if def.circular && needs_itself(types, id) => {
                    left.push((id, &reason::ENDLESS));
                    continue;
                }
                Form::Object(fields) => fields.iter().map(|field| &field.ty).collect(),
                Form::Union(union) => union.variants.iter().map(|(_, ty)| ty).collect(),
                Form::Alias(ty) => vec![ty],
                Form::Cannot(why) => {
                    left.push((id, *why));
                    continue;
                }
                Form::Unfinished => {
                    left.push((id, &reason::ENDLESS));
                    continue;
                }
                Form::Choice(_) => continue,
            };
            for ty in held {
                match bare(ty) {
                    Ty::Named(inner) => holders[*inner].push(id),
                    Ty::Cannot(why) => left.push((id, *why)),
                    _ => {}
                }
            }
        }
        while let Some((id, why)) = left.pop() {
            if found[id].insert(why) {
                left.extend(holders[id].iter().map(|holder| (*holder, why)));
            }
        }
        Self(found)
    }

    /// Returns those of a type.
    pub(super) fn of_type(&self, ty: &Ty) -> BTreeSet<&'static Reason> {
        match bare(ty) {
            Ty::Named(id) => self.0[*id].clone(),
            Ty::Cannot(why) => BTreeSet::from([*why]),
            _ => BTreeSet::new(),
        }
    }
}

/// Returns what a list, a map or null in its place is of.
pub(super) fn bare(mut ty: &Ty) -> &Ty {
    while let Ty::List(inner, ..) | Ty::Map(inner, _) | Ty::Nullable(inner) = ty {
        ty = inner;
    }
    ty
}

/// Returns `true` for an object that has to hold one of its own type, at whatever depth: no value of it ends.
fn needs_itself(types: &[TypeDef], own: TypeId) -> bool {
    let (mut seen, mut left) = (BTreeSet::new(), vec![own]);
    while let Some(id) = left.pop() {
        let needed: Vec<&Ty> = match &types[id].form {
            Form::Object(fields) => {
                let needed = fields.iter().filter(|field| field.required && !field.read_only);
                needed.map(|field| &field.ty).collect()
            }
            Form::Alias(ty) => vec![ty],
            _ => continue,
        };
        for mut ty in needed {
            while let Ty::List(item, 1.., ..) = ty {
                ty = item;
            }
            match ty {
                Ty::Named(id) if *id == own => return true,
                Ty::Named(id) if seen.insert(*id) => left.push(*id),
                _ => {}
            }
        }
    }
    false
}
