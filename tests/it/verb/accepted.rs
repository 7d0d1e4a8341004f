//! 202 with content: what is shown of work that is done later, through the views that any answer has.

use secure_api::{docs::openapi_json, prelude::*, testing};
use serde_json::{Value as Parsed, json};

use crate::support::{small, started};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Chief,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource, Clone)]
#[view(ExportView, role = Role::Member, fields(id, done))]
#[view(FullExport, role = Role::Chief, extends = ExportView, fields(cost))]
struct Export {
    id: u32,
    done: bool,
    cost: u32,
}

const EXPORT: Export = Export { id: 7, done: false, cost: 120 };

/// Begins an export.
#[post("/exports", version = Version::V1.., role = Role::Member, idempotency_key,
       view(Role::Chief => FullExport, _ => ExportView))]
async fn begin() -> AcceptedWith<Export> {
    AcceptedWith(EXPORT)
}

/// Begins all of them.
#[put("/exports", version = Version::V1.., role = Role::Member, view = ExportView)]
async fn begin_all() -> AcceptedWith<Array<Export, 2>> {
    AcceptedWith(Array(vec![EXPORT, EXPORT]))
}

/// Takes one back.
#[delete("/exports", version = Version::V1.., role = Role::Member)]
async fn take_back() -> AcceptedWith<Scalar<u32>> {
    AcceptedWith(Scalar(3))
}

/// An archive.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(begin, begin_all, take_back))]
struct Archive;

// R111
#[tokio::test]
async fn a_202_shows_what_its_caller_may_see() {
    let api = started(Archive::app());
    let (member, chief) =
        (api.as_caller(Role::Member, "alice"), api.as_caller(Role::Chief, "cleo"));
    let begin = |caller: &testing::Actor| {
        caller.request("POST", "/v1/exports").header("idempotency-key", "\"0123456789abcdef\"")
    };
    let shown = begin(&member).await;
    assert_eq!(shown.assert_status(202).json::<Parsed>(), json!({ "id": 7, "done": false }));
    assert!(shown.header("location").is_none() && shown.header("etag").is_none());
    let again = begin(&member).await;
    assert_eq!(again.assert_status(202).text(), shown.text());
    assert!(again.header("idempotency-replayed").is_some());
    let all = begin(&chief).await;
    assert_eq!(
        all.assert_status(202).json::<Parsed>(),
        json!({ "id": 7, "done": false, "cost": 120 })
    );
    let list = member.request("PUT", "/v1/exports").await;
    assert_eq!(list.assert_status(202).json::<Parsed>().as_array().map(Vec::len), Some(2));
    assert_eq!(member.request("DELETE", "/v1/exports").await.assert_status(202).text(), "3");
}

#[tokio::test]
async fn documents_have_its_schema_and_verify_looks_at_it() {
    let text = openapi_json(&Archive::API.model(), "v1").expect("a version");
    let document: Parsed = serde_json::from_str(&text).expect("a document");
    let answers = |verb: &str| document["paths"]["/v1/exports"][verb]["responses"].clone();
    for verb in ["post", "put", "delete"] {
        let answers = answers(verb);
        let schema = &answers["202"]["content"]["application/json"]["schema"];
        assert!(schema.is_object() && answers["200"].is_null(), "{verb}: {answers}");
    }
    assert_eq!(answers("put")["202"]["content"]["application/json"]["schema"]["maxItems"], 2);
    let verified = testing::verify(small(Archive::app())).await;
    assert!(verified.broken.is_empty(), "{verified}");
    assert!(verified.kept(testing::Check::Views) >= 3, "{verified}");
}
