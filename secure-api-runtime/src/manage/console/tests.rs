//! Tests of the pages, by looks that are made here.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::{StatusCode, header};

use super::{Forms, Look, Sheet, Source, csrf::CsrfTokens, ends::Ends, start::Start};
use crate::{
    error::problem,
    inventory::{
        ApiModel, LiveInventory, LiveOperation, UndeclaredPath, VersionModel,
        live::{Act, Unchanged},
    },
    manage::{Asked, Asker, Form, Told},
    version::{Brownout, Day},
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
        unkept: None,
        is_kept: false,
        is_shared: false,
    }
}

fn attention(operations: Vec<LiveOperation>, unmatched: Vec<UndeclaredPath>) -> Vec<String> {
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
    let shadow = |last: i64| UndeclaredPath { clients: 2, last, ..Default::default() };
    assert_eq!(
        attention(Vec::new(), vec![shadow(NOW), shadow(NOW - 2 * DAY)]),
        ["Several clients ask for a path that nothing answers, the last within a day."]
    );
}

/// An app whose console is asked: nothing that is done to it can be kept.
struct App;

impl Source for App {
    fn look(&self) -> BoxFuture<'_, Look> {
        Box::pin(async { look(LiveInventory::default()) })
    }

    fn act<'a>(&'a self, _: Act<'a>, _: bool) -> BoxFuture<'a, Result<bool, Unchanged>> {
        Box::pin(async { Ok(false) })
    }
}

/// Asks a page of the console, as a program.
async fn ask(path: &str, form: &[(&str, &str)]) -> (StatusCode, String, Told) {
    let pages = super::pages(Box::new(App));
    let page = pages.iter().find(|page| page.path == path).expect("a page");
    let asker = Asker { name: "a test".to_owned(), is_program: true };
    let form = Form::parse(
        form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().as_bytes(),
    );
    let told = (page.answers)(Asked { is_local: true, asker, form }).await;
    (told.status(), String::from_utf8_lossy(told.content()).into_owned(), told)
}

#[tokio::test]
async fn an_act_that_is_not_kept_is_told_as_it_is() {
    let form = [("operation", "get_order"), ("reason", "its answer had too much in it")];
    let (status, page, _) = ask("/console/close", &form).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.contains("could not be kept yet: that is tried again"), "{page}");
    assert!(!page.contains("undone"), "{page}");
}

// A mark that turns a line around would stand in the log.
#[tokio::test]
async fn a_reason_has_no_marks_that_are_obeyed() {
    for mark in ['\u{202e}', '\u{2066}', '\u{85}', '\u{1b}'] {
        let reason = format!("its answer {mark}had too much in it");
        let form = [("operation", "get_order"), ("reason", &*reason)];
        assert_eq!(
            ask("/console/close", &form).await.0,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{mark:?}"
        );
    }
}

// By `no-referrer` a browser sends `Origin: null` with the form of a page.
#[tokio::test]
async fn a_form_tells_its_own_origin() {
    let (_, _, page) = ask("/console", &[]).await;
    let policy = page.fields().iter().filter(|(name, _)| *name == header::REFERRER_POLICY);
    assert_eq!(policy.map(|(_, value)| value).collect::<Vec<_>>(), ["same-origin"]);
}

// What is out for a while is told where its end is.
#[test]
fn brownouts_are_told() {
    let outage = Brownout::new(NOW + DAY, 1800);
    let version = VersionModel {
        segment: "v1".to_owned(),
        description: String::new(),
        deprecated: Some(Day::new(2026, 1, 1)),
        sunset: None,
        migrate: None,
        preview: false,
        brownouts: vec![outage],
        addresses: crate::inventory::AddressModel::default(),
    };
    let mut look = look(LiveInventory::default());
    look.model = Arc::new(ApiModel { versions: vec![version], ..model() });
    let csrf = CsrfTokens::new();
    let shown = Ends::of(&look).html(&Forms { csrf: &csrf, now: NOW }).document();
    assert!(shown.contains(&format!("data-label=\"Out\"><ul><li>{outage}</li></ul>")), "{shown}");
}
