//! Paths that are as written: served in that form, and in no other.

use std::collections::BTreeSet;

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, Check, Client},
};

use crate::support::{small, started};

#[derive(Role, Debug)]
enum Role {
    Member,
}

#[derive(Version)]
#[version(paths = "as written", reason = "the tills have called these addresses for years")]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(text, max_len = 9, pattern = "^[a-z0-9]+$", unowned = "every till sells every part")]
struct Part(String);

#[derive(Resource)]
#[view(CountView, role = Role::Member, fields(count))]
struct Count {
    count: u32,
}

/// Shows what there is.
#[get("/", version = Version::V1.., role = Role::Member, view = CountView)]
async fn root() -> Count {
    Count { count: 1 }
}

/// Counts what was sold.
#[get("/Sales_Report.php", version = Version::V1.., role = Role::Member, view = CountView)]
async fn sold() -> Count {
    Count { count: 2 }
}

/// Counts a part.
#[get("/Parts/{part}/", version = Version::V1.., role = Role::Member, view = CountView)]
async fn counted(_part: Unowned<Part>) -> Count {
    Count { count: 3 }
}

/// Makes a part.
#[post("/parts:make", version = Version::V1.., role = Role::Member, view = CountView)]
async fn make() -> Created<Count> {
    Created::at::<counted>(Part::new("bolt".to_owned()).expect("a part"), Count { count: 4 })
}

/// Has every sign that a path may have.
#[get("/a~b;c=d,e@f$g!'(h)*i+j", version = Version::V1.., role = Role::Member, view = CountView,
      deprecated(since = "2026-01-01", instead = sold))]
async fn signs() -> Count {
    Count { count: 5 }
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(key, range = 1..=9)]
struct TillId(u32);

/// A till, which anybody may remove and nobody may change.
struct Till;

#[derive(Clone)]
struct Db;

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Object for Till {
    type Key = TillId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(
        _: &Reader<Db>,
        _: TillId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self))
    }

    fn permits(&self, _: &Caller<Role>, action: Action) -> bool {
        action == Action::Delete
    }

    fn scope(_: &Caller<Role>) {}
}

/// Removes a till.
#[delete("/Tills/{till}/", version = Version::V1.., role = Role::Member)]
async fn remove(till: Authorized<Till>) -> NoContent {
    drop(till);
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(root, sold, counted, make, signs))]
struct Tills;

/// Removes a till by the name of its file.
#[delete("/Tills/{till}.json", version = Version::V1.., role = Role::Member)]
async fn remove_file(till: Authorized<Till>) -> NoContent {
    drop(till);
    NoContent
}

/// Removes the second of two tills.
#[delete("/Pairs/{first}-{till}", version = Version::V1.., role = Role::Member)]
async fn remove_second(first: Unowned<Part>, till: Authorized<Till>) -> NoContent {
    drop((first, till));
    NoContent
}

/// Changes a till: what stands below it is not it.
#[delete("/Tills/{till}.old/notes", version = Version::V1.., role = Role::Member)]
async fn remove_notes(till: Authorized<Till>) -> NoContent {
    drop(till);
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(remove, remove_file, remove_second, remove_notes))]
struct Counter;

fn app() -> AppBuilder {
    small(Tills::app())
}

fn client() -> Client {
    started(Tills::app())
}

/// Else a slash, or an ending, would turn one permission into another.
#[tokio::test]
async fn what_the_last_segment_of_a_path_names_is_its_object() {
    let client = started(Counter::app().store(Db));
    let member = client.as_caller(Role::Member, "alice");
    assert_eq!(member.delete("/v1/Tills/7/").await.status(), 204);
    assert_eq!(member.delete("/v1/Tills/7.json").await.status(), 204);
    assert_eq!(member.delete("/v1/Pairs/a-7").await.status(), 204);
    for path in ["/v1/Tills/7", "/v1/Tills/7.old/notes"] {
        assert_eq!(member.delete(path).await.status(), 404, "{path}");
    }
}

const SERVED: [&str; 4] =
    ["/v1/", "/v1/Sales_Report.php", "/v1/Parts/bolt/", "/v1/a~b;c=d,e@f$g!'(h)*i+j"];

#[tokio::test]
async fn a_path_is_served_as_it_is_written_and_in_no_other_form() {
    let member = client().as_caller(Role::Member, "alice");
    for path in SERVED {
        assert_eq!(member.get(path).await.status(), 200, "{path}");
    }
    for path in [
        "/v1",
        "/v1/sales_report.php",
        "/v1/Sales_Report.php/",
        "/v1/Sales%5FReport.php",
        "/v1/%53ales_Report.php",
        "/v1/Parts/bolt",
        "/v1/parts/bolt/",
        "/v1/Parts//",
        "/v1/Parts/",
        "/v1/a~b;c=d,e@f$g!%27(h)*i+j",
        "/v1/parts%3Amake",
        "/V1/",
    ] {
        assert_eq!(member.get(path).await.status(), 404, "{path}");
    }
    assert_eq!(member.get("/v1//").await.status(), 404);
}

#[tokio::test]
async fn addresses_that_the_app_tells_are_as_written() {
    let member = client().as_caller(Role::Member, "alice");
    let made = member.post("/v1/parts:make").await;
    assert_eq!(made.status(), 201);
    assert_eq!(made.header("location"), Some("/v1/Parts/bolt/"));
    let old = member.get(SERVED[3]).await;
    let link = "</v1/Sales_Report.php>; rel=\"successor-version\"";
    assert_eq!(old.header("link"), Some(link));
}

#[test]
fn the_document_and_the_inventory_have_them_as_written() {
    let model = Tills::API.model();
    let document = openapi_json(&model, "v1").expect("a document");
    let document: serde_json::Value = serde_json::from_str(&document).expect("JSON");
    let paths: BTreeSet<_> = document["paths"].as_object().expect("paths").keys().collect();
    let declared = [
        "/v1/",
        "/v1/Parts/{part}/",
        "/v1/Sales_Report.php",
        "/v1/a~b;c=d,e@f$g!'(h)*i+j",
        "/v1/parts:make",
    ];
    assert_eq!(paths.into_iter().collect::<Vec<_>>(), declared);
    let hatches = model.hatches();
    let path = hatches.iter().find(|hatch| hatch.rule == "path").expect("an exception");
    assert_eq!(path.place, None);
    assert_eq!(path.reason, "the tills have called these addresses for years");
    let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "GET /v1/Parts/bolt/ HTTP/1.1" 200 9
192.0.2.1 - - [29/Nov/2026:20:42:27 +0000] "GET /v1/parts/bolt HTTP/1.1" 404 9
"#;
    let traffic = Tills::app().traffic_in(&log[..]).expect("a log");
    let called: Vec<_> = traffic.operations.iter().filter(|one| one.calls > 0).collect();
    assert_eq!((called.len(), &*called[0].expected.path), (1, "/v1/Parts/{part}/"));
}

#[tokio::test]
async fn verify_tries_other_forms_of_each() {
    let verified = testing::verify(app()).report().await.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    assert_eq!(verified.kept(Check::OddKeys), verified.routes.len(), "{verified}");
}

mod of_a_module {
    use super::{Count, CountView, Limit, NoContent, Role, api, delete, get, routes, started};
    use secure_api::prelude::Version;

    #[derive(Version)]
    enum Versions {
        V1,
    }

    #[routes(prefix = "/Orders", version = Versions::V1.., role = Role::Member,
             allow(path, reason = "the old clients have these addresses"))]
    mod orders {
        use super::*;

        /// Counts them.
        #[get("/", view = CountView)]
        async fn count() -> Count {
            Count { count: 1 }
        }

        /// Removes them.
        #[delete("/all.old/")]
        async fn clear() -> NoContent {
            NoContent
        }
    }

    #[api(roles = Role, versions = Versions, limit = Limit::per_principal(600).per_minute(), routes(orders))]
    struct House;

    #[tokio::test]
    async fn a_module_says_it_of_its_prefix_and_its_routes() {
        let client = started(House::app());
        let member = client.as_caller(Role::Member, "alice");
        assert_eq!(member.get("/v1/Orders").await.status(), 200);
        assert_eq!(member.delete("/v1/Orders/all.old/").await.status(), 204);
        assert_eq!(member.get("/v1/orders").await.status(), 404);
        let hatches = House::API.model().hatches();
        let told: Vec<_> = hatches.iter().map(|one| (one.place.as_deref(), &*one.rule)).collect();
        assert_eq!(told, [(Some("count"), "path"), (Some("clear"), "path")]);
    }
}
