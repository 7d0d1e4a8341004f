//! Each object of a path is loaded by its own key and permitted by its own rule. That both are the caller's does not
//! make the one a part of the other: a line of one order would be shown, changed or deleted below another, and what
//! is decided by the order, such as whether it is paid, would be decided by the wrong one. So the relation is
//! written once for the type, and asked after both are loaded; what does not belong is 404, as what does not exist.
//! That it is written holds at compile time, the answer at each request.
//!
//! Wrong: object/item_of_no_cart

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1_000_000)]
pub struct LineId(u64);

#[derive(Resource)]
#[view(LineView, role = Role::Customer, fields(id))]
pub struct Line {
    id: LineId,
    order: OrderId,
}

impl Object for Line {
    type Key = LineId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();
    async fn load(
        _: &Reader<Db>,
        id: LineId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self { id, order: OrderId::new(1)? }))
    }
    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }
    fn scope(_: &Caller<Role>) {}
}

impl BelongsTo<Order> for Line {
    fn belongs_to(&self, order: &Order) -> bool {
        self.order.get() == order.id.get()
    }
}

#[get("/orders/{order}/lines/{line}", version = Version::V1.., role = Role::Customer, view = LineView)]
async fn get_line(order: Authorized<Order>, line: Authorized<Line>) -> Authorized<Line> {
    drop(order);
    line
}
