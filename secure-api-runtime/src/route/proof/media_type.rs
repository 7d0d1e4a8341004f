//! The compiler's check of `media_type = "…"`.

use crate::{compose::fail, route::facts::Route};

/// Checks that a route which says of which media type bytes are answers with bytes.
#[track_caller]
pub const fn check_media_type(route: &Route) {
    if !route.answer.is_bytes() {
        fail(&[
            "SA749: `media_type` says what bytes are, and `",
            route.name,
            "` answers with none\n  help: remove `media_type`, or return `RawBytes<…>` or `ByteStream<…>`",
        ]);
    }
}
