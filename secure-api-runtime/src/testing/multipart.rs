//! A request with an upload: a form with files in it.

use std::fmt::Display;

use super::request::Request;

/// The media type, with the boundary. A test of boundaries writes its own body.
const TYPE: &str = "multipart/form-data; boundary=secure-api-testing";
const BEGIN: &str = "--secure-api-testing\r\nContent-Disposition: form-data; name=";
const END: &str = "--secure-api-testing--\r\n";

impl Request {
    /// Sets these bytes as the body, without a media type.
    pub(super) fn bare(mut self, bytes: Vec<u8>) -> Self {
        self.body = Some(bytes.into());
        self
    }

    /// Adds a file to the upload (RFC 7578) that the body is: in this field, under the sender's name for it.
    ///
    /// # Panics
    ///
    /// If the field or the name has a quote, a backslash or a control character in it.
    #[track_caller]
    pub fn file(self, field: &str, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let disposition = format!("{}; filename={}", quoted(field), quoted(name));
        self.part(&disposition, bytes.as_ref())
    }

    /// Adds a field of text to the upload that the body is.
    ///
    /// # Panics
    ///
    /// If the field's name has a quote, a backslash or a control character in it.
    #[track_caller]
    pub fn field(self, name: &str, value: impl Display) -> Self {
        self.part(&quoted(name), value.to_string().as_bytes())
    }

    #[track_caller]
    fn part(self, disposition: &str, content: &[u8]) -> Self {
        let before = self.body.as_deref().and_then(|body| body.strip_suffix(END.as_bytes()));
        let begin = [BEGIN, disposition, "\r\n\r\n"].concat();
        let parts =
            [before.unwrap_or_default(), begin.as_bytes(), content, b"\r\n", END.as_bytes()];
        let body = parts.concat();
        self.body(TYPE, body)
    }
}

/// Returns a parameter of `Content-Disposition`.
#[track_caller]
fn quoted(text: &str) -> String {
    let plain = !text.contains(|c: char| c.is_control() || matches!(c, '"' | '\\'));
    assert!(plain, "{text:?} cannot stand in the header of a part");
    format!("\"{text}\"")
}
