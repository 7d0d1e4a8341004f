//! The limits of the model.

use super::least;
use crate::{
    inventory::{LimitArm, LimitModel},
    limit,
};

impl From<&limit::Limit> for LimitModel {
    fn from(limit: &limit::Limit) -> Self {
        Self {
            per: limit.unit(),
            count: limit.count(),
            window_seconds: limit.window().as_secs_f64(),
            burst: limit.allowed(),
            field: limit.field().map(str::to_owned),
            weight: limit.stated_weight(),
            weight_of: limit.weighs().map(str::to_owned),
            at_once: limit.is_at_once(),
            observed: limit.is_observed(),
            reason: limit.reason().map(str::to_owned),
        }
    }
}

pub(super) fn arm_of_limits(arm: &limit::LimitUse) -> LimitArm {
    let limit::LimitUse { admits, limits } = *arm;
    LimitArm { roles: admits.map(least), limits: limits.iter().map(LimitModel::from).collect() }
}
