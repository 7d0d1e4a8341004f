//! `media_type = "application/zip"`: the media type of the bytes that a route answers with.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::{diag::Diagnostics, key::Key, message};

/// The media type as it was proved.
pub(crate) struct MediaType {
    pub(crate) span: Span,
    text: String,
}

/// Reads a media type; what is none, or has another form of answer, is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<MediaType> {
    let written = key.text(diag)?;
    let text = written.value();
    if let Some((why, help)) = flaw(&text) {
        diag.report(written.span(), &message::MEDIA_TYPE, &[&text, &why, &help]);
        return None;
    }
    Some(MediaType { span: key.span(), text })
}

impl MediaType {
    /// Expands it.
    pub(crate) fn expand(&self) -> TokenStream {
        let text = &self.text;
        quote!(::core::option::Option::Some(#text))
    }
}

/// Returns `true` for the name of a media type in lower case, without parameters (RFC 6838, section 4.2).
pub(super) fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        let plain = |letter: u8| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"!#$&-^_.+".contains(&letter)
        };
        (1..=127).contains(&name.len())
            && name.as_bytes()[0].is_ascii_alphanumeric()
            && name.bytes().all(plain)
    };
    text.split_once('/').is_some_and(|(kind, name)| is_name(kind) && is_name(name))
}

/// Returns the reason for which bytes are not sent as a media type, and what to do.
fn flaw(text: &str) -> Option<(String, String)> {
    let example = "write one in lower case, without parameters: `\"application/zip\"`";
    let told = |why: &str, help: &str| Some((why.to_owned(), help.to_owned()));
    let Some((kind, name)) = text.split_once('/').filter(|_| is_media_type(text)) else {
        return told("it is no media type in lower case and without parameters", example);
    };
    let suffix = name.rsplit_once('+').map_or(name, |(_, suffix)| suffix);
    match (kind, name, suffix) {
        (_, _, "json") => told(
            "a reader of JSON expects what a view has shown",
            "return a resource, or `FreeJson<…>`",
        ),
        ("text", "event-stream", _) => told("events have a form", "return `Events<…>`"),
        ("text", "plain", _) => told("text has an answer of its own", "return `Text<…>`"),
        (_, _, "xml") | ("text", "html" | "javascript" | "ecmascript" | "vbscript" | "css", _) => {
            told(
                "a browser runs or shows it as a page",
                "serve pages beside the API, and of other things send the archive",
            )
        }
        ("application", "wasm", _) => told("a browser runs it", "serve scripts beside the API"),
        ("application" | "text", name, _) if is_script(name) => {
            told("a browser runs it", "serve scripts beside the API")
        }
        ("multipart" | "message", _, _) => {
            told("it has parts with media types of their own", example)
        }
        _ => None,
    }
}

/// Returns `true` for what is a script by any of its names (the JavaScript media types of WHATWG MIME Sniffing).
fn is_script(name: &str) -> bool {
    let plain = name.strip_prefix("x-").unwrap_or(name);
    matches!(plain, "javascript" | "ecmascript" | "jscript" | "livescript")
        || plain.starts_with("javascript1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_sent_that_acts_where_it_is_shown() {
        for text in [
            "application/zip",
            "application/octet-stream",
            "text/csv",
            "video/mp4",
            "application/vnd.a.b-c",
        ] {
            assert!(flaw(text).is_none(), "{text}");
        }
        for text in [
            "text/html",
            "application/xhtml+xml",
            "image/svg+xml",
            "application/xml",
            "application/json",
            "application/problem+json",
            "text/event-stream",
            "text/plain",
            "multipart/form-data",
            "Application/Zip",
            "application/zip; a=b",
            "*/*",
            "application/*",
            "application/",
            "zip",
            "",
            "a/b/c",
            "text/javascript",
            "application/wasm",
            "application/x-ecmascript",
            "text/x-javascript",
            "text/javascript1.5",
            "text/jscript",
            "text/livescript",
        ] {
            assert!(flaw(text).is_some(), "{text}");
        }
    }
}
