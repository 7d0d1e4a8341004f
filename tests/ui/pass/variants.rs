//! Views of enums, in forms that are easy to get wrong: raw names, fields without names, generic wrappers, names from
//! elsewhere.

use crate::shop::{self, BROWSE, Order, OrderAudit, ProductCard, Role, Version};
use secure_api::prelude::*;

mod bought {
    use super::*;

    /// A thing that was bought.
    #[derive(Resource)]
    #[resource(tag = "type")]
    #[view(LineView, role = Role::Customer, variants(
        r#Move { r#as, from = r#in },
        Product { what = 0 as ProductCard, count = 1 },
        Orders { orders as shop::OrderSummary },
        Nothing {},
        More { next as LineView },
    ))]
    #[view(LineAudit, role = [Role::Admin], extends = LineView, variants(
        Orders { all = orders as OrderAudit },
    ))]
    #[view(LineKept, role = Role::Admin, extends = LineAudit)]
    pub(crate) enum Line {
        r#Move {
            r#as: String,
            r#in: String,
        },
        Product(crate::shop::Product, u32),
        #[resource(name = "orders.v2")]
        Orders {
            orders: Option<Vec<Authorized<Order>>>,
        },
        Nothing,
        More {
            next: Option<Box<Line>>,
        },
    }
}

pub(crate) use bought::{Line as Entry, LineAudit, LineView as EntryView};
type Entries = Vec<Entry>;
type Only<T> = Option<Box<T>>;

/// A page of an own type, with a bound on its parameter.
#[derive(Resource)]
#[resource(transparent)]
struct Batch<T: Send, const N: usize>
where
    T: Sync,
{
    items: [T; N],
}

#[derive(Resource)]
#[view(BillView, role = Role::Customer, fields(
    entries as EntryView,
    only as bought::LineView,
    batch as EntryView,
))]
#[view(BillAudit, role = Role::Admin, extends = BillView, fields(#[max_items(2)] audited = entries as LineAudit))]
pub(crate) struct Bill {
    entries: Entries,
    only: Only<Entry>,
    batch: Batch<Entry, 2>,
}

macro_rules! states {
    ($name:ident as $view:ident: $($state:ident { $($field:ident: $ty:ty),* }),*) => {
        #[derive(Resource)]
        #[resource(tag = "state")]
        #[view($view, public, variants($($state { $($field),* }),*))]
        enum $name {
            $($state { $($field: $ty),* }),*
        }
    };
}

states!(State as StateView: Open { since: u32 }, Shut {});

#[get("/bill", version = Version::V1.., role = Role::Customer, view(Role::Admin => BillAudit, _ => BillView))]
async fn get_bill() -> Bill {
    let product = shop::Product {
        id: shop::ProductId::new(1).unwrap_or_else(|_| unreachable!("it is in range")),
        name: "Tea".to_owned(),
        stock: 1,
    };
    let moved = Entry::r#Move { r#as: "x".to_owned(), r#in: "y".to_owned() };
    Bill {
        entries: vec![moved, Entry::Product(product, 2)],
        only: Some(Box::new(Entry::More { next: None })),
        batch: Batch { items: [Entry::Orders { orders: Some(Vec::new()) }, Entry::Nothing] },
    }
}

#[get("/state", version = Version::V1.., public = "everybody may know", view = StateView, limit = OPEN)]
async fn get_state() -> Option<State> {
    [State::Open { since: 1 }, State::Shut {}].into_iter().next()
}

const OPEN: Limit = Limit::per_address(60).per_minute();

#[api(roles = Role, versions = Version, limit = BROWSE, routes(get_bill, get_state))]
struct Bills;

#[test]
fn a_union_has_the_variants_by_their_names() {
    let names: Vec<_> = Bills::API.routes().map(|route| route.views[0].view.name).collect();
    assert_eq!(names, ["BillAudit", "StateView"]);
    let view = <EntryView as secure_api::view::View>::INFO;
    let variants = view.variants.expect("it is an enum");
    let names: Vec<_> = variants.all.iter().map(|variant| variant.name).collect();
    assert_eq!(
        (variants.tag, &names[..]),
        (Some("type"), &["move", "product", "orders.v2", "nothing", "more"][..])
    );
    let first: Vec<_> = view.variant_fields(0).iter().map(|field| field.name).collect();
    assert_eq!(first, ["type", "as", "from"]);
    let kept = <bought::LineKept as secure_api::view::View>::INFO;
    let orders: Vec<_> = kept.variant_fields(2).iter().map(|field| field.name).collect();
    assert_eq!(orders, ["type", "orders", "all"]);
}
