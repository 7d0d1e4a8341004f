//! An answer as its maker leaves it: its status, the header fields that are its own, its content.
//!
//! The fields that all answers have are no concern of who makes one. They are added where it leaves, to every answer there
//! is, so none can lack them.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use smallvec::SmallVec;

mod flow;

use flow::OpenCell;
pub(crate) use flow::{ContentForm, OpenContent, Piece};

/// A status, header fields and content, whole.
#[derive(Debug, Clone)]
pub struct Rendered {
    status: StatusCode,
    /// Mostly a media type and one more.
    fields: SmallVec<[(HeaderName, HeaderValue); 2]>,
    content: Bytes,
    /// Content that is made while it is sent, where it is.
    flow: Option<OpenCell>,
}

impl Rendered {
    /// Makes an answer without content.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, fields: SmallVec::new(), content: Bytes::new(), flow: None }
    }

    /// Makes an answer with content of this media type.
    pub(crate) fn of(status: StatusCode, media: HeaderValue, content: Bytes) -> Self {
        let mut rendered = Self { content, ..Self::empty(status) };
        rendered.field(header::CONTENT_TYPE, media);
        rendered
    }

    /// Gives it another status of success.
    pub(crate) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Adds the content of an answer whose media type is among its fields.
    pub(crate) fn with_content(self, content: Bytes) -> Self {
        Self { content, ..self }
    }

    /// Adds content that is made while it is sent.
    pub(crate) fn flowing(self, flow: OpenContent) -> Self {
        Self { flow: Some(OpenCell::new(flow)), ..self }
    }

    /// Takes the content that is made while it is sent, if there is some.
    pub(crate) fn take_flow(&self) -> Option<OpenContent> {
        self.flow.clone().and_then(OpenCell::take)
    }

    /// Keeps this until all of it is sent; what is whole needs nothing.
    pub(crate) fn hold(&self, held: impl std::any::Any + Send) {
        if let Some(flow) = &self.flow {
            flow.hold(Box::new(held));
        }
    }

    /// Returns its content.
    pub(crate) fn content(&self) -> &Bytes {
        &self.content
    }

    /// Returns its header fields, in their order.
    pub(crate) fn fields(&self) -> &[(HeaderName, HeaderValue)] {
        &self.fields
    }

    /// Adds a header field, beside those of the same name.
    pub(crate) fn field(&mut self, name: HeaderName, value: HeaderValue) {
        self.fields.push((name, value));
    }

    /// Returns the values of the fields of this name, to be changed in their places.
    pub(crate) fn values_mut(
        &mut self,
        name: HeaderName,
    ) -> impl Iterator<Item = &mut HeaderValue> {
        self.fields.iter_mut().filter(move |(own, _)| *own == name).map(|(_, value)| value)
    }

    /// Returns `true` if a cache that many share may keep it and give it to somebody else.
    pub(crate) fn is_public(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|(name, value)| {
            *name == header::CACHE_CONTROL && value.as_bytes().starts_with(b"public")
        })
    }

    /// Returns the status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns its entity tag.
    pub(crate) fn tag(&self) -> Option<&HeaderValue> {
        self.fields.iter().find(|(name, _)| *name == header::ETAG).map(|(_, tag)| tag)
    }

    /// Returns the bytes that it takes to keep it, about.
    pub(crate) fn size(&self) -> usize {
        let fields = self.fields.iter().map(|(name, value)| name.as_str().len() + value.len());
        self.content.len() + fields.sum::<usize>()
    }

    /// Makes the response, with `common` fields where it has none of their names. Without content for HEAD, the length of
    /// which stays stated (RFC 9110, section 9.3.2).
    pub(crate) fn into_response(self, mut common: HeaderMap, head: bool) -> Response<Bytes> {
        let Self { status, fields, content, flow } = self;
        let mut earlier = SmallVec::<[HeaderName; 2]>::new();
        for (name, value) in fields {
            if name == header::LINK
                && let Some(own) = common.get(&name)
            {
                // One field has the links of the answer and those that tell of the end of its version.
                let both = [own.as_bytes(), b", ", value.as_bytes()].concat();
                common.insert(name, HeaderValue::from_bytes(&both).unwrap_or(value));
            } else if earlier.contains(&name) {
                common.append(name, value);
            } else {
                earlier.push(name.clone());
                common.insert(name, value);
            }
        }
        // RFC 9110, section 8.6: what was not modified has a length of its own, and 204 has none.
        if head
            && flow.is_none()
            && ![StatusCode::NOT_MODIFIED, StatusCode::NO_CONTENT].contains(&status)
        {
            common.insert(header::CONTENT_LENGTH, HeaderValue::from(content.len()));
        }
        let content = if head { Bytes::new() } else { content };
        let mut response = Response::new(content);
        *response.status_mut() = status;
        *response.headers_mut() = common;
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R76
    #[test]
    fn a_length_is_stated_where_there_is_one() {
        let length = |rendered: Rendered, head| {
            let response = rendered.into_response(HeaderMap::new(), head);
            response.headers().get(header::CONTENT_LENGTH).map(|length| length.as_bytes().to_vec())
        };
        let text = || {
            let media = HeaderValue::from_static("text/plain");
            Rendered::of(StatusCode::OK, media, Bytes::from_static(b"four"))
        };
        assert_eq!(length(text(), true), Some(b"4".to_vec()));
        assert_eq!(length(text(), false), None, "the server states it");
        for without in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            assert_eq!(length(Rendered::empty(without), true), None, "{without}");
        }
        assert_eq!(length(Rendered::empty(StatusCode::OK), true), Some(b"0".to_vec()));
    }
}
