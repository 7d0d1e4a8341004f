//! Documents of the framework itself: what it declares comes back as a declaration.

use secure_api::{docs::openapi_json, prelude::*};

use super::*;

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource)]
#[view(PartView, role = Role::Member, fields(number, nanos, floor, grams))]
struct Part {
    number: u32,
    nanos: NumberText<u64>,
    floor: NumberText<i8>,
    grams: NumberText<i64>,
}

#[derive(Input)]
struct Wanted {
    #[input(items = 1..=100, each(range = 1..=1000))]
    numbers: Vec<u32>,
}

#[derive(Input)]
struct Place {
    #[input(range = 0..=10_000)]
    offset: Option<u32>,
}

/// Finds parts.
#[query("/parts", version = Version::V1.., role = Role::Member, view = PartView)]
async fn find_parts(Json(wanted): Json<Wanted>) -> Page<Part> {
    drop(wanted.numbers);
    Page::new(Vec::new())
}

/// Lists parts.
#[get("/parts", version = Version::V1.., role = Role::Member, view = PartView)]
async fn list_parts(paging: Paging<u32>) -> Page<Part> {
    Page::paged(&paging, Vec::new(), |part: &Part| part.number)
}

/// Lists parts in the form of another contract.
#[get("/parts/all", version = Version::V1.., role = Role::Member, view = PartView, page(items = "parts", next = "cursor", total = "partCount"))]
async fn list_all(paging: Paging<u32>) -> Page<Part> {
    Page::paged(&paging, Vec::new(), |part: &Part| part.number).total(0)
}

/// Lists parts from an offset on.
#[get("/parts/from", version = Version::V1.., role = Role::Member, view = PartView, page(total = "count"))]
async fn list_from(Query(place): Query<Place>) -> Page<Part> {
    let _from = place.offset;
    Page::new(Vec::new()).total(0)
}

/// Lists parts as a bare array.
#[get("/parts/bare", version = Version::V1.., role = Role::Member, view = PartView, page(array, links))]
async fn list_bare(paging: Paging<u32>) -> Page<Part> {
    Page::paged(&paging, Vec::new(), |part: &Part| part.number)
}

/// Adds parts.
#[post("/parts", version = Version::V1.., role = Role::Member, view = PartView)]
async fn add_parts(Json(wanted): Json<Wanted>) -> CreatedWith<Array<Part, 100>> {
    drop(wanted.numbers);
    CreatedWith(Array(Vec::new()))
}

/// A store of parts.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(find_parts, list_parts, list_all, list_from, list_bare, add_parts))]
struct Store;

#[test]
fn a_document_of_ones_own_comes_back_whole() {
    let text = openapi_json(&Store::API.model(), "v1").expect("a version");
    let document: Value = serde_json::from_str(&text).expect("a document");
    let report = report(&document);
    assert_eq!((&report["operations"], &report["declared"]), (&json!(6), &json!(6)), "{report}");
    let files = written(&document, None);
    let all: String = files
        .iter()
        .filter(|(name, _)| name.starts_with("src/"))
        .map(|(_, text)| &**text)
        .collect();
    for wanted in [
        "#[query(\"/parts\"",
        "page(items = \"parts\", next = \"cursor\", total = \"partCount\")",
        "page(total = \"count\")",
        "page(array, links)",
        "pub(crate) nanos: NumberText<u64>",
        "pub(crate) floor: NumberText<i8>",
        "pub(crate) grams: NumberText<i64>",
        "-> CreatedWith<Array<",
        "pub(crate) offset: Option<i32>",
    ] {
        assert!(all.contains(wanted), "{wanted}\n{all}");
    }
    for (wanted, count) in
        [("-> Page<", 4), ("paging: Paging<u64>", 3), ("size: ", 0), (" fields: ", 0), ("page(", 3)]
    {
        assert_eq!(all.matches(wanted).count(), count, "{wanted}\n{all}");
    }
}
