//! The operation that somebody closes or opens by its name when the app is built: it is there, for a reason, and not both.

use crate::{app::AppBuilder, error::StartProblem, nearest::nearest, reason::is_sentence};

impl AppBuilder {
    /// Returns the reason for which an operation is not closed or opened so, each mistake in a text of its own.
    pub(super) fn cannot_be(
        &self,
        done: &str,
        operation: &str,
        reason: &str,
        contrary: bool,
    ) -> Option<StartProblem> {
        let names: Vec<&str> = self.api.routes().map(|route| route.name).collect();
        let (why, help) = if !names.contains(&operation) {
            let api = self.api.name;
            let meant = nearest(operation, &names);
            let help = "write the name of a handler, as the inventory lists it";
            (format!("{api} has no operation of this name; {meant}"), help)
        } else if contrary {
            let help = "keep either `.close(…)` or `.reopen(…)` of it";
            ("it is closed and opened by the same program".to_owned(), help)
        } else if !is_sentence(reason) {
            let help = "write a sentence for whoever finds it so, of three words or more, as the second argument";
            (format!("`{reason}` is no reason in words"), help)
        } else {
            return None;
        };
        Some(StartProblem {
            code: "SA229",
            text: format!("`{operation}` cannot be {done}: {why}"),
            help,
        })
    }
}
