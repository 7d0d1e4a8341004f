//! Header fields and cookies as an object of texts: each declared one is looked up, and nothing else is looked at.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, header::COOKIE};

use crate::{
    input::{Field, InvalidValue, Needs, Node},
    weakened,
};

/// Returns the name of the header that a field is read from: an underscore is a hyphen there. Many servers on the way drop
/// fields with underscores, and to others the two are one.
pub(crate) fn header_name(field: &str) -> Cow<'_, str> {
    if field.contains('_') { field.replace('_', "-").into() } else { field.into() }
}

/// Reads the header fields that an input declares. Those of other names are none of its business.
pub(crate) fn of_headers(fields: &'static [Field], headers: &HeaderMap) -> Node<'static> {
    let read = |field: &'static Field| {
        // A name that is none has been refused by the compiler; no field has it.
        let name = HeaderName::from_bytes(header_name(field.name).as_bytes()).ok()?;
        let all = headers.get_all(&name);
        let mut values = all.iter();
        let node = match (field.ty.needs, values.next(), values.next()) {
            (Needs::List(_), None, _) => return empty(field),
            (_, None, _) => return None,
            (Needs::List(_), Some(_), _) => list(all.iter().map(|value| value.as_bytes())),
            (_, Some(value), None) => visible(value.as_bytes()),
            (_, Some(value), _) if weakened::is("head-once") => visible(value.as_bytes()),
            (_, Some(_), Some(_)) => refused("repeated", "a header stands once"),
        };
        Some((Cow::Borrowed(field.name), node))
    };
    Node::Object(fields.iter().filter_map(read).collect())
}

/// Returns an empty list where a list that is not sent is one: its field has to be there, and may have no items.
fn empty(field: &'static Field) -> Option<(Cow<'static, str>, Node<'static>)> {
    let may_be_empty = matches!(field.rules.items, Some((0, _)));
    (!field.ty.optional && may_be_empty)
        .then(|| (Cow::Borrowed(field.name), Node::List(Vec::new())))
}

/// Returns the values of the cookies of a name: the name as it is, nothing decoded. HTTP/2 may part `Cookie` into several fields
/// (RFC 9113, section 8.2.3).
pub(crate) fn cookie_values<'h>(
    headers: &'h HeaderMap,
    name: &'h str,
) -> impl Iterator<Item = &'h [u8]> {
    let parts = headers.get_all(COOKIE).iter();
    let pairs = parts.flat_map(|part| part.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(|pair| pair.trim_ascii().strip_prefix(name.as_bytes())?.strip_prefix(b"="))
}

/// Reads the cookies that an input declares, strictly (RFC 6265bis, section 4.1.1): no quotes, of which some readers make a part of
/// the value and others do not.
pub(crate) fn of_cookies(fields: &'static [Field], headers: &HeaderMap) -> Node<'static> {
    let read = |field: &'static Field| {
        let mut values = cookie_values(headers, field.name);
        let node = match (values.next()?, values.next()) {
            (value, None) if value.iter().all(is_cookie_octet) => text(value),
            (value, _) if weakened::is("cookie-form") => text(value),
            (_, None) => {
                refused("characters", "a cookie is of visible ASCII without `\"`, `,` and `\\`")
            }
            (_, Some(_)) => refused("repeated", "a cookie stands once"),
        };
        Some((Cow::Borrowed(field.name), node))
    };
    Node::Object(fields.iter().filter_map(read).collect())
}

fn is_cookie_octet(byte: &u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(byte)
}

/// Reads the value of a field that has one: visible ASCII and blanks. Beyond it a byte has no meaning that all readers share
/// (RFC 9110, section 5.5).
fn visible(value: &[u8]) -> Node<'static> {
    if value.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ') {
        text(value)
    } else {
        refused("characters", "a header is of visible ASCII and blanks")
    }
}

/// Reads a list (RFC 9110, section 5.6.1): over one field or several, with commas between its items. An item without content
/// is none. Quotes could hide a comma from some readers, so there are none.
fn list<'v>(values: impl Iterator<Item = &'v [u8]>) -> Node<'static> {
    let items = values.flat_map(|value| value.split(|byte| *byte == b','));
    let items = items.map(<[u8]>::trim_ascii).filter(|item| !item.is_empty());
    Node::List(
        items
            .map(|item| match item.contains(&b'"') {
                true => refused("characters", "an item of a list has no quotes"),
                false => visible(item),
            })
            .collect(),
    )
}

/// Returns a text of ASCII, which the caller has looked at.
fn text(value: &[u8]) -> Node<'static> {
    Node::Text(String::from_utf8_lossy(value).into_owned().into())
}

fn refused(code: &'static str, detail: &'static str) -> Node<'static> {
    Node::Refused(Box::new(InvalidValue::new(code, detail)))
}
