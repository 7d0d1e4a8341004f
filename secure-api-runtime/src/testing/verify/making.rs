//! Requests that succeed: their objects are made, the steps before them done, the state that they change read.

use super::{
    draft::{By, Draft, Persona, Target},
    references,
    world::{Keys, World, is_success},
};
use crate::{
    inventory::{ArgumentModel, place},
    route::segment,
    verb::Verb,
};

impl World {
    /// Returns a request that a route answers with success as far as is known: its objects are the caller's own, its state is
    /// the one that there is, and the steps before it are done.
    pub(super) async fn good<'a>(
        &'a self,
        target: Target<'a>,
        caller: Option<&Persona>,
        fresh: bool,
    ) -> Draft<'a> {
        let mut keys = Keys::new();
        let mut lacks = None;
        for argument in &target.operation.arguments {
            let ArgumentModel::Object { object, parameter, .. } = argument else { continue };
            let Some(caller) = caller else { continue };
            match self.owned(object, caller, target, fresh).await {
                Ok(found) => {
                    // What an object was made below of stands before it, if it is not the same parameter.
                    for (name, key) in found {
                        if name == *object {
                            keys.insert(parameter.clone(), key);
                        } else if !name.starts_with(char::is_uppercase) {
                            keys.insert(name, key);
                        }
                    }
                }
                Err(reason) => lacks = Some(reason),
            }
        }
        let mut draft = self.drafted(target, &keys);
        draft.lacks = draft.lacks.or(lacks);
        if let Some(caller) = caller.filter(|_| draft.lacks.is_none()) {
            Box::pin(references::refer(self, &mut draft, caller)).await;
        }
        if draft.lacks.is_some() {
            return draft;
        }
        if let Some(after) = &target.operation.after {
            let before = self.target(&after.operation, target);
            if let Some(before) = before {
                let mut step = self.drafted(before, &keys);
                step.path = joined(before, &draft, target);
                let by = By::from(caller.map(|caller| self.entitled(before.operation, caller)));
                let done = self.send(&step, &by).await;
                if !is_success(&done) {
                    draft.unstepped = true;
                    draft.lacks = Some(format!(
                        "{} is before it, and was answered {}",
                        after.operation,
                        done.status()
                    ));
                }
                if after.at_least_seconds > 0.0 {
                    let seconds = std::time::Duration::from_secs_f64(after.at_least_seconds + 1.0);
                    self.client.advance(seconds);
                }
            }
        }
        if target.operation.if_match {
            let readers = self.targets().into_iter();
            let reader =
                readers.filter(|one| one.version.segment == target.version.segment).find(|one| {
                    one.operation.verb == Verb::Get && one.operation.path == target.operation.path
                });
            if let Some(reader) = reader {
                let mut read = self.drafted(reader, &keys);
                read.path.clone_from(&draft.path);
                let by = By::from(caller.map(|caller| self.entitled(reader.operation, caller)));
                if let Some(tag) = self.send(&read, &by).await.header("etag") {
                    draft = draft.header("if-match", tag);
                }
            }
        }
        draft
    }

    /// Returns a request to a route on a new object, whose steps were not taken.
    pub(super) async fn stepless<'a>(&'a self, target: Target<'a>, caller: &Persona) -> Draft<'a> {
        let mut keys = Keys::new();
        for argument in &target.operation.arguments {
            let ArgumentModel::Object { object, parameter, .. } = argument else { continue };
            let found = self.owned(object, caller, target, true).await.unwrap_or_default();
            keys.extend(found.get(object).map(|key| (parameter.clone(), key.clone())));
        }
        self.drafted(target, &keys)
    }

    /// Returns the operation of this name in the same version.
    pub(super) fn target<'a>(&'a self, operation: &str, like: Target<'a>) -> Option<Target<'a>> {
        let mut operations = self.model.operations_in(&like.version.segment);
        let operation = operations.find(|one| one.name == operation)?;
        Some(Target { operation, version: like.version })
    }
}

/// Returns the path of a step with the keys that the path of the next one has.
fn joined(before: Target<'_>, draft: &Draft<'_>, target: Target<'_>) -> String {
    let keys = bound(&target.template(), &draft.path);
    let mut path = before.template();
    for (name, key) in keys {
        path = path.replace(&format!("{{{name}}}"), &key);
    }
    path
}

/// Returns the values of the parameters of a template in a path; none where it is another path.
pub(super) fn bound(template: &str, path: &str) -> Keys {
    let (parts, values): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    let mut keys = Keys::new();
    if parts.len() != values.len() {
        return keys;
    }
    for (part, value) in parts.into_iter().zip(values) {
        let names = part.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        match segment::split(&place(part), value) {
            Some(values) => {
                let values = values.into_iter().map(str::to_owned);
                keys.extend(names.map(str::to_owned).zip(values));
            }
            None => return Keys::new(),
        }
    }
    keys
}
