//! `Accept`: the media types that a caller can do with (RFC 9110, section 12.5.1).

use http::{HeaderMap, header};

use crate::{
    error::{Problem, problem},
    input::{media_parameter, outside_quotes},
};

/// Refuses a request whose `Accept` excludes all media types that are offered, which are in lower case.
///
/// Of the ranges that fit a media type, the most specific one decides, wherever it stands. No field, or one that names nothing, is as `*/*`.
///
/// # Errors
///
/// 406 where for each media type the range that decides has a weight of 0, or none fits.
pub(crate) fn accepts(headers: &HeaderMap, offered: &[&str]) -> Result<(), Problem> {
    let mut lines = headers.get_all(header::ACCEPT).iter();
    let Some(first) = lines.next() else { return Ok(()) };
    // As most callers say it.
    if (first == "*/*" || offered.iter().any(|media| first == media)) && lines.next().is_none() {
        return Ok(());
    }
    // A line that is no text names something that is none of ours.
    let texts = || headers.get_all(header::ACCEPT).iter().map(|line| line.to_str().unwrap_or("?"));
    let ranges = || {
        let ranges = texts().flat_map(|text| outside_quotes(text, b','));
        ranges.map(str::trim).filter(|range| !range.is_empty())
    };
    let admits = |media: &&str| {
        let best = ranges().filter_map(|range| read(range, media)).max();
        best.is_some_and(|(_, weight)| weight > 0)
    };
    if ranges().next().is_none() || offered.iter().any(admits) {
        return Ok(());
    }
    Err(Problem::new(&problem::NOT_ACCEPTABLE))
}

/// Returns how specific a range is and its weight in thousandths, if it fits.
fn read(range: &str, media: &str) -> Option<(u8, u16)> {
    let mut parts = outside_quotes(range, b';').map(str::trim);
    let name = parts.next()?;
    let (kind, _) = media.split_once('/')?;
    let specific = match name.split_once('/')? {
        _ if name.eq_ignore_ascii_case(media) => 3,
        (range, "*") if range.eq_ignore_ascii_case(kind) => 2,
        ("*", "*") => 1,
        _ => return None,
    };
    let mut weight = 1000;
    for part in parts.filter(|part| !part.is_empty()) {
        // Other parameters would ask for one of several forms of a media type, and there is one.
        let (name, value) = media_parameter(part)?;
        if name.eq_ignore_ascii_case("q") {
            weight = thousandths(&value)?;
        }
    }
    Some((specific, weight))
}

/// Reads a weight: 0 to 1, with three digits at most. Java's own client has always sent `.2`, without its zero.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = whole.is_empty() && !fraction.is_empty();
    if !(is_short || matches!(whole, "0" | "1")) || !digits || fraction.len() > 3 {
        return None;
    }
    let weight = format!("{whole}{fraction:0<3}").parse().ok()?;
    (weight <= 1000).then_some(weight)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn admits(lines: &[&'static str]) -> bool {
        let lines = lines.iter().map(|line| (header::ACCEPT, HeaderValue::from_static(line)));
        accepts(&lines.collect(), &["application/json"]).is_ok()
    }

    // RFC 9110, section 12.5.1.
    #[test]
    fn the_most_specific_range_decides() {
        for lines in [
            &[][..],
            &[""],
            &[" , "],
            &["*/*"],
            &["application/*"],
            &["Application/JSON"],
            &["text/html, application/json;q=0.1"],
            &["text/html", "application/json"],
            &["*/*;q=0, application/json"],
            &["application/json;q=1.000, */*;q=0"],
            &["application/json; charset=utf-8"],
            &["application/json ; q=0.001"],
            &["text/html;x=\"a,application/json;q=0\", */*;q=0.8"],
            &["application/json;"],
            &["text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"],
            &["application/json;q=0, application/json"],
        ] {
            assert!(admits(lines), "{lines:?}");
        }
        for lines in [
            &["text/html"][..],
            &["application/json;q=0"],
            &["application/json;q=0, */*"],
            &["*/*", "application/json;q=0.000"],
            &["application/*;q=0, */*;q=1"],
            &["application/json;Q=0, application/*"],
            &["application/json;q=0;x=y, */*"],
            &["*/*;q=0"],
            &["*"],
            &["*/json"],
            &["application/jsonp"],
            &["application/json;q=2"],
            &["application/json;q=-1"],
            &["application/json;q=nan"],
            &["application/json;q"],
            &["text/html;x=\"application/json, */*\""],
        ] {
            assert!(!admits(lines), "{lines:?}");
        }
    }

    #[test]
    fn another_media_type_is_asked_alike() {
        let headers = [(header::ACCEPT, HeaderValue::from_static("image/*, */*;q=0"))];
        let headers: HeaderMap = headers.into_iter().collect();
        assert!(accepts(&headers, &["application/pdf", "image/png"]).is_ok());
        assert!(accepts(&headers, &["application/json"]).is_err());
    }
}
