//! The compiler's checks of bodies without fields: their media types and their bounds.

use crate::{
    compose::fail,
    input::{FileKind, MOST_HELD},
    route::facts::{ArgumentFacts, RawFacts, RawForm, Route},
};

/// Checks that a body without fields has a bound that lets something through, and that of bytes it is stated which they are.
#[track_caller]
pub(super) const fn check_raw(route: &Route, RawFacts { form, most }: RawFacts) {
    if most == 0 {
        fail(&[
            "SA558: this body of `",
            route.name,
            "` has no room for a byte\n  help: write the most bytes that it may have, as in `RawBody<4096>`",
        ]);
    }
    if most > MOST_HELD && !matches!(form, RawForm::File) {
        fail(&[
            "SA558: this body of `",
            route.name,
            "` is too large to be held in memory\n  help: ",
            match form {
                RawForm::Text => "write at most 67108864 bytes, which are 64 MiB",
                _ => {
                    "write `StreamedBody` in place of `RawBody`, or at most 67108864 bytes, which are 64 MiB"
                }
            },
        ]);
    }
    if route.raw_types(form).is_empty() && route.options.kinds.is_none() {
        fail(&[
            "SA556: nothing says of which media types the bytes are that `",
            route.name,
            "` takes\n  help: write `accepts(\"application/octet-stream\")` into the attribute, with the types that it takes",
        ]);
    }
}

/// Checks that a route which says which bytes it takes takes bytes.
#[track_caller]
pub const fn check_accepts(route: &Route, arguments: &[ArgumentFacts]) {
    let mut index = 0;
    while index < arguments.len() {
        if let Some(RawFacts { form: RawForm::Bytes | RawForm::File, .. }) = arguments[index].raw {
            return;
        }
        index += 1;
    }
    fail(&[
        "SA557: `accepts` says which bytes a route takes, and `",
        route.name,
        "` takes none\n  help: remove `accepts`, or take `RawBody<…>` or `StreamedBody<…>`",
    ]);
}

/// Checks that a route which says of which kinds its bytes are takes bytes that it holds, and has a reason for kinds that can act.
#[track_caller]
pub const fn check_kinds(route: &Route, arguments: &[ArgumentFacts]) {
    let (mut index, mut form) = (0, None);
    while index < arguments.len() {
        if let Some(raw) = arguments[index].raw {
            form = Some(raw.form);
        }
        index += 1;
    }
    match form {
        Some(RawForm::Bytes) => {}
        Some(RawForm::File) => fail(&[
            "SA557: `kinds` says which bytes a route takes, and `",
            route.name,
            "` takes none that it could look through: they are in a file\n  help: write `accepts(\"image/png\")` in place of \
             `kinds = …`, or `RawBody` in place of `StreamedBody`",
        ]),
        Some(RawForm::Text) | None => fail(&[
            "SA557: `kinds` says which bytes a route takes, and `",
            route.name,
            "` takes none\n  help: remove `kinds`, or take `RawBody<…>`",
        ]),
    }
    if route.body_kinds().is_empty() {
        fail(&[
            "SA527: the body of `",
            route.name,
            "` is a file of no kind\n  help: name those that are wanted, as `kinds = [FileKind::Png, FileKind::Jpeg]`",
        ]);
    }
    if FileKind::have_active(route.body_kinds()) && !route.allows("active_content") {
        fail(&[
            "SA531: the body of `",
            route.name,
            "` admits files that can carry scripts\n  help: leave that kind out, or write \
             `allow(active_content, reason = \"…\")`",
        ]);
    }
}
