//! Rows as an answer: through the view of their caller, and no formula among them.

use reqwest::Method;
use secure_api::{clock::Clock, docs::openapi_json, prelude::*, testing};
use serde_json::Value as Json;

use crate::support::{Answer, Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Admin,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(BookRow, role = Role::Member, fields(title, price, sold, tags, "by" = owner))]
#[view(BookDesk, role = Role::Admin, extends = BookRow, fields(cost))]
struct Book {
    title: String,
    price: i64,
    sold: Option<bool>,
    tags: Vec<String>,
    owner: String,
    cost: i64,
}

fn book(title: &str) -> Book {
    let tags = vec!["a,b".to_owned(), "=c".to_owned()];
    Book {
        title: title.to_owned(),
        price: -5,
        sold: None,
        tags,
        owner: "-5.50".to_owned(),
        cost: 2,
    }
}

#[derive(Input)]
struct Asked {
    #[input(range = 0..=60)]
    rows: u32,
}

/// Lists books.
#[get("/books", version = Version::V1.., role = Role::Member, view(Role::Admin => BookDesk, _ => BookRow))]
async fn list_books(Query(asked): Query<Asked>) -> Result<Csv<Book, 4>, StoreError> {
    let titles = ["=1+1", "a \"b\", c\r\nd", "@x", "plain <i>"].into_iter().cycle();
    let rows = titles.take(asked.rows as usize).map(book).collect();
    Ok(Csv::new(rows).named("books.csv".parse()?))
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(list_books))]
struct Shelf;

/// Lists books.
#[get("/table", version = Version::V1.., role = Role::Member, view(Role::Admin => BookDesk, _ => BookRow))]
async fn list_all() -> Csv<Book> {
    Csv::new(vec![book("one")])
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(list_all))]
struct Attacked;

async fn server() -> (TestServer, String, String) {
    let clock = Clock::manual(START);
    let app = Shelf::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let inventory = app.inventory();
    let server = TestServer::run(app, Default::default(), clock).await;
    let alice = server.token("alice", &["member"]);
    (server, alice, inventory)
}

const TAGS: &str = r#""[""a,b"",""=c""]""#;

#[tokio::test]
async fn each_caller_has_its_columns_and_no_cell_is_a_formula() {
    let (server, alice, _) = server().await;
    let answer = server.get_as(&alice, "/v1/books?rows=4").await;
    answer.has_security_headers();
    let titles = ["\"'=1+1\"", "\"a \"\"b\"\", c\r\nd\"", "\"'@x\"", "\"plain <i>\""];
    let rows = titles.map(|title| format!("{title},-5,,{TAGS},-5.50\r\n")).concat();
    assert_eq!(answer.body, format!("\"title\",\"price\",\"sold\",\"tags\",\"by\"\r\n{rows}"));
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"books.csv\"");
    let asked = server.request(Method::GET, "/v1/books?rows=4").bearer_auth(&alice);
    let again = Answer::of(asked.header("if-none-match", answer.header("etag"))).await;
    assert_eq!(again.status, 304);
    let root = server.token("root", &["admin"]);
    let answer = server.get_as(&root, "/v1/books?rows=1").await;
    let (first, second) = answer.body.split_once("\r\n").expect("two lines");
    assert_eq!(first, "\"title\",\"price\",\"sold\",\"tags\",\"by\",\"cost\"");
    assert!(second.ends_with(",-5.50,2\r\n"), "{second}");
    let answer = server.get_as(&alice, "/v1/books?rows=1&fields=price").await;
    assert_eq!(answer.body, "\"price\"\r\n-5\r\n");
    server.get_as(&alice, "/v1/books?rows=1&fields=cost").await.is_problem(400);
    server.get("/v1/books?rows=1").await.is_problem(401);
}

#[tokio::test]
async fn rows_are_bounded() {
    let (server, alice, _) = server().await;
    assert_eq!(server.get_as(&alice, "/v1/books?rows=0").await.body.lines().count(), 1);
    let log = Log::capture();
    server.get_as(&alice, "/v1/books?rows=5").await.is_problem(500);
    assert!(!log.lines_with(&["its type has room for 4"]).is_empty(), "{}", log.text());
}

#[tokio::test]
async fn documents_and_inventory_tell_the_columns() {
    let (_server, _, inventory) = server().await;
    let text = openapi_json(&Shelf::API.model(), "v1").expect("a version");
    let document: Json = serde_json::from_str(&text).expect("a document");
    let content = &document["paths"]["/v1/books"]["get"]["responses"]["200"]["content"];
    let said = content["text/csv"]["schema"]["description"].as_str().expect("a text");
    for part in ["At most 4 rows", "title, price, sold, tags, by", "cost"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(inventory.contains("CSV of at most 4 of"), "{inventory}");
}

#[tokio::test]
async fn verify_looks_at_rows() {
    let app = Attacked::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"));
    let verified = testing::verify(app).await;
    assert!(verified.kept(testing::Check::Views) >= 1, "{verified}");
}
