//! The compiler's check of `redirects(…)`.

use crate::{compose::fail, route::facts::Route};

/// Checks that a route which names hosts to redirect to answers with a redirect.
#[track_caller]
pub const fn check_redirects(route: &Route) {
    if !route.answer.redirects() {
        fail(&[
            "SA747: `redirects` names hosts, and `",
            route.name,
            "` answers with no `Redirect`\n  help: remove `redirects`, or return `Redirect`",
        ]);
    }
}
