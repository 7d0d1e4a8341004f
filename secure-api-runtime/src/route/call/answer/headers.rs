//! Header fields of a handler's own, beside its answer.

use std::{convert::Infallible, fmt};

use http::{HeaderName, HeaderValue};

use super::{Answer, Answered, Arms, Outcome, Shown};
use crate::{
    error::{Problem, problem},
    input::{Decode, Leaf, Needs},
    rendered::Rendered,
    route::{
        call::Context,
        facts::{AnswerInfo, HeaderInfo},
    },
    shape::Shape,
};

/// An answer with header fields of the handler's own, which `H` names by `#[derive(ResponseHeaders)]`.
///
/// `A` is any answer of success, and keeps its status, its view and its proof. The fields stand in the documents, and a page of
/// another origin that may read the answer may read them too. A value is one line of visible ASCII: anything else is a failure
/// of the server that the log explains, so that nothing which somebody wrote ends a field and begins another one.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Resource)] #[view(BookView, role = Role::Member, fields(title))]
/// # pub struct Book { title: String }
///
/// #[derive(ResponseHeaders)]
/// pub struct Counted {
///     /// The number of books on all pages.
///     #[header(name = "X-Total-Count")]
///     total: u64,
/// }
///
/// /// Lists books.
/// #[get("/books", version = Version::V1.., role = Role::Member, view = BookView)]
/// pub async fn list_books() -> WithHeaders<Page<Book>, Counted> {
///     WithHeaders(Page::new(Vec::new()), Counted { total: 0 })
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct WithHeaders<A, H>(pub A, pub H);

impl<A, H> Outcome for WithHeaders<A, H> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<A: Answer, H: ResponseHeaders> Answer for WithHeaders<A, H> {
    type Inner = A::Inner;
    const INFO: AnswerInfo = AnswerInfo { headers: headers_of::<A, H>, ..A::INFO };

    fn answer(self, context: &Context, arms: Arms<A::Inner>) -> Answered
    where
        A::Inner: Shown,
    {
        let Self(answer, headers) = self;
        fields_of(&headers).add_to(answer.answer(context, arms)?)
    }

    fn created(self, context: &Context, arms: Arms<A::Inner>) -> Answered
    where
        A::Inner: Shown,
    {
        let Self(answer, headers) = self;
        fields_of(&headers).add_to(answer.created(context, arms)?)
    }
}

fn fields_of(headers: &impl ResponseHeaders) -> HeaderFields {
    let mut fields = HeaderFields::default();
    headers.write(&mut fields);
    fields
}

fn headers_of<A: Answer, H: ResponseHeaders>() -> Vec<HeaderInfo> {
    let mut all = (A::INFO.headers)();
    all.extend_from_slice(H::HEADERS);
    all
}

/// The header fields of an answer that are its handler's own. `#[derive(ResponseHeaders)]` implements it.
#[diagnostic::on_unimplemented(
    message = "SA744: `{Self}` names no header fields",
    label = "not made of header fields by `#[derive(ResponseHeaders)]`",
    note = "write `#[derive(ResponseHeaders)]` above `{Self}`"
)]
pub trait ResponseHeaders {
    /// The fields.
    #[doc(hidden)]
    const HEADERS: &'static [HeaderInfo];

    /// Writes them.
    #[doc(hidden)]
    fn write(&self, fields: &mut HeaderFields);
}

/// A value of a header field: a scalar, or an `Option` of one, without which the field is not there.
#[diagnostic::on_unimplemented(
    message = "SA742: `{Self}` cannot be the value of a header field",
    label = "not a single value",
    note = "write `#[derive(Value)]` above `{Self}`, where that is a newtype or an enum of names",
    note = "a header field holds text, a number, a `bool`, a `Timestamp` or what derives `Value`, and an `Option` of one"
)]
pub trait HeaderText {
    /// `true` if the field is always there.
    #[doc(hidden)]
    const ALWAYS: bool = true;
    /// `true` of text that has no bound of its own.
    #[doc(hidden)]
    const UNBOUNDED: bool;

    /// Returns its JSON form.
    #[doc(hidden)]
    fn shape() -> Shape;

    /// Returns its text, where there is a value.
    #[doc(hidden)]
    fn text(&self) -> Option<String>;

    /// Adds it to the fields of an answer, if it is there.
    #[doc(hidden)]
    fn put(&self, info: &HeaderInfo, fields: &mut HeaderFields) {
        if let Some(text) = self.text() {
            fields.put(info, &text);
        }
    }
}

impl<T: Leaf> HeaderText for T {
    const UNBOUNDED: bool = matches!(<T as Decode>::TYPE.needs, Needs::Text);

    fn shape() -> Shape {
        <T as Leaf>::shape()
    }

    fn text(&self) -> Option<String> {
        Some(self.to_text())
    }
}

impl<T: HeaderText> HeaderText for Option<T> {
    const ALWAYS: bool = false;
    const UNBOUNDED: bool = T::UNBOUNDED;

    fn shape() -> Shape {
        T::shape()
    }

    fn text(&self) -> Option<String> {
        self.as_ref().and_then(T::text)
    }
}

/// Header fields on their way out.
#[derive(Default)]
pub struct HeaderFields {
    fields: Vec<(HeaderName, HeaderValue)>,
    /// The first reason for which they are none.
    flaw: Option<String>,
}

impl HeaderFields {
    fn put(&mut self, info: &HeaderInfo, text: &str) {
        match read(info, text) {
            Ok(field) => self.fields.push(field),
            Err(why) => drop(self.flaw.get_or_insert_with(|| format!("`{}` {why}", info.name))),
        }
    }

    /// Adds them to an answer.
    ///
    /// # Errors
    ///
    /// 500 where a value is none of a header field.
    pub(super) fn add_to(self, mut rendered: Rendered) -> Result<Rendered, Problem> {
        if let Some(why) = self.flaw {
            return Err(Problem::new(&problem::INTERNAL).because(why));
        }
        for (name, value) in self.fields {
            rendered.field(name, value);
        }
        Ok(rendered)
    }
}

/// Reads a value as that of a field: one line of visible ASCII within its bound. Spaces at its ends would be gone on the way.
fn read(info: &HeaderInfo, text: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let most = info.most.unwrap_or(HeaderInfo::MOST).min(HeaderInfo::MOST);
    if text.len() as u64 > most {
        return Err("is longer than its document says");
    }
    let is_line = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    if !is_line || text.trim() != text {
        return Err("is no line of visible ASCII");
    }
    let name = HeaderName::from_bytes(info.name.as_bytes()).map_err(|_| "is no name")?;
    let value = HeaderValue::from_str(text).map_err(|_| "is no line of visible ASCII")?;
    Ok((name, value))
}

impl fmt::Debug for HeaderFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values are for the caller, not for logs.
        f.debug_list().entries(self.fields.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: HeaderInfo = HeaderInfo {
        name: "X-Note",
        field: "note",
        description: "",
        shape: || Shape::Boolean,
        most: Some(8),
        unbounded: true,
        always: true,
    };

    #[test]
    fn a_value_never_ends_its_field() {
        for text in ["", "a b", "12345678", "a;b=\"c\""] {
            assert_eq!(read(&NOTE, text).map(|(_, value)| value), Ok(text.parse().expect("one")));
        }
        for text in
            ["a\r\nb", "a\nb", "a\rb", "a\0b", "a\tb", " a", "a ", "ä", "123456789", "\u{85}"]
        {
            assert!(read(&NOTE, text).is_err(), "{text:?}");
        }
    }
}
