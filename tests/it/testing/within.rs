//! Inner places that `verify` attacks: inputs in a query that name objects, and each form of a union.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use secure_api::{
    app::AppBuilder,
    prelude::*,
    testing::{self, Check},
};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
struct CrateId(Uuid);

#[derive(Resource, Clone)]
#[view(CrateView, role = Role::Member, fields(id))]
struct Crate {
    id: CrateId,
    owner: CallerId,
}

/// The crates, and the forms that were sent.
#[derive(Clone, Default)]
struct Crates(Arc<Mutex<BTreeMap<CrateId, Crate>>>);

#[derive(Clone, Default)]
struct Sent(Arc<Mutex<BTreeSet<&'static str>>>);

impl Store for Crates {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

#[object(owner = owner)]
impl Object for Crate {
    async fn load(
        crates: &Reader<Crates>,
        id: CrateId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(crates.0.lock().expect("no panic").get(&id).cloned())
    }
}

#[derive(Input)]
struct NewCrate {
    filling: Filling,
}

#[derive(Input)]
#[input(untagged, ordered, reason = "the old clients send the short form")]
enum Filling {
    Light(Light),
    Heavy(Heavy),
}

#[derive(Input)]
struct Light {
    #[input(range = 1..=9)]
    weight: u8,
}

#[derive(Input)]
struct Heavy {
    #[input(range = 5..=99)]
    weight: u8,
    #[input(max_len = 5)]
    label: Option<String>,
}

/// Keeps a crate.
#[post("/crates", version = Version::V1, role = Role::Member, view = CrateView)]
async fn keep(
    crates: Writer<Crates>,
    sent: Service<Sent>,
    caller: Caller<Role>,
    Json(new): Json<NewCrate>,
) -> Result<Created<Authorized<Crate>>, Denied> {
    let form = match new.filling {
        Filling::Light(Light { weight: 1..=9 }) => "light",
        Filling::Heavy(Heavy { weight: 5..=99, label: Some(_) }) => "heavy",
        _ => "another",
    };
    sent.0.lock().expect("no panic").insert(form);
    let id = CrateId::new(Uuid::now_v7());
    let made = Authorized::create(Crate { id, owner: caller.id().clone() }, &caller)?;
    crates.0.lock().expect("no panic").insert(id, (*made).clone());
    Ok(Created::at::<get_crate>(id, made))
}

/// Shows a crate.
#[get("/crates/{id}", version = Version::V1, role = Role::Member, view = CrateView)]
async fn get_crate(id: Authorized<Crate>) -> Authorized<Crate> {
    id
}

/// A row that a crate stands in.
#[derive(Input)]
struct Row {
    of: Ref<Crate>,
    beside: Ref<Crate>,
    #[input(range = 1..=9)]
    row: u8,
}

#[derive(Input)]
struct Always {
    within: Row,
}

#[derive(Input)]
struct Maybe {
    within: Option<Row>,
}

#[derive(Input)]
struct AsJson {
    #[input(json)]
    within: Option<Row>,
}

/// Shows the crate that a row has.
#[get("/always", version = Version::V1, role = Role::Member, view = CrateView)]
async fn always(Query(Always { within }): Query<Always>) -> Ref<Crate> {
    drop((within.beside, within.row));
    within.of
}

/// Looks for a row, or for none.
#[post("/maybe", version = Version::V1, role = Role::Member)]
async fn maybe(Query(Maybe { within }): Query<Maybe>) -> Accepted {
    drop(within);
    Accepted
}

/// Looks for a row that is told as JSON.
#[post("/as-json", version = Version::V1, role = Role::Member)]
async fn as_json(Query(AsJson { within }): Query<AsJson>) -> Accepted {
    drop(within);
    Accepted
}

/// Keeps crates.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(keep, get_crate, always, maybe, as_json))]
struct Stores;

fn app(sent: &Sent) -> AppBuilder {
    let app = Stores::app().store(Crates::default()).service(sent.clone());
    app.tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

#[tokio::test]
async fn objects_of_somebody_else_are_named_wherever_a_query_names_some() {
    let verified = testing::verify(app(&Sent::default())).await;
    assert_eq!(verified.kept(Check::References), 3, "{verified}");
    assert_eq!(verified.kept(Check::Queries), 5, "{verified}");
    let untested = verified.untested.iter().map(|one| one.check);
    assert!(!untested.collect::<Vec<_>>().contains(&Some(Check::References)), "{verified}");
}

#[tokio::test]
async fn each_form_of_a_union_is_sent_and_its_bounds_are_crossed() {
    let sent = Sent::default();
    let verified = testing::verify(app(&sent)).await;
    assert!(verified.kept(Check::Bounds) > 0, "{verified}");
    let sent = sent.0.lock().expect("no panic");
    assert_eq!(*sent, BTreeSet::from(["heavy", "light"]), "{verified}");
}
