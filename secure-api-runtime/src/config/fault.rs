//! The problems of a configuration. None of them repeats a value: any of them may be a secret that stands in the wrong place.

use std::fmt::Display;

use super::node::{Place, shown_name};
use crate::error::StartProblem;

/// The most problems of a configuration that are told: whoever gave the wrong file needs no more.
pub(super) const MOST: usize = 64;

/// Returns as many of these as are told, and how many more there are.
pub(super) fn bounded(mut problems: Vec<StartProblem>) -> Vec<StartProblem> {
    let more = problems.len().saturating_sub(MOST);
    if more > 0 {
        problems.truncate(MOST);
        problems.push(unread(format!("there are {more} more problems in it")));
    }
    problems
}

pub(super) fn no_name() -> StartProblem {
    unread("the name of the configuration is no word of letters, digits, `-` and `_`")
}

pub(super) fn no_utf_8(variable: &str) -> StartProblem {
    unread(format!("{} is no UTF-8", shown_name(variable)))
}

pub(super) fn unread(why: impl Display) -> StartProblem {
    StartProblem {
        code: "SA901",
        text: format!("the configuration cannot be read: {why}"),
        help: "put a file in TOML there that the server's user may read, and name it by `.file(\"shop.toml\")`",
    }
}

pub(super) fn unknown(place: &Place, name: &str, meant: &str) -> StartProblem {
    StartProblem {
        code: "SA902",
        text: format!("{place}: there is no setting `{}`: {meant}", shown_name(name)),
        help: "write the name of a setting that there is; what is the app's own stands in `[app]`, and a variable that the \
               program reads itself is named by `.apart([\"SHOP_DATA\"])`",
    }
}

/// Returns the problem of a value. `fault` is what it is, as `not a duration`.
pub(super) fn value(place: &Place, name: &str, fault: impl Display) -> StartProblem {
    StartProblem {
        code: "SA903",
        text: format!("{place}: `{}` is {fault}", shown_name(name)),
        help: "write it in the form of the setting: `\"15s\"`, `\"64KiB\"`, `\"1200/min\"`, a whole number, `true` or a list",
    }
}

/// Returns the problem of a variable that is there and says nothing.
pub(super) fn empty(place: &Place, name: &str) -> StartProblem {
    StartProblem {
        help: "give it a value, or remove it",
        ..value(place, name, "stated by a variable that is empty")
    }
}

/// Returns the problem of a value that is nothing without another.
pub(super) fn without(place: &Place, name: &str, other: &str) -> StartProblem {
    StartProblem {
        help: "state both in the configuration, or neither",
        ..value(place, name, format!("stated without `{other}`"))
    }
}

/// Returns the problem of a file that cannot be read.
#[cfg(any(feature = "acme", feature = "redis"))]
pub(super) fn unread_file(place: &Place, name: &str, why: &str) -> StartProblem {
    StartProblem {
        help: "name a file that the server's user may read",
        ..value(place, name, format!("not a file that can be read: {why}"))
    }
}

pub(super) fn twice(place: &Place, name: &str, first: &Place) -> StartProblem {
    StartProblem {
        code: "SA904",
        text: format!("{place}: `{}` is stated already, at {first}", shown_name(name)),
        help: "keep one of them",
    }
}

pub(super) fn beside(place: &Place, name: &str, other: &str, first: &Place) -> StartProblem {
    StartProblem {
        code: "SA904",
        text: format!(
            "{place}: `{name}` is stated beside `{other}`, at {first}, and one of them counts"
        ),
        help: "keep one of them",
    }
}

pub(super) fn key_twice(place: &Place, name: &str) -> StartProblem {
    StartProblem {
        code: "SA904",
        text: format!("{place}: `{}` is stated already, further up in the file", shown_name(name)),
        help: "keep one of them",
    }
}

pub(super) fn secret(place: &Place, name: &str) -> StartProblem {
    StartProblem {
        code: "SA905",
        text: format!(
            "{place}: `{}` is a secret, and stands in the configuration itself",
            shown_name(name)
        ),
        help: "write `{ file = \"/run/secrets/shop\" }` in place of it, or name the file by the variable with `_FILE` at its end, and make a \
               new secret: whoever reads the configuration has this one",
    }
}

pub(super) fn unused(place: &Place) -> StartProblem {
    StartProblem {
        code: "SA906",
        text: format!("{place}: there are settings of the app's own, and nobody reads them"),
        help: "read them by `.app::<Own>()` of the `Config` that the app is given, or of a clone of it, or remove them",
    }
}
