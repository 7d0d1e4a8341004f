//! Pages: how long they are, where the next one begins, and for whom a cursor is good.

mod form;
mod numbered;
mod position;

use secure_api::clock::Clock;
use serde_json::Value;

use super::{library, sample::Book, server_of};
use crate::support::{TestServer, server::START, token};

fn pages_of(document: &Value) -> Vec<u64> {
    let items = document["items"].as_array().expect("items").iter();
    items.map(|item| item["born"].as_u64().expect("a year")).collect()
}

async fn walk(server: &TestServer, token: Option<&str>, path: &str) -> (Vec<Value>, usize) {
    let (mut items, mut pages, mut next) = (Vec::new(), 0, String::new());
    loop {
        let path = format!("{path}{next}");
        let answer = match token {
            Some(token) => server.get_as(token, &path).await,
            None => server.get(&path).await,
        };
        assert_eq!(answer.status, 200, "{answer:#?}");
        let document = answer.json();
        items.extend(document["items"].as_array().expect("items").clone());
        pages += 1;
        match document.get("next") {
            Some(cursor) => next = format!("&cursor={}", cursor.as_str().expect("a text")),
            None => return (items, pages),
        }
        assert!(pages < 50, "there is no end");
    }
}

// R91: every item comes once, whatever the size, and the last page says so.
#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let server = server_of(&[]).await;
    for (size, pages) in [(20, 13), (50, 5), (83, 4), (100, 3)] {
        let (items, count) = walk(&server, None, &format!("/v3/authors?size={size}")).await;
        let years: Vec<_> = items.iter().map(|item| item["born"].as_u64()).collect();
        assert_eq!(years, (1..=250).map(Some).collect::<Vec<_>>(), "{size}");
        assert_eq!(count, pages, "{size}");
    }
    // 20 unless said, and the filter of the list's own query goes along.
    let first = server.get("/v3/authors").await.json();
    assert_eq!(pages_of(&first), (1..=20).collect::<Vec<_>>());
    let filtered = server.get("/v3/authors?from=240&size=100").await.json();
    assert_eq!(pages_of(&filtered), (240..=250).collect::<Vec<_>>());
    assert!(filtered.get("next").is_none());
}

// R91: a position of two values, in the order of the list, through the object's rule.
#[tokio::test]
async fn a_position_may_be_of_several_values() {
    let books: Vec<_> =
        (1..=30).map(|number| Book::example("alice", number, (number % 3) as u32)).collect();
    let server = server_of(&books).await;
    let token = server.token("alice", &["member"]);
    let (items, pages) = walk(&server, Some(&token), "/v2/books?size=7").await;
    assert_eq!((items.len(), pages), (30, 5));
    let mut ids: Vec<_> = items.iter().map(|item| item["id"].to_string()).collect();
    ids.dedup();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 30, "each once");
}

// R91: forged, garbled, another's, another list's: none of them is a place to begin.
#[tokio::test]
async fn a_cursor_is_good_for_its_caller_and_list_only() {
    let books: Vec<_> = (1..=5).map(|number| Book::example("alice", number, 1)).collect();
    let server = server_of(&books).await;
    let (alice, bob) = (server.token("alice", &["member"]), server.token("bob", &["member"]));
    let document = server.get_as(&alice, "/v2/books?size=2").await.json();
    let cursor = document["next"].as_str().expect("a cursor").to_owned();
    let good = format!("/v2/books?size=2&cursor={cursor}");
    assert_eq!(server.get_as(&alice, &good).await.status, 200);
    // The same list in another version, and in pages of another size, is the same list.
    let other = format!("/v3/books?size=3&cursor={cursor}");
    assert_eq!(server.get_as(&alice, &other).await.status, 200);

    let mut garbled = cursor.clone();
    let last = if garbled.ends_with('A') { "B" } else { "A" };
    garbled.replace_range(garbled.len() - 1.., last);
    for (token, path) in [
        (&bob, good.clone()),
        (&alice, format!("/v2/volumes?cursor={cursor}")),
        (&alice, format!("/v2/books?cursor={}", &cursor[1..])),
        (&alice, format!("/v2/books?cursor={garbled}")),
        (&alice, format!("/v2/books?cursor={cursor}AAAA")),
        (&alice, "/v2/books?cursor=".to_owned()),
        (&alice, "/v2/books?cursor=eyJpZCI6MX0".to_owned()),
        (&alice, format!("/v2/books?cursor={}", "A".repeat(3000))),
    ] {
        let problem = server.get_as(token, &path).await.is_problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "cursor", "{path}");
        assert!(!problem.to_string().contains(&cursor), "what was sent is repeated");
    }
    // It shows nothing of where it stands.
    let id = document["items"][1]["id"].as_str().expect("an id");
    let bytes = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &cursor);
    let text = String::from_utf8_lossy(&bytes.expect("base64url")).into_owned();
    assert!(!text.contains(id), "{text}");
}

// R84 R91
#[tokio::test]
async fn a_size_is_from_1_to_100_and_stands_once() {
    let server = server_of(&[]).await;
    for query in ["size=0", "size=101", "size=-1", "size=ten", "size=", "size=1.5", "size=99999"] {
        let problem = server.get(&format!("/v3/authors?{query}")).await.is_problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "size", "{query}");
    }
    for query in ["size=1&size=2", "page=2", "limit=5", "size=5&order=asc", "Size=5"] {
        server.get(&format!("/v3/authors?{query}")).await.is_problem(400);
    }
    // An operation without pages knows neither.
    let token = server.token("alice", &["member"]);
    let one = format!("/v2/books/{}", uuid::Uuid::from_u128(1));
    for query in ["size=5", "cursor=AAAA", "colour=red", "fields=id&fields=id"] {
        let problem = server.get_as(&token, &format!("{one}?{query}")).await.is_problem(400);
        assert_eq!(problem["errors"].as_array().map(Vec::len), Some(1), "{query}");
    }
}

// R91: machines that share a secret read each other's cursors, others do not.
#[tokio::test]
async fn machines_share_cursors_by_their_key() {
    let with = |secret: u8| async move {
        let key = secure_api::testing::secret!([secret; 32]);
        let app = library(&[]).secret(key).build().expect("an app");
        TestServer::run(app, Default::default(), Clock::manual(START)).await
    };
    let (one, same, other) = (with(1).await, with(1).await, with(2).await);
    let cursor =
        one.get("/v3/authors?size=5").await.json()["next"].as_str().expect("one").to_owned();
    let path = format!("/v3/authors?size=5&cursor={cursor}");
    assert_eq!(pages_of(&same.get(&path).await.json()), [6, 7, 8, 9, 10]);
    other.get(&path).await.is_problem(400);
    server_of(&[]).await.get(&path).await.is_problem(400);
}

#[test]
fn a_short_key_does_not_start() {
    let error =
        library(&[]).secret(secure_api::testing::secret!([1; 31])).build().expect_err("too short");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA718"]);
}

/// Two readers of one query parameter: the framework and an input.
mod twice {
    use secure_api::prelude::*;

    use super::super::sample::{Author, AuthorLine, Role, Version};

    #[derive(Input)]
    struct Wanted {
        #[input(range = 1..=9)]
        size: Option<u32>,
        #[input(text, max_len = 9)]
        fields: Option<String>,
        #[input(text, max_len = 9)]
        cursor: Option<String>,
    }

    /// Lists.
    #[get("/authors", version = Version::V1.., public = "an example is for everybody", view = AuthorLine)]
    async fn list(Query(wanted): Query<Wanted>, _paging: Paging<u16>) -> Page<Author> {
        let _ = (wanted.size, wanted.fields, wanted.cursor);
        Page::new(Vec::new())
    }

    #[api(roles = Role, versions = Version, limit = Limit::per_address(1).per_minute(), routes(list))]
    pub(super) struct Twice;
}

#[test]
fn a_query_parameter_has_one_reader() {
    let error = twice::Twice::app().tokens(token::issuer()).build().expect_err("all are taken");
    let codes: Vec<_> = error.problems().iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["SA717"; 3]);
}
