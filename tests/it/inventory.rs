//! The inventory, compared with what callers get.

mod broken;
mod hatches;
mod kept;
mod live;
mod rules;
mod strangers;

use std::collections::BTreeSet;

use secure_api::{
    clock::Clock,
    docs::{Docs, documents, openapi_json},
    inventory::{self, ANONYMOUS, AccessModel, ApiModel, ContentModel},
    verb::Verb,
};

use crate::support::{
    TestServer,
    annex::Annex,
    api::{Depot, Runs},
    server::{app, filled, stocked},
    token,
};

const ROLES: [&str; 5] = ["customer", "support", "warehouse", "admin", "auditor"];

// R34 in part, R101 in part: every exception is listed with its reason, in one place.
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
        .filter(|operation| matches!(operation.access, AccessModel::Public(_)))
        .map(|operation| operation.name);
    let listed = ["get_part", "search_parts", "leave_message", "fail"];
    assert_eq!(public.collect::<Vec<_>>(), listed, "what is open to anybody has changed");
}

// R101 in part: the exceptions that only the app states are listed too.
#[test]
fn exceptions_of_the_app_are_listed_with_their_reasons() {
    let issuer = token::issuer().partial_profile("our issuer serves one client");
    let docs = Docs::open("the tests read them");
    let app = Depot::app().store(stocked()).service(Runs::default()).tokens(issuer).docs(docs);
    let app = app.build().expect("an app");
    let text = app.inventory();
    for line in [
        "issuer https://login.depot.example; keys stated; partial profile: our issuer serves one client",
        "documents open: the tests read them",
    ] {
        assert!(text.lines().any(|other| other == line), "no {line} in {text}");
    }
    let hatches = app.model().hatches();
    for (place, rule, reason) in [
        (Some("https://login.depot.example"), "partial_profile", "our issuer serves one client"),
        (None, "docs", "the tests read them"),
        (Some("get_part"), "public", "the catalogue is for everybody"),
    ] {
        let listed = hatches.iter().any(|hatch| {
            (hatch.place.as_deref(), &*hatch.rule, &*hatch.reason) == (place, rule, reason)
        });
        assert!(listed, "{rule} of {place:?} is not in {hatches:?}");
    }
}

// R101 in part: a model that was written and read back is equal, and makes the same documents and tables.
#[test]
fn a_model_read_back_tells_the_same() {
    let app = app(&stocked(), &Clock::manual(0)).docs(Docs::open("the tests read them")).build();
    let app = app.expect("an app");
    for model in [app.model().clone(), Annex::API.model()] {
        let text = serde_json::to_string(&model).expect("JSON");
        let read: ApiModel = serde_json::from_str(&text).expect("a model");
        assert_eq!(read, model);
        assert_eq!(inventory::routes(&read), inventory::routes(&model));
        assert_eq!(inventory::matrix(&read), inventory::matrix(&model));
        for version in &model.versions {
            let document = openapi_json(&model, &version.segment).expect("a document");
            assert_eq!(openapi_json(&read, &version.segment).as_ref(), Some(&document));
            // A fact that is changed in the text is one that the document tells.
            let changed = text.replace("\"count\":", "\"count\":1");
            let changed: ApiModel = serde_json::from_str(&changed).expect("a model");
            assert_ne!(openapi_json(&changed, &version.segment), Some(document));
        }
        assert_eq!(documents(&read).len(), documents(&model).len());
    }
}

// R35: who implements `Object` twice has two rules over the same data, so each is listed, also where it is only listed or
// loaded unchecked.
#[test]
fn each_object_is_listed_with_its_key_and_store() {
    let objects = Depot::API.model().objects;
    let told: Vec<_> =
        objects.iter().map(|object| (&*object.name, &*object.key, &*object.store)).collect();
    assert_eq!(told, [("Order", "OrderId", "Db")]);
    for operation in ["list_orders", "get_order", "place_order", "ship_order"] {
        assert!(
            objects[0].operations.iter().any(|other| other == operation),
            "{operation}: {objects:?}"
        );
    }
    let text = inventory::routes(&Depot::API.model());
    let line = text.lines().find(|line| line.starts_with("Order ")).expect("a line");
    assert!(
        line.contains("OrderId") && line.contains("Db") && line.contains("get_order"),
        "{line}"
    );
}

// R42 R81: what a lower role sets on something that a higher one changes too stands on one line with it.
#[test]
fn the_fields_that_callers_set_are_listed_by_role() {
    let model = Depot::API.model();
    let told: Vec<_> = model.settable();
    let placed = told.iter().find(|one| one.operation == "place_order").expect("a line");
    assert_eq!((&*placed.on, &placed.by[..]), ("/orders/{}", &["customer"][..]));
    let names = ["note", "parts", "card", "sku", "price"];
    assert_eq!(placed.fields.iter().map(|(_, field)| *field).collect::<Vec<_>>(), names);
    let text = inventory::routes(&model);
    assert!(told.iter().any(|one| !one.above.is_empty()), "{told:#?}");
    for one in &told {
        let line =
            text.lines().find(|line| line.starts_with(&*one.on) && line.contains(one.operation));
        let line = line.unwrap_or_else(|| panic!("no {one:?} in {text}"));
        for (roles, operation) in &one.above {
            assert!(line.contains(&format!("{}: {operation}", roles.join(" | "))), "{line}");
        }
    }
    // Reading sets nothing, and a query is no body.
    let safe = model.operations.iter().filter(|operation| operation.verb.is_safe());
    let safe: BTreeSet<_> = safe.map(|operation| &*operation.name).collect();
    assert!(told.iter().all(|one| !safe.contains(one.operation)), "{told:#?}");
}

/// Returns the members of the resource in an answer, or of the first on its page.
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
                members(&answer.json(), operation.answer.content == ContentModel::Page),
                fields,
                "{path} by {role}"
            );
            compared += 1;
        }
    }
    assert!(compared >= 13, "{compared}");
}
