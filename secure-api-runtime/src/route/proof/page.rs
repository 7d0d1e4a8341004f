//! The compiler's check of `page(…)`.

use crate::{
    compose::fail,
    route::facts::{Content, Route},
};

/// Checks that a route which says how its page looks returns one.
#[track_caller]
pub const fn check_page(route: &Route) {
    if !matches!(route.answer.content, Content::Page) {
        fail(&[
            "SA745: `page` says how a page looks, and `",
            route.name,
            "` returns none\n  help: remove `page`, or return `Page<…>`",
        ]);
    }
}
