//! The JSON of the console and of the live inventory, and the tables of the book that tell each of its fields.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use secure_api::manage::Manage;
use serde_json::Value;

use super::{ask, at, console::PAGES};
use crate::support::{Answer, TestServer};

/// The list that the elements of another one are told by: `operations[]`, as in `each as`.
const AS: &str = "each as `";

/// The fields that the book tells of a document, each with the list of `/inventory` whose elements its own are like.
type Fields = BTreeMap<String, Option<String>>;

/// Returns the fields in the table below a heading.
fn told(page: &str, heading: &str) -> Fields {
    let (_, rest) = page.split_once(heading).unwrap_or_else(|| panic!("no {heading:?}"));
    let (_, rest) = rest.split_once("|---|---|\n").expect("a table");
    let mut fields = Fields::new();
    for row in rest.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let like = cells[2].split_once(AS).and_then(|(_, rest)| rest.split_once('`'));
        let like = like.map(|(list, _)| list.to_owned());
        for field in cells[1].split(", ") {
            let field = field.trim_matches('`').to_owned();
            assert!(fields.insert(field, like.clone()).is_none(), "{heading}: twice: {row}");
        }
    }
    fields
}

/// Notes the fields of a value, each by its path; `known` are those that are not looked into.
fn note(value: &Value, path: &str, known: &Fields, fields: &mut BTreeSet<String>) {
    let list = format!("{path}[]");
    match value {
        _ if known.contains_key(path) => drop(fields.insert(path.to_owned())),
        Value::Array(all) if known.contains_key(&list) => {
            fields.insert(list.clone());
            for one in all {
                note(one, &list, &Fields::new(), fields);
            }
        }
        Value::Array(all) if !all.is_empty() => {
            all.iter().for_each(|one| note(one, &list, known, fields))
        }
        Value::Object(all) if !all.is_empty() => {
            let dot = if path.is_empty() { "" } else { "." };
            all.iter()
                .for_each(|(name, one)| note(one, &format!("{path}{dot}{name}"), known, fields));
        }
        _ => drop(fields.insert(path.to_owned())),
    }
}

/// Returns the fields of a document. What is empty in one element is told by another one.
fn of(document: &Value, known: &Fields) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    note(document, "", known, &mut fields);
    let all = fields.clone();
    let is_told = |short: &String| {
        all.iter().any(|long| {
            long.starts_with(&format!("{short}.")) || long.starts_with(&format!("{short}[]"))
        })
    };
    fields.retain(|field| known.contains_key(field) || !is_told(field));
    fields
}

/// Starts an app after traffic of each kind.
async fn busy() -> TestServer {
    let server = TestServer::annex_with(|app| {
        let app = app
            .close("little", "its answer had too much in it")
            .reopen("old", "the answer is as it should be");
        app.proxies(["127.0.0.0/8"]).manage(Manage::at("127.0.0.1:0"))
    });
    let server = server.await;
    let token = server.token("alice", &["customer"]);
    server.get_as(&token, "/v2/old").await.has_status(200);
    server.get("/v2/old").await.has_status(401);
    for address in ["192.0.2.1", "192.0.2.2"] {
        for path in ["/v2/invoices/4711", "/v2/parcels/4711"] {
            // The second path is asked for by one client alone.
            if address.ends_with('1') || path.contains("invoices") {
                let request = server.request(Method::GET, path).header("x-forwarded-for", address);
                Answer::of(request).await.has_status(404);
            }
        }
    }
    for _ in 0..40 {
        let request = server.request(Method::POST, "/v2/sign-in");
        if Answer::of(request).await.status == 429 {
            break;
        }
    }
    server
}

// R89 in part, R101 in part: whoever reads it by a program finds each field in the book, and none that is not there.
#[tokio::test]
async fn each_field_is_told_by_the_book() {
    let console = include_str!("../../../book/src/console.md");
    let inventory = include_str!("../../../book/src/inventory.md");
    let server = busy().await;
    let inventory = told(inventory, "### The fields of `/inventory`\n");
    let seen = of(&ask(at(&server), "/inventory", "").await.json(), &inventory);
    // Numbers by the type of a problem are one field.
    assert_eq!(seen, inventory.keys().cloned().collect(), "/inventory");
    for (_, path) in PAGES {
        let fields = told(console, &format!("### `{path}`\n"));
        let known = fields.iter().filter(|(_, like)| like.is_some());
        let known: Fields = known.map(|(field, like)| (field.clone(), like.clone())).collect();
        let mut told: BTreeSet<String> = fields.keys().cloned().collect();
        let document = ask(at(&server), path, "").await.json();
        let mut seen = of(&document, &known);
        for (field, like) in known {
            let list = like.expect("one is told");
            let own: BTreeSet<_> =
                seen.iter().filter_map(|one| one.strip_prefix(&field)).map(str::to_owned).collect();
            let wanted: BTreeSet<_> = inventory
                .keys()
                .filter_map(|one| one.strip_prefix(&list))
                .map(str::to_owned)
                .collect();
            let strange: Vec<_> = own
                .difference(&wanted)
                .filter(|one| !one.is_empty() && !one.starts_with(".refused"))
                .collect();
            assert_eq!(strange, [""; 0], "{path}: {field} is not as {list}");
            seen.retain(|one| *one == field || !one.starts_with(&format!("{field}.")));
            told.insert(field);
        }
        // No version of this app is announced to be out; an operation is, whose fields are the same.
        if path == "/console/versions.json" && seen.remove("versions[].brownouts") {
            seen.extend(["from", "until"].map(|field| format!("versions[].brownouts[].{field}")));
        }
        // A list of texts, or of lists of them, is one field.
        let seen: BTreeSet<_> =
            seen.iter().map(|one| one.trim_end_matches("[]").to_owned()).collect();
        let told: BTreeSet<_> =
            told.iter().map(|one| one.trim_end_matches("[]").to_owned()).collect();
        assert_eq!(seen, told, "{path}: {document:#}");
    }
}

// One form of time, wherever it comes from: what was seen, a day that was declared, an outage that was announced.
#[tokio::test]
async fn times_have_one_form() {
    let server = busy().await;
    let mut times = 0;
    for path in PAGES.map(|(_, path)| path).into_iter().chain(["/inventory"]) {
        let text = ask(at(&server), path, "").await.body;
        for name in [
            "since",
            "deprecated",
            "sunset",
            "first",
            "last",
            "failed",
            "from",
            "until",
            "at",
            "zombie_since",
            "orphan_since",
        ] {
            for rest in text.split(&format!("\"{name}\":")).skip(1) {
                let is_time = rest.starts_with("null")
                    || (rest.starts_with("\"20") && rest[..22].ends_with("Z\""));
                assert!(is_time, "{path}: {name}: {}", &rest[..30.min(rest.len())]);
                times += usize::from(!rest.starts_with("null"));
            }
        }
    }
    assert!(times > 50, "only {times}");
}
