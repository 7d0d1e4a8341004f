//! The fields that each caller sees.

use super::{Change, OperationFacts, called};

impl Change<'_> {
    pub(super) fn views(&mut self, was: &OperationFacts, is: &OperationFacts) {
        // Each field that somebody sees now, or does not see any more, with those callers.
        let mut told: Vec<(&str, String, Vec<String>)> = Vec::new();
        for (caller, new) in &is.callers {
            let Some(old) = was.callers.get(caller) else { continue };
            let seen = |facts: &OperationFacts, view: &Option<String>| -> Vec<String> {
                let fields = view.as_ref().and_then(|view| facts.views.get(view));
                fields.cloned().unwrap_or_default()
            };
            let mut pairs = vec![(caller.clone(), &old.sees, &new.sees)];
            if old.sees_own.is_some() || new.sees_own.is_some() {
                let own = |facts: &'_ super::CallerFacts| facts.sees_own.is_some();
                let old_own = if own(old) { &old.sees_own } else { &old.sees };
                let new_own = if own(new) { &new.sees_own } else { &new.sees };
                pairs.push((format!("{caller} of its own"), old_own, new_own));
            }
            for (caller, old, new) in pairs {
                let (before, after) = (seen(was, old), seen(is, new));
                let more = after
                    .iter()
                    .filter(|field| !before.contains(field))
                    .map(|field| ("view-widened", field));
                let less = before
                    .iter()
                    .filter(|field| !after.contains(field))
                    .map(|field| ("view-narrowed", field));
                for (rule, field) in more.chain(less) {
                    match told.iter_mut().find(|(other, name, _)| *other == rule && name == field) {
                        Some((.., callers)) => callers.push(caller.clone()),
                        None => told.push((rule, field.clone(), vec![caller.clone()])),
                    }
                }
            }
        }
        for (rule, field, callers) in told {
            let callers: Vec<&str> = callers.iter().map(String::as_str).collect();
            let names = called(&callers);
            let sees = if callers.len() == 1 { "sees" } else { "see" };
            let sentence = match rule {
                "view-widened" => format!("{names} now {sees} `{field}`"),
                _ => format!("{names} {sees} `{field}` no more"),
            };
            self.tell(rule, &format!("{field} for {}", callers.join(", ")), sentence, (None, None));
        }
    }
}
