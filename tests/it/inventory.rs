//! What there is, as the inventory lists it, against what callers get.

use std::collections::BTreeSet;

use secure_api::{clock::Clock, inventory};

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
    let public = inventory::entries(Depot::API)
        .into_iter()
        .filter(|entry| matches!(entry.access, inventory::Who::Public(_)))
        .map(|entry| entry.operation);
    let listed = ["get_part", "search_parts", "leave_message", "fail"];
    assert_eq!(public.collect::<Vec<_>>(), listed, "what is open to anybody has changed");
}

// R35: who implements `Object` twice has two rules over the same data, so each is listed, also where it is only listed or
// loaded unchecked.
#[test]
fn each_object_is_listed_with_its_key_and_store() {
    let objects = inventory::objects(Depot::API);
    let told: Vec<_> =
        objects.iter().map(|object| (object.object, object.key, object.store)).collect();
    assert_eq!(told, [("Order", "OrderId", "Db")]);
    for operation in ["list_orders", "get_order", "place_order", "ship_order"] {
        assert!(objects[0].operations.contains(&operation), "{operation}: {objects:?}");
    }
    let text = inventory::routes(Depot::API);
    let line = text.lines().find(|line| line.starts_with("Order ")).expect("a line");
    assert!(
        line.contains("OrderId") && line.contains("Db") && line.contains("get_order"),
        "{line}"
    );
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
    for (entry, route) in inventory::entries(Depot::API).iter().zip(Depot::API.routes()) {
        assert_eq!((entry.operation, entry.verb), (route.name, route.verb.as_str()));
        // A way to fail shows nothing.
        if entry.verb != "GET" || entry.operation == "fail" {
            continue;
        }
        let callers: Vec<_> = entry.sees.iter().map(|sees| sees.caller).collect();
        for role in ROLES {
            let token = server.token("alice", &[role]);
            let path = filled(&format!("/v2{}", entry.path));
            let answer = server.get_as(&token, &path).await;
            let admitted = callers.contains(&role) || callers.contains(&"anonymous");
            assert_eq!(answer.status, if admitted { 200 } else { 403 }, "{path} by {role}");
            let listed = entry.sees.iter().find(|sees| sees.caller == role);
            let Some(name) = listed.and_then(|sees| sees.view) else { continue };
            let view = route.views.iter().map(|used| used.view).find(|view| view.name == name);
            let fields = (view.expect("a view of the route").fields)();
            let fields = fields.iter().map(|field| field.name.to_owned()).collect();
            assert_eq!(members(&answer.json(), entry.page), fields, "{path} by {role}");
            compared += 1;
        }
    }
    assert!(compared >= 13, "{compared}");
}
