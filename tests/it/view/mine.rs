//! Views by relation: the owner of a note sees more of it than others do, row by row.

use reqwest::Method;
use secure_api::{clock::Clock, inventory, prelude::*};
use serde_json::{Value, json};

use crate::{
    docs::examples::wrong,
    support::{Answer, TestServer, server::START, token},
};

pub(crate) mod notes;

use notes::{Drawer, Notes, put};

/// Stocks Alice's note, Bob's and nobody's.
async fn start() -> (TestServer, Drawer) {
    let (drawer, clock) = (Drawer::default(), Clock::manual(START));
    for (id, owner) in [(1, Some("alice")), (2, Some("bob")), (3, None)] {
        put(&drawer, id, owner);
    }
    let app = Notes::app().store(drawer.clone()).tokens(token::issuer()).clock(clock.clone());
    let app = app.docs(Docs::open("the tests read them")).build().expect("an app");
    (TestServer::run(app, Default::default(), clock).await, drawer)
}

fn own(id: u64) -> Value {
    json!({ "id": id, "text": "hi", "draft": "psst" })
}

fn desk(id: u64) -> Value {
    json!({ "id": id, "text": "hi", "flags": 3 })
}

fn line(id: u64) -> Value {
    json!({ "id": id, "text": "hi" })
}

// R103: one row's owner is another row's stranger.
#[tokio::test]
async fn each_row_is_shown_by_its_own_relation() {
    let (server, _) = start().await;
    for (subject, role, rows) in [
        ("alice", "member", [own(1), line(2), line(3)]),
        ("bob", "desk", [desk(1), own(2), desk(3)]),
        ("eve", "member", [line(1), line(2), line(3)]),
        ("eve", "desk", [desk(1), desk(2), desk(3)]),
    ] {
        let caller = server.token(subject, &[role]);
        let page = server.get_as(&caller, "/v1/notes").await.json();
        assert_eq!(page, json!({ "items": rows }), "{subject} {role}");
        for (id, row) in rows.iter().enumerate() {
            let one = server.get_as(&caller, &format!("/v1/notes/{}", id + 1)).await.json();
            assert_eq!(one, *row, "{subject} {role}");
        }
    }
    // The first arm that fits wins.
    let bob = server.token("bob", &["desk"]);
    assert_eq!(server.get_as(&bob, "/v1/desk/2").await.json(), desk(2));
    let bob = server.token("bob", &["member"]);
    assert_eq!(server.get_as(&bob, "/v1/desk/2").await.json(), own(2));
}

// R104: a caller names what it may see of some row; a row whose view lacks it omits it.
#[tokio::test]
async fn a_choice_of_fields_is_of_all_views_of_the_caller() {
    let (server, _) = start().await;
    let alice = server.token("alice", &["member"]);
    let page = server.get_as(&alice, "/v1/notes?fields=id,draft").await.json();
    let rows = json!([{ "id": 1, "draft": "psst" }, { "id": 2 }, { "id": 3 }]);
    assert_eq!(page, json!({ "items": rows }));
    assert_eq!(server.get_as(&alice, "/v1/notes/2?fields=draft").await.json(), json!({}));
    for unknown in ["flags", "owner", "nothing"] {
        let path = format!("/v1/notes?fields=id,{unknown}");
        server.get_as(&alice, &path).await.is_problem(400);
    }
    let kim = server.token("kim", &["desk"]);
    assert_eq!(server.get_as(&kim, "/v1/notes/2?fields=flags").await.json(), json!({ "flags": 3 }));
}

// R106 R112: a tag is of the view that this caller has of this very object.
#[tokio::test]
async fn a_tag_is_of_the_view_by_relation() {
    let (server, _) = start().await;
    let (alice, eve) = (server.token("alice", &["member"]), server.token("eve", &["member"]));
    let tag =
        async |token: &str| server.get_as(token, "/v1/notes/1").await.header("etag").to_owned();
    let (owners, others) = (tag(&alice).await, tag(&eve).await);
    assert_ne!(owners, others);
    let remove = async |token: &str, tag: &str| {
        let request = server.request(Method::DELETE, "/v1/notes/1").bearer_auth(token);
        Answer::of(request.header("if-match", tag)).await
    };
    remove(&alice, &others).await.is_problem(412);
    remove(&eve, &owners).await.is_problem(412);
    assert_eq!(remove(&alice, &owners).await.status, 204);
}

// R116: an answer in the owner's view is not given again, since whoever asks may not be the owner by now; what the handler
// made is loaded again, and shown as whoever asks may see it.
#[tokio::test]
async fn an_answer_in_the_owners_view_is_not_given_again() {
    let (server, drawer) = start().await;
    let alice = server.token("alice", &["member"]);
    let post = async |path: &str, key: u8| {
        let request = server.request(Method::POST, path).bearer_auth(&alice);
        let key = format!("\"8e03978e-40d5-43dd-bc93-6894a57f93{key:02}\"");
        Answer::of(request.header("idempotency-key", key)).await
    };
    let (pin, copy) = ("/v1/notes/1/pin", "/v1/notes/1/copy");
    let is_done = |answer: &Answer| {
        let document = answer.is_problem(409);
        assert_eq!(document["type"], "urn:problem-type:secure-api:idempotency-done");
        assert!(!answer.body.contains("psst"), "{}", answer.body);
    };
    assert_eq!(post(pin, 1).await.json(), own(1));
    assert_eq!(post(copy, 2).await.json(), own(4));
    is_done(&post(pin, 1).await);
    assert_eq!(post(copy, 2).await.json(), own(4));
    // The copy is given away, and the note of the path is still the caller's.
    put(&drawer, 4, Some("bob"));
    let again = post(copy, 2).await;
    assert_eq!((again.status, again.json()), (201, line(4)));
    assert!(!again.body.contains("psst"), "{}", again.body);
    // Nothing was done twice.
    assert_eq!(drawer.things().len(), 4);
    // The view of everybody else may be shown again, also to who owns it by now.
    put(&drawer, 1, Some("bob"));
    assert_eq!(post(pin, 3).await.json(), line(1));
    put(&drawer, 1, Some("alice"));
    let again = post(pin, 3).await;
    assert_eq!((again.json(), again.header("idempotency-replayed")), (line(1), "true"));
}

// R35: one row of the caller's own, without a page; what is not there and what the rule denies look alike.
#[tokio::test]
async fn one_row_of_the_callers_own() {
    let (server, drawer) = start().await;
    let (bob, eve) = (server.token("bob", &["desk"]), server.token("eve", &["member"]));
    assert_eq!(server.get_as(&bob, "/v1/me").await.json(), own(2));
    let nothing = server.get_as(&eve, "/v1/me").await;
    nothing.is_problem(404);
    for note in drawer.things().values_mut() {
        "closed".clone_into(&mut note.text);
    }
    let denied = server.get_as(&bob, "/v1/me").await;
    denied.is_problem(404);
    assert_eq!(denied.body, nothing.body);
}

// R118: a page with rows of several views is what its document says.
#[tokio::test]
async fn a_page_of_several_views_fits_its_schema() {
    let (server, _) = start().await;
    let document = server.get("/openapi/v1.json").await.json();
    let answer = &document["paths"]["/v1/notes"]["get"]["responses"]["200"];
    let schema = &answer["content"]["application/json"]["schema"];
    for (subject, role) in [("alice", "member"), ("bob", "desk"), ("eve", "member")] {
        let caller = server.token(subject, &[role]);
        let page = server.get_as(&caller, "/v1/notes").await.json();
        assert_eq!(wrong(&document, schema, &page), None, "{subject} {role}");
    }
    let row = &schema["properties"]["items"]["items"]["anyOf"];
    let named: Vec<_> = row.as_array().into_iter().flatten().collect();
    assert_eq!(named.len(), 6, "{schema}");
    // A client takes the first that fits: each view as a whole stands before all parts.
    for (place, alternative) in named.iter().enumerate() {
        let is_part = alternative.to_string().contains("Part\"");
        assert_eq!(is_part, place >= 3, "{schema}");
    }
}

// R87: documents and lists tell owners and others apart.
#[tokio::test]
async fn owners_and_others_are_listed_apart() {
    let (server, _) = start().await;
    let document = server.get("/openapi/v1.json").await.json();
    let answer = &document["paths"]["/v1/notes/{note}"]["get"]["responses"]["200"];
    assert_eq!(
        answer["description"],
        "Done, and shown. For the owner: `NoteOwn`. For desk: `NoteDesk`. For everybody else: `NoteLine`."
    );
    // Each as a whole, and as those of its fields that `fields` asks for.
    let schema = &answer["content"]["application/json"]["schema"]["anyOf"];
    assert_eq!(schema.as_array().map(Vec::len), Some(6), "{answer}");
    let model = Notes::API.model();
    let seen = |name: &str, caller: &str| {
        let found = model.operations.iter().find(|operation| operation.name == name);
        let sees = found.expect("an operation").sees(&model);
        let seen = sees.iter().find(|seen| seen.caller == caller).expect("a caller");
        (seen.own, seen.view)
    };
    assert_eq!(seen("get_note", "member"), (Some("NoteOwn"), Some("NoteLine")));
    assert_eq!(seen("get_note", "desk"), (Some("NoteOwn"), Some("NoteDesk")));
    assert_eq!(seen("get_at_desk", "desk"), (Some("NoteDesk"), Some("NoteDesk")));
    assert_eq!(seen("remove_note", "member"), (None, None));
    const OWN: &str = "NoteOwn, by rule";
    const YES: &str = "yes, by rule";
    let matrix = inventory::matrix(&model);
    let lines: Vec<Vec<&str>> = matrix
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect())
        .collect();
    for line in [
        &["verb", "path", "anonymous", "member, own", "member, other", "desk, own", "desk, other"]
            [..],
        // The rule of a note is written by hand.
        &["GET", "/v1/notes/{note}", "-", OWN, "NoteLine, by rule", OWN, "NoteDesk, by rule"],
        &["DELETE", "/v1/notes/{note}", "-", YES, YES, YES, YES],
    ] {
        assert!(lines.iter().any(|other| other == line), "no {line:?} in {matrix}");
    }
}
