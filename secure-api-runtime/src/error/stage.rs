//! The stage of enforcement that refuses, in the words of the book.
//!
//! By most problems one stage refuses alone. Where another refuses by the same, it says so of its [`Problem`](super::Problem).

use super::{ProblemType, problem};

/// The stage that finds the operation.
pub(crate) const ROUTE: &str = "route and version";

/// The stage that refuses what the page of another site had a browser send.
pub(crate) const ORIGIN: &str = "origin";

/// The stage that refuses a webhook which its sender did not sign.
#[cfg(feature = "client")]
pub(crate) const WEBHOOK: &str = "webhook";

/// The stage that loads objects and asks their rules.
pub(crate) const OBJECTS: &str = "objects";

/// The handler, with whatever it calls.
pub(crate) const HANDLER: &str = "the handler";

/// The stages, in their order, each with the problems that it refuses by.
const STAGES: [(&str, &[&ProblemType]); 12] = [
    (
        "form of the request",
        &[
            &problem::MALFORMED,
            &problem::TARGET_TOO_LONG,
            &problem::TOO_MANY_FIELDS,
            &problem::MISDIRECTED,
        ],
    ),
    (ROUTE, &[&problem::METHOD_NOT_ALLOWED, &problem::UNKNOWN_VERSION, &problem::SUNSET]),
    ("limits", &[&problem::QUOTA_EXCEEDED]),
    ("load", &[&problem::REDUCED_CAPACITY]),
    ("credentials", &[&problem::UNAUTHENTICATED, &problem::WRONG_CREDENTIALS]),
    ("role and scope", &[&problem::FORBIDDEN]),
    ("announced outage", &[&problem::BROWNOUT]),
    ("behavior", &[&problem::ABNORMAL_USAGE]),
    (
        "input",
        &[
            &problem::NOT_ACCEPTABLE,
            &problem::PRECONDITION_REQUIRED,
            &problem::INVALID_QUERY,
            &problem::INVALID_HEADER,
            &problem::INVALID_COOKIE,
            &problem::IDEMPOTENCY_KEY,
            &problem::REQUEST_TIMEOUT,
            &problem::TOO_LARGE,
            &problem::UNSUPPORTED_MEDIA_TYPE,
            &problem::INVALID_INPUT,
            &problem::WEAK_PASSWORD,
        ],
    ),
    (OBJECTS, &[&problem::NOT_FOUND]),
    (
        "order and repetition",
        &[
            &problem::OUT_OF_ORDER,
            &problem::IDEMPOTENCY_IN_FLIGHT,
            &problem::IDEMPOTENCY_DONE,
            &problem::IDEMPOTENCY_UNDECIDED,
            &problem::IDEMPOTENCY_MISMATCH,
        ],
    ),
    ("the server", &[&problem::INTERNAL, &problem::UNAVAILABLE]),
];

/// Returns the stage that mostly refuses by the problem of this type. An app's own are its handlers'.
pub(crate) fn stage_of(uri: &str) -> &'static str {
    let stage = STAGES.iter().find(|(_, problems)| problems.iter().any(|own| own.uri() == uri));
    stage.map_or(HANDLER, |(stage, _)| *stage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_of_the_framework_but_those_of_states_has_one_stage() {
        let handlers: Vec<_> = problem::ALL
            .iter()
            .filter(|own| stage_of(own.uri()) == HANDLER)
            .map(|own| own.uri())
            .collect();
        assert_eq!(
            handlers,
            [
                "urn:problem-type:secure-api:conflict",
                "urn:problem-type:secure-api:precondition-failed",
                "urn:problem-type:secure-api:range-not-satisfiable",
                "urn:problem-type:secure-api:upstream",
                "urn:problem-type:secure-api:upstream-timeout"
            ]
        );
        let all: usize = STAGES.iter().map(|(_, problems)| problems.len()).sum();
        assert_eq!(all + handlers.len(), problem::ALL.len());
    }
}
