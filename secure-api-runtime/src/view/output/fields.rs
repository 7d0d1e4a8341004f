//! The fields of an object in an answer, written by name.

use super::{super::ViewOf, MOST_ITEMS, Output};
use crate::version::VersionRange;

/// The object being written. A view puts its fields in by name.
#[derive(Debug)]
pub struct Fields<'a> {
    out: &'a mut Output,
    empty: bool,
    /// The only fields that were asked for, where the caller did not want all.
    only: Option<&'a [&'static str]>,
}

impl<'a> Fields<'a> {
    /// Writes one object, its fields by `fill`.
    pub fn object(out: &'a mut Output, fill: impl FnOnce(&mut Fields<'_>)) {
        Self::object_of(out, None, fill);
    }

    /// Writes one object through a view.
    pub fn view<V: ViewOf<R>, R>(out: &'a mut Output, resource: &R) {
        V::write(resource, out);
    }

    /// Writes one object of these fields only. What is inside of them is not narrowed.
    pub(crate) fn object_of(
        out: &'a mut Output,
        only: Option<&'a [&'static str]>,
        fill: impl FnOnce(&mut Fields<'_>),
    ) {
        out.level("{", "}", |out| fill(&mut Fields { out, empty: true, only }));
    }

    /// Writes the fields of the view that this one extends.
    pub fn extend<V: ViewOf<R>, R>(&mut self, resource: &R) {
        V::project(resource, self);
    }

    /// Returns `true` if the answer is for one of these versions.
    pub fn within(&self, versions: VersionRange) -> bool {
        versions.contains(self.out.version)
    }

    /// Returns `true` if a field was asked for, or all were.
    pub fn wants(&self, name: &'static str) -> bool {
        self.only.is_none_or(|only| only.contains(&name))
    }

    /// Writes a field's name, unless nobody asked for it; its value is written next, to what comes back. The derive sees to
    /// it that there is nothing in a name to escape.
    pub fn name(&mut self, name: &'static str) -> Option<&mut Output> {
        if !self.wants(name) {
            return None;
        }
        self.out.push(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        self.out.push(name);
        self.out.push("\":");
        self.out.field = name;
        self.out.most = MOST_ITEMS;
        Some(self.out)
    }

    /// Writes the member that says which variant the object is. It is there whatever was asked for: without it nobody
    /// could tell what the others mean.
    pub fn tag(&mut self, name: &'static str, variant: &'static str) {
        self.out.push(if self.empty { "\"" } else { ",\"" });
        self.empty = false;
        for text in [name, "\":\"", variant, "\""] {
            self.out.push(text);
        }
    }
}
