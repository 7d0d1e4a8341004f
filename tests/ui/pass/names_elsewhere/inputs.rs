//! Items that the module around this one brings with all of its names.

use super::Badges;
use crate::shop::Role;
use secure_api::{
    identity::{Credential, Kind},
    prelude::*,
};

#[derive(Input)]
pub(super) struct Change {
    #[input(max_len = 40)]
    pub(super) title: Option<String>,
}

#[derive(Value, Clone, Copy)]
pub(super) enum Payment {
    Card,
    Cash,
}

/// A resource, and no status.
#[derive(Resource)]
#[view(StatusCodeView, role = Role::Customer, fields(code))]
pub(super) struct StatusCode {
    pub(super) code: u32,
}

pub(super) const fn seldom() -> Limit {
    Limit::per_principal(3).per_minute()
}

pub(super) fn is_even(number: &u8) -> Result<(), InvalidValue> {
    match number % 2 {
        0 => Ok(()),
        _ => Err(InvalidValue::new("odd", "an even number")),
    }
}

impl Credential for Badges {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}
