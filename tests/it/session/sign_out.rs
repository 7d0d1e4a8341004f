//! The storage of a browser, where somebody signs out.

use reqwest::Method;
use secure_api::{clock::Clock, session::SessionSettings};

use super::parlor::{House, OWN, cookie, parlor};
use crate::support::server::START;

// The next one at a machine finds nothing; cookies are of the whole site, and so not taken.
#[tokio::test]
async fn a_browser_is_told_to_forget_where_somebody_signs_out_and_nowhere_else() {
    let clock = Clock::manual(START);
    let keeping = SessionSettings::new().keep_site_data();
    for (house, told) in [
        (House::open().await, Some("\"cache\", \"storage\"")),
        (House::on(&clock, parlor(&clock).sessions(keeping)).await, None),
    ] {
        let entered = house.sign_in("alice", "sesame", &[OWN]).await;
        assert_eq!(entered.maybe_header("clear-site-data"), None);
        let cookie = cookie(&entered);
        let cookie = ("cookie", &*cookie);
        // One that takes the place of another is no sign-out.
        let raised = house.ask(Method::PUT, "/v1/second-factor", &[OWN, cookie]).await;
        assert_eq!(raised.maybe_header("clear-site-data"), None);
        let cookie = super::parlor::cookie(&raised);
        let cookie = ("cookie", &*cookie);
        let me = house.ask(Method::GET, "/v1/me", &[cookie]).await;
        assert_eq!(me.maybe_header("clear-site-data"), None);
        // Nor is one that is refused.
        let refused = house.ask(Method::DELETE, "/v1/session", &[cookie]).await;
        refused.is_problem(403);
        assert_eq!(refused.maybe_header("clear-site-data"), None);
        let left = house.ask(Method::DELETE, "/v1/session", &[cookie, OWN]).await;
        assert_eq!((left.status, left.maybe_header("clear-site-data")), (204, told));
    }
}
