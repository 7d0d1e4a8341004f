//! What a request may say: decoded strictly, cleaned, held against stated bounds, all mistakes told together.
//!
//! A body becomes a tree of [`Node`]s first, within fixed limits of depth and number, then the tree becomes
//! the input's type. So a wrong value does not hide the next one, and an answer names every place by JSON
//! Pointer. Nothing here repeats a value that was sent.

mod bounds;
mod decode;
mod decoding;
mod fields;
mod file_form;
mod file_kind;
mod fit;
mod leaf;
mod map;
mod media;
mod multipart;
mod node;
mod optional;
mod pattern;
mod query;
mod reads;
mod rules;
mod scalar;
mod secret;
mod tagged;
mod text;
mod unique;
mod upload;

pub use self::{
    bounds::{Needs, Part, Rule, check_bounds, check_secret},
    decode::{Decode, TypeInfo},
    decoding::Decoding,
    fields::{Field, decode_fields},
    file_kind::{FileKind, KIB, MIB},
    fit::{check_active, check_rule},
    leaf::{InvalidValue, Leaf, decode_choice, parse_choice},
    media::{Media, check_content_type, check_json_content_type},
    node::{Node, Number},
    optional::{Nullable, Patched},
    pattern::Pattern,
    query::Parameters,
    reads::{Reads, check_patch, check_query, check_reads},
    rules::{Bound, Range, Rules},
    secret::Secret,
    tagged::{TaggedInput, Variant, decode_tagged},
    upload::FilePart,
};

pub(crate) use self::{
    leaf::AsText,
    rules::LONGEST_EMAIL,
    text::{clean, is_unwanted},
    upload::{Parts, room_for},
};

use crate::{
    error::{Problem, problem},
    shape::{FieldShape, ObjectShape, Shape},
};

/// What a request carries, made by `#[derive(Input)]`: a struct of named fields, each with its bounds.
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
    note = "add `#[derive(Input)]` to a struct with named fields"
)]
pub trait Input: Decode {
    /// The name in documents: the type's.
    const NAME: &'static str;
    /// What it is, from its doc comment.
    const DESCRIPTION: &'static str;
    /// Its fields, in the order of declaration.
    const FIELDS: &'static [Field];

    /// Its JSON form, for documents.
    fn object_shape() -> ObjectShape {
        ObjectShape { name: Self::NAME, description: Self::DESCRIPTION, fields: Self::field_shapes }
    }

    /// Its fields' JSON forms, in the order of declaration.
    fn field_shapes() -> Vec<FieldShape> {
        fields::shapes(Self::FIELDS)
    }

    /// Its JSON form as a merge patch.
    fn patch_shape() -> ObjectShape {
        let fields = || fields::patch_shapes(Self::FIELDS);
        ObjectShape { name: Self::NAME, description: Self::DESCRIPTION, fields }
    }

    /// Its JSON form as one of many.
    fn input_shape() -> Shape {
        Shape::Object(Self::object_shape())
    }
}

/// A handler's argument: the JSON body of the request, decoded and within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// A handler's argument: the query parameters of the request, decoded and within their bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<T>(pub T);

/// A handler's argument: the fields of a form (`application/x-www-form-urlencoded`), decoded and within their bounds.
///
/// A form of another site can be sent by a browser without being asked, and cookies go with it. An API that knows its
/// callers by their tokens is not harmed by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<T>(pub T);

/// A handler's argument: a merge patch (RFC 7396), decoded and within its bounds. Only PATCH takes it, sent as
/// `application/merge-patch+json` or `application/json`.
///
/// Each field of the input may be left out. An `Option` can be changed and not removed: null is refused for it. A
/// [`Patched`] can be removed too. A nested input is merged in the same way; a list is replaced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch<T>(pub T);

/// A handler's argument: an upload (`multipart/form-data`, RFC 7578), its texts and files decoded and within their bounds.
///
/// A file is an `UploadedFile`, with how large it may be and of which kinds; several are a `Vec` of them. The other fields
/// are read as those of a [`Form`]. Where the route states no `body_limit`, the body may be as large as all fields
/// together: the app's limit is for what has none of its own.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// #[derive(Input)]
/// struct NewPicture {
///     #[input(max_len = 80)]
///     title: String,
///     #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png, FileKind::Jpeg])]
///     picture: UploadedFile,
/// }
///
/// /// Shows a picture to the others.
/// #[post("/pictures", version = Version::V1, role = Role::Member)]
/// async fn add_picture(Upload(new): Upload<NewPicture>) -> Accepted {
///     // `new.picture.persist(&folder).await` keeps it, under a name that the server makes.
///     assert!(matches!(new.picture.kind(), FileKind::Png | FileKind::Jpeg));
///     Accepted
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload<T>(pub T);

/// Reads an upload. Its boundary is in the media type.
///
/// # Errors
///
/// 415 [`problem::UNSUPPORTED_MEDIA_TYPE`] where the media type is another, or has no boundary. 400 [`problem::MALFORMED`] where the
/// parts cannot be told: a boundary that is not there, a part without a name or with more than 2 KiB of headers, text
/// around the parts, many more parts than fields. 422 [`problem::INVALID_INPUT`] where a part is unknown, repeated,
/// missing or has no valid value: a file is too large, or not of a kind that is wanted.
pub fn decode_upload<T: Input>(
    content_type: &str,
    body: impl Into<bytes::Bytes>,
) -> Result<T, Problem> {
    Parts::read(content_type, body.into(), T::FIELDS)?.decode()
}

/// Reads a merge patch.
///
/// # Errors
///
/// Those of [`decode_body`].
pub fn decode_patch<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    decode_json(bytes, Decoding::of_patch())
}

/// Reads the body of a form.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where a field is repeated or not well-formed, the text is no UTF-8, or there are more
/// than 256 fields. 422 [`problem::INVALID_INPUT`] where a field is unknown, missing or has no valid value.
pub fn decode_form<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    let malformed = || Problem::new(&problem::MALFORMED);
    let text = std::str::from_utf8(bytes).map_err(|error| malformed().because(error))?;
    let node = Node::from_form(text).map_err(|refusal| malformed().errors(vec![refusal]))?;
    let mut decoding = Decoding::of_query();
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    decoding.finish(decoded).map_err(|errors| Problem::new(&problem::INVALID_INPUT).errors(errors))
}

/// Reads a JSON body.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where the bytes are no acceptable JSON: a syntax error, invalid UTF-8, a
/// repeated name, more than 32 levels, more than 100,000 values. 422 [`problem::INVALID_INPUT`] where they
/// are and say something that is not allowed; up to 50 places are listed.
pub fn decode_body<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    decode_json(bytes, Decoding::of_body())
}

fn decode_json<T: Input>(bytes: &[u8], mut decoding: Decoding) -> Result<T, Problem> {
    let node = match Node::from_json(bytes) {
        Ok(node) => node,
        Err(refusal) => return Err(Problem::new(&problem::MALFORMED).errors(vec![refusal])),
    };
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    decoding.finish(decoded).map_err(|errors| Problem::new(&problem::INVALID_INPUT).errors(errors))
}

/// Reads a query string; none at all is one without parameters.
///
/// # Errors
///
/// 400 [`problem::INVALID_QUERY`]: a parameter is unknown, repeated, missing, not well-formed or has no
/// valid value.
pub fn decode_query<T: Input>(query: Option<&str>) -> Result<T, Problem> {
    Parameters::read(query)?.decode()
}
