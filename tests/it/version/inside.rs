//! Parameters inside of a segment: which path is which route's, and how addresses are made of keys.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, Check, Client},
};

#[derive(Role, Debug)]
enum Role {
    Member,
}

#[derive(Version)]
#[version(paths = "as written", reason = "the reports were always called so")]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(max_len = 9, pattern = "^[a-z0-9]+$", unowned = "everybody has the same reports")]
struct Name(String);

/// A name that may have a hyphen in it.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(max_len = 9, pattern = "^[a-z0-9.-]+$", unowned = "everybody has the same reports")]
struct Tail(String);

#[derive(Resource)]
#[view(Echo, role = Role::Member, fields(text))]
struct Read {
    text: String,
}

/// Shows a report.
#[get("/reports/{name}", version = Version::V1.., role = Role::Member, view = Echo)]
async fn report(name: Unowned<Name>) -> Read {
    Read { text: format!("report {}", name.0.as_str()) }
}

/// Shows a report as a table.
#[get("/reports/{name}.csv", version = Version::V1.., role = Role::Member, view = Echo)]
async fn table(name: Unowned<Name>) -> Read {
    Read { text: format!("table {}", name.0.as_str()) }
}

/// Closes a report.
#[post("/reports/{name}:close", version = Version::V1.., role = Role::Member, view = Echo)]
async fn close(name: Unowned<Name>) -> Created<Read> {
    let tail = Tail::new(format!("{}-b.c", name.0.as_str())).expect("a tail");
    let read = Read { text: format!("closed {}", name.0.as_str()) };
    Created::at::<diff>((name.0, tail), read)
}

/// Compares two.
#[get("/reports/{name}-{tail}/diff", version = Version::V1.., role = Role::Member, view = Echo)]
async fn diff(name: Unowned<Name>, tail: Unowned<Tail>) -> Read {
    Read { text: format!("diff {} {}", name.0.as_str(), tail.0.as_str()) }
}

/// Shows a pack in one of its forms.
#[get("/packs/{name}.{tail}", version = Version::V1.., role = Role::Member, view = Echo)]
async fn pack(name: Unowned<Name>, tail: Unowned<Tail>) -> Read {
    Read { text: format!("pack {} {}", name.0.as_str(), tail.0.as_str()) }
}

/// Lists the parts of a report.
#[get("/parts/{name}/list", version = Version::V1.., role = Role::Member, view = Echo)]
async fn parts(name: Unowned<Name>) -> Read {
    Read { text: format!("parts of {}", name.0.as_str()) }
}

/// Shows an archive of parts.
#[get("/parts/all/{name}.zip", version = Version::V1.., role = Role::Member, view = Echo)]
async fn archive(name: Unowned<Name>) -> Read {
    Read { text: format!("archive {}", name.0.as_str()) }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(report, table, close, diff, pack, parts, archive))]
struct Reports;

fn app() -> AppBuilder {
    Reports::app().tokens(testing::issuer())
}

fn client() -> Client {
    testing::client(app()).expect("an app that starts")
}

#[tokio::test]
async fn a_path_is_of_the_route_that_it_fits() {
    let member = client().as_caller(Role::Member, "alice");
    for (path, text) in [
        ("/v1/reports/may", "report may"),
        ("/v1/reports/may.csv", "table may"),
        ("/v1/reports/newest.csv", "table newest"),
        ("/v1/reports/may-june/diff", "diff may june"),
        ("/v1/reports/may-june-1.2/diff", "diff may june-1.2"),
        ("/v1/packs/may.tar.gz", "pack may tar.gz"),
        ("/v1/parts/all/may.zip", "archive may"),
        // A word of another path may be a key.
        ("/v1/parts/all/list", "parts of all"),
        ("/v1/parts/may/list", "parts of may"),
    ] {
        let reply = member.get(path).await;
        assert_eq!(reply.json::<testing::JsonValue>()["text"], text, "{path}");
    }
    for path in [
        "/v1/reports/.csv",
        "/v1/reports/may.CSV",
        "/v1/reports/may%2Ecsv",
        "/v1/reports/may.csv.csv",
        "/v1/reports/may.csv/",
        "/v1/reports/-june/diff",
        "/v1/reports/may-/diff",
        "/v1/reports/may/diff",
        "/v1/reports/may%2Djune/diff",
        "/v1/packs/may",
        "/v1/packs/.tar",
        "/v1/packs/may.",
    ] {
        assert_eq!(member.get(path).await.status(), 404, "{path}");
    }
    assert_eq!(member.get("/v1/packs/..").await.status(), 404);
    assert_eq!(member.post("/v1/reports/may.csv").await.status(), 405);
    let made = member.post("/v1/reports/may:close").await;
    assert_eq!(made.header("location"), Some("/v1/reports/may-may-b.c/diff"));
    assert_eq!(member.post("/v1/reports/may%3Aclose").await.status(), 405);
}

#[test]
fn the_document_and_the_traffic_have_them() {
    let model = Reports::API.model();
    let document = openapi_json(&model, "v1").expect("a document");
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    for path in
        ["/v1/reports/{name}.csv", "/v1/reports/{name}:close", "/v1/reports/{name}-{tail}/diff"]
    {
        assert!(paths.contains_key(path), "{path}");
    }
    let two = &document["paths"]["/v1/reports/{name}-{tail}/diff"]["get"]["parameters"];
    assert_eq!((&two[0]["name"], &two[1]["name"]), (&"name".into(), &"tail".into()));
    let log =
        br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /v1/reports/may.csv HTTP/1.1" 200 9
"#;
    let traffic = Reports::app().traffic_in(&log[..]).expect("a log");
    let called: Vec<_> = traffic.operations.iter().filter(|one| one.calls > 0).collect();
    assert_eq!((called.len(), &*called[0].expected.path), (1, "/v1/reports/{name}.csv"));
}

#[tokio::test]
async fn verify_tries_other_forms_of_each() {
    let verified = testing::verify(app()).report().await.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    assert_eq!(verified.kept(Check::OddKeys), 7, "{verified}");
}

/// The same addresses, where requests state the version in their query.
mod stated {
    use super::*;

    #[derive(Version)]
    #[version(place = query("v"), paths = "as written", reason = "the readers have called these addresses for years")]
    enum Asked {
        V1,
        V2,
    }

    /// Shows a note.
    #[get("/notes/{note}", version = Asked::V1.., role = Role::Member, view = Echo)]
    async fn note(note: Unowned<Name>) -> Read {
        Read { text: note.0.as_str().to_owned() }
    }

    /// Shows a note as JSON.
    #[get("/notes/{name}.json", version = Asked::V1.., role = Role::Member, view = Echo)]
    async fn raw(name: Unowned<Name>) -> Read {
        Read { text: name.0.as_str().to_owned() }
    }

    #[api(roles = Role, versions = Asked, limit = Limit::per_principal(600).per_minute(), routes(note, raw))]
    struct Notes;

    #[test]
    fn the_traffic_of_two_addresses_is_that_of_two_operations() {
        let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /notes/may.json?v=v1 HTTP/1.1" 200 9
"#;
        let traffic = Notes::app().traffic_in(&log[..]).expect("a log");
        let calls: Vec<_> =
            traffic.operations.iter().map(|one| (&*one.expected.path, one.calls)).collect();
        assert_eq!(calls, [("/notes/{note}", 0), ("/notes/{name}.json", 1)]);
    }
}
