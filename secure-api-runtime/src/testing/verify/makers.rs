//! Objects of a caller: those that were given, and those that an operation makes, called with the roles that may.

use super::{
    draft::{By, Persona, Target},
    making::bound,
    world::{Keys, World, is_success},
};
use crate::inventory::{AccessModel, Operation};

impl World {
    /// Returns the keys of an object of this caller: given, known, or made; or why there is none, and what to write.
    pub(super) async fn owned(
        &self,
        object: &str,
        caller: &Persona,
        like: Target<'_>,
        fresh: bool,
    ) -> Result<Keys, String> {
        if let Some(key) = self.given.key(object, &caller.subject) {
            return Ok(Keys::from([(object.to_owned(), key.to_owned())]));
        }
        let name = (object.to_owned(), format!("{} {:?}", caller.subject, caller.tenant));
        if !fresh && let Some(keys) = self.owned.borrow().get(&name) {
            return Ok(keys.clone());
        }
        if self.making.borrow().contains(&name) {
            return Err(format!("each {object} needs another {object} first: {}", give(object)));
        }
        // What could not be made is not tried again below the same object.
        if let Some(reason) = self.unmade.borrow().get(&name) {
            return Err(reason.clone());
        }
        self.making.borrow_mut().push(name.clone());
        let made = Box::pin(self.make(object, caller, like)).await;
        self.making.borrow_mut().pop();
        match &made {
            Ok(keys) => drop(self.owned.borrow_mut().insert(name, keys.clone())),
            Err(reason) => drop(self.unmade.borrow_mut().insert(name, reason.clone())),
        }
        if self.making.borrow().is_empty() {
            self.unmade.borrow_mut().clear();
        }
        made
    }

    /// Forgets an object that is no longer there.
    pub(super) fn forget(&self, object: &str, caller: &Persona) {
        self.owned
            .borrow_mut()
            .remove(&(object.to_owned(), format!("{} {:?}", caller.subject, caller.tenant)));
    }

    /// Creates an object of this caller, by the operation that does.
    async fn make(&self, object: &str, caller: &Persona, like: Target<'_>) -> Result<Keys, String> {
        let known = self.makers.borrow().get(object).cloned();
        let mut makers: Vec<Target<'_>> = self.targets();
        makers.retain(|maker| {
            may_make(maker.operation, object)
                && known.as_ref().is_none_or(|known| *known == maker.operation.name)
        });
        // That which shows such an object first, and that of the same version.
        makers.sort_by_key(|maker| {
            (!shows(maker.operation, object), maker.version.segment != like.version.segment)
        });
        let mut reasons = Vec::new();
        for maker in makers {
            match self.made_by(maker, object, caller).await {
                Ok(keys) => return Ok(keys),
                // Another operation may be one that makes something else.
                Err(reason) if shows(maker.operation, object) => reasons.push(reason),
                Err(_) => {}
            }
        }
        let mut operations = self.model.operations.iter();
        let left_out = operations.find(|one| {
            may_make(one, object)
                && shows(one, object)
                && self.given.skipped.contains_key(&one.name)
        });
        reasons.extend(left_out.map(|one| format!("{}, which makes one, is left out", one.name)));
        let reason = reasons.first().cloned();
        let reason = reason.unwrap_or_else(|| "no operation makes one".to_owned());
        // What lacks further down says itself what to write.
        let give = if reason.contains(".object(") { String::new() } else { give(object) };
        let colon = if give.is_empty() { "" } else { ": " };
        Err(format!("no {object} of {} is there: {reason}{colon}{give}", caller.subject))
    }

    /// Creates an object by an operation, with each role that it admits until one may; or says what keeps it from that.
    async fn made_by(
        &self,
        maker: Target<'_>,
        object: &str,
        caller: &Persona,
    ) -> Result<Keys, String> {
        let name = &maker.operation.name;
        let mut answers: Vec<String> = Vec::new();
        for (place, persona) in self.may(maker.operation, object, caller).into_iter().enumerate() {
            let draft = self.good(maker, Some(&persona), place == 0).await;
            if let Some(lacks) = draft.lacks {
                return Err(format!("{name}, which makes one, needs more: {lacks}"));
            }
            let roles = persona.roles.join(" and ");
            let reply = self.send(&draft, &By::caller(persona)).await;
            if !is_success(&reply) {
                answers.push(format!("{} to {roles}", reply.status()));
                continue;
            }
            let made = reply.header("location").and_then(|place| self.read_location(place));
            let Some((made, mut keys)) = made else {
                return Err(format!("no operation reads the place at which {name} makes one"));
            };
            self.makers.borrow_mut().insert(made.clone(), name.clone());
            if made != object {
                return Err(format!("{name} makes a {made}"));
            }
            // What it was made below of is reached by the same keys.
            for (name, key) in bound(&maker.template(), &draft.path) {
                keys.entry(name).or_insert(key);
            }
            return Ok(keys);
        }
        Err(match answers.is_empty() {
            true => format!("nobody is known whom {name} admits, which makes one"),
            false => format!(
                "{name}, which makes one, is answered {}: give what it accepts by `.body({name:?}, …)`, or {}",
                answers.join(", "),
                give(object)
            ),
        })
    }

    /// Returns the caller with each role that a creating operation admits, its first one first.
    fn may(&self, maker: &Operation, object: &str, caller: &Persona) -> Vec<Persona> {
        let Some(first) = self.admitted(maker, &caller.subject) else { return Vec::new() };
        let first = Persona { tenant: caller.tenant.clone(), ..first };
        let mut all = vec![first.clone()];
        // Who was given has the roles that were given; what makes something else is tried once.
        if self.takes(maker) && shows(maker, object) {
            let others = self.admitting(maker).into_iter().map(|role| first.only(&[role]));
            all.extend(others.filter(|other| other.roles != first.roles));
        }
        all
    }

    /// Returns the object that a place is of, with the values of its path.
    fn read_location(&self, place: &str) -> Option<(String, Keys)> {
        let path = place
            .split_once("://")
            .map_or(place, |(_, rest)| rest.find('/').map_or(rest, |at| &rest[at..]));
        self.targets().into_iter().filter(|target| target.operation.verb.is_safe()).find_map(
            |target| {
                let mut keys = bound(&target.template(), path);
                let object = target.operation.objects().last()?.to_owned();
                let last = target.operation.parameters().last()?.to_owned();
                let key = keys.remove(&last)?;
                keys.insert(object.clone(), key);
                Some((object, keys))
            },
        )
    }

    /// Returns a caller as an operation admits it: with the own roles where they suffice, else with its first one.
    pub(super) fn entitled(&self, operation: &Operation, caller: &Persona) -> Persona {
        let AccessModel::Roles(least) = &operation.access else {
            return self.equipped(operation, caller.clone());
        };
        let suffices = caller.roles.iter().any(|role| self.model.admits(least, role));
        let caller = match (suffices, least.first()) {
            (false, Some(role)) if caller.given.is_none() => caller.only(&[role]),
            _ => caller.clone(),
        };
        self.equipped(operation, caller)
    }

    /// Returns the reason for which everybody may reach an object, in a sentence.
    pub(super) fn shared(&self, object: &str) -> Option<String> {
        let reason = self.given.shared.get(object)?;
        Some(format!("{object} is said to be shared: {reason}"))
    }

    /// Returns what to write where an object is nobody's own.
    pub(super) fn unless_shared(&self, object: &str) -> String {
        format!("where each is for everybody, say so: `.shared({object:?}, \"the reason\")`")
    }
}

/// Returns `true` if an operation tells the place of what it made, and needs no object of this type for it in its path.
fn may_make(operation: &Operation, object: &str) -> bool {
    let others = operation.views.iter().filter(|arm| arm.view.object);
    let makes_another = !shows(operation, object) && others.count() > 0;
    operation.answer.location && !makes_another && !operation.objects().any(|one| one == object)
}

/// Returns `true` if an operation shows objects of this type.
fn shows(operation: &Operation, object: &str) -> bool {
    operation.views.iter().any(|arm| arm.view.object && arm.view.resource == object)
}

/// Returns what to write where an object cannot be made.
fn give(object: &str) -> String {
    format!("give one of each of two owners by `.object({object:?}, \"alice\", \"its key\")`")
}
