//! The depth of an answer: what shows itself has an end, whatever its callers made of it.

use std::collections::BTreeMap;

use secure_api::{clock::Clock, prelude::*};

use super::names;
use crate::support::{Log, TestServer, server::START, token};

#[derive(Role, Debug)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A branch, with those that it bears.
#[derive(Resource, Default)]
#[view(BranchView, role = Role::Guest, fields(next as Self_, twigs as Self_, leaves as Self_))]
struct Branch {
    next: Option<Box<Branch>>,
    twigs: Vec<Branch>,
    leaves: BTreeMap<String, Branch>,
}

type Self_ = BranchView;

#[derive(Input)]
struct Shape {
    #[input(range = 0..=20_000)]
    levels: u32,
    /// The way in which each branch holds the next.
    by: Holder,
}

#[derive(Value, Clone, Copy)]
enum Holder {
    Box,
    List,
    Map,
}

/// Returns a branch that bears branches.
#[get("/branch", version = Version::V1, role = Role::Guest, view = BranchView)]
async fn get_branch(Query(shape): Query<Shape>) -> Branch {
    (1..shape.levels).fold(Branch::default(), |branch, _| match shape.by {
        Holder::Box => Branch { next: Some(Box::new(branch)), ..Branch::default() },
        Holder::List => Branch { twigs: vec![branch], ..Branch::default() },
        Holder::Map => {
            Branch { leaves: BTreeMap::from([("a".to_owned(), branch)]), ..Branch::default() }
        }
    })
}

/// Branches.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(get_branch))]
struct Branches;

// The stack of a server has an end too.
#[tokio::test]
async fn an_answer_that_is_too_deep_is_not_sent() {
    let clock = Clock::manual(START);
    let app = Branches::app().tokens(token::issuer()).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Default::default(), clock).await;
    let token = server.token("g", &["guest"]);
    let ask = async |levels: u32, by: &str| {
        server.get_as(&token, &format!("/v1/branch?levels={levels}&by={by}")).await
    };
    // The list or map that each branch has, also the last, is a level too.
    for (levels, by) in [(1, "box"), (50, "box"), (63, "box"), (32, "list"), (32, "map")] {
        let answer = ask(levels, by).await;
        assert_eq!(answer.status, 200, "{levels} {by}");
        let depth = answer.body.matches("\"next\"").count();
        assert_eq!(depth, levels as usize, "{by}");
        // Readers of JSON follow.
        assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_ok());
    }
    for (levels, by, field) in [
        (64, "box", "twigs"),
        (65, "box", "next"),
        (18_000, "box", "next"),
        (33, "list", "twigs"),
        (500, "list", "twigs"),
        (500, "map", "leaves"),
    ] {
        let log = Log::capture();
        let answer = ask(levels, by).await;
        let problem = answer.is_problem(500);
        assert_eq!(names(&problem), ["type", "title", "status"], "{problem}");
        let said = format!("`{field}` in the answer stands deeper than 64 levels");
        let lines = log.lines_with(&[&said, answer.header("x-request-id")]);
        assert_eq!(lines.len(), 1, "{levels} {by}: {}", log.text());
    }
    assert_eq!(ask(2, "box").await.status, 200, "the process goes on");
}
