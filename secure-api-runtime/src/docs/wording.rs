//! An operation in words: its doc comment, and the decisions that a caller has to know of.

use super::{operation::Parts, schema::some};
use crate::{
    inventory::{AccessModel, Deprecation, Operation, StepModel},
    version::Brownout,
};

impl Parts<'_> {
    /// Describes the operation for people.
    pub(super) fn text(&self, operation: &Operation) -> String {
        let mut text = description(operation);
        if let Some(Deprecation { since, sunset, instead: _, brownouts }) = &operation.deprecation {
            text.push_str(&format!("\n\nDeprecated from {since} on"));
            if let Some(day) = sunset {
                text.push_str(&format!(", and served until {day}, 00:00 UTC"));
            }
            if let Some(path) = operation.instead_in(self.version) {
                text.push_str(&format!("; use `{path}` instead"));
            }
            text.push('.');
            if !brownouts.is_empty() {
                let listed = Brownout::listed(brownouts);
                text.push_str(&format!(" Out of service before, as a reminder: {listed}."));
            }
        }
        text
    }
}

/// Returns the doc comment; what it has no more of is said by what it has.
fn description(operation: &Operation) -> String {
    let mut text = match (some(&operation.description), some(&operation.summary)) {
        (Some(description), _) => description.to_owned(),
        (None, Some(summary)) => summary.to_owned(),
        (None, None) => format!("The handler `{}`.", operation.name),
    };
    match &operation.access {
        AccessModel::Public(_) => text.push_str("\n\nPublic: no token is needed."),
        AccessModel::Roles(least) => {
            let callers = if least.len() > 1 {
                "Whoever has one of these roles may call it"
            } else {
                "Needs the role"
            };
            text.push_str(&format!("\n\n{callers}: {}.", least.join(", ")));
        }
    }
    if !operation.scopes.is_empty() {
        let scopes = operation.scopes.join(", ");
        text.push_str(&format!(" The token needs all of these scopes too: {scopes}."));
    }
    if operation.credential {
        text.push_str("\n\nTakes credentials, and so admits few requests of one address.");
    }
    text.extend(operation.after.as_ref().map(after));
    text
}

fn after(
    StepModel { operation, module: _, within_seconds, at_least_seconds }: &StepModel,
) -> String {
    let mut text = format!(
        "\n\nComes after `{operation}`: the same caller did it, for the same object, at most {within_seconds} \
         seconds ago"
    );
    if *at_least_seconds > 0.0 {
        text.push_str(&format!(" and at least {at_least_seconds} seconds ago"));
    }
    text.push_str(". It counts for one success.");
    text
}
