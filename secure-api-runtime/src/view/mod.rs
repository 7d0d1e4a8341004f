//! Views of a resource, each with its audience.
//!
//! A resource never serializes itself. A [`View`] lists fields, of an enum those of each variant; a field is a leaf of
//! ours or another view, through `Option`, lists and maps, so nothing comes along that was not named.

use crate::{
    role::RoleSet,
    shape::{FieldShape, ObjectShape, Shape, UnionShape, UntaggedShape},
    version::VersionRange,
};

mod check;
mod choice;
mod collections;
mod computed;
mod exposed;
mod free;
mod html_safe;
mod output;
mod text;

pub use check::{
    check_extends, check_max_items, check_names, check_nested, check_optional, check_plain,
    check_plain_allowed, check_proven, check_sensitive,
};
pub(crate) use choice::{PARAMETER as FIELDS, choose};
pub use computed::{
    computed_counts, computed_counts_as, computed_optional, computed_optional_as,
    computed_proven_as, computed_shape, computed_shape_as, computed_text,
};
pub use exposed::{Exposed, ExposedAs, MOST_ITEMS};
pub use output::{Fields, Output};

/// The largest file that is sent, in bytes: it is held in memory.
pub(crate) const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// The most bytes that an answer of several ranges of a file has beside those of the file: each part has a line of its boundary,
/// its media type and its place.
pub(crate) const LONGEST_FRAMING: u64 = 4096;

/// Something that can be shown through views, made by `#[derive(Resource)]`.
#[diagnostic::on_unimplemented(
    message = "SA702: `{Self}` cannot leave: it has no views",
    label = "not a resource",
    note = "return a type with `#[derive(Resource)]` and `#[view(…)]`, `Page<…>` in place of `Vec<…>`, or `NoContent`"
)]
pub trait Resource: Send + Sync + 'static {
    /// The type's name.
    const NAME: &'static str;
}

/// The audience of a view.
#[derive(Debug, Clone, Copy)]
pub enum Audience {
    /// Anybody, without a token.
    Public,
    /// The callers with one of these roles.
    Roles(RoleSet),
}

impl Audience {
    /// Returns `true` if this audience is a part of the other.
    pub const fn within(self, wider: Self) -> bool {
        match (self, wider) {
            (_, Self::Public) => true,
            (Self::Public, Self::Roles(_)) => false,
            (Self::Roles(this), Self::Roles(wider)) => this.within(wider),
        }
    }

    /// Returns `true` if nobody is in it: its roles have a mistake of their own.
    pub(crate) const fn is_empty(self) -> bool {
        matches!(self, Self::Roles(roles) if roles.is_empty())
    }

    /// Returns `true` if both are roles, and of different enums.
    pub(crate) const fn is_foreign_to(self, other: Self) -> bool {
        match (self, other) {
            (Self::Roles(one), Self::Roles(other)) => !one.is_of(other.table()),
            (Self::Public, _) | (_, Self::Public) => false,
        }
    }

    /// Returns what lets all of this audience into the other one: a role that lacks it, and the lowest role of the other, which
    /// it has to include. Empty where the other is for higher roles, or for such as are declared below, and where that is not enough:
    /// nothing that gives those away is proposed.
    pub(crate) const fn inclusion(self, wider: Self) -> [&'static str; 5] {
        if let (Self::Roles(this), Self::Roles(wider)) = (self, wider)
            && let Some([role, lowest]) = this.unrelated(wider)
        {
            return [
                ", or write `#[role(includes(",
                lowest,
                "))]` above the role `",
                role,
                "`, if whoever has that may do all that the other may",
            ];
        }
        [""; 5]
    }

    /// Names the first role of this audience that the other lacks, or says `anybody` or `nobody`.
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
    /// `true` if the resource is an object, with a rule of its own.
    pub object: bool,
    /// `true` if it is one, and nothing says whose tenant's it is.
    pub untenanted: bool,
    /// The views that its own fields are shown through, if there are some. One may be among those inside of itself, so that
    /// they are in no constant.
    pub inside: Option<fn() -> Vec<&'static Self>>,
    /// The resource's description, from its doc comment.
    pub description: &'static str,
    /// The callers that may see it.
    pub audience: Audience,
    /// The role as written, for messages: `Admin`, or `anybody`.
    pub audience_name: &'static str,
    /// The view whose fields it has besides its own.
    pub extends: Option<&'static ViewInfo>,
    /// The names of its own fields; of an enum, those that are there whatever the variant: the tag.
    pub names: &'static [ViewField],
    /// The shapes of these fields in every version, those of the view it extends first; of an enum without a tag, each variant's.
    pub fields: fn() -> Vec<FieldShape>,
    /// The fields that each variant of an enum has besides.
    pub variants: Option<ViewVariants>,
}

/// The variants that a view of an enum shows.
#[derive(Debug, Clone, Copy)]
pub struct ViewVariants {
    /// The member that says which variant it is; of an enum without one, nothing.
    pub tag: Option<&'static str>,
    /// The variants, in the order of declaration.
    pub all: &'static [ViewVariant],
}

/// The fields of one variant that a view shows.
#[derive(Debug, Clone, Copy)]
pub struct ViewVariant {
    /// The value of the tag.
    pub name: &'static str,
    /// The name of its schema.
    pub schema: &'static str,
    /// The variant's description, from its doc comment.
    pub description: &'static str,
    /// The names of its fields in this view, without those of the view that it extends.
    pub names: &'static [ViewField],
    /// All of its fields in every version: the tag, those of the view that this one extends, and its own.
    pub fields: fn() -> Vec<FieldShape>,
    /// The value that it is, where it is no object of these fields.
    pub value: Option<ViewValue>,
}

/// The value of a variant without a tag.
#[derive(Debug, Clone, Copy)]
pub struct ViewValue {
    /// The view that the whole of it is shown through, where it is one object.
    pub whole: Option<&'static ViewInfo>,
}

impl ViewInfo {
    /// Returns the JSON form of what it shows: one object, or one of several.
    pub fn shape(&self) -> Shape {
        let Self { name, description, fields, .. } = *self;
        let Some(ViewVariants { tag, all }) = self.variants else {
            return Shape::Object(ObjectShape { name, description, fields });
        };
        let Some(tag) = tag else {
            let (ordered, variants) = (None, fields);
            return Shape::Untagged(UntaggedShape { name, description, ordered, variants });
        };
        let variants = all.iter().map(|variant| {
            let ViewVariant { name, schema, description, fields, .. } = *variant;
            (name, ObjectShape { name: schema, description, fields })
        });
        Shape::Union(UnionShape { name, description, tag, variants: variants.collect() })
    }

    /// Returns the fields that the variant at this place has in every version, the tag first.
    pub fn variant_fields(&self, place: usize) -> Vec<FieldShape> {
        let variant = self.variants.and_then(|variants| variants.all.get(place));
        variant.map_or_else(Vec::new, |variant| (variant.fields)())
    }

    /// Returns the view, what it extends, and the views that stand inside of it at whatever depth, each once.
    pub(crate) fn at_any_depth(&'static self) -> Vec<&'static Self> {
        let mut found = vec![self];
        let mut place = 0;
        while let Some(view) = found.get(place).copied() {
            place += 1;
            // By address: two modules may have views of one name, of resources of one name.
            for inside in view.inside.into_iter().flat_map(|inside| inside()).chain(view.extends) {
                if !found.iter().any(|known| std::ptr::eq(*known, inside)) {
                    found.push(inside);
                }
            }
        }
        found
    }

    /// Returns `true` if a field of it, or of what it extends, is shown through a view.
    pub(crate) const fn is_nested(&self) -> bool {
        match (self.inside, self.extends) {
            (Some(_), _) => true,
            (None, Some(base)) => base.is_nested(),
            (None, None) => false,
        }
    }

    /// Returns `true` if it shows an object, whatever the variant.
    pub const fn is_whole(&self) -> bool {
        self.first_part().is_none()
    }

    /// Returns the first variant, of an enum without a tag, that is no object.
    pub(crate) const fn first_part(&self) -> Option<&'static str> {
        let Some(ViewVariants { all, .. }) = self.variants else { return None };
        let mut place = 0;
        while place < all.len() {
            match all[place].value {
                Some(ViewValue { whole: None }) => return Some(all[place].name),
                Some(ViewValue { whole: Some(view) }) if !view.is_whole() => {
                    return Some(all[place].name);
                }
                Some(_) | None => {}
            }
            place += 1;
        }
        None
    }

    /// Returns the number of lists of its own fields: one, or one for each variant.
    pub(crate) const fn lists(&self) -> usize {
        match &self.variants {
            Some(variants) => variants.all.len(),
            None => 1,
        }
    }

    /// Returns the list at this place.
    pub(crate) const fn list(&self, place: usize) -> &'static [ViewField] {
        match &self.variants {
            Some(variants) => variants.all[place].names,
            None => self.names,
        }
    }
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
    /// The resource that it is a view of.
    type Resource: Resource;

    /// Its name, audience and fields.
    #[doc(hidden)]
    const INFO: &'static ViewInfo;

    /// Writes the fields of the view, and nothing else, borrowing the resource.
    #[doc(hidden)]
    fn project(resource: &Self::Resource, out: &mut Fields<'_>);

    /// Writes what the view shows as a value: one object of these fields, but of an enum without a tag.
    #[doc(hidden)]
    fn write(resource: &Self::Resource, out: &mut Output) {
        Fields::object(out, |fields| Self::project(resource, fields));
    }
}

/// A view of this very resource.
#[diagnostic::on_unimplemented(
    message = "SA703: `{Self}` is not a view of `{R}`",
    label = "a view of something else",
    note = "name a view that is declared above `{R}` by `#[view(…)]`"
)]
pub trait ViewOf<R>: View<Resource = R> {}
