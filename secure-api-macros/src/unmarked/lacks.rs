//! The derives, and the implementations by hand, that a type may lack.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use super::stand_in;
use crate::{
    derive,
    message::{self, Message},
    path,
    source::{self, SourceFile},
};

/// A derive that a type may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lacks {
    Role,
    Version,
    ApiError,
    Input,
    Value,
    Resource,
    Object,
    Store,
}

impl Lacks {
    /// Returns the attribute that only this derive knows.
    pub(super) fn helper(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Version => "version",
            Self::ApiError => "problem",
            Self::Input => "input",
            Self::Value => "value",
            Self::Resource => "resource",
            Self::Object => "object",
            Self::Store => "store",
        }
    }

    /// Returns the message that tells it, with the help for a type that stands in the same file.
    pub(super) fn message(self) -> Message {
        match self {
            Self::Role => message::ROLE_ENUM,
            Self::Version => message::VERSION_ENUM,
            Self::ApiError => Message {
                help: "write `#[derive(ApiError)]` above `{}`, and `#[problem(status = 409, title = \"It is sold out\")]` above each of its variants",
                ..message::ERROR_TRAIT
            },
            Self::Input => message::NOT_INPUT,
            Self::Value => message::NOT_VALUE,
            Self::Resource => Message {
                help: "write `#[derive(Resource)]` above `{}`, and `#[view(…)]` for those who may see it",
                ..message::NOT_RESOURCE
            },
            Self::Object => message::NOT_OBJECT,
            Self::Store => message::NOT_STORE,
        }
    }

    /// Returns the traits that the derive implements.
    pub(super) fn traits(self) -> &'static [&'static str] {
        match self {
            Self::Role => &["Roles"],
            Self::Version => &["Versions"],
            Self::ApiError => &["ApiError"],
            Self::Input => &["Input", "Decode"],
            Self::Value => &["Leaf", "Decode"],
            Self::Resource => &["Resource", "Shown"],
            Self::Object => &["Object"],
            Self::Store => &["Store"],
        }
    }

    /// Returns `true` if it is implemented by hand, and not derived.
    pub(super) fn is_by_hand(self) -> bool {
        matches!(self, Self::Object | Self::Store)
    }

    /// Returns `true` if the derive may stand on such a type.
    pub(super) fn fits(self, input: &DeriveInput) -> bool {
        let is_enum = matches!(input.data, Data::Enum(_));
        let is_of = |fields: fn(&Fields) -> bool| matches!(&input.data, Data::Struct(data) if fields(&data.fields));
        let fits = match self {
            Self::Role | Self::Version | Self::ApiError => is_enum,
            Self::Object | Self::Store => true,
            Self::Input | Self::Resource => is_of(|fields| matches!(fields, Fields::Named(_))),
            Self::Value => is_of(is_newtype) || is_of_names(&input.data),
        };
        fits && input.generics.params.is_empty()
    }

    /// Expands the derive, or what stands in for it.
    pub(super) fn derived(
        self,
        input: &DeriveInput,
        has_helper: bool,
        file: &SourceFile,
    ) -> TokenStream {
        let item = quote!(#input);
        match self {
            Self::Role if !has_helper => derive::role::stand_in(input),
            Self::Role => derive::role::expand(item),
            Self::Version if !has_helper => derive::version::stand_in(input),
            Self::Version => derive::version::expand(item),
            Self::ApiError if !source::is_this(file) => stand_in::api_error(input, file),
            Self::ApiError => derive::error::expand(item),
            Self::Resource => derive::resource::expand(item),
            Self::Object => stand_in::object(&input.ident, file),
            Self::Store => stand_in::store(&input.ident),
            Self::Input => derive::input::fallback(input, &quote!(object)),
            Self::Value => derive::value::stand_in(input),
        }
    }
}

/// Returns `true` if the fields are one, of a type with a plain name.
fn is_newtype(fields: &Fields) -> bool {
    match fields {
        Fields::Unnamed(fields) => {
            fields.unnamed.len() == 1 && path::plain(&fields.unnamed[0].ty).is_some()
        }
        Fields::Named(_) | Fields::Unit => false,
    }
}

fn is_of_names(data: &Data) -> bool {
    matches!(data, Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)))
}

/// Returns `true` if a derive is nearly called so, and nothing in the file may be: the compiler says that there is none of
/// that name.
pub(super) fn is_misspelt(file: &SourceFile, word: &str, lacks: Lacks) -> bool {
    let derive = format!("{lacks:?}");
    word != derive && strsim::osa_distance(word, &derive) <= 2 && !file.may_have_derive(word)
}

/// Returns `true` if a type of this name has a derive that is nearly called so.
pub(super) fn has_misspelt(file: &SourceFile, name: &str, lacks: Lacks) -> bool {
    let types = file.items.iter().filter(|item| item.name == name);
    let mut derives =
        types.flat_map(|item| &item.attributes).filter(|attribute| attribute.name == "derive");
    derives.any(|derive| {
        derive
            .words
            .iter()
            .any(|word| is_misspelt(file, word, lacks) && !DERIVES.contains(&&**word))
    })
}

/// The derives that make none of ours, with the paths that they are written by.
pub(super) const DERIVES: &[&str] = &[
    "std",
    "core",
    "fmt",
    "cmp",
    "hash",
    "clone",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "serde",
    "Deserialize",
    "Serialize",
    "thiserror",
    "Error",
];
