//! Types that contain themselves: the field that closes a circle says how many levels there may be.

use std::collections::BTreeSet;

use super::Project;
use crate::cli::import::decide::plan::{Form, Ty, TypeId};

/// Returns a type without the box that it has as a field.
pub(super) fn unboxed(ty: &str) -> String {
    let inner = ty.strip_prefix("Box<").and_then(|rest| rest.strip_suffix('>'));
    inner.unwrap_or(ty).to_owned()
}

impl Project<'_> {
    /// Returns the levels of a field of the type that is being written, where this leads back to it, and somebody has answered how
    /// many there may be. Where nobody has, the compiler asks.
    pub(super) fn levels(&self, ty: &Ty) -> Option<u64> {
        let id = self.circular(ty)?;
        let owner = self.owner?;
        self.answers.depth.filter(|_| self.reaches(&Ty::Named(id), owner))
    }

    /// Returns the type that a field holds, in whatever lists, if it contains itself.
    fn circular(&self, ty: &Ty) -> Option<TypeId> {
        match ty {
            Ty::List(inner, ..) | Ty::Map(inner, _) | Ty::Nullable(inner) => self.circular(inner),
            Ty::Named(id) => match &self.plan.types[*id].form {
                Form::Alias(of) if of != ty => self.circular(of),
                _ => self.plan.types[*id].circular.then_some(*id),
            },
            _ => None,
        }
    }

    /// Returns `true` if a type has another one in it.
    fn reaches(&self, ty: &Ty, wanted: TypeId) -> bool {
        self.within([ty]).contains(&wanted)
    }

    /// Returns the types of the project that these are, and all that they have in them.
    pub(super) fn within<'t>(
        &'t self,
        types: impl IntoIterator<Item = &'t Ty>,
    ) -> BTreeSet<TypeId> {
        let (mut left, mut seen) = (Vec::from_iter(types), BTreeSet::new());
        while let Some(ty) = left.pop() {
            match ty {
                Ty::List(inner, ..) | Ty::Map(inner, _) | Ty::Nullable(inner) => left.push(inner),
                Ty::Named(id) if seen.insert(*id) => match &self.plan.types[*id].form {
                    Form::Object(fields) => left.extend(fields.iter().map(|field| &field.ty)),
                    Form::Union(union) => left.extend(union.variants.iter().map(|(_, ty)| ty)),
                    Form::Alias(ty) => left.push(ty),
                    _ => {}
                },
                _ => {}
            }
        }
        seen
    }
}
