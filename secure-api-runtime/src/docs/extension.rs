//! The extensions of an operation: facts that OpenAPI has no member for.

use serde_json::{Value, json};
use utoipa::openapi::extensions::Extensions;

use super::{operation::Parts, retry};
use crate::{
    flow::KEY_TTL,
    inventory::{AccessModel, Exception, LimitArm, LimitModel, Operation, StepModel, StepUpModel},
    limit::Unit,
};

impl Parts<'_> {
    pub(super) fn extensions(&self, operation: &Operation) -> Extensions {
        let mut extensions = Extensions::default();
        let mut state = |name: &str, value: Value| extensions.insert(name.to_owned(), value);
        // The document of a released version is silent about what is free to break.
        let told = self.api.versions.iter().filter(|version| {
            operation.is_in(&version.segment) && (self.version.preview || !version.preview)
        });
        state("x-versions", told.map(|version| &*version.segment).collect());
        let arms = operation.limits.iter();
        let limits = arms.flat_map(|arm| arm.limits.iter().map(move |limit| (arm, limit)));
        let inherited = operation.limits_inherited;
        let limits = limits.map(|(arm, limit)| rate_limit(arm, limit, inherited)).collect();
        state("x-rate-limit", limits);
        match &operation.access {
            AccessModel::Public(reason) => state("x-public-reason", reason.as_str().into()),
            AccessModel::Roles(roles) => state("x-required-roles", json!(roles)),
        };
        if let Some(StepModel { operation, module: _, within_seconds, at_least_seconds }) =
            &operation.after
        {
            let after = json!({
                "operation": operation,
                "withinSeconds": within_seconds,
                "atLeastSeconds": at_least_seconds,
            });
            state("x-after", after);
        }
        if operation.idempotency_key {
            state("x-idempotency-key", json!({ "ttlSeconds": KEY_TTL.as_secs() }));
        }
        for (name, value) in retry::of_operation(operation) {
            state(name, value);
        }
        if let Some(day) = operation.sunset_in(self.version) {
            state("x-sunset", day.to_string().into());
        }
        let brownouts = operation.brownouts_in(self.version);
        if !brownouts.is_empty() {
            state("x-brownouts", json!(brownouts));
        }
        if !operation.scopes.is_empty() {
            state("x-required-scopes", json!(operation.scopes));
        }
        if let Some(StepUpModel { acr, amr, max_age_seconds }) = &operation.step_up {
            let step_up = json!({ "acr": acr, "amr": amr, "maxAgeSeconds": max_age_seconds });
            state("x-step-up", step_up);
        }
        if operation.credential {
            state("x-credential", true.into());
        }
        if let Some(bytes) = operation.body_limit {
            state("x-body-limit", bytes.into());
        }
        if let Some(seconds) = operation.timeout_seconds {
            state("x-timeout-seconds", seconds.into());
        }
        if let Some(most) = operation.answer.open {
            state("x-most-open", most.into());
        }
        if let Some(seconds) = operation.answer.lasts_seconds {
            state("x-open-seconds", seconds.into());
        }
        if !operation.exceptions.is_empty() {
            let exception =
                |Exception { rule, reason }: &Exception| json!({ "rule": rule, "reason": reason });
            state("x-exceptions", operation.exceptions.iter().map(exception).collect());
        }
        extensions
    }
}

fn rate_limit(arm: &LimitArm, limit: &LimitModel, inherited: bool) -> Value {
    let mut value = match limit.per {
        Unit::Unlimited => json!({ "unlimited": limit.reason, "inherited": inherited }),
        per if limit.at_once => json!({
            "per": per.name(),
            "count": limit.count,
            "atOnce": true,
            "inherited": inherited,
        }),
        per => json!({
            "per": per.name(),
            "count": limit.count,
            "windowSeconds": limit.window_seconds,
            "burst": limit.burst,
            "inherited": inherited,
        }),
    };
    if let Some(field) = &limit.field {
        value["field"] = json!(field);
    }
    if limit.weight > 1 {
        value["weight"] = json!(limit.weight);
    }
    if let Some(field) = &limit.weight_of {
        value["weightOf"] = json!(field);
    }
    if limit.observed {
        value["observed"] = json!(true);
    }
    if let Some(roles) = &arm.roles {
        value["roles"] = json!(roles);
    }
    value
}
