//! Records of several tenants, behind an API that is of tenants and behind one that is not.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use secure_api::{app::AppBuilder, clock::Clock, prelude::*};

use crate::support::{
    TestServer,
    model::{Role, Version},
    server::START,
    store::Db,
    token,
};

const STANDARD: Limit = Limit::per_principal(10_000).per_minute();

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1000)]
pub(crate) struct RecordId(u64);

/// An object that everybody in its tenant may do anything to.
#[derive(Resource, Clone)]
#[view(RecordView, role = Role::Customer, fields(id))]
pub(crate) struct Record {
    id: RecordId,
    tenant: String,
}

/// An object that all tenants share.
#[derive(Resource, Clone)]
#[view(TemplateView, role = Role::Customer, fields(id))]
pub(crate) struct Template {
    id: RecordId,
}

/// The caller, as the handler knows it.
#[derive(Resource)]
#[view(MeView, public, fields(subject, tenant))]
pub(crate) struct Me {
    subject: String,
    tenant: Option<String>,
}

/// Clones share it.
#[derive(Clone, Default)]
pub(crate) struct Vault {
    records: Arc<Vec<Record>>,
    runs: Arc<AtomicU64>,
}

/// The number of times that handlers ran.
#[derive(Default)]
pub(crate) struct Runs(Arc<AtomicU64>);

impl Store for Vault {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

/// The rules that were asked, by subject, in all tests.
static ASKED: Mutex<Vec<(String, u64)>> = Mutex::new(Vec::new());

impl Vault {
    fn stocked() -> Self {
        let tenants = [(1, "acme"), (2, "acme"), (3, "acme"), (7, "globex"), (8, "")];
        let record = |(id, tenant): (u64, &str)| Record { id: RecordId(id), tenant: tenant.into() };
        Self { records: Arc::new(tenants.map(record).into()), ..Self::default() }
    }

    pub(crate) fn runs(&self) -> u64 {
        self.runs.load(Ordering::SeqCst)
    }

    fn find(&self, id: RecordId) -> Option<Record> {
        self.records.iter().find(|record| record.id == id).cloned()
    }
}

/// Returns the number of times that the rules of a subject's requests were asked so far.
pub(crate) fn rules_asked(subject: &str) -> usize {
    let asked = ASKED.lock().expect("no panic under the lock");
    asked.iter().filter(|(by, _)| by == subject).count()
}

impl Object for Record {
    const TENANT: Option<fn(&Self) -> &str> = Some(|record| &record.tenant);
    type Key = RecordId;
    type Store = Vault;
    type Roles = Role;
    type Scope = ();

    async fn load(
        vault: &Reader<Vault>,
        id: RecordId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(vault.find(id))
    }

    fn permits(&self, caller: &Caller<Role>, _: Action) -> bool {
        let mut asked = ASKED.lock().expect("no panic under the lock");
        asked.push((caller.subject().to_owned(), self.id.0));
        true
    }

    fn scope(_: &Caller<Role>) {}
}

impl Object for Template {
    type Key = RecordId;
    type Store = Vault;
    type Roles = Role;
    type Scope = ();

    async fn load(
        _: &Reader<Vault>,
        id: RecordId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self { id }))
    }

    fn permits(&self, _: &Caller<Role>, action: Action) -> bool {
        action == Action::Read
    }

    fn scope(_: &Caller<Role>) {}
}

/// Shows a record.
#[get("/records/{record}", version = Version::V1.., role = Role::Customer, view = RecordView)]
pub(crate) async fn show(record: Authorized<Record>) -> Authorized<Record> {
    record
}

/// Removes a record.
#[delete("/records/{record}", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn remove(record: Authorized<Record>, runs: Service<Runs>) -> NoContent {
    drop(record);
    runs.0.fetch_add(1, Ordering::SeqCst);
    NoContent
}

/// Acts on a record, and answers with another tenant's.
#[post("/records/{record}/exchange", version = Version::V1.., role = Role::Customer, view = RecordView)]
pub(crate) async fn exchange(record: Authorized<Record>) -> Performed<Authorized<Record>> {
    Performed(record.map(|record| Record { tenant: "globex".to_owned(), ..record }))
}

/// Lists records, carelessly: those of all tenants.
#[get("/records", version = Version::V1.., role = Role::Customer, view = RecordView)]
pub(crate) async fn list(
    vault: Reader<Vault>,
    records: Scoped<Record>,
    paging: Paging<RecordId>,
) -> Page<Authorized<Record>> {
    let after = paging.position().map_or(0, |id| id.0);
    let rows = vault.records.iter().filter(|record| record.id.0 > after);
    records.paged(&paging, rows.take(paging.rows()).cloned().collect(), |last| last.id)
}

#[derive(Input)]
pub(crate) struct NewRecord {
    /// The tenant that it gets: the handler believes its caller.
    #[input(text, max_len = 20)]
    of: String,
}

/// Creates a record of some tenant.
#[post("/records", version = Version::V1.., role = Role::Customer, view = RecordView)]
pub(crate) async fn create(
    caller: Caller<Role>,
    Json(new): Json<NewRecord>,
) -> Result<Created<Authorized<Record>>, Denied> {
    let record = Record { id: RecordId(900), tenant: new.of };
    let record = Authorized::create(record, &caller)?;
    Ok(Created::at::<show>(record.id, record))
}

/// Shows a template.
#[get("/templates/{template}", version = Version::V1.., role = Role::Customer, view = TemplateView,
      allow(untenanted, reason = "all tenants begin with the same templates"))]
pub(crate) async fn template(template: Authorized<Template>) -> Authorized<Template> {
    template
}

/// Says who is calling, if anybody.
#[get("/me", version = Version::V1.., public = "it says what the caller knows", view = MeView)]
pub(crate) async fn me(caller: Option<Caller<Role>>) -> Me {
    let tenant = caller.as_ref().and_then(|caller| caller.tenant()).map(str::to_owned);
    Me { subject: caller.map_or_else(String::new, |caller| caller.subject().to_owned()), tenant }
}

/// Does a thing seldom.
#[post("/seldom", version = Version::V1.., role = Role::Customer,
       limit = Limit::per_principal(2).per_minute())]
pub(crate) async fn seldom() -> Accepted {
    Accepted
}

/// Does the first step.
#[post("/checkout", version = Version::V1.., role = Role::Customer)]
pub(crate) async fn checkout() -> Accepted {
    Accepted
}

/// Does the second step.
#[post("/payment", version = Version::V1.., role = Role::Customer,
       after(checkout, within = Duration::from_secs(60)))]
pub(crate) async fn pay() -> Accepted {
    Accepted
}

/// Does a thing once for each key.
#[post("/once", version = Version::V1.., role = Role::Customer, view = MeView, idempotency_key)]
pub(crate) async fn once(caller: Caller<Role>, runs: Service<Runs>) -> Performed<Me> {
    runs.0.fetch_add(1, Ordering::SeqCst);
    let tenant = caller.tenant().map(str::to_owned);
    Performed(Me { subject: caller.subject().to_owned(), tenant })
}

/// The API of tenants.
#[api(roles = Role, versions = Version, limit = STANDARD, tenants,
      allow(unused_role, reason = "the roles are the depot's"),
      routes(show, remove, exchange, list, create, template, me, seldom, checkout, pay, once))]
pub(crate) struct Tenants;

/// The same of callers with or without a tenant.
#[api(roles = Role, versions = Version, limit = STANDARD,
      allow(unused_role, reason = "the roles are the depot's"),
      routes(show, remove, exchange, list, create, template, me, seldom, checkout, pay, once))]
pub(crate) struct Anybody;

pub(crate) fn claimed() -> Issuer {
    token::issuer().tenant_claim("org_id")
}

pub(crate) async fn run(app: AppBuilder, issuer: Issuer) -> (TestServer, Vault) {
    let (vault, clock) = (Vault::stocked(), Clock::manual(START));
    let app = app
        .store(vault.clone())
        .service(Runs(Arc::clone(&vault.runs)))
        .tokens(issuer)
        .clock(clock.clone())
        .build()
        .expect("an app that starts");
    (TestServer::run(app, Db::default(), clock).await, vault)
}

/// Starts both APIs, at an issuer with a tenant claim.
pub(crate) async fn both() -> [(TestServer, Vault); 2] {
    [run(Tenants::app(), claimed()).await, run(Anybody::app(), claimed()).await]
}

/// Returns a token of a subject in a tenant.
pub(crate) fn of(server: &TestServer, tenant: &str, subject: &str) -> String {
    token::sign(&token::claims(subject, &["customer"]).claim("org_id", tenant), &server.clock)
}
