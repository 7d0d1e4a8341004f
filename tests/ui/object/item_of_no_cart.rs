#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1_000_000)]
pub struct LineId(u64);

#[derive(Resource)]
#[view(LineView, role = Role::Customer, fields(id))]
pub struct Line {
    id: LineId,
}

impl Object for Line {
    type Key = LineId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    async fn load(_: &Reader<Db>, id: LineId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self { id }))
    }
    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }
    fn scope(_: &Caller<Role>) {}
}

#[get("/orders/{order}/lines/{line}", version = Version::V1.., role = Role::Customer, view = LineView)]
async fn get_line(order: Authorized<Order>, line: Authorized<Line>) -> Authorized<Line> {
    drop(order);
    line
}

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_line))]
pub struct Shop;

fn main() {
    drop(Shop::app());
}
