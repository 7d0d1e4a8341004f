//! What the pages tell of looks that are made here.

use std::sync::Arc;

use super::{Look, Sheet, start::Start};
use crate::{
    error::problem,
    inventory::{ApiModel, LiveInventory, LiveOperation, UnmatchedPath},
};

const NOW: i64 = 1_790_000_000;
const DAY: i64 = 86_400;

/// Returns an API without anything in it.
fn model() -> ApiModel {
    ApiModel {
        name: "Shop".to_owned(),
        description: String::new(),
        roles: Vec::new(),
        versions: Vec::new(),
        tenants: false,
        limits: Vec::new(),
        exceptions: Vec::new(),
        objects: Vec::new(),
        operations: Vec::new(),
        schemas: Vec::new(),
        settings: None,
    }
}

/// Returns a look at an API with these calls.
fn look(live: LiveInventory) -> Look {
    Look {
        now: NOW,
        model: Arc::new(model()),
        live,
        scores: None,
        limited_elsewhere: 0,
        unready: Vec::new(),
        is_kept: false,
        is_shared: false,
    }
}

fn attention(operations: Vec<LiveOperation>, unmatched: Vec<UnmatchedPath>) -> Vec<String> {
    let since = NOW - 10 * DAY;
    let live = LiveInventory { since, operations, unmatched, ..Default::default() };
    let told = serde_json::to_value(Start::of(&look(live))).expect("JSON");
    let all = told["attention"].as_array().expect("a list");
    all.iter().map(|one| one["says"].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn a_failure_is_news_for_a_day() {
    let failed = |at: i64| LiveOperation {
        calls: 9,
        refused: [(problem::INTERNAL.uri().to_owned(), 1)].into(),
        last: Some(NOW),
        failed: Some(at),
        ..Default::default()
    };
    let all = vec![failed(NOW - DAY), failed(NOW - DAY - 1), failed(NOW - 300 * DAY)];
    assert_eq!(
        attention(all, Vec::new()),
        ["One operation failed on the server's side within the last day."]
    );
    assert_eq!(attention(vec![failed(NOW - 300 * DAY)], Vec::new()), [""; 0]);
}

#[test]
fn zombies_and_shadows_are_news_for_a_day_and_while_they_are_such() {
    let zombie = |deprecated: Option<i64>, last: i64| LiveOperation {
        deprecated,
        zombie_since: Some(NOW - 400 * DAY),
        calls: 9,
        last: Some(last),
        ..Default::default()
    };
    let old = Some(NOW - 400 * DAY);
    assert_eq!(
        attention(vec![zombie(old, NOW), zombie(old, NOW - 2 * DAY)], Vec::new()),
        ["One operation is deprecated and was called within the last day."]
    );
    // Taken back, or put off.
    let no_more = vec![zombie(None, NOW), zombie(Some(NOW + DAY), NOW)];
    assert_eq!(attention(no_more, Vec::new()), [""; 0]);
    let shadow = |last: i64| UnmatchedPath { clients: 2, last, ..Default::default() };
    assert_eq!(
        attention(Vec::new(), vec![shadow(NOW), shadow(NOW - 2 * DAY)]),
        ["Several clients ask for a path that nothing answers, the last within a day."]
    );
}
