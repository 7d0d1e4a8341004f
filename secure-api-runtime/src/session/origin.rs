//! The origin of a browser's request: one's own page, or somebody else's.

use http::{
    HeaderMap, HeaderName,
    header::{self, HeaderValue},
};

use crate::{
    base_url::BaseUrl,
    error::{Problem, problem, stage},
};

/// Fetch Metadata's field that says where a request comes from.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The reasons for the log, each with the rule and the header that broke it. Who is refused is told none.
const OTHER_SITE: &str = "cross_site: `Sec-Fetch-Site` is not `same-origin`, so a page of another site had a browser send this; \
                          `allow(cross_site, reason = \"…\")` on the route admits that";
const OTHER_ORIGIN: &str = "cross_site: there is no `Sec-Fetch-Site`, and `Origin` is not that of the app's `.base_url(…)`";
const NO_BASE_URL: &str = "cross_site: there is no `Sec-Fetch-Site`, and without a `.base_url(…)` no `Origin` is the app's own";
const NO_PAGE: &str = "cross_site: neither `Sec-Fetch-Site` nor `Origin` says which page sent this; a program calls by a token or a \
                       key, or says `Sec-Fetch-Site: same-origin` as a browser does";

/// Refuses a request that another site's page has a browser send, and one that does not say where it comes from: 403.
///
/// `Sec-Fetch-Site` is what a browser says by itself, and no page can change. Where a browser is too old for it, `Origin` has to
/// be the app's own, byte for byte. A program has no cookie to send, so who has neither field is refused.
pub(crate) fn refuse_others(
    headers: &HeaderMap,
    base_url: Option<&BaseUrl>,
) -> Result<(), Problem> {
    let refused = |why: &'static str| {
        let problem = Problem::new(&problem::FORBIDDEN).at(stage::ORIGIN);
        Err(problem.event("malicious_cors").because(why))
    };
    let mut sites = headers.get_all(&SEC_FETCH_SITE).iter();
    match (sites.next().map(HeaderValue::as_bytes), sites.next()) {
        (Some(b"same-origin" | b"none"), None) => return Ok(()),
        (Some(_), _) => return refused(OTHER_SITE),
        (None, _) => {}
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    match (origins.next(), origins.next(), base_url) {
        (Some(origin), None, Some(ours)) if origin.as_bytes() == ours.origin().as_bytes() => Ok(()),
        (None, ..) if crate::weakened::is("csrf-unsaid") => Ok(()),
        (None, ..) => refused(NO_PAGE),
        (.., None) => refused(NO_BASE_URL),
        _ if crate::weakened::is("csrf-origin") => Ok(()),
        _ => refused(OTHER_ORIGIN),
    }
}

/// Returns `true` if a request says that it comes from a page, as browsers do: by any field of Fetch Metadata, by `Origin`, or by
/// `Referer`, which is all that some older ones send with a form.
pub(crate) fn says_page(headers: &HeaderMap) -> bool {
    let of_page = |name: &HeaderName| {
        name.as_str().starts_with("sec-fetch-")
            || *name == header::ORIGIN
            || *name == header::REFERER
    };
    headers.keys().any(of_page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(fields: &[(&'static str, &'static str)]) -> bool {
        let field = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let mut headers = HeaderMap::new();
        for (name, value) in fields.iter().map(field) {
            headers.append(name, value);
        }
        let ours = BaseUrl::parse("https://shop.example/api").expect("a URL");
        refuse_others(&headers, Some(&ours)).is_err()
    }

    // R113
    #[test]
    fn ones_own_pages_are_told_from_those_of_others() {
        for fields in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://shop.example")],
            // What a browser says by itself counts, whatever a proxy made of the other.
            &[("sec-fetch-site", "same-origin"), ("origin", "https://internal.example")],
        ] {
            assert!(!refused(fields), "{fields:?}");
        }
        for fields in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "")],
            &[("sec-fetch-site", "Same-Origin")],
            &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://shop.example")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", "http://shop.example")],
            &[("origin", "https://shop.example:8443")],
            &[("origin", "https://shop.example.evil.example")],
            &[("origin", "https://user@shop.example")],
            &[("origin", "https://shop.example/")],
            &[("origin", "HTTPS://shop.example")],
            &[("origin", "https://shop.example"), ("origin", "https://evil.example")],
            &[("referer", "https://shop.example/")],
        ] {
            assert!(refused(fields), "{fields:?}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://shop.example"));
        let refused = refuse_others(&headers, None).expect_err("nobody knows which is one's own");
        assert_eq!(refused.stage(), stage::ORIGIN);
    }
}
