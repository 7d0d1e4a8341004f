#[path = "../shop.rs"]
mod shop;
use secure_api::prelude::*;
use shop::*;

#[derive(Resource)]
#[resource(tag = "method")]
#[view(FeeView, role = Role::Customer, variants(Insured, Private { cents }))]
pub enum Fee {
    Insured,
    Private { cents: u32 },
}

#[derive(Resource)]
#[view(VisitView, role = Role::Customer, fields(minutes, fees))]
pub struct Visit {
    minutes: u32,
    fees: Vec<Fee>,
}

fn main() {}
