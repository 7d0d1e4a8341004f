//! The operation that somebody closes or opens by its name when the app is built: it is there, for a reason, and not both.

use crate::{app::AppBuilder, error::StartProblem, reason::is_sentence};

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
            let meant = match meant(operation, &names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it has {}", listed(&names)),
            };
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

/// Returns the one operation whose name is so near that it was probably meant.
fn meant<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let scored = known.iter().map(|known| (strsim::damerau_levenshtein(name, known), *known));
    let (distance, nearest) = scored.min()?;
    (distance <= 1 + name.chars().count() / 4).then_some(nearest)
}

/// Lists the first names: a large API has more than a line can hold.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let rest = names.len().saturating_sub(SHOWN);
    let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
    format!("{}{more}", shown.join(", "))
}
