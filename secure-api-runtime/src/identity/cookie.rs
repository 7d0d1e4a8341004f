//! One cookie of a request (RFC 6265, section 5.4).

use http::{HeaderMap, header::COOKIE};

/// The mistake of a request that has one cookie twice.
#[derive(Debug)]
pub(crate) struct Twice;

/// Returns the value of a cookie. HTTP/2 may part `Cookie` into several fields (RFC 9113, section 8.2.3).
///
/// It is read strictly: the name as it is, no quotes taken off, nothing decoded.
pub(crate) fn value<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h [u8]>, Twice> {
    let pairs = headers.get_all(COOKIE).iter().flat_map(|field| field.as_bytes().split(is_end));
    let mut values = pairs.filter_map(|pair| {
        let value = pair.trim_ascii().strip_prefix(name.as_bytes())?;
        value.strip_prefix(b"=")
    });
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(Twice),
    }
}

fn is_end(byte: &u8) -> bool {
    *byte == b';'
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(fields: &[&'static str]) -> Result<Option<String>, ()> {
        let fields = fields.iter().map(|field| (COOKIE, HeaderValue::from_static(field)));
        let headers = HeaderMap::from_iter(fields);
        let value = value(&headers, "__Host-session").map_err(|Twice| ())?;
        Ok(value.map(|value| String::from_utf8_lossy(value).into_owned()))
    }

    #[test]
    fn one_cookie_is_found_among_others() {
        for (fields, found) in [
            (&["__Host-session=a1"][..], Some("a1")),
            (&["x=1; __Host-session=a1; y=2"], Some("a1")),
            (&["x=1;__Host-session=a1"], Some("a1")),
            (&["x=1", "__Host-session=a1"], Some("a1")),
            (&["__Host-session="], Some("")),
            (&["__Host-session=\"a1\""], Some("\"a1\"")),
            (&["__Host-session=a=b"], Some("a=b")),
            (&["__host-session=a1"], None),
            (&["__Host-session2=a1"], None),
            (&["x__Host-session=a1"], None),
            (&["__Host-session"], None),
            (&["x=__Host-session=a1"], None),
            (&[], None),
        ] {
            assert_eq!(read(fields), Ok(found.map(str::to_owned)), "{fields:?}");
        }
    }

    #[test]
    fn a_cookie_that_is_there_twice_is_a_mistake() {
        assert!(read(&["__Host-session=a; __Host-session=a"]).is_err());
        assert!(read(&["__Host-session=a", "x=1; __Host-session=b"]).is_err());
    }
}
