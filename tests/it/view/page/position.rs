//! Positions: whatever a row stands at reads back as it was written.

use secure_api::{clock::Clock, prelude::*, value::Decimal};
use serde_json::Value as Json_;

use crate::support::{TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Reader,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A title that its module makes of anything, past its own rules.
#[derive(Value, Clone, PartialEq)]
#[value(max_len = 5)]
struct Title(String);

#[derive(Resource)]
#[view(LineView, public, fields(number))]
struct Line {
    number: u32,
}

/// Texts that no caller could send: more lines than one, blanks at the ends, not in NFC, invisible, empty, long.
const TEXTS: [&str; 9] = [
    "a\nb",
    " a",
    "b ",
    "e\u{301}",
    "\u{202E}x",
    "\u{200B}",
    "",
    "\0",
    "a title of more than five letters",
];

/// Times, days and numbers at the ends of what there is.
fn times() -> [Timestamp; 4] {
    let early = Timestamp::from_second(-70_000_000_000).expect("a time");
    [Timestamp::MIN, early, Timestamp::UNIX_EPOCH, Timestamp::MAX]
}

const NUMBERS: [f64; 6] = [f64::NEG_INFINITY, -1e300, -0.0, 5e-324, 0.1, f64::INFINITY];

fn decimals() -> [Decimal; 3] {
    [(i64::MIN, 18), (1, 28), (150, 2)]
        .map(|(digits, scale)| Decimal::new(digits, scale).expect("a number"))
}

/// Returns the lines after a position, which has to be found again.
fn lines<K: PartialEq>(rows: &[K], after: Option<K>, most: usize) -> Vec<Line> {
    let found = |at| rows.iter().position(|row| *row == at).expect("a position of the list") + 1;
    let start = after.map_or(0, found);
    (start..rows.len()).take(most).map(|number| Line { number: number as u32 }).collect()
}

/// Lists by text and number.
#[get("/texts", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_text(paging: Paging<(String, u32)>) -> Page<Line> {
    let rows = TEXTS.map(ToOwned::to_owned);
    let lines = lines(&rows, paging.position().map(|at| at.0.clone()), paging.rows());
    Page::paged(&paging, lines, |line| (rows[line.number as usize].clone(), 1))
}

/// Lists by title.
#[get("/titles", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_title(paging: Paging<Title>) -> Page<Line> {
    let rows = TEXTS.map(|text| Title(text.to_owned()));
    let lines = lines(&rows, paging.position().cloned(), paging.rows());
    Page::paged(&paging, lines, |line| rows[line.number as usize].clone())
}

/// Lists by time and number.
#[get("/times", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_time(paging: Paging<(Timestamp, u32, bool)>) -> Page<Line> {
    let rows = times();
    let lines = lines(&rows, paging.position().map(|at| at.0), paging.rows());
    Page::paged(&paging, lines, |line| (rows[line.number as usize], 0, false))
}

/// Lists by number.
#[get("/numbers", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_number(paging: Paging<f64>) -> Page<Line> {
    let rows = NUMBERS;
    let lines = lines(&rows, paging.position().copied(), paging.rows());
    Page::paged(&paging, lines, |line| rows[line.number as usize])
}

/// Lists by exact number.
#[get("/decimals", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_decimal(paging: Paging<Decimal>) -> Page<Line> {
    let rows = decimals();
    let lines = lines(&rows, paging.position().copied(), paging.rows());
    Page::paged(&paging, lines, |line| rows[line.number as usize])
}

/// Lists by a text that no cursor holds.
#[get("/long", version = Version::V1.., public = "an example is for everybody", view = LineView)]
async fn by_length(paging: Paging<String>) -> Page<Line> {
    let rows = ["x".repeat(5000), "y".repeat(5000)];
    let lines = lines(&rows, paging.position().cloned(), paging.rows());
    Page::paged(&paging, lines, |line| rows[line.number as usize].clone())
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(6000).per_minute(),
      allow(unused_role, reason = "all of it is for everybody"),
      routes(by_text, by_title, by_time, by_number, by_decimal, by_length))]
struct Lists;

async fn lists() -> TestServer {
    let clock = Clock::manual(START);
    let app = Lists::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    TestServer::run(app, Default::default(), clock).await
}

// R91
#[tokio::test]
async fn every_position_reads_back_as_it_is() {
    let server = lists().await;
    for (path, rows) in [
        ("texts", TEXTS.len()),
        ("titles", TEXTS.len()),
        ("times", times().len()),
        ("numbers", NUMBERS.len()),
        ("decimals", decimals().len()),
    ] {
        let (items, pages) = super::walk(&server, None, &format!("/v1/{path}?size=1")).await;
        let numbers: Vec<_> = items.iter().map(|item| item["number"].as_u64()).collect();
        assert_eq!(numbers, (0..rows as u64).map(Some).collect::<Vec<_>>(), "{path}");
        assert_eq!(pages, rows, "{path}");
    }
}

// R91: a page without a cursor would look like the last one.
#[tokio::test]
async fn a_page_that_cannot_say_where_the_next_begins_is_500() {
    let server = lists().await;
    server.get("/v1/long?size=1").await.is_problem(500);
    let all: Json_ = server.get("/v1/long?size=3").await.json();
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
}
