//! The end of a version: a sunset after its deprecation, and brownouts between the two.

use syn::LitStr;

use super::VersionLine;
use crate::{
    concern::{
        brownout::{self, Brownout, Ends},
        day::{self, Day},
    },
    diag::Diagnostics,
    key::Key,
    message,
};

/// The end of one version, as proved.
pub(super) struct VersionEnds {
    pub(super) deprecated: Option<Day>,
    pub(super) sunset: Option<Day>,
    pub(super) brownouts: Vec<Brownout>,
}

/// Reads the days of a version; what is missing, in another order or promised by a preview is reported.
pub(super) fn check(line: &VersionLine<'_>, diag: &mut Diagnostics) -> VersionEnds {
    let VersionLine {
        ident: _,
        description: _,
        deprecated,
        sunset,
        migrate,
        name: _,
        preview,
        unstated: _,
        brownouts,
        is_unread,
    } = line;
    let promised = deprecated.as_ref().or(sunset.as_ref()).or(migrate.as_ref());
    let promised = promised.map(LitStr::span).or(brownouts.first().map(Key::span));
    if let (Some(promised), Some(_)) = (promised, preview) {
        diag.report(promised, &message::PREVIEW_PROMISE, &[]);
    }
    let since = deprecated.as_ref().and_then(|text| day::parse(text, diag));
    let end = sunset.as_ref().and_then(|text| day::parse(text, diag));
    match (deprecated, sunset) {
        (None, Some(_)) if *is_unread => {}
        (None, Some(sunset)) => {
            let day = end.map(|day| day.of_year(-1).to_string());
            let day = day.unwrap_or_else(|| "2026-06-01".to_owned());
            diag.report(sunset.span(), &message::SUNSET_ALONE, &[&day]);
        }
        (Some(_), Some(sunset)) => {
            if let (Some(from), Some(until)) = (since, end)
                && until <= from
            {
                diag.report(
                    sunset.span(),
                    &message::SUNSET_FIRST,
                    &[&until.to_string(), &from.to_string(), &from.of_year(1).to_string()],
                );
            }
        }
        (_, None) => {}
    }
    // A preview was told that it has no end, and what was not read may have one.
    let is_endless = sunset.is_none() && preview.is_none() && !is_unread;
    let brownouts = brownout::parse(brownouts, Ends { since, sunset: end, is_endless }, diag);
    VersionEnds { deprecated: since, sunset: end, brownouts }
}
