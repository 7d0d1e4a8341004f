//! The `Link` of a page (RFC 8288): the next one, and the first.

use http::HeaderValue;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The characters that end a reference in angle brackets, or that no query has (RFC 3986, section 3.4).
const QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'#');

/// The characters that the name of a parameter has not as they are: they would end it, or be another one.
const NAME: &AsciiSet = &QUERY.add(b'&').add(b'=').add(b'+').add(b'%');

/// Returns the links of a page that was asked for by this query; `by` is the parameter that tells pages apart. Each is a query
/// alone, relative to the address that was asked: so it holds below whatever prefix a proxy adds. Where the parameter is `demanded`,
/// nothing says what the first page has in it.
pub(super) fn links(
    (by, demanded): (&str, bool),
    asked: &str,
    next: Option<&str>,
) -> Option<HeaderValue> {
    let is_of_page = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        percent_decode_str(name).decode_utf8().is_ok_and(|name| name == by)
    };
    let pairs = || asked.split('&').filter(|pair| !pair.is_empty());
    let rest: Vec<String> = pairs()
        .filter(|pair| !is_of_page(pair))
        .map(|pair| utf8_percent_encode(pair, QUERY).to_string())
        .collect();
    let rest = rest.join("&");
    let mut links = Vec::new();
    if let Some(next) = next {
        let and = if rest.is_empty() { "" } else { "&" };
        let by = utf8_percent_encode(by, NAME);
        links.push(format!("<?{rest}{and}{by}={next}>; rel=\"next\""));
    }
    if !demanded && pairs().any(|pair| is_of_page(&pair)) {
        links.push(format!("<?{rest}>; rel=\"first\""));
    }
    HeaderValue::from_str(&links.join(", ")).ok().filter(|links| !links.is_empty())
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn links_repeat_the_query_and_nothing_ends_them() {
        let told = |asked, next| {
            links(("cursor", false), asked, next)
                .map(|value| value.to_str().expect("a text").to_owned())
        };
        assert_eq!(told("", None), None);
        assert_eq!(told("", Some("AB")).as_deref(), Some("<?cursor=AB>; rel=\"next\""));
        assert_eq!(
            told("size=2&cursor=AA&q=a%20b", Some("AB")).as_deref(),
            Some("<?size=2&q=a%20b&cursor=AB>; rel=\"next\", <?size=2&q=a%20b>; rel=\"first\"")
        );
        assert_eq!(told("c%75rsor=AA", None).as_deref(), Some("<?>; rel=\"first\""));
        let numbered = links(("page", false), "page=2&cursor=a", Some("3"));
        let numbered = numbered.as_ref().and_then(|value| value.to_str().ok());
        assert_eq!(numbered, Some("<?cursor=a&page=3>; rel=\"next\", <?cursor=a>; rel=\"first\""));
        let odd = links(("p#=+", false), "p%23%3D%2b=1", Some("2"));
        let odd = odd.as_ref().and_then(|value| value.to_str().ok());
        assert_eq!(odd, Some("<?p%23%3D%2B=2>; rel=\"next\", <?>; rel=\"first\""));
        let demanded = links(("page", true), "page=2&q=a", Some("3"));
        let demanded = demanded.as_ref().and_then(|value| value.to_str().ok());
        assert_eq!(demanded, Some("<?q=a&page=3>; rel=\"next\""));
        assert_eq!(links(("page", true), "page=2", None), None);
        let told = told("q=\"x>, <https://evil.example>; rel=next", Some("AB")).expect("a link");
        assert_eq!(told.matches('<').count(), 1, "{told}");
    }
}
