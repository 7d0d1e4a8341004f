//! Values that cannot hold what would hurt: each is read by its own rule, has one JSON form, and brings its own
//! bounds, so that an input needs none for it.
//!
//! All are [`Leaf`](crate::input::Leaf) values: one text in a path, a query, a body and a view. None of them
//! holds a control character, so none can break a header or a line of a log. Only [`UploadedFile`] is no such value, and
//! its field says how large it may be and of which kinds; nor is [`StreamedBody`], which is a whole body.

// First, so that the others see its macros.
#[macro_use]
mod column;
mod address;
mod caller_id;
mod decimal;
mod email;
mod file_name;
mod file_path;
mod folder;
#[cfg(not(feature = "html"))]
mod lacking;
mod leaf;
mod money;
#[cfg(feature = "html")]
mod nesting;
mod number_text;
mod phone;
mod plain;
#[cfg(feature = "html")]
mod rich;
mod slug;
mod streamed_body;
mod uploaded_file;
mod url;

pub use self::{
    address::is_public,
    column::deserialize,
    decimal::Decimal,
    email::Email,
    file_name::SafeFileName,
    file_path::SafePath,
    money::{Currency, Money},
    number_text::NumberText,
    phone::PhoneNumber,
    plain::PlainText,
    slug::Slug,
    streamed_body::StreamedBody,
    uploaded_file::UploadedFile,
    url::WebUrl,
};
/// An instant in UTC, as `2026-06-01T12:00:00Z` (RFC 3339 `date-time`); a field of inputs and views as it is.
pub use jiff::Timestamp;
/// A day of the civil calendar, as `2026-06-01` (RFC 3339 `full-date`); a field of inputs and views as it is.
pub use jiff::civil::Date;
#[cfg(not(feature = "html"))]
#[doc(hidden)]
pub use lacking::RichTextWithoutHtml as RichText;
#[cfg(feature = "html")]
pub use rich::RichText;
/// A UUID (RFC 9562), hyphenated and in lower case; a field of inputs and views as it is. In a path it stands
/// inside of a type of its own that derives `Value`, so that the id of one thing is not taken for another's.
pub use uuid::Uuid;
