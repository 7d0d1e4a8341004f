//! `Accept`: the media types that a caller can do with (RFC 9110, section 12.5.1).

use http::{HeaderMap, header};

use super::Context;
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
fn accepts(headers: &HeaderMap, offered: &[&str]) -> Result<(), Problem> {
    let mut lines = headers.get_all(header::ACCEPT).iter();
    let Some(first) = lines.next() else { return Ok(()) };
    // As most callers say it.
    if (first == "*/*" || offered.iter().any(|media| first == media)) && lines.next().is_none() {
        return Ok(());
    }
    if ranges(headers).next().is_none() || offered.iter().any(|media| weight(headers, media) > 0) {
        return Ok(());
    }
    Err(Problem::new(&problem::NOT_ACCEPTABLE))
}

/// The media types that an operation answers with, in lower case.
#[derive(Debug)]
pub(crate) struct Offers {
    pub(crate) own: Vec<&'static str>,
    /// The one that states the version, where the answer is of another form than JSON: whoever accepts it has said which version is
    /// meant.
    pub(crate) beside: Option<&'static str>,
}

impl Offers {
    /// Refuses a request whose `Accept` excludes all of them.
    ///
    /// # Errors
    ///
    /// 406 as [`accepts`]; where the request accepts the one beside, if it refuses each of its own.
    pub(crate) fn accepted(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let refused = match accepts(headers, &self.own) {
            Ok(()) => return Ok(()),
            Err(refused) => refused,
        };
        let is_open = |media: &&str| !refuses(headers, media);
        match self.beside {
            Some(beside) if self.own.is_empty() || self.own.iter().any(is_open) => {
                accepts(headers, &[beside])
            }
            _ => Err(refused),
        }
    }
}

/// Returns `true` if a request names a media type, or a range that it is in, with a weight of 0.
fn refuses(headers: &HeaderMap, media: &str) -> bool {
    decides(headers, media).is_some_and(|(_, weight)| weight == 0)
}

/// Returns the ranges of a request.
fn ranges(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    // A line that is no text names something that is none of ours.
    let lines = headers.get_all(header::ACCEPT).iter().map(|line| line.to_str().unwrap_or("?"));
    let ranges = lines.flat_map(|text| outside_quotes(text, b','));
    ranges.map(str::trim).filter(|range| !range.is_empty())
}

/// Returns how specific the range is that decides on a media type, and its weight.
fn decides(headers: &HeaderMap, media: &str) -> Option<(u8, u16)> {
    ranges(headers).filter_map(|range| read(range, media)).max()
}

/// Returns the weight of a media type for a request, in thousandths: that of the most specific range that fits it, and 0 where
/// none does.
pub(crate) fn weight(headers: &HeaderMap, media: &str) -> u16 {
    decides(headers, media).map_or(0, |(_, weight)| weight)
}

/// Returns the weight of a media type that a request names, and not by a range of several; 0 where it does not.
pub(crate) fn named(headers: &HeaderMap, media: &str) -> u16 {
    let exact = decides(headers, media).filter(|(specific, _)| *specific == EXACT);
    exact.map_or(0, |(_, weight)| weight)
}

/// Returns `true` if a request names a media type that begins and ends like this, with a weight that is not 0.
pub(crate) fn names_like(headers: &HeaderMap, (begin, end): (&str, &str)) -> bool {
    ranges(headers).any(|range| {
        let name = outside_quotes(range, b';').next().unwrap_or_default().trim();
        let lower = name.to_ascii_lowercase();
        let is_like = lower.strip_prefix(begin).is_some_and(|rest| rest.ends_with(end));
        is_like && read(range, name).is_some_and(|(_, weight)| weight > 0)
    })
}

impl Context {
    /// Returns the media type of JSON in the answer: the one that states its version, where one does. Who states none and asks for
    /// plain JSON alone, or rather, has that.
    pub(crate) fn json_type(&self) -> &'static str {
        const PLAIN: &str = "application/json";

        let addresses = &self.route.versions.table().addresses;
        let Some(own) = addresses.media_type(self.version_index) else { return PLAIN };
        let is_plain = addresses.is_unstated(self.version_index)
            && weight(&self.headers, PLAIN) > weight(&self.headers, own);
        if is_plain { PLAIN } else { own }
    }

    /// Refuses a request that does not accept this one of several media types. Who accepts none of them has stated a version, and takes
    /// what there is, unless it is refused.
    ///
    /// # Errors
    ///
    /// 406.
    pub(crate) fn accepts(
        &self,
        media: &str,
        mut all: impl Iterator<Item = &'static str>,
    ) -> Result<(), Problem> {
        let addresses = &self.route.versions.table().addresses;
        match addresses.media_type(self.version_index) {
            Some(own)
                if !all.any(|media| weight(&self.headers, media) > 0)
                    && !refuses(&self.headers, media) =>
            {
                accepts(&self.headers, &[own])
            }
            _ => accepts(&self.headers, &[media]),
        }
    }
}

/// The rank of a range that names a media type alone.
const EXACT: u8 = 3;

/// Returns how specific a range is and its weight in thousandths, if it fits.
fn read(range: &str, media: &str) -> Option<(u8, u16)> {
    let mut parts = outside_quotes(range, b';').map(str::trim);
    let name = parts.next()?;
    let (kind, _) = media.split_once('/')?;
    let specific = match name.split_once('/')? {
        _ if name.eq_ignore_ascii_case(media) => EXACT,
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
    fn a_name_is_weighed_and_no_range_is_one() {
        let of = |line: &'static str| -> HeaderMap {
            [(header::ACCEPT, HeaderValue::from_static(line))].into_iter().collect()
        };
        let like = ("application/vnd.a.", "+json");
        for (line, exact, by_any) in [
            ("application/vnd.a.v1+json", 1000, 1000),
            ("Application/VND.a.V1+JSON;q=0.5, */*", 500, 500),
            ("application/vnd.a.v1+json;q=0, */*", 0, 0),
            ("application/*;q=0.2", 0, 200),
            ("application/vnd.a.v2+json", 0, 0),
        ] {
            let headers = of(line);
            assert_eq!(named(&headers, "application/vnd.a.v1+json"), exact, "{line}");
            assert_eq!(weight(&headers, "application/vnd.a.v1+json"), by_any, "{line}");
            let is_like = line.contains("v2") || exact > 0;
            assert_eq!(names_like(&headers, like), is_like, "{line}");
        }
        assert!(!names_like(&of("text/csv;x=\"application/vnd.a.v1+json\""), like));
        assert!(!names_like(&of("application/vnd.a.+jsonx, */*"), like));
    }

    #[test]
    fn another_media_type_is_asked_alike() {
        let headers = [(header::ACCEPT, HeaderValue::from_static("image/*, */*;q=0"))];
        let headers: HeaderMap = headers.into_iter().collect();
        assert!(accepts(&headers, &["application/pdf", "image/png"]).is_ok());
        assert!(accepts(&headers, &["application/json"]).is_err());
    }
}
