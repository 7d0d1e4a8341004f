//! The problems that an operation can answer with, the pipeline's and its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AccessModel, ArgumentModel, Operation, VersionModel};
use crate::error::{ProblemType, problem};

/// One kind of problem (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The URI that identifies it.
    pub uri: String,
    /// Its sentence for people.
    pub title: String,
}

impl From<&ProblemType> for Refusal {
    fn from(problem: &ProblemType) -> Self {
        Self {
            status: problem.status().as_u16(),
            uri: problem.uri().to_owned(),
            title: problem.title().to_owned(),
        }
    }
}

impl Refusal {
    /// Returns whether the framework answers with it by itself.
    pub(crate) fn is_ours(&self) -> bool {
        problem::ALL.iter().any(|ours| Self::from(*ours) == *self)
    }
}

impl Operation {
    /// Returns the problems of its refusals in a version, by status, in the order of enforcement.
    ///
    /// 405 is no answer of an operation: it is that of a path which has no such one.
    pub fn refusals_in(&self, version: &VersionModel) -> BTreeMap<u16, Vec<Refusal>> {
        let has = |wanted: fn(&ArgumentModel) -> bool| self.arguments.iter().any(wanted);
        let body = has(|argument| {
            matches!(
                argument,
                ArgumentModel::BodyExtractor(_)
                    | ArgumentModel::Body { .. }
                    | ArgumentModel::RawBody { .. }
            )
        });
        // Bytes as they are break no rule.
        let ruled = body
            && !has(|argument| {
                matches!(argument, ArgumentModel::RawBody { text: false, file: false, .. })
            });
        let keyed = self.idempotency_key;
        let own = |condition: bool, problem: &'static ProblemType| condition.then_some(problem);
        let framework = [
            Some(&problem::MALFORMED),
            own(version.addresses.place.is_apart(), &problem::UNKNOWN_VERSION),
            Some(&problem::INVALID_QUERY),
            own(
                has(|argument| matches!(argument, ArgumentModel::Headers(_))),
                &problem::INVALID_HEADER,
            ),
            own(
                has(|argument| matches!(argument, ArgumentModel::Cookies(_))),
                &problem::INVALID_COOKIE,
            ),
            own(keyed, &problem::IDEMPOTENCY_KEY),
            Some(&problem::UNAUTHENTICATED),
            own(
                matches!(self.access, AccessModel::Roles(_))
                    || self.sets_session()
                    || self.changes_by_cookies()
                    || has(|argument| matches!(argument, ArgumentModel::Webhook(_))),
                &problem::FORBIDDEN,
            ),
            // What a repetition shows again may be gone.
            own(
                self.parameters().next().is_some()
                    || (keyed && self.answer.status == 201 && self.answer.location),
                &problem::NOT_FOUND,
            ),
            Some(&problem::NOT_ACCEPTABLE),
            own(body, &problem::REQUEST_TIMEOUT),
            own(self.after.is_some(), &problem::OUT_OF_ORDER),
            own(keyed, &problem::IDEMPOTENCY_IN_FLIGHT),
            own(keyed, &problem::IDEMPOTENCY_DONE),
            own(keyed, &problem::IDEMPOTENCY_UNDECIDED),
            own(self.sunset_in(version).is_some(), &problem::SUNSET),
            Some(&problem::PRECONDITION_FAILED),
            own(body, &problem::TOO_LARGE),
            Some(&problem::TARGET_TOO_LONG),
            own(body, &problem::UNSUPPORTED_MEDIA_TYPE),
            Some(&problem::MISDIRECTED),
            own(ruled, &problem::INVALID_INPUT),
            own(keyed, &problem::IDEMPOTENCY_MISMATCH),
            own(self.if_match, &problem::PRECONDITION_REQUIRED),
            Some(&problem::QUOTA_EXCEEDED),
            Some(&problem::ABNORMAL_USAGE),
            Some(&problem::TOO_MANY_FIELDS),
            Some(&problem::INTERNAL),
            own(!self.brownouts_in(version).is_empty(), &problem::BROWNOUT),
            Some(&problem::REDUCED_CAPACITY),
            Some(&problem::UNAVAILABLE),
        ];
        let framework = framework.into_iter().flatten().map(Refusal::from);
        let mut all: BTreeMap<u16, Vec<Refusal>> = BTreeMap::new();
        for refusal in framework.chain(self.problems.iter().cloned()) {
            let refusals = all.entry(refusal.status).or_default();
            if !refusals.contains(&refusal) {
                refusals.push(refusal);
            }
        }
        all
    }
}
