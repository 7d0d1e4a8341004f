//! The problems of a configuration. None of them repeats a value: any of them may be a secret that stands in the wrong place.

use std::fmt::Display;

use super::node::{Place, shown_name};
use crate::error::StartProblem;

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

pub(super) fn key_twice(place: &Place) -> StartProblem {
    StartProblem {
        code: "SA904",
        text: format!("{place}: the key is stated already, further up in the file"),
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
        help: "write `{ file = \"/run/secrets/shop\" }` in place of it, or name the file by `SHOP_SECRET_FILE`, and make a new \
               secret: whoever reads the configuration has this one",
    }
}

pub(super) fn unused(place: &Place) -> StartProblem {
    StartProblem {
        code: "SA906",
        text: format!("{place}: there are settings of the app's own, and nobody reads them"),
        help: "read them by `config.app::<Own>()` before the app is built, or remove them",
    }
}
