//! What there is, as the inventory lists it, against what callers get.

use std::collections::BTreeSet;

use secure_api::{
    clock::Clock,
    inventory::{ANONYMOUS, Access, Content},
    verb::Verb,
};

use crate::support::{
    TestServer,
    api::Depot,
    server::{app, filled, stocked},
};

const ROLES: [&str; 5] = ["customer", "support", "warehouse", "admin", "auditor"];

// R34 R101: every exception is listed with its reason, in one place.
#[test]
fn exceptions_are_listed_with_their_reasons() {
    let app = app(&stocked(), &Clock::manual(0)).build().expect("an app");
    let text = app.inventory();
    for part in
        ["the catalogue is for everybody", "anybody may write to us", "failing is for everybody"]
    {
        assert!(text.contains(part), "no {part} in {text}");
    }
    for route in Depot::API.routes() {
        assert!(text.contains(route.path), "no {} in {text}", route.path);
    }
    let operations = Depot::API.model().operations.into_iter();
    let public = operations
        .filter(|operation| matches!(operation.access, Access::Public(_)))
        .map(|operation| operation.name);
    let listed = ["get_part", "search_parts", "leave_message", "fail"];
    assert_eq!(public.collect::<Vec<_>>(), listed, "what is open to anybody has changed");
}

/// The members of the resource in an answer, or of the first on its page.
fn members(document: &serde_json::Value, page: bool) -> BTreeSet<String> {
    let resource = if page { &document["items"][0] } else { document };
    resource.as_object().expect("an object").keys().cloned().collect()
}

// R33 R118: the view that the inventory names for a caller is the one that the caller gets.
#[tokio::test]
async fn each_caller_sees_the_view_that_is_listed() {
    let server = TestServer::with(|app| app.limit_scale(1_000_000)).await;
    let mut compared = 0;
    let model = Depot::API.model();
    for (operation, route) in model.operations.iter().zip(Depot::API.routes()) {
        assert_eq!((&*operation.name, operation.verb), (route.name, route.verb));
        // A way to fail shows nothing.
        if operation.verb != Verb::Get || operation.name == "fail" {
            continue;
        }
        let sees = operation.sees(&model);
        let callers: Vec<_> = sees.iter().map(|sees| sees.caller).collect();
        for role in ROLES {
            let token = server.token("alice", &[role]);
            let path = filled(&format!("/v2{}", operation.path));
            let answer = server.get_as(&token, &path).await;
            let admitted = callers.contains(&role) || callers.contains(&ANONYMOUS);
            assert_eq!(answer.status, if admitted { 200 } else { 403 }, "{path} by {role}");
            let listed = sees.iter().find(|sees| sees.caller == role);
            let Some(name) = listed.and_then(|sees| sees.view) else { continue };
            let view = route.views.iter().map(|used| used.view).find(|view| view.name == name);
            let fields = (view.expect("a view of the route").fields)();
            let fields = fields.iter().map(|field| field.name.to_owned()).collect();
            assert_eq!(
                members(&answer.json(), operation.answer.content == Content::Page),
                fields,
                "{path} by {role}"
            );
            compared += 1;
        }
    }
    assert!(compared >= 13, "{compared}");
}
