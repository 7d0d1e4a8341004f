//! The header fields that tell of the end of a version or an operation.

use http::HeaderValue;

use super::Day;

/// Returns the page on how to move on from a version, as a link (RFC 8288).
pub(crate) fn link(migrate: Option<&str>, sunset: Option<Day>) -> Option<String> {
    let relations = if sunset.is_some() { "deprecation sunset" } else { "deprecation" };
    migrate.map(|url| format!("<{url}>; rel=\"{relations}\"; type=\"text/html\""))
}

/// Returns the headers of what is deprecated, with the path to use in its place. A path with parameters is a template
/// (RFC 9652): what was sent is not repeated.
pub(crate) fn ending(
    deprecated: Option<Day>,
    sunset: Option<Day>,
    link: Option<String>,
    instead: Option<&str>,
) -> Vec<(&'static str, HeaderValue)> {
    let (templates, paths): (Vec<_>, Vec<_>) =
        instead.into_iter().partition(|path| path.contains('{'));
    let paths = paths.iter().map(|path| format!("<{path}>; rel=\"successor-version\""));
    let links: Vec<String> = link.into_iter().chain(paths).collect();
    let link = (!links.is_empty()).then(|| links.join(", "));
    let mut headers = headers(deprecated, sunset, link.as_deref());
    for path in templates {
        let link = format!("\"{path}\"; rel=\"successor-version\"");
        // Paths that the macros have checked are visible ASCII.
        headers.extend(HeaderValue::from_str(&link).ok().map(|link| ("link-template", link)));
    }
    headers
}

/// Returns `Deprecation`, `Sunset` and `Link` of what is deprecated.
pub(crate) fn headers(
    deprecated: Option<Day>,
    sunset: Option<Day>,
    link: Option<&str>,
) -> Vec<(&'static str, HeaderValue)> {
    let deprecated = deprecated.map(|day| ("deprecation", format!("@{}", day.unix_seconds())));
    let sunset = sunset.map(|day| {
        let seconds = u64::try_from(day.unix_seconds()).unwrap_or(0);
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        ("sunset", httpdate::fmt_http_date(time))
    });
    let link = link.map(|link| ("link", link.to_owned()));
    // Dates and links that the macros have checked are visible ASCII.
    let value = |(name, text): (_, String)| Some((name, HeaderValue::from_str(&text).ok()?));
    [deprecated, sunset, link].into_iter().flatten().filter_map(value).collect()
}
