//! Views: each role's to the byte, and for any resource no more below than above.

mod absent;
mod adjacent;
mod answer;
mod bound;
mod byte_stream;
mod csv;
mod depth;
mod events;
mod fields;
mod file;
mod formed;
mod header;
mod map;
pub(crate) mod mine;
mod named;
mod number;
mod page;
mod redirect;
mod sample;
mod scalar;
mod tag;
mod text;
mod untagged;
mod variant;

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use reqwest::Method;
use secure_api::{app::AppBuilder, clock::Clock};
use serde_json::Value;

use crate::support::{
    Answer, Log, TestServer,
    model::{Order, Part},
    server::{ALICES, START, order},
    token,
};

/// Returns an app of the library.
fn library_on(shelf: &sample::Books) -> AppBuilder {
    let clock = Clock::manual(START);
    sample::Library::app().store(shelf.clone()).tokens(token::issuer()).clock(clock)
}

fn library(books: &[sample::Book]) -> AppBuilder {
    let shelf = sample::Books::default();
    shelf.things().extend(books.iter().map(|book| (book.id, book.clone())));
    library_on(&shelf)
}

/// Starts a server of a library with these books.
async fn server_of(books: &[sample::Book]) -> TestServer {
    let app = library(books).build().expect("an app");
    TestServer::run(app, Default::default(), Clock::manual(START)).await
}

/// Returns the path of a book.
fn book(version: &str, number: u128) -> String {
    format!("/{version}/books/{}", uuid::Uuid::from_u128(number))
}

const ID: &str = "00000000-0000-0000-0000-00000000000a";

/// Returns the order of the examples, with each part as `part` writes it and what follows at the end.
fn golden(part: impl Fn(&str) -> String, rest: &str) -> String {
    format!(
        "{{\"id\":\"{ID}\",\"status\":\"open\",\"note\":\"ring \\u003ctwice\\u003e \\u0026 wait\",\
         \"parts\":[{},{}],\"gift\":{},\"by_day\":{{\"monday\":{}}},\
         \"packs\":[null,{{\"box\":[{}]}}]{rest}}}",
        part("BOLT"),
        part("NUT"),
        part("GIFT"),
        part("WASHER"),
        part("SPRING"),
    )
}

fn customers() -> String {
    golden(|sku| format!("{{\"sku\":\"{sku}\",\"price\":250}}"), "")
}

fn warehouses() -> String {
    golden(|sku| format!("{{\"sku\":\"{sku}\",\"price\":250,\"shelf\":\"A-7\"}}"), "")
}

fn admins() -> String {
    golden(
        |sku| format!("{{\"sku\":\"{sku}\",\"price\":250,\"shelf\":\"A-7\",\"cost\":90}}"),
        ",\"owner\":\"https://login.depot.example||alice\",\"margin\":777",
    )
}

// R103 R104 R105 R87: through lists, options, maps and pages.
#[tokio::test]
async fn each_role_sees_its_view() {
    for (subject, roles, expected) in [
        ("alice", &["customer"][..], customers()),
        ("sam", &["support"], customers()),
        ("walt", &["warehouse"], warehouses()),
        ("walt", &["support", "warehouse"], warehouses()),
        ("root", &["admin"], admins()),
        ("root", &["customer", "admin"], admins()),
    ] {
        let server = TestServer::start().await;
        let token = server.token(subject, roles);
        for version in ["v1", "v2"] {
            let one = server.get_as(&token, &order(version, ALICES)).await;
            assert_eq!((one.status, &one.body), (200, &expected), "{roles:?}");
            let page = server.get_as(&token, &format!("/{version}/orders")).await;
            let items = page.body.strip_prefix("{\"items\":[").expect("a page");
            assert!(items.starts_with(&expected), "{roles:?}: {}", page.body);
            assert!(items.ends_with("]}"));
            // R107
            assert_eq!(one.header("cache-control"), "no-store");
            assert_eq!(one.header("vary"), "accept, authorization");
            assert_eq!(one.header("content-type"), "application/json");
        }
    }
}

// R105: an answer to a change is shown through a view as well.
#[tokio::test]
async fn what_was_changed_is_shown_through_the_view() {
    let server = TestServer::start().await;
    let token = server.token("alice", &["customer"]);
    let path = order("v2", ALICES);
    let changed = server.send(Method::PATCH, Some(&token), &path, r#"{"status":"sent"}"#).await;
    assert_eq!(changed.body, format!("{{\"id\":\"{ID}\",\"status\":\"sent\"}}"));
}

// R87
#[tokio::test]
async fn text_cannot_be_taken_for_html() {
    let server = TestServer::start().await;
    let answer = server.get("/v2/parts/%3Cscript%3E&").await;
    assert_eq!(answer.body, r#"{"sku":"\u003cscript\u003e\u0026"}"#);
    assert_eq!(answer.json()["sku"], "<script>&");
    // What came in another way than through an input, and in the key of a map.
    let text = "</script>&\u{2028}\u{2029}\"\\\n";
    let by_day = BTreeMap::from([(text.to_owned(), Part::example("BOLT"))]);
    server.db.put([Order {
        note: Some(text.to_owned()),
        by_day,
        ..Order::example("alice", ALICES)
    }]);
    let token = server.token("alice", &["customer"]);
    let answer = server.get_as(&token, &order("v2", ALICES)).await;
    let escaped = r#""\u003c/script\u003e\u0026\u2028\u2029\"\\\n""#;
    assert!(answer.body.contains(&format!("\"note\":{escaped}")), "{}", answer.body);
    assert!(answer.body.contains(&format!("\"by_day\":{{{escaped}:")), "{}", answer.body);
    assert_eq!(answer.json()["note"], text);
}

// R108: what is in no view leaves in no way.
#[tokio::test]
async fn a_secret_never_leaves() {
    let log = Log::capture();
    let server = TestServer::with(|app| app.limit_scale(100)).await;
    let all = server.token("alice", &["customer", "support", "warehouse", "admin", "auditor"]);
    let mut said = String::new();
    for path in
        ["/v1/orders", "/v2/orders", "/v2/orders-of-all", &order("v2", ALICES), "/v2/report"]
    {
        let answer = server.get_as(&all, path).await;
        assert_eq!(answer.status, 200);
        said += &format!("{:?} {}", answer.headers, answer.body);
    }
    let body = r#"{"parts":[{"sku":"BOLT","price":5}],"card":"4111-1111-1111-1111"}"#;
    let placed = server.send(Method::POST, Some(&all), "/v2/orders", body).await;
    assert_eq!(placed.status, 201);
    said += &placed.body;
    let body = format!("{{\"card\":\"{}\",\"parts\":[]}}", "4111-1111-1111-1111".repeat(9));
    said += &server.send(Method::POST, Some(&all), "/v2/orders", body).await.body;
    assert!(!said.contains("4111-1") && !said.contains("card\":\""), "{said}");
    assert!(!log.text().contains("4111-1"));
}

/// Collects the place of every value of a document, without the numbers of items and the keys of maps.
fn places(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = if name.starts_with("key-") { "*" } else { name };
                places(value, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| places(item, &format!("{at}/*"), found))
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

/// Returns the names of an object's members, in order.
fn names(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn seen(answer: &Answer) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    places(&answer.json(), "", &mut found);
    found
}

fn part() -> impl Strategy<Value = Part> {
    (".{0,8}", any::<u32>(), option::of(".{0,4}"), any::<u32>())
        .prop_map(|(sku, price, shelf, cost)| Part { sku, price, shelf, cost })
}

fn parts() -> impl Strategy<Value = BTreeMap<String, Part>> {
    btree_map("key-[a-z\"<]{0,3}", part(), 0..3)
}

fn resource() -> impl Strategy<Value = Order> {
    let packs = vec(option::of(btree_map("key-[a-z]{0,3}", vec(part(), 0..3), 0..3)), 0..3);
    let content = (option::of(".{0,12}"), vec(part(), 0..4), option::of(part()), parts(), packs);
    (content, any::<u32>(), any::<u128>()).prop_map(
        |((note, parts, gift, by_day, packs), margin, number)| Order {
            note,
            parts,
            gift,
            by_day,
            packs,
            margin,
            ..Order::example("alice", number)
        },
    )
}

// R33 R104 R105: over the wire, whatever is in the resource.
#[test]
fn a_lower_role_never_sees_more() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let server = runtime.block_on(TestServer::with(|app| app.limit_scale(1_000_000)));
    let roles = ["customer", "support", "warehouse", "admin"];
    let tokens = roles.map(|role| server.token("alice", &[role]));
    let mut runner = TestRunner::new(Config { cases: 64, ..Config::default() });
    let held = vec(resource(), 1..4);
    let outcome = runner.run(&held, |orders| {
        server.db.put(orders.iter().cloned());
        let paths = orders.iter().map(|order| format!("/v2/orders/{}", uuid_of(order)));
        for path in paths.chain(["/v2/orders".to_owned()]) {
            let answers = tokens.iter().map(|token| runtime.block_on(server.get_as(token, &path)));
            let [customer, support, warehouse, admin] =
                &answers.map(|answer| seen(&answer)).collect::<Vec<_>>()[..]
            else {
                panic!("four roles");
            };
            prop_assert!(customer.is_subset(support), "{:?}", customer.difference(support));
            prop_assert!(customer.is_subset(warehouse), "{:?}", customer.difference(warehouse));
            prop_assert!(support.is_subset(admin), "{:?}", support.difference(admin));
            prop_assert!(warehouse.is_subset(admin), "{:?}", warehouse.difference(admin));
            // And what is kept from a role is there nowhere, by name.
            for (seen, kept) in [
                (customer, &["/shelf", "/cost", "/margin", "/owner", "/card"][..]),
                (support, &["/shelf", "/cost", "/margin", "/owner", "/card"]),
                (warehouse, &["/cost", "/margin", "/owner", "/card"]),
                (admin, &["/card"]),
            ] {
                let leaks = seen.iter().find(|place| kept.iter().any(|kept| place.ends_with(kept)));
                prop_assert_eq!(leaks, None);
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Returns the order's id as it is in a path.
fn uuid_of(order: &Order) -> String {
    secure_api::input::Leaf::to_text(&order.id)
}
