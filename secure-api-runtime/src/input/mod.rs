//! The input of a request: decoded strictly, sanitized, checked against stated bounds, all mistakes reported together.
//!
//! A body becomes a tree of [`Node`]s first, within fixed limits of depth and number, then the tree becomes
//! the input's type. So a wrong value does not hide the next one, and an answer names every place by JSON
//! Pointer. Nothing here repeats a value that was sent.

mod argument;
mod body;
mod raw;
mod rules;
mod types;
mod uploads;
mod wire;

pub use self::{
    argument::{Cookies, Form, Headers, Json, Patch, Query, Upload},
    body::Body,
    raw::{RawBody, TextBody},
    rules::{
        Range, RangeEnd, Rules,
        bounds::{Level, Needs, check_bounds, check_field, check_secret, check_secret_allowed},
        fit::{check_active, check_rule},
        key::check_key_allowed,
        pattern::Pattern,
        query::check_query,
        reads::{Reads, check_patch, check_reads, check_settable},
        rule::Rule,
    },
    types::{
        array::Array,
        contents::{
            Above, AsksCaller, Contains, Contents, Depth, Flat, Floor, Nested, Unreachable, Within,
        },
        decode::{Decode, TypeInfo},
        decoding::Decoding,
        fields::{Field, decode_fields},
        forms::{Forms, check_apart, check_ordered},
        free::{ForeignJson, FreeJson},
        free_object::FreeObject,
        kinds::Kinds,
        leaf::{InvalidValue, Leaf, decode_choice, parse_choice, serialize_held},
        object::{Grants, ObjectInfo},
        optional::{Nullable, Patched},
        references::Referred,
        secret::Secret,
        tagged::{TaggedInput, Variant, decode_tagged},
        texts::{Texts, check_reserved, check_secret_segment, check_segment},
        unique::identity_of,
        untagged::{UntaggedInput, decode_untagged},
    },
    uploads::{
        FilePart, decode_upload,
        file_kind::{FileKind, KIB, MIB, media_types_of},
    },
    wire::{
        decode_body, decode_form, decode_patch, decode_query,
        media::{Media, check_content_type},
        node::Node,
        number::Number,
        query::Parameters,
    },
};

#[cfg(feature = "client")]
pub(crate) use self::wire::read_answer;
pub(crate) use self::{
    raw::{MOST_HELD, PLAIN},
    rules::{
        LONGEST_EMAIL,
        owned::is_one_header,
        query::{BRACKETS, QUERY, check_parameters},
        read_email,
        text::{clean, is_blank, is_unwanted},
    },
    types::{
        contents::contents_of,
        leaf::{AsText, is_text_of},
        references::{AllWanted, LookedUp, Lookup, NotFound, References, Wanted},
        texts::{SECRET_IN_PATH, is_segment},
    },
    uploads::{
        Drafts, Parts,
        pixels::Pixels,
        room_for,
        spooled::{Spool, Spooled},
    },
    wire::{
        Read, Sent,
        head::{cookie_values, header_name, of_cookies, of_headers},
        media::{check_media_types, check_raw_types, media_type_of},
        parameter::{media_parameter, outside_quotes},
        read,
    },
};

#[cfg(feature = "testing")]
pub(crate) use self::wire::node::field_step;

use self::types::fields;
use crate::shape::{FieldShape, ObjectShape, Shape};

/// An input of a request, made by `#[derive(Input)]`: a struct of named fields, each with its bounds.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Input)]
/// struct NewItem {
///     #[input(pattern = "^[A-Z0-9-]{3,32}$")]
///     sku: String,
///     #[input(range = 1..=1000)]
///     qty: u32,
/// }
///
/// let body = br#"{"sku": "TEA-1", "qty": 2}"#;
/// let item: NewItem = secure_api::input::decode_body(body).map_err(|_| "refused")?;
/// assert_eq!((item.sku.as_str(), item.qty), ("TEA-1", 2));
/// # Ok::<_, &str>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "SA508: `{Self}` is not an input",
    label = "no fields are declared for requests by this type",
    note = "write `#[derive(Input)]` above `{Self}`, where that is a struct with named fields"
)]
pub trait Input: Decode {
    /// The name in documents: the type's.
    #[doc(hidden)]
    const NAME: &'static str;
    /// The description, from its doc comment.
    #[doc(hidden)]
    const DESCRIPTION: &'static str;
    /// Its fields, in the order of declaration.
    #[doc(hidden)]
    const FIELDS: &'static [Field];
    /// `false` where it has a mistake, and this stands in for it.
    #[doc(hidden)]
    const IS_SOUND: bool = true;

    /// Returns its JSON form, for documents.
    #[doc(hidden)]
    fn object_shape() -> ObjectShape {
        ObjectShape { name: Self::NAME, description: Self::DESCRIPTION, fields: Self::field_shapes }
    }

    /// Returns its fields' JSON forms, in the order of declaration.
    #[doc(hidden)]
    fn field_shapes() -> Vec<FieldShape> {
        fields::shapes(Self::FIELDS)
    }

    /// Returns its JSON form as a merge patch.
    #[doc(hidden)]
    fn patch_shape() -> ObjectShape {
        let fields = || fields::patch_shapes(Self::FIELDS);
        ObjectShape { name: Self::NAME, description: Self::DESCRIPTION, fields }
    }

    /// Returns its JSON form as one of many.
    #[doc(hidden)]
    fn input_shape() -> Shape {
        Shape::Object(Self::object_shape())
    }
}
