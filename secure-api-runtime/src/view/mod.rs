//! What leaves: views of a resource, each with its audience.
//!
//! A resource never serializes itself. A [`View`] lists fields; a field is a leaf of ours or another view,
//! through `Option`, `Vec` and maps, so nothing comes along that was not named.

use crate::{role::RoleSet, shape::FieldShape, version::VersionRange};

mod check;
mod choice;
mod exposed;
mod output;

pub use check::{check_extends, check_names, check_nested, check_sensitive};
pub(crate) use choice::PARAMETER as FIELDS;
pub use exposed::{Exposed, ExposedAs, computed_shape, computed_shape_as};
pub use output::{Fields, Output};

/// Something that can be shown through views, made by `#[derive(Resource)]`.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not a resource",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, a `Page` of one, or `NoContent`"
)]
pub trait Resource: Send + Sync + 'static {
    /// The type's name.
    const NAME: &'static str;
}

/// Who may see a view.
#[derive(Debug, Clone, Copy)]
pub enum Audience {
    /// Anybody, without a token.
    Public,
    /// Whoever has one of these roles.
    Roles(RoleSet),
}

impl Audience {
    /// Whether whoever is in this audience is in the other one too.
    pub const fn within(self, wider: Self) -> bool {
        match (self, wider) {
            (_, Self::Public) => true,
            (Self::Public, Self::Roles(_)) => false,
            (Self::Roles(this), Self::Roles(wider)) => this.within(wider),
        }
    }

    /// Who of this audience is not in the other, in a word.
    pub(crate) const fn first_beyond(self, wider: Self) -> &'static str {
        match (self, wider) {
            (Self::Public, _) => "anybody",
            (Self::Roles(this), Self::Roles(wider)) => match this.first_beyond(wider) {
                Some(role) => role,
                None => "nobody",
            },
            (Self::Roles(_), Self::Public) => "nobody",
        }
    }
}

/// A view as plain data, for checks, documents and the inventory.
#[derive(Debug, Clone, Copy)]
pub struct ViewInfo {
    /// The view's name, and that of its schema.
    pub name: &'static str,
    /// The resource's name.
    pub resource: &'static str,
    /// What the resource is, from its doc comment.
    pub description: &'static str,
    /// Who may see it.
    pub audience: Audience,
    /// The role as written, for messages: `Admin`, or `anybody`.
    pub audience_name: &'static str,
    /// The view whose fields it has besides its own.
    pub extends: Option<&'static ViewInfo>,
    /// The names of its own fields.
    pub names: &'static [ViewField],
    /// Its fields in every version, those of the view it extends first.
    pub fields: fn() -> Vec<FieldShape>,
}

/// A field of a view by its name in JSON.
#[derive(Debug, Clone, Copy)]
pub struct ViewField {
    /// The name.
    pub name: &'static str,
    /// The versions it is in; `None` is all.
    pub versions: Option<VersionRange>,
}

/// A choice of a resource's fields for an audience, made by `#[view(…)]` above a `#[derive(Resource)]`.
#[diagnostic::on_unimplemented(
    message = "SA703: `{Self}` is not a view of anything",
    label = "not a view",
    note = "name a view that is declared above its resource by `#[view(…)]`"
)]
pub trait View: Send + Sync + 'static {
    /// What it is a view of.
    type Resource: Resource;

    /// Its name, audience and fields.
    const INFO: &'static ViewInfo;

    /// Writes the fields of the view, and nothing else, borrowing the resource.
    fn project(resource: &Self::Resource, out: &mut Fields<'_>);
}

/// A view of this very resource.
#[diagnostic::on_unimplemented(
    message = "SA703: `{Self}` is not a view of `{R}`",
    label = "a view of something else",
    note = "name a view that is declared above `{R}` by `#[view(…)]`"
)]
pub trait ViewOf<R>: View<Resource = R> {}
