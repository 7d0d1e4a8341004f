//! Facts that OpenAPI has no words for, of each operation and of the whole: who may, how often, in which order, who sees what.

mod access;
mod app;
mod bounds;
mod limit;
mod made;
mod order;
mod views;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{Findings, Values};
use crate::inventory::StepUpModel;

pub(super) use limit::LimitText;
pub(super) use made::{app_of, operation_of};

/// The promises of one operation in one version besides its shapes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OperationFacts {
    /// The reason for admitting everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) public: Option<String>,
    /// Each caller that is admitted, by role, `anonymous` among them.
    pub(super) callers: BTreeMap<String, CallerFacts>,
    /// The kinds of credentials that open it.
    pub(super) credentials: Vec<String>,
    /// Set where all of them are asked for together.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) together: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) scopes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) step_up: Option<StepUpModel>,
    /// The fields of each view, at any depth.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) views: BTreeMap<String, Vec<String>>,
    /// The objects whose rule is asked: of the path, and of inputs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) objects: Vec<String>,
    /// The fields of inputs that only some callers may set, with these.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) set_by: BTreeMap<String, Vec<String>>,
    /// The fields of inputs that are never shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) secrets: Vec<String>,
    /// The machines among which limits are parted while the shared ledger is away; without a number, requests are refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outage_local: Option<u32>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) credential: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<StepFacts>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) idempotency_key: bool,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) if_match: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_limit: Option<usize>,
    /// Set where the bytes of its body have to be a whole file of their media type.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) files: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) timeout_seconds: Option<f64>,
    /// The most answers that a caller may have open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open: Option<usize>,
    /// The most seconds that an answer stays open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open_seconds: Option<f64>,
    /// The rules that it is excepted from, with the reasons.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) hatches: BTreeMap<String, String>,
}

/// The view and the limits of one caller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CallerFacts {
    /// The view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sees: Option<String>,
    /// The view of an object of its own, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sees_own: Option<String>,
    /// The limits, all of them in force.
    pub(super) limits: Vec<LimitText>,
}

/// The step before a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepFacts {
    pub(super) operation: String,
    pub(super) within_seconds: f64,
    pub(super) at_least_seconds: f64,
}

/// The promises that hold for all operations.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct AppFacts {
    #[serde(skip_serializing_if = "is_false")]
    pub(super) tenants: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address_limit: Option<LimitText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) body_limit: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline_seconds: Option<f64>,
    /// The most answers that all callers may have open, where any stays open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) most_open: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) origins: Vec<String>,
    /// The places of the kinds of credentials, but for those that all apps of the framework have them in.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) places: BTreeMap<String, String>,
    /// Set where proofs of keys have nonces of the server's.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) proof_nonces: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) hatches: BTreeMap<String, String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The comparison of one operation, or of the whole, in the making.
pub(super) struct Change<'f> {
    pub(super) operation: &'f str,
    pub(super) findings: &'f mut Findings,
}

impl Change<'_> {
    fn tell(&mut self, rule: &str, place: &str, sentence: String, values: Values) {
        self.findings.add(rule, (self.operation, place), sentence, values);
    }

    /// Tells of a flag that came or went.
    fn flag(&mut self, (was, is): (bool, bool), [added, removed]: [(&str, &str); 2]) {
        match (was, is) {
            (false, true) => self.tell(added.0, "", added.1.to_owned(), (None, None)),
            (true, false) => self.tell(removed.0, "", removed.1.to_owned(), (None, None)),
            _ => {}
        }
    }

    /// Compares exceptions from rules, each with its reason.
    fn hatches(&mut self, was: &BTreeMap<String, String>, is: &BTreeMap<String, String>) {
        for (rule, reason) in is {
            match was.get(rule) {
                None => {
                    let sentence = format!("`{rule}` is allowed now, because \"{reason}\"");
                    self.tell("hatch-used", rule, sentence, (None, Some(reason.clone())));
                }
                Some(before) if before != reason => {
                    let sentence = format!(
                        "`{rule}` was allowed because \"{before}\", and is because \"{reason}\""
                    );
                    self.tell(
                        "hatch-reason-changed",
                        rule,
                        sentence,
                        (Some(before.clone()), Some(reason.clone())),
                    );
                }
                Some(_) => {}
            }
        }
        for (rule, reason) in was.iter().filter(|(rule, _)| !is.contains_key(*rule)) {
            let sentence = format!("`{rule}` is not allowed any more");
            self.tell("hatch-closed", rule, sentence, (Some(reason.clone()), None));
        }
    }

    /// Compares what an operation is in two contracts.
    pub(super) fn operation(&mut self, was: &OperationFacts, is: &OperationFacts) {
        // A fact that nothing here compares would change in silence, so both are taken apart whole.
        let OperationFacts {
            public: _,
            callers: _,
            credentials: _,
            together: _,
            scopes: _,
            step_up: _,
            views: _,
            objects: _,
            set_by: _,
            secrets: _,
            outage_local: _,
            credential: _,
            after: _,
            idempotency_key: _,
            if_match: _,
            body_limit: _,
            files: _,
            timeout_seconds: _,
            open: _,
            open_seconds: _,
            hatches: _,
        } = is;
        self.access(was, is);
        self.limits(was, is);
        self.views(was, is);
        self.order(was, is);
        self.bounds(was, is);
        self.hatches(&was.hatches, &is.hatches);
    }

    /// Tells what a review has to see of an operation that is new.
    pub(super) fn new_operation(&mut self, is: &OperationFacts) {
        if let Some(reason) = &is.public {
            let sentence = format!("new public operation {}, because \"{reason}\"", self.operation);
            self.tell("public-operation-added", "", sentence, (None, Some(reason.clone())));
        }
        self.hatches(&BTreeMap::new(), &is.hatches);
    }
}

/// Returns names as a sentence begins with them: `Support`, `Support and Admin`.
fn called(callers: &[&str]) -> String {
    let called = callers.iter().map(|caller| {
        let mut letters = caller.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    });
    let called: Vec<String> = called.collect();
    match called.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => called.concat(),
    }
}
