//! Order, repetition and state: steps, idempotency keys, conditions.

use super::{Change, OperationFacts, StepFacts};
use crate::contract::finding::values;

impl Change<'_> {
    pub(super) fn order(&mut self, was: &OperationFacts, is: &OperationFacts) {
        let key = [
            ("idempotency-key-added", "each request has to carry an `Idempotency-Key` now"),
            (
                "idempotency-key-removed",
                "a request that is repeated is done again: no `Idempotency-Key` is taken any more",
            ),
        ];
        self.flag((was.idempotency_key, is.idempotency_key), key);
        let state = [
            (
                "if-match-added",
                "a request has to name the state that it changes now, by `If-Match`",
            ),
            (
                "if-match-removed",
                "a change of another's may be overwritten unseen: no `If-Match` is asked for any more",
            ),
        ];
        self.flag((was.if_match, is.if_match), state);
        match (&was.after, &is.after) {
            (None, None) => {}
            (None, Some(step)) => {
                let sentence = format!("`{}` has to be done before now", step.operation);
                self.tell("step-added", "", sentence, (None, Some(step.operation.clone())));
            }
            (Some(step), None) => {
                let sentence =
                    format!("`{}` does not have to be done before any more", step.operation);
                self.tell("step-removed", "", sentence, (Some(step.operation.clone()), None));
            }
            (Some(was), Some(is)) => self.step(was, is),
        }
    }

    fn step(&mut self, was: &StepFacts, is: &StepFacts) {
        let text = |step: &StepFacts| {
            format!("within {}s, at least {}s", step.within_seconds, step.at_least_seconds)
        };
        if was.operation != is.operation {
            let sentence = format!(
                "`{}` has to be done before now, and not `{}`",
                is.operation, was.operation
            );
            self.tell("step-changed", "", sentence, values(&was.operation, &is.operation));
        }
        if is.within_seconds > was.within_seconds || is.at_least_seconds < was.at_least_seconds {
            let sentence = format!(
                "`{}` counts for longer, or sooner: {}, was {}",
                is.operation,
                text(is),
                text(was)
            );
            self.tell("step-loosened", "", sentence, values(text(was), text(is)));
        } else if text(was) != text(is) {
            let sentence = format!(
                "`{}` counts for a shorter time, or later: {}, was {}",
                is.operation,
                text(is),
                text(was)
            );
            self.tell("step-tightened", "", sentence, values(text(was), text(is)));
        }
    }
}
