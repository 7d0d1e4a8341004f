//! The compiler's check of `open = …` and `lasts = …`.

use std::time::Duration;

use crate::{
    compose::{fail, same},
    route::facts::Route,
};

/// The longest time that an answer may stay open.
const LONGEST: Duration = Duration::from_secs(86_400);

/// The most answers that a caller may have open.
const MOST: usize = 1000;

/// Checks that a route which says how long answers stay open, or how many do, answers with one that does; and that both are some.
#[track_caller]
pub const fn check_open(route: &Route, key: &str) {
    if !route.answer.flows() {
        fail(&[
            "SA782: `",
            key,
            "` is about answers that stay open, and that of `",
            route.name,
            "` does not\n  help: remove `",
            key,
            "`, or return `Events<…>` or `ByteStream<…>`",
        ]);
    }
    let is_some = match route.options.open {
        Some(open) if same(key, "open") => open > 0 && open <= MOST,
        Some(_) | None => true,
    };
    let lasts = match route.options.lasts {
        Some(lasts) if same(key, "lasts") => {
            !lasts.is_zero() && lasts.as_nanos() <= LONGEST.as_nanos()
        }
        Some(_) | None => true,
    };
    if !is_some || !lasts {
        fail(&[
            "SA784: answers of `",
            route.name,
            "` stay open for too long, or too many, or none do\n  help: write `open` of 1 to 1000, and `lasts` of at most a day",
        ]);
    }
}
