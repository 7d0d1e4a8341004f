//! The compiler's check of a header field of a handler's own.

use crate::{compose::fail, route::facts::HeaderInfo};

/// Checks that the text of a header field is bounded, and that nothing else is.
#[track_caller]
pub const fn check_header(header: &HeaderInfo) {
    match (header.unbounded, header.most) {
        (true, Some(1..=HeaderInfo::MOST)) | (false, None) => {}
        (true, None) => fail(&[
            "SA743: the longest text of the header `",
            header.name,
            "` is not said\n  help: write `#[header(max_len = 200)]` above `",
            header.field,
            "`",
        ]),
        (true, Some(_)) => fail(&[
            "SA743: the longest text of the header `",
            header.name,
            "` is not from 1 to 1024 characters\n  help: write `max_len = 200`",
        ]),
        (false, Some(_)) => fail(&[
            "SA743: the longest text of the header `",
            header.name,
            "` is that of its type\n  help: remove `max_len`: the type of `",
            header.field,
            "` brings its own bounds",
        ]),
    }
}
