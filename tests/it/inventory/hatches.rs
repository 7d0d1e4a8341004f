//! An API that makes every exception there is: each is listed with its reason, as a text and as data.

mod ticket;
mod town;
mod wrapping;

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::HeaderMap;
use secure_api::{inventory::ApiModel, prelude::*, route::Extractor};

#[derive(Role)]
enum Role {
    Member,
    #[role(includes(Member))]
    Chief,
}

#[derive(Version)]
enum Version {
    V1,
    V2,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[value(key, range = 1..=9)]
struct ChestId(u32);

#[derive(Value, Debug, Clone, Copy)]
#[value(unowned = "whoever gives may name anybody's chest")]
struct Receiver(ChestId);

#[derive(Value, Debug, Clone, Copy)]
struct Wrapped(Receiver);

#[derive(Value, Debug, Clone, Copy)]
#[value(unowned = "whoever passes a gift on may name anybody")]
struct Further(Receiver);

#[derive(Value, Debug, Clone)]
#[value(min_len = 3, max_len = 3, pattern = "[A-Z]*", unowned = "a currency is nobody's")]
struct Code(String);

#[derive(Clone, Default)]
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

#[derive(Resource)]
#[view(ChestView, role = Role::Member, fields(
    id, #[allow(plain_secret, reason = "whoever has a chest sees the number on it")] token
))]
struct Chest {
    id: ChestId,
    token: String,
}

impl Object for Chest {
    type Key = ChestId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    async fn load(
        _: &Reader<Db>,
        _: ChestId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        false
    }
    fn scope(_: &Caller<Role>) {}
}

#[derive(Resource)]
#[view(RateView, public, fields(value))]
struct Rate {
    value: u32,
}

#[derive(Input)]
struct Gift {
    receiver: Receiver,
    #[input(items = 0..=2)]
    others: Option<Vec<Wrapped>>,
    further: Further,
    #[input(items = 0..=2, each(range = 0..=9))]
    shares: std::collections::BTreeMap<Receiver2, u32>,
    #[input(key = "a gift may come from anybody's chest")]
    chest: ChestId,
    #[input(max_len = 9, allow(read_only, reason = "the giver's own number"))]
    id: String,
    #[input(max_len = 9, allow(plain_secret, reason = "it is the number in a queue"))]
    token: String,
    wrapping: wrapping::Wrapping,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[value(unowned = "a share goes to anybody's chest")]
struct Receiver2(ChestId);

#[derive(Input)]
struct Manual {
    #[input(max_bytes = KIB, kinds = [FileKind::Pdf], allow(active_content, reason = "a manual is a PDF"))]
    file: UploadedFile,
}

/// Shows one of two.
#[get("/chests/{chest}/beside/{other}", version = Version::V1.., role = Role::Member, view = ChestView,
      allow(unrelated, reason = "any two chests can be compared"))]
async fn beside(chest: Authorized<Chest>, other: Authorized<Chest>) -> Authorized<Chest> {
    drop(other);
    chest
}

/// Shows the one that everybody may see.
#[get("/sample", version = Version::V1.., role = Role::Member, view = ChestView,
      allow(unproven, reason = "the sample is nobody's, and is made here"))]
async fn sample() -> Chest {
    Chest { id: ChestId::new(1).expect("an id"), token: String::new() }
}

/// Removes what is old.
#[delete("/chests", version = Version::V1.., role = Role::Member,
         allow(content, unchecked, reason = "old chests are removed whosever they are"))]
async fn clear(_old: Unchecked<Chest>, _but: Json<Gift>) -> NoContent {
    NoContent
}

/// Takes what another site's form sends.
#[put("/door", version = Version::V1.., role = Role::Member,
      allow(cross_site, reason = "the partner's page sends its form here"))]
async fn knock() -> NoContent {
    NoContent
}

/// Reads a header.
#[put("/display", version = Version::V1.., role = Role::Member,
      allow(extractor, reason = "the display sends its number in a header"))]
async fn show(_: Extractor<HeaderMap>) -> NoContent {
    NoContent
}

/// Shows a rate.
#[get("/rates/{code}", version = Version::V1.., public = "rates are on the website too", view = RateView,
      limit = Limit::unlimited("a cache stands before it"))]
async fn rate(_code: Unowned<Code>) -> Rate {
    Rate { value: 1 }
}

/// Gives something.
#[post("/gifts", version = Version::V1.., role = Role::Member)]
async fn give(_gift: Json<Gift>) -> Accepted {
    Accepted
}

/// Takes a manual.
#[post("/manuals", version = Version::V1.., role = Role::Member)]
async fn print(_manual: Upload<Manual>) -> Accepted {
    Accepted
}

/// Opens the door.
#[put("/admin/door", version = Version::V1.., role = Role::Member)]
async fn open() -> NoContent {
    NoContent
}

/// Closes the door, at the address that its old controls have.
#[put("/Door.aspx", version = Version::V1.., role = Role::Member,
      allow(path, reason = "the old controls have this address"))]
async fn close() -> NoContent {
    NoContent
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      allow(unused_role, unused_version, shared_admin, reason = "a hall is for members, from the first"),
      routes(beside, sample, clear, knock, show, rate, give, print, open, close))]
struct Hall;

/// Shows a chest of all tenants.
#[get("/chests/{chest}", version = Version::V1.., role = Role::Member, view = ChestView,
      allow(untenanted, reason = "all tenants begin with the same chests"))]
async fn shared(chest: Authorized<Chest>) -> Authorized<Chest> {
    chest
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), tenants,
      allow(unused_role, unused_version, reason = "a house is for members, from the first"), routes(shared))]
struct House;

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file)
}

fn sources(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut all = String::new();
    for entry in fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.ends_with("src/testing") {
            // What a user's tests leave out is no part of what is served.
            continue;
        }
        if path.is_dir() {
            all.push_str(&sources(&path.to_string_lossy()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&fs::read_to_string(&path).expect("a file"));
        }
    }
    all
}

/// Returns the keys and the methods that take a reason, from the sources of both crates and the tables of keys.
fn keys() -> BTreeSet<String> {
    let lists = read("secure-api-macros/src/keys.rs");
    let lists = lists.split("pub(crate) const ").skip(1);
    let rules =
        lists.filter(|list| list.split(':').next().is_some_and(|name| name.ends_with("ALLOW")));
    let rules = rules.flat_map(|list| {
        let list = list.split_once(';').expect("an end").0;
        list.split('"').skip(1).step_by(2)
    });
    let mut keys: BTreeSet<String> =
        rules.filter(|rule| *rule != "reason").map(str::to_owned).collect();
    for table in ["route", "api", "routes", "defaults", "object", "value", "input", "resource"] {
        let table = read(&format!("src/keys/{table}.md"));
        let rows = table.lines().filter(|row| row.contains("| a reason in words |"));
        keys.extend(rows.map(|row| row.split('`').nth(1).expect("a key").to_owned()));
    }
    // Its reason is a key beside it.
    keys.insert("ordered".to_owned());
    let methods = sources("secure-api-runtime/src");
    for method in methods.split("pub fn ").chain(methods.split("pub const fn ")).skip(1) {
        let (name, rest) = method.split_once('(').unwrap_or_default();
        let takes = rest.split(')').next().is_some_and(|arguments| arguments.contains("reason: "));
        let public = takes && name.bytes().all(|one| one.is_ascii_lowercase() || one == b'_');
        keys.extend(public.then(|| ticket::rule(name).to_owned()));
    }
    keys
}

fn models() -> [ApiModel; 2] {
    let issuer = Issuer::discover("https://login.example")
        .audience("hall")
        .introspect("hall", SecretBytes::random())
        .partial_profile("our issuer serves one client")
        .untyped("our issuer names no type of its tokens")
        .client_as_subject("our issuer names the subject of every person's token");
    let app = town::declared(Hall::app()).store(Db).tokens(issuer).source(ticket::Tickets);
    [app.build().expect("an app").model().clone(), House::API.model()]
}

// R34 in part, R101 in part: an exception that nobody sees is none that somebody could judge.
#[test]
fn every_hatch_is_a_row_with_its_reason() {
    let models = models();
    let hatches: Vec<_> = models.iter().flat_map(ApiModel::hatches).collect();
    let listed: BTreeSet<String> = hatches.iter().map(|hatch| hatch.rule.clone()).collect();
    assert_eq!(listed, keys());
    // What is added to the macros reads its reason by one function, so it is counted here.
    let calls = sources("secure-api-macros/src");
    assert_eq!(calls.matches("role::reason(").count() + calls.matches(" reason(public").count(), 7);
    let json = serde_json::to_string(&hatches).expect("JSON");
    let text = models.each_ref().map(secure_api::inventory::routes).concat();
    for hatch in &hatches {
        assert!(hatch.reason.split(' ').count() > 2, "{hatch:?}");
        assert!(json.contains(&serde_json::json!(hatch.reason).to_string()), "{hatch:?}");
        assert!(text.contains(&hatch.reason), "{hatch:?} is not in {text}");
    }
}

// R34 in part, R35: a body that names an object without its proof says so at its field, however deep the key is.
#[test]
fn a_key_that_is_marked_as_nobodys_is_listed_at_its_field() {
    let hatches = models()[0].hatches();
    for (place, reason) in [
        ("give Gift.receiver", "whoever gives may name anybody's chest"),
        ("give Gift.others", "whoever gives may name anybody's chest"),
        ("give Gift.further", "whoever gives may name anybody's chest"),
        ("give Gift.shares", "a share goes to anybody's chest"),
        ("rate", "a currency is nobody's"),
    ] {
        let is_it = |place_of: Option<&str>| place_of == Some(place);
        let found = hatches.iter().any(|hatch| {
            is_it(hatch.place.as_deref()) && hatch.rule == "unowned" && hatch.reason == reason
        });
        assert!(found, "{place} is not in {hatches:#?}");
    }
}
