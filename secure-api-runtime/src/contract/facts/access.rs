//! Access: callers, credentials, scopes, authentication, objects, fields of inputs.

use super::{Change, OperationFacts, called};
use crate::{contract::finding::values, inventory::StepUpModel};

/// Returns what is in the second list alone.
fn added<'a>(was: &[String], is: &'a [String]) -> Vec<&'a str> {
    is.iter().filter(|one| !was.contains(one)).map(String::as_str).collect()
}

/// The word between the names of kinds that an alternative asks for together.
const AND: &str = " and ";

/// Returns the name of an alternative that asks for these kinds together.
pub(super) fn together(mut kinds: Vec<String>) -> String {
    kinds.sort();
    kinds.join(AND)
}

/// Returns the alternatives of facts: where all kinds are asked for, one.
fn alternatives(facts: &OperationFacts) -> Vec<String> {
    if facts.together {
        vec![together(facts.credentials.clone())]
    } else {
        facts.credentials.clone()
    }
}

impl Change<'_> {
    pub(super) fn access(&mut self, was: &OperationFacts, is: &OperationFacts) {
        self.admitted(was, is);
        self.credentials(was, is);
        for scope in added(&was.scopes, &is.scopes) {
            self.tell(
                "scope-added",
                scope,
                format!("credentials have to have the scope `{scope}` now"),
                (None, None),
            );
        }
        for scope in added(&is.scopes, &was.scopes) {
            self.tell(
                "scope-removed",
                scope,
                format!("the scope `{scope}` is not asked for any more"),
                (None, None),
            );
        }
        self.step_up(was.step_up.as_ref(), is.step_up.as_ref());
        for object in added(&was.objects, &is.objects) {
            self.tell(
                "object-rule-added",
                object,
                format!("the rule of {object} is asked now"),
                (None, None),
            );
        }
        for object in added(&is.objects, &was.objects) {
            self.tell(
                "object-rule-removed",
                object,
                format!("the rule of {object} is not asked any more"),
                (None, None),
            );
        }
        self.inputs(was, is);
        let mark = [
            (
                "credential-mark-added",
                "it takes credentials, and is held to a stricter limit per address",
            ),
            (
                "credential-mark-removed",
                "it is not held to take credentials any more: their stricter limit per address is not asked for",
            ),
        ];
        self.flag((was.credential, is.credential), mark);
    }

    fn admitted(&mut self, was: &OperationFacts, is: &OperationFacts) {
        match (&was.public, &is.public) {
            (None, Some(reason)) => {
                let sentence =
                    format!("{} is for everybody now, because \"{reason}\"", self.operation);
                return self.tell(
                    "operation-became-public",
                    "",
                    sentence,
                    (None, Some(reason.clone())),
                );
            }
            (Some(reason), None) => {
                let sentence = format!("{} is not for everybody any more", self.operation);
                return self.tell(
                    "operation-became-protected",
                    "",
                    sentence,
                    (Some(reason.clone()), None),
                );
            }
            (Some(before), Some(after)) if before != after => {
                let sentence = format!(
                    "it was for everybody because \"{before}\", and is because \"{after}\""
                );
                self.tell("public-reason-changed", "", sentence, values(before, after));
            }
            _ => {}
        }
        // Whom a public operation admits is everybody, whichever roles there are.
        if is.public.is_some() {
            return;
        }
        for caller in is.callers.keys().filter(|caller| !was.callers.contains_key(*caller)) {
            let sentence = format!("{} may call {} now", called(&[caller]), self.operation);
            self.tell("role-added", caller, sentence, (None, None));
        }
        for caller in was.callers.keys().filter(|caller| !is.callers.contains_key(*caller)) {
            let sentence =
                format!("{} may not call {} any more", called(&[caller]), self.operation);
            self.tell("role-removed", caller, sentence, (None, None));
        }
    }

    fn credentials(&mut self, was: &OperationFacts, is: &OperationFacts) {
        let is_nested =
            |facts: &OperationFacts| facts.credentials.iter().any(|one| one.contains(AND));
        if is_nested(was) || is_nested(is) {
            return self.opened((&alternatives(was), &alternatives(is)), false);
        }
        let both = [
            ("credentials-asked-together", "its kinds of credentials are asked for together now"),
            ("credentials-asked-apart", "one of its kinds of credentials is enough now"),
        ];
        self.flag((was.together, is.together), both);
        let together = is.together && was.together;
        self.opened((&was.credentials, &is.credentials), together);
    }

    /// Tells the kinds that came and went. Where all are asked for, one more opens nothing, and one less closes nothing.
    fn opened(&mut self, (was, is): (&[String], &[String]), together: bool) {
        let rules = ["credential-kind-added", "credential-kind-removed"];
        let [more, less] = if together { [rules[1], rules[0]] } else { rules };
        for kind in added(was, is) {
            let says = if together { "has to come too now" } else { "opens it too now" };
            self.tell(more, kind, format!("{kind} {says}"), (None, None));
        }
        for kind in added(is, was) {
            let says = if together { "does not have to come any more" } else { "opens it no more" };
            self.tell(less, kind, format!("{kind} {says}"), (None, None));
        }
    }

    fn step_up(&mut self, was: Option<&StepUpModel>, is: Option<&StepUpModel>) {
        let (was, is) = match (was, is) {
            (None, None) => return,
            (None, Some(_)) => {
                let sentence = "callers have to authenticate as it asks now".to_owned();
                return self.tell("step-up-added", "", sentence, (None, None));
            }
            (Some(_), None) => {
                let sentence =
                    "callers do not have to authenticate in any way of its own any more".to_owned();
                return self.tell("step-up-removed", "", sentence, (None, None));
            }
            (Some(was), Some(is)) => (was, is),
        };
        // No class at all is any class; no age is any age.
        let looser_class = is.acr.is_empty() && !was.acr.is_empty()
            || !was.acr.is_empty() && !added(&was.acr, &is.acr).is_empty();
        let looser_methods = !added(&is.amr, &was.amr).is_empty();
        let age = |model: &StepUpModel| model.max_age_seconds.unwrap_or(u64::MAX);
        if looser_class || looser_methods || age(is) > age(was) {
            let sentence = "a weaker or an older authentication is good enough now".to_owned();
            self.tell("step-up-loosened", "", sentence, values(text(was), text(is)));
        } else if was != is {
            let sentence = "a stronger or a younger authentication is asked for now".to_owned();
            self.tell("step-up-tightened", "", sentence, values(text(was), text(is)));
        }
    }

    fn inputs(&mut self, was: &OperationFacts, is: &OperationFacts) {
        for (field, before) in &was.set_by {
            let Some(after) = is.set_by.get(field) else {
                let sentence = format!("everybody who may call may set `{field}` now");
                self.tell("input-field-opened", field, sentence, (Some(before.join(", ")), None));
                continue;
            };
            let (more, less) = (added(before, after), added(after, before));
            let both = values(before.join(", "), after.join(", "));
            if !more.is_empty() {
                self.tell(
                    "input-field-opened",
                    field,
                    format!("{} may set `{field}` now", called(&more)),
                    both,
                );
            } else if !less.is_empty() {
                let sentence = format!("{} may not set `{field}` any more", called(&less));
                self.tell("input-field-closed", field, sentence, both);
            }
        }
        for (field, after) in is.set_by.iter().filter(|(field, _)| !was.set_by.contains_key(*field))
        {
            let callers: Vec<&str> = after.iter().map(String::as_str).collect();
            let sentence = format!("only {} may set `{field}` now", called(&callers));
            self.tell("input-field-closed", field, sentence, (None, Some(after.join(", "))));
        }
        for field in added(&is.secrets, &was.secrets) {
            let sentence = format!("`{field}` is not kept as a secret any more");
            self.tell("secret-field-opened", field, sentence, (None, None));
        }
    }
}

fn text(StepUpModel { acr, amr, max_age_seconds }: &StepUpModel) -> String {
    let age = max_age_seconds.map_or_else(|| "any age".to_owned(), |seconds| format!("{seconds}s"));
    format!("acr [{}], amr [{}], {age}", acr.join(", "), amr.join(", "))
}
