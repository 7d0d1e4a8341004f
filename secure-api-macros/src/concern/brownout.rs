//! `brownout("2026-12-01T10:00Z", "30m")`: a short outage before a sunset, announced, so that whoever still calls notices.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{LitStr, Token, parse::Parser, punctuated::Punctuated};

use crate::{
    concern::day::{self, Day},
    diag::Diagnostics,
    key::{Key, KeyValue},
    message, path,
};

/// The most minutes of one. What is out for longer has ended.
const MOST: i64 = 24 * 60;

/// The minutes of a day.
const DAY: i64 = 24 * 60;

/// The day of examples where nothing says which year it is about, 2026-12-01.
const SOME_DAY: i64 = 20_788;

/// One outage as proved: between deprecation and sunset, apart from the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brownout {
    /// The minute since 1970 in which it begins.
    from: i64,
    minutes: i64,
}

/// One outage as written, with the place of each of its texts.
#[derive(Clone, Copy)]
struct Written {
    outage: Brownout,
    begins: Span,
}

/// The days between which outages stand, as far as they could be read.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) since: Option<Day>,
    pub(crate) sunset: Option<Day>,
    /// `true` if no sunset is written.
    pub(crate) is_endless: bool,
}

/// Reads them; what is malformed, too long or at the wrong time is reported. They are given in the order of their beginnings.
pub(crate) fn parse(keys: &[Key], ends: Ends, diag: &mut Diagnostics) -> Vec<Brownout> {
    let Some(first) = keys.first() else { return Vec::new() };
    let mut all: Vec<Written> = keys.iter().filter_map(|key| one(key, ends, diag)).collect();
    if ends.is_endless {
        let begins = all.iter().map(|one| one.outage.from / DAY);
        let day = begins.chain(ends.since.map(Day::number)).max().unwrap_or(SOME_DAY);
        let sunset = Day::of_number(day + 30).to_string();
        diag.report(first.span(), &message::BROWNOUT_ALONE, &[&sunset]);
    }
    all.retain(|one| stands_between(*one, ends, diag));
    all.sort_by_key(|one| one.outage.from);
    apart(&all, diag);
    all.into_iter().map(|one| one.outage).collect()
}

/// Reads one.
fn one(key: &Key, ends: Ends, diag: &mut Diagnostics) -> Option<Written> {
    let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
    let written = match &key.value {
        KeyValue::List(written) => written.clone(),
        KeyValue::Value(value) => value.to_token_stream(),
        KeyValue::Flag => TokenStream::new(),
    };
    let texts = parser.parse2(written).unwrap_or_default();
    let (Some(begins), Some(length), 2) = (texts.first(), texts.last(), texts.len()) else {
        let text = "`brownout` takes a minute and a length, both in quotes";
        let begins = texts.first().map(LitStr::value).filter(|text| minute(text).is_some());
        let begins = begins.unwrap_or_else(|| example(ends));
        let help = format!("write `brownout(\"{begins}\", \"30m\")`");
        diag.report(key.span(), &message::GRAMMAR, &[text, &help]);
        return None;
    };
    let from = minute(&begins.value());
    if from.is_none() {
        let meant = meant_minute(&begins.value()).unwrap_or_else(|| example(ends));
        let args = [&begins.value(), "minute in UTC", &meant, "day and time, ending in `Z`"];
        diag.report(begins.span(), &message::BROWNOUT_FORM, &args);
    }
    let minutes = minutes(&length.value());
    match minutes {
        None => {
            let meant = meant_length(&length.value());
            let args = [&length.value(), "length of time", &meant, "minutes or hours, as `2h`"];
            diag.report(length.span(), &message::BROWNOUT_FORM, &args);
        }
        Some(minutes) if (1..=MOST).contains(&minutes) => {}
        Some(minutes) => {
            let meant = if minutes == 0 { "30m" } else { "24h" };
            diag.report(length.span(), &message::BROWNOUT_LENGTH, &[&length.value(), meant]);
        }
    }
    let minutes = minutes.filter(|minutes| (1..=MOST).contains(minutes))?;
    Some(Written { outage: Brownout { from: from?, minutes }, begins: begins.span() })
}

/// Reports one that begins before the deprecation or ends after the sunset, and returns `false`.
fn stands_between(one: Written, ends: Ends, diag: &mut Diagnostics) -> bool {
    let (Some(since), Some(sunset)) = (ends.since, ends.sunset) else { return true };
    let Brownout { from, minutes } = one.outage;
    // A sunset that is no later than the deprecation was told of already.
    let between = since.number() * DAY <= from && from + minutes <= sunset.number() * DAY;
    if between || sunset <= since {
        return true;
    }
    let args = [&told(from), &since.to_string(), &sunset.to_string(), &example(ends)];
    diag.report(one.begins, &message::BROWNOUT_OUTSIDE, &args.map(|text| &**text));
    false
}

/// Reports those that no time parts from the one before: two of them would be a longer one.
fn apart(all: &[Written], diag: &mut Diagnostics) {
    let end = |outage: Brownout| outage.from + outage.minutes;
    for pair in all.windows(2) {
        let [before, after] = [pair[0].outage, pair[1].outage];
        if after.from <= end(before) {
            let later = after.from + (end(before) - after.from) / DAY * DAY + DAY;
            let args = [&told(after.from), &told(before.from), &told(later)];
            diag.report(pair[1].begins, &message::BROWNOUT_OVERLAP, &args.map(|text| &**text));
        }
    }
}

/// Returns a minute at which one may begin: two weeks before the sunset, or in the middle of less time.
fn example(ends: Ends) -> String {
    let day = match (ends.since, ends.sunset) {
        (Some(since), Some(sunset)) if since < sunset => {
            let time = sunset.number() - since.number();
            // Of a single day its beginning is taken, since it may last until the end.
            sunset.number() - if time >= 28 { 14 } else { time - time / 2 }
        }
        (Some(since), _) => since.number() + 30,
        (None, Some(sunset)) => sunset.number() - 14,
        (None, None) => SOME_DAY,
    };
    told(day * DAY)
}

/// Reads a minute, as `2026-12-01T10:00Z`.
fn minute(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    Some(day::read(date)?.number() * DAY + time_of_day(time)?)
}

/// Reads hours and minutes, as `10:00`.
fn time_of_day(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str, most: i64| {
        let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &i64| is_plain && *number < most)
    };
    Some(number(hour, 24)? * 60 + number(minute, 60)?)
}

/// Returns the minute that a text in another form is about: of one with seconds or without `Z`, with a space between day and
/// time, or of a day alone its morning.
fn meant_minute(text: &str) -> Option<String> {
    let day = day::read(text.get(..10)?)?;
    let time = text.get(11..16).and_then(time_of_day).unwrap_or(10 * 60);
    Some(told(day.number() * DAY + time))
}

/// Reads a length in minutes or hours, as `30m` and `2h`.
fn minutes(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let is_plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse::<i64>().ok().filter(|_| is_plain)?;
    match unit {
        "m" => Some(number),
        "h" => number.checked_mul(60),
        _ => None,
    }
}

/// Returns the length that a text in another form is about: of `30 min`, `PT2H` and `1800s`; or half an hour.
fn meant_length(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    let text = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..digits].parse::<i64>().unwrap_or_default();
    let minutes = match text[digits..].trim_start().chars().next() {
        None | Some('m') => number,
        Some('h') => number.saturating_mul(60),
        Some('s') => number / 60,
        Some(_) => 0,
    };
    match minutes {
        0 | 1441.. => "30m".to_owned(),
        hours if hours % 60 == 0 => format!("{}h", hours / 60),
        minutes => format!("{minutes}m"),
    }
}

/// Writes a minute as it is read.
fn told(minute: i64) -> String {
    let (day, of_day) = (Day::of_number(minute.div_euclid(DAY)), minute.rem_euclid(DAY));
    format!("{day}T{:02}:{:02}Z", of_day / 60, of_day % 60)
}

impl Brownout {
    /// Returns it as one text, for what stands for all of a declaration.
    pub(crate) fn told(self) -> String {
        format!("{} {}", told(self.from), self.minutes)
    }

    /// Returns the list as `&[Brownout]` of the runtime.
    pub(crate) fn expand(all: &[Self]) -> TokenStream {
        let private = path::private();
        let all = all.iter().map(|Self { from, minutes }| {
            let (from, seconds) = (from * 60, u32::try_from(minutes * 60).unwrap_or_default());
            quote!(#private::Brownout::new(#from, #seconds))
        });
        quote!(&[#(#all),*])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_minutes_in_utc_are_read() {
        assert_eq!(minute("1970-01-02T01:02Z"), Some(DAY + 62));
        assert_eq!(told(DAY + 62), "1970-01-02T01:02Z");
        for text in [
            "2026-12-01",
            "2026-12-01T10:00",
            "2026-12-01 10:00Z",
            "2026-12-01T10:00:00Z",
            "2026-12-01T24:00Z",
            "2026-12-01T10:60Z",
            "2026-12-01T1:00Z",
            "2026-12-01T10:00+01:00",
            "2026-02-30T10:00Z",
            "",
            "Z",
        ] {
            assert_eq!(minute(text), None, "{text}");
        }
        assert_eq!(meant_minute("2026-12-01").as_deref(), Some("2026-12-01T10:00Z"));
        assert_eq!(meant_minute("2026-12-01 11:30").as_deref(), Some("2026-12-01T11:30Z"));
        assert_eq!(meant_minute("Ä2026-12-01"), None);
    }

    #[test]
    fn lengths_are_minutes_or_hours() {
        assert_eq!(
            (minutes("30m"), minutes("24h"), minutes("0m")),
            (Some(30), Some(1440), Some(0))
        );
        for text in
            ["30", "m", "h", "30s", "1d", "-5m", "30 m", "30M", "½h", "99999999999999999999h"]
        {
            assert_eq!(minutes(text), None, "{text}");
        }
        let meant = ["30 min", "PT2H", "600s", "90", "1d", "soon", "9999h"].map(meant_length);
        assert_eq!(meant, ["30m", "2h", "10m", "90m", "30m", "30m", "30m"]);
    }
}
