//! Refusals of a handler's own, as the log tells of them.

use secure_api::{prelude::*, testing};

use crate::support::Log;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Password {
    #[input(min_len = 4, max_len = 64)]
    password: Secret<String>,
}

#[derive(Debug, ApiError)]
enum Refused {
    #[problem(status = 422, title = "The password is wrong")]
    Wrong,
}

const GUESS: Limit = Limit::per_address(5).per_minute();

/// Logs in.
#[post("/log-in", version = Version::V1, public = "who logs in has no token yet", limit = GUESS, credential)]
async fn log_in(Json(body): Json<Password>) -> Result<Accepted, Refused> {
    if body.password.expose() == "right" { Ok(Accepted) } else { Err(Refused::Wrong) }
}

/// Orders tea.
#[post("/tea", version = Version::V1, public = "everybody may ask for tea")]
async fn order_tea() -> Result<Accepted, Refused> {
    Err(Refused::Wrong)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(log_in, order_tea))]
struct House;

// R117: a wrong password is no mistake of the input, and a refusal of the app's own is its own matter.
#[tokio::test]
async fn a_422_of_the_handlers_own_is_no_event_of_the_input() {
    let log = Log::capture();
    assert!(!Role::Member.holders().is_empty());
    let house = testing::client(House::app()).expect("an app that starts");
    let password = |text: &str| testing::json!({ "password": text });
    house.post("/v1/log-in").json(password("wrong")).await.assert_status(422);
    let [line] = &log.lines_with(&["refused"])[..] else { panic!("{}", log.text()) };
    assert!(line.contains("WARN secure_api::security"), "{line}");
    assert!(line.contains("event=\"authn_login_fail\""), "{line}");

    house.post("/v1/log-in").json(password("no")).await.assert_status(422);
    assert_eq!(log.lines_with(&["input_validation_fail", "log_in"]).len(), 1, "{}", log.text());

    house.post("/v1/tea").await.assert_status(422);
    let [line] = &log.lines_with(&["refused", "order_tea"])[..] else { panic!("{}", log.text()) };
    assert!(line.contains("INFO secure_api::request") && !line.contains("event="), "{line}");
}

// Whoever starts it sees that it runs, and where.
#[tokio::test]
async fn the_log_says_where_the_app_is_served() {
    let log = Log::capture();
    let bound = House::app().build().expect("an app").bind("127.0.0.1:0").await.expect("a socket");
    let address = format!("address={}", bound.local_addr());
    assert!(log.lines_with(&["serving"]).is_empty(), "{}", log.text());
    bound.run(async {}).await;
    let lines = log.lines_with(&["INFO secure_api::start", "serving", &address]);
    assert_eq!(lines.len(), 1, "{}", log.text());
}
