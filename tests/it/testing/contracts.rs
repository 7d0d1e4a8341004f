//! Three small APIs: contracts of plans that clerks make, seals that nothing makes, hens and eggs that make each other.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use secure_api::prelude::*;

#[derive(Role)]
pub(super) enum Role {
    Member,
    #[role(includes(Member))]
    Clerk,
}

#[derive(Version)]
pub(super) enum Version {
    V1,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=1_000_000)]
pub(super) struct RowId(u32);

type Found<T> = Result<Option<T>, StoreError>;

/// The rows of all tables, by their numbers. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Db(Arc<Mutex<BTreeMap<RowId, Row>>>);

/// The table of a row, and its owner.
type Row = (&'static str, CallerId);

impl Db {
    fn rows(&self) -> MutexGuard<'_, BTreeMap<RowId, Row>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a number that no row has.
    fn next(&self) -> RowId {
        let last = self.rows().keys().next_back().map_or(100, |last| last.0);
        RowId::new(last + 1).expect("a small number")
    }

    pub(super) fn put(&self, table: &'static str, id: RowId, owner: &CallerId) {
        self.rows().insert(id, (table, owner.clone()));
    }

    fn find(&self, table: &'static str, id: RowId) -> Option<CallerId> {
        self.rows().get(&id).filter(|row| row.0 == table).map(|row| row.1.clone())
    }
}

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

/// A plan: everybody may read it, a clerk makes it, and nobody owns it.
#[derive(Resource, Debug, Clone)]
#[view(PlanView, role = Role::Member, fields(id))]
pub(super) struct Plan {
    id: RowId,
}

impl Object for Plan {
    type Key = RowId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(db: &Reader<Db>, id: RowId, _: &Loading<Role>) -> Found<Self> {
        Ok(db.find("plan", id).map(|_| Self { id }))
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        action == Action::Read || caller.has(Role::Clerk)
    }

    fn scope(_: &Caller<Role>) {}
}

/// A contract, which its holder owns.
#[derive(Resource, Debug, Clone)]
#[view(ContractView, role = Role::Member, fields(id))]
pub(super) struct Contract {
    id: RowId,
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Contract {
    async fn load(db: &Reader<Db>, id: RowId, _: &Loading<Role>) -> Found<Self> {
        Ok(db.find("contract", id).map(|holder| Self { id, holder }))
    }
}

/// A seal: nothing makes one.
#[derive(Resource, Debug, Clone)]
#[view(SealView, role = Role::Member, fields(id))]
pub(super) struct Seal {
    id: RowId,
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Seal {
    async fn load(db: &Reader<Db>, id: RowId, _: &Loading<Role>) -> Found<Self> {
        Ok(db.find("seal", id).map(|holder| Self { id, holder }))
    }
}

/// An egg: a hen lays it.
#[derive(Resource, Debug, Clone)]
#[view(EggView, role = Role::Member, fields(id))]
pub(super) struct Egg {
    id: RowId,
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Egg {
    async fn load(db: &Reader<Db>, id: RowId, _: &Loading<Role>) -> Found<Self> {
        Ok(db.find("egg", id).map(|holder| Self { id, holder }))
    }
}

/// A hen: it comes out of an egg.
#[derive(Resource, Debug, Clone)]
#[view(HenView, role = Role::Member, fields(id))]
pub(super) struct Hen {
    id: RowId,
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Hen {
    async fn load(db: &Reader<Db>, id: RowId, _: &Loading<Role>) -> Found<Self> {
        Ok(db.find("hen", id).map(|holder| Self { id, holder }))
    }
}

#[derive(Input)]
pub(super) struct NewContract {
    terms: Ref<Plan>,
    #[input(range = 1..=12)]
    months: u8,
    #[input(items = 1..=2)]
    lines: Vec<Line>,
}

#[derive(Input)]
pub(super) struct Line {
    #[input(min_len = 2, max_len = 20)]
    text: String,
}

#[derive(Input)]
pub(super) struct Renewal {
    of: Renewed,
}

#[derive(Input)]
pub(super) struct Renewed {
    contract: Ref<Contract>,
}

#[derive(Input)]
pub(super) struct Sealing {
    seal: Ref<Seal>,
    wax: Option<Wax>,
}

#[derive(Input)]
#[input(tag = "kind")]
enum Wax {
    Plain,
    Stamped { like: Ref<Seal> },
}

/// Makes a plan: the rule lets a clerk alone.
#[post("/plans", version = Version::V1.., role = Role::Member, view = PlanView)]
pub(super) async fn make_plan(
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Plan>>, Denied> {
    let plan = Authorized::create(Plan { id: db.next() }, &caller)?;
    db.put("plan", plan.id, caller.id());
    Ok(Created::at::<get_plan>(plan.id, plan))
}

/// Shows a plan.
#[get("/plans/{plan}", version = Version::V1.., role = Role::Member, view = PlanView)]
pub(super) async fn get_plan(plan: Authorized<Plan>) -> Authorized<Plan> {
    plan
}

/// Signs a contract.
#[post("/contracts", version = Version::V1.., role = Role::Member, view = ContractView)]
pub(super) async fn sign(
    db: Writer<Db>,
    caller: Caller<Role>,
    Json(new): Json<NewContract>,
) -> Result<Created<Authorized<Contract>>, Denied> {
    drop((new.terms, new.months, new.lines.into_iter().map(|line| line.text).next()));
    let contract = Contract { id: db.next(), holder: caller.id().clone() };
    let contract = Authorized::create(contract, &caller)?;
    db.put("contract", contract.id, caller.id());
    Ok(Created::at::<get_contract>(contract.id, contract))
}

/// Shows a contract.
#[get("/contracts/{contract}", version = Version::V1.., role = Role::Member, view = ContractView)]
pub(super) async fn get_contract(contract: Authorized<Contract>) -> Authorized<Contract> {
    contract
}

/// Renews a contract.
#[post("/renewals", version = Version::V1.., role = Role::Member)]
pub(super) async fn renew(Json(renewal): Json<Renewal>) -> Accepted {
    drop(renewal.of.contract);
    Accepted
}

/// Shows a seal.
#[get("/seals/{seal}", version = Version::V1.., role = Role::Member, view = SealView)]
pub(super) async fn get_seal(seal: Authorized<Seal>) -> Authorized<Seal> {
    seal
}

/// Seals something.
#[post("/sealings", version = Version::V1.., role = Role::Member)]
pub(super) async fn seal(Json(sealing): Json<Sealing>) -> Accepted {
    drop(sealing.seal);
    if let Some(Wax::Stamped { like }) = sealing.wax {
        drop(like);
    }
    Accepted
}

/// Shows an egg.
#[get("/eggs/{egg}", version = Version::V1.., role = Role::Member, view = EggView)]
pub(super) async fn get_egg(egg: Authorized<Egg>) -> Authorized<Egg> {
    egg
}

/// Shows a hen.
#[get("/hens/{hen}", version = Version::V1.., role = Role::Member, view = HenView)]
pub(super) async fn get_hen(hen: Authorized<Hen>) -> Authorized<Hen> {
    hen
}

/// Lays an egg.
#[post("/hens/{hen}/eggs", version = Version::V1.., role = Role::Member, view = EggView)]
pub(super) async fn lay(
    hen: Authorized<Hen>,
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Egg>>, Denied> {
    let egg = Authorized::create(Egg { id: db.next(), holder: hen.holder.clone() }, &caller)?;
    db.put("egg", egg.id, caller.id());
    Ok(Created::at::<get_egg>(egg.id, egg))
}

/// Hatches an egg.
#[post("/eggs/{egg}/hens", version = Version::V1.., role = Role::Member, view = HenView)]
pub(super) async fn hatch(
    egg: Authorized<Egg>,
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Hen>>, Denied> {
    let hen = Authorized::create(Hen { id: db.next(), holder: egg.holder.clone() }, &caller)?;
    db.put("hen", hen.id, caller.id());
    Ok(Created::at::<get_hen>(hen.id, hen))
}

/// Contracts of plans.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      routes(make_plan, get_plan, sign, get_contract, renew))]
pub(super) struct Contracts;

/// Seals that are cut elsewhere.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "the roles are those of contracts"), routes(get_seal, seal))]
pub(super) struct Seals;

/// Eggs and hens, each of which comes out of the other.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "the roles are those of contracts"), routes(get_egg, get_hen, lay, hatch))]
pub(super) struct Farm;
