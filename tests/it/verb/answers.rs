//! Answers that a verb may be given: of each verb that changes, the status of success and what the document says of it.

use secure_api::{prelude::*, testing};
use serde_json::Value;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(LampView, role = Role::Member, fields(lit))]
struct Lamp {
    lit: bool,
}

/// Rings.
#[post("/bell", version = Version::V1, role = Role::Member)]
async fn ring() -> NoContent {
    NoContent
}

/// Takes the lamp away, and shows it once more.
#[delete("/lamp", version = Version::V1, role = Role::Member, view = LampView)]
async fn remove_lamp() -> Performed<Lamp> {
    Performed(Lamp { lit: false })
}

/// Puts a lamp there, by and by.
#[put("/lamp", version = Version::V1, role = Role::Member)]
async fn put_lamp() -> Accepted {
    Accepted
}

/// Changes the lamp, by and by.
#[patch("/lamp", version = Version::V1, role = Role::Member)]
async fn change_lamp() -> Accepted {
    Accepted
}

/// A hall.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(ring, remove_lamp, put_lamp, change_lamp))]
struct Hall;

// R111
#[tokio::test]
async fn a_verb_that_changes_may_answer_later_or_with_nothing_and_a_delete_with_what_it_removed() {
    let app = Hall::app().tokens(testing::issuer());
    let api = testing::client(app).expect("an app that starts");
    let member = api.as_caller(Role::Member, "alice");
    let document: Value = serde_json::from_str(
        &secure_api::docs::openapi_json(&Hall::API.model(), "v1").expect("a document"),
    )
    .expect("JSON");
    for (method, path, status, body) in [
        ("POST", "/v1/bell", 204, ""),
        ("DELETE", "/v1/lamp", 200, r#"{"lit":false}"#),
        ("PUT", "/v1/lamp", 202, ""),
        ("PATCH", "/v1/lamp", 202, ""),
    ] {
        let answer = member.request(method, path).await;
        assert_eq!((answer.assert_status(status).text(), method), (body, method));
        let answers = &document["paths"][path][method.to_ascii_lowercase()]["responses"];
        assert!(answers.get(status.to_string()).is_some(), "{method}: {answers}");
        let other =
            answers.as_object().expect("answers").keys().filter(|status| status.starts_with('2'));
        assert_eq!(other.count(), 1, "{method}: {answers}");
    }
}
