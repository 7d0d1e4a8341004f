//! Objects inside of answers of an API with tenants: each is of a tenant, or shared for a reason, at whatever depth.

use std::collections::BTreeMap;

use secure_api::{app::AppBuilder, prelude::*};

use super::{Db, NoteId, Role, Version, token};

/// A letter of a tenant.
#[derive(Resource)]
#[view(LetterView, role = Role::Member, fields(note as LooseView))]
#[view(AddressView, role = Role::Member, fields(tenant))]
struct Letter {
    owner: CallerId,
    tenant: String,
    note: Authorized<Loose>,
}

#[object(key = NoteId, store = Db, roles = Role, owner = owner, tenant = tenant)]
impl Object for Letter {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

/// A note of nobody's tenant.
#[derive(Resource)]
#[view(LooseView, role = Role::Member, fields(text))]
struct Loose {
    owner: CallerId,
    text: String,
}

#[object(key = NoteId, store = Db, roles = Role, owner = owner)]
impl Object for Loose {
    async fn load(
        _: &Reader<Db>,
        _: NoteId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

/// A desk, which belongs to nobody: letters lie in its drawers, and another desk may stand on it.
#[derive(Resource)]
#[view(DeskView, role = Role::Member, fields(drawers as DrawerView, #[depth(9)] above as DeskView))]
struct Desk {
    drawers: Vec<Drawer>,
    above: Option<Box<Desk>>,
}

#[derive(Resource)]
#[view(DrawerView, role = Role::Member, fields(letters as LetterView))]
struct Drawer {
    letters: Vec<Authorized<Letter>>,
}

/// Shows a desk.
#[get("/desk", version = Version::V1, role = Role::Member, view = DeskView)]
async fn get_desk() -> Desk {
    Desk { drawers: Vec::new(), above: None }
}

/// A shelf: what lies on it is one of several things, behind a wrapper, in a map.
#[derive(Resource)]
#[resource(tag = "what")]
#[view(ShelfView, role = Role::Member, variants(Empty, Full { boxes as CrateView }))]
enum Shelf {
    Empty,
    Full { boxes: BTreeMap<NoteId, Crate> },
}

#[derive(Resource)]
#[view(CrateBase, role = Role::Member, fields(lid = Crate::lid as LooseView))]
#[view(CrateView, role = Role::Member, extends = CrateBase, fields(number))]
struct Crate {
    number: u32,
}

impl Crate {
    fn lid(&self) -> Option<Authorized<Loose>> {
        None
    }
}

/// Shows a shelf.
#[get("/shelf", version = Version::V1, role = Role::Member, view = ShelfView)]
async fn get_shelf() -> Shelf {
    let boxes = BTreeMap::new();
    if boxes.is_empty() { Shelf::Empty } else { Shelf::Full { boxes } }
}

/// Shows letters, and nothing of what they hold.
#[get("/letters", version = Version::V1, role = Role::Member, view = EnvelopeView)]
async fn list_letters() -> Envelope {
    Envelope { letters: Vec::new() }
}

#[derive(Resource)]
#[view(EnvelopeView, role = Role::Member, fields(letters as AddressView))]
struct Envelope {
    letters: Vec<Authorized<Letter>>,
}

/// Shows a desk that all tenants have.
#[get("/shared", version = Version::V1, role = Role::Member, view = DeskView,
      allow(untenanted, reason = "all tenants have the same notes on this desk"))]
async fn get_shared() -> Desk {
    Desk { drawers: Vec::new(), above: None }
}

#[api(roles = Role, versions = Version, tenants, limit = Limit::per_principal(60).per_minute(),
      routes(get_desk, get_shared, get_shelf, list_letters))]
struct Desks;

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(),
      routes(get_desk))]
struct NobodysDesks;

fn told(app: AppBuilder, issuer: Issuer) -> Vec<String> {
    match app.store(Db).tokens(issuer).build() {
        Ok(_) => Vec::new(),
        Err(error) => {
            let problems = error.problems().iter();
            problems.map(|problem| format!("{}: {}", problem.code, problem.text)).collect()
        }
    }
}

// R37
#[test]
fn an_object_of_no_tenant_is_found_at_whatever_depth_it_leaves() {
    let expected = ["get_desk", "get_shelf"].map(|route| {
        format!("SA124: `{route}` shows Loose inside of its answer, and nothing says whose tenant's it is")
    });
    assert_eq!(told(Desks::app(), token::issuer().tenant_claim("tenant")), expected);
    assert_eq!(told(NobodysDesks::app(), token::issuer()), [""; 0]);
}
