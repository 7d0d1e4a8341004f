//! The choice of fields of a view by the caller. The choice only narrows: what the view does not have is unknown,
//! whoever else may see it.

use std::borrow::Cow;

use super::{ViewField, ViewInfo};
use crate::error::InvalidField;

/// The name of the query parameter.
pub(crate) const PARAMETER: &str = "fields";

impl ViewInfo {
    /// Returns the names of its fields in the version at this place of the table, its own first. Of an enum, the tag,
    /// and the fields of all variants.
    pub fn names_in(&self, version: usize) -> Vec<&'static str> {
        let views = std::iter::successors(Some(self), |view| view.extends);
        let fields = views.flat_map(|view| {
            let variants = view.variants.map_or(&[][..], |variants| variants.all);
            view.names.iter().chain(variants.iter().flat_map(|variant| variant.names))
        });
        let is_there = move |field: &&ViewField| {
            field.versions.is_none_or(|versions| versions.contains(version))
        };
        let own = fields.filter(is_there).map(|field| field.name);
        let values = self.variants.into_iter().flat_map(|variants| variants.all);
        let inside = values.filter_map(|variant| variant.value?.whole);
        own.chain(inside.flat_map(|view| view.names_in(version))).collect()
    }
}

/// Returns the fields of `id,status`, of all views that the caller may get: a row whose view lacks one omits it.
///
/// # Errors
///
/// A name that no view has, one that stands twice, and none at all.
pub(crate) fn choose(
    views: &[&'static ViewInfo],
    names: &str,
    version: usize,
) -> Result<Vec<&'static str>, InvalidField> {
    let refuse = |code, detail| InvalidField {
        pointer: PARAMETER.to_owned(),
        code,
        detail: Cow::Borrowed(detail),
    };
    let mut chosen = Vec::new();
    for name in names.split(',') {
        let mut known = views.iter().flat_map(|view| view.names_in(version));
        let Some(name) = known.find(|known| *known == name) else {
            return Err(refuse("unknown", "the answer has no field of this name"));
        };
        if chosen.contains(&name) {
            return Err(refuse("repeated", "a field is named once"));
        }
        chosen.push(name);
    }
    Ok(chosen)
}
