//! Enums: each variant's own fields behind the tag, for each role, nested and alone, and what the document says of it.

mod documented;

use std::sync::Arc;

use reqwest::Method as Verb;
use secure_api::prelude::*;
use serde_json::{Value as Json, json};

use super::names;
use crate::{
    docs::contract::conforms,
    support::{Log, TestServer},
};

#[derive(Role, Debug, PartialEq, Eq)]
enum Role {
    Customer,
    #[role(includes(Customer))]
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

/// The bank that holds the money.
#[derive(Resource)]
#[view(BankLine, role = Role::Customer, fields(name))]
#[view(BankSheet, role = Role::Clerk, extends = BankLine, fields(bic))]
struct Bank {
    name: String,
    bic: String,
}

/// The way of payment.
#[derive(Resource)]
#[resource(tag = "method")]
#[view(MethodLine, role = Role::Customer, variants(
    Card { last4, #[since(Version::V2)] brand },
    Transfer { bank as BankLine, #[until(Version::V2)] account = iban, #[since(Version::V2)] iban },
    Voucher { code = 0 },
    Split { #[depth(5)] parts as MethodLine, count = Method::count },
    Cash,
))]
#[view(MethodSheet, role = Role::Clerk, extends = MethodLine, variants(
    Card { number },
    Transfer { desk = bank as BankSheet },
))]
enum Method {
    /// A card, by its last digits.
    Card {
        last4: String,
        /// The issuer.
        brand: String,
        #[sensitive(Role::Clerk)]
        number: String,
        #[expect(dead_code, reason = "in no view")]
        pin: Arc<Secret<String>>,
    },
    Transfer {
        bank: Box<Bank>,
        iban: String,
    },
    #[resource(name = "gift_card")]
    Voucher(u32, #[expect(dead_code, reason = "in no view")] String),
    Split {
        parts: Vec<Method>,
        note: String,
    },
    Cash,
}

impl Method {
    fn count(&self) -> u32 {
        match self {
            Self::Split { parts, note } if note.is_empty() => parts.len() as u32,
            _ => 0,
        }
    }
}

fn all() -> Vec<Method> {
    let card = || Method::Card {
        last4: "4242".to_owned(),
        brand: "<visa>".to_owned(),
        number: "4242-4242".to_owned(),
        pin: Arc::new(Secret::new("1234".to_owned())),
    };
    let bank = Box::new(Bank { name: "Tea".to_owned(), bic: "TEABANK".to_owned() });
    vec![
        card(),
        Method::Transfer { bank, iban: "DE00".to_owned() },
        Method::Voucher(7, "hidden".to_owned()),
        Method::Split { parts: vec![Method::Cash, card()], note: String::new() },
        Method::Cash,
    ]
}

/// A payment.
#[derive(Resource)]
#[view(PaymentLine, role = Role::Customer, fields(first as MethodLine, methods as MethodLine))]
#[view(PaymentSheet, role = Role::Clerk, fields(methods as MethodSheet))]
struct Payment {
    first: Option<Method>,
    methods: Vec<Method>,
}

/// Shows a payment.
#[get("/payment", version = Version::V1.., role = Role::Customer,
      view(Role::Clerk => PaymentSheet, _ => PaymentLine))]
async fn get_payment() -> Payment {
    Payment { first: all().pop(), methods: all() }
}

#[derive(Input)]
struct Which {
    #[input(range = 0..=4)]
    number: u8,
}

/// Shows one method.
#[get("/method", version = Version::V1.., role = Role::Customer,
      view(Role::Clerk => MethodSheet, _ => MethodLine))]
async fn get_method(Query(which): Query<Which>) -> Option<Method> {
    all().into_iter().nth(which.number.into())
}

/// Lists methods.
#[get("/methods", version = Version::V1.., role = Role::Customer, view = MethodLine)]
async fn list_methods() -> Page<Method> {
    Page::new(all())
}

const LIMIT: Limit = Limit::per_address(6000).per_minute();

/// Payments.
#[api(roles = Role, versions = Version, limit = LIMIT, routes(get_payment, get_method, list_methods))]
struct Payments;

async fn server() -> TestServer {
    TestServer::of(Payments::app()).await
}

const LINES: [&str; 5] = [
    r#"{"method":"card","last4":"4242","brand":"\u003cvisa\u003e"}"#,
    r#"{"method":"transfer","bank":{"name":"Tea"},"iban":"DE00"}"#,
    r#"{"method":"gift_card","code":7}"#,
    r#"{"method":"split","parts":[{"method":"cash"},{"method":"card","last4":"4242","brand":"\u003cvisa\u003e"}],"count":2}"#,
    r#"{"method":"cash"}"#,
];

// R104 R105: to the byte, alone, in lists and in themselves.
#[tokio::test]
async fn each_variant_shows_its_own_fields() {
    let server = server().await;
    let customer = server.token("alice", &["customer"]);
    for (number, line) in LINES.iter().enumerate() {
        let answer = server.get_as(&customer, &format!("/v2/method?number={number}")).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, *line));
    }
    let page = server.get_as(&customer, "/v2/methods").await.body;
    assert_eq!(page, format!("{{\"items\":[{}]}}", LINES.join(",")));
    let payment = server.get_as(&customer, "/v2/payment").await.body;
    assert_eq!(payment, format!(r#"{{"first":{},"methods":[{}]}}"#, LINES[4], LINES.join(",")));
    // A field is there from its version on, or till then.
    for (number, line) in [
        (0, r#"{"method":"card","last4":"4242"}"#),
        (1, r#"{"method":"transfer","bank":{"name":"Tea"},"account":"DE00"}"#),
    ] {
        let answer = server.get_as(&customer, &format!("/v1/method?number={number}")).await;
        assert_eq!(answer.body, line);
    }
}

// R104: what extends shows what it extends and its own, and a lower role nothing of it.
#[tokio::test]
async fn a_higher_view_shows_more_of_a_variant() {
    let log = Log::capture();
    let server = server().await;
    let clerk = server.token("kim", &["clerk"]);
    let sheet = |number| format!("/v2/method?number={number}");
    let card = server.get_as(&clerk, &sheet(0)).await.body;
    assert_eq!(
        card,
        r#"{"method":"card","last4":"4242","brand":"\u003cvisa\u003e","number":"4242-4242"}"#
    );
    let transfer = server.get_as(&clerk, &sheet(1)).await.body;
    assert_eq!(
        transfer,
        r#"{"method":"transfer","bank":{"name":"Tea"},"iban":"DE00","desk":{"name":"Tea","bic":"TEABANK"}}"#
    );
    // Of these it says nothing further.
    for (number, line) in LINES.iter().enumerate().skip(2) {
        assert_eq!(server.get_as(&clerk, &sheet(number)).await.body, *line);
    }
    let mut said = server.get_as(&clerk, "/v2/payment").await.body;
    for path in ["/v1/payment", "/v2/payment", "/v2/methods"] {
        let body = server.get_as(&server.token("alice", &["customer"]), path).await.body;
        assert!(!body.contains("4242-4242") && !body.contains("TEABANK"), "{body}");
        said += &body;
    }
    // In no view.
    assert!(!said.contains("1234") && !said.contains("hidden") && !said.contains("note"), "{said}");
    // Four digits alone may stand in an id or a time.
    for part in ["4242-4242", "TEABANK", "visa"] {
        assert!(!log.text().contains(part), "{}", log.text());
    }
}

// R106: a choice narrows, and the tag stays, so that the rest can be read.
#[tokio::test]
async fn a_choice_of_fields_keeps_the_tag() {
    let server = server().await;
    let (customer, clerk) = (server.token("a", &["customer"]), server.token("k", &["clerk"]));
    let answer = |token, query: &'static str| {
        let server = &server;
        async move { server.get_as(token, &format!("/v2/methods?{query}")).await }
    };
    assert_eq!(
        answer(&customer, "fields=last4,iban").await.body,
        r#"{"items":[{"method":"card","last4":"4242"},{"method":"transfer","iban":"DE00"},{"method":"gift_card"},{"method":"split"},{"method":"cash"}]}"#
    );
    let tags = answer(&customer, "fields=method").await.json();
    assert_eq!(tags["items"][0], json!({"method": "card"}));
    // Another role's, another version's, one's own name inside, and the variant's.
    for query in ["fields=number", "fields=account", "fields=name", "fields=card", "fields=pin"] {
        answer(&customer, query).await.is_problem(400);
    }
    let one = server.get_as(&clerk, "/v2/method?number=0&fields=number").await.body;
    assert_eq!(one, r#"{"method":"card","number":"4242-4242"}"#);
    let other = server.get_as(&clerk, "/v2/method?number=4&fields=number").await.body;
    assert_eq!(other, r#"{"method":"cash"}"#);
}

// What is read again is the same, by its tag.
#[tokio::test]
async fn a_variant_has_an_entity_tag() {
    let server = server().await;
    let token = server.token("alice", &["customer"]);
    let first = server.get_as(&token, "/v2/method?number=0").await;
    let again = server.request(Verb::GET, "/v2/method?number=0").bearer_auth(&token);
    let again = again.header("if-none-match", first.header("etag"));
    assert_eq!(crate::support::Answer::of(again).await.status, 304);
    let other: Json = server.get_as(&token, "/v2/method?number=4").await.json();
    assert_eq!(other, json!({"method": "cash"}));
}
