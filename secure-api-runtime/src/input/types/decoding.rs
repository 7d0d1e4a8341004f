//! The state of one decoding: where it is, and every mistake found so far.

mod attempt;
mod levels;
mod more;
mod noting;
mod place;

use std::borrow::Cow;

use crate::{
    error::{InvalidField, Problem, ProblemType},
    limit::Notes,
    role::RoleSet,
};

use self::place::member;
use super::references::{Proof, References, Resolution, Wanted};
use crate::input::{
    Field, InvalidValue, Node, Read,
    wire::{node::pointer_step, query::parameter},
};

/// The largest number of mistakes in one answer.
const MOST_TOLD: usize = 50;

/// The state of one decoding: its place and the mistakes found. The path becomes a text only when there is something to
/// tell.
#[derive(Debug)]
pub struct Decoding {
    path: Vec<Step>,
    mistakes: Vec<InvalidField>,
    from_query: bool,
    places: Places,
    merges: bool,
    references: References,
    /// The roles of the caller who sent it.
    held: RoleSet,
    /// The first field that the caller sent and may not set.
    denied: Option<&'static str>,
    /// The notes that limits count by.
    notes: Option<Notes>,
    /// The number of steps to the parameter that is JSON; those behind it are a pointer's.
    json_from: Option<usize>,
    /// `true` if members that no field names are left out, and no mistakes.
    is_open: bool,
    /// The number of values that were read by a form that did not fit.
    in_vain: usize,
    /// The fields around the current place that lead back to their own input.
    levels: Vec<&'static str>,
}

/// The way in which a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Places {
    /// Pointers into the body.
    Pointers,
    /// Names of parameters or cookies.
    Names,
    /// Names of headers.
    Headers,
}

#[derive(Debug, Clone)]
enum Step {
    Field(&'static str),
    Item(usize),
    /// An entry's name as it stands in a pointer; empty where the name must not be repeated.
    Entry(String),
}

impl Decoding {
    pub(in crate::input) fn of_body() -> Self {
        Self {
            path: Vec::new(),
            mistakes: Vec::new(),
            from_query: false,
            places: Places::Pointers,
            merges: false,
            references: References::Refused,
            held: RoleSet::NOBODY,
            denied: None,
            notes: None,
            json_from: None,
            is_open: false,
            in_vain: 0,
            levels: Vec::new(),
        }
    }

    /// Returns the same with another use of references.
    pub(in crate::input) fn with(self, references: References) -> Self {
        Self { references, ..self }
    }

    /// Returns the same for a caller who has these roles.
    pub(in crate::input) fn sent_by(self, held: RoleSet) -> Self {
        Self { held, ..self }
    }

    /// Returns `true` if the caller may set a field.
    pub(in crate::input) fn may_set(&self, field: &Field) -> bool {
        field.setters.is_none_or(|setters| setters.has_one_of(self.held))
    }

    /// Notes a field at the current place that the caller may not set.
    pub(in crate::input) fn deny(&mut self, field: &Field) {
        self.denied = self.denied.or(Some(field.name));
        self.refuse("role", "this is for callers of another role to set");
    }

    /// Returns the proof of a reference, in the reading that has them. What nobody may use and what does not exist are the
    /// same mistake.
    pub(crate) fn refer(&mut self, wanted: Wanted) -> Option<Proof> {
        match self.references.answer(wanted) {
            Resolution::Proof(proof) => return Some(proof),
            Resolution::Later => {}
            Resolution::None => {
                self.refuse("reference", "there is nothing of this key that you may use")
            }
            Resolution::Refused => {
                self.refuse("reference", "only a route can load what this refers to")
            }
        }
        None
    }

    pub(in crate::input) fn of_query() -> Self {
        Self { from_query: true, places: Places::Names, ..Self::of_body() }
    }

    pub(in crate::input) fn of_headers() -> Self {
        Self { places: Places::Headers, ..Self::of_query() }
    }

    pub(in crate::input) fn of_upload() -> Self {
        Self { from_query: true, ..Self::of_body() }
    }

    pub(in crate::input) fn of_patch() -> Self {
        Self { merges: true, ..Self::of_body() }
    }

    /// Returns `true` if absent fields stay as they are and null removes.
    pub(in crate::input) fn merges(&self) -> bool {
        self.merges
    }

    /// Decodes something that a patch replaces as a whole.
    pub(in crate::input) fn whole<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let merges = std::mem::replace(&mut self.merges, false);
        let done = work(self);
        self.merges = merges;
        done
    }

    /// Decodes a parameter that is JSON.
    pub(in crate::input) fn in_json<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let from_query = std::mem::replace(&mut self.from_query, false);
        let json_from = self.json_from.replace(self.path.len());
        let done = work(self);
        (self.from_query, self.json_from) = (from_query, json_from);
        done
    }

    pub(in crate::input) fn in_entry<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.path.push(Step::Entry(pointer_step(name).unwrap_or_default()));
        let done = work(self);
        self.path.pop();
        done
    }

    /// Returns `true` if every leaf is text, from a query string, a form or an upload.
    pub fn from_query(&self) -> bool {
        self.from_query
    }

    pub(in crate::input) fn in_field<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.path.push(Step::Field(name));
        let done = work(self);
        self.path.pop();
        done
    }

    pub(in crate::input) fn in_item<T>(
        &mut self,
        index: usize,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.path.push(Step::Item(index));
        let done = work(self);
        self.path.pop();
        done
    }

    /// Notes a broken rule at the current place. The detail is made from the rule, never from the value.
    pub fn refuse(&mut self, code: &'static str, detail: impl Into<Cow<'static, str>>) {
        if self.mistakes.len() < MOST_TOLD {
            let pointer = self.pointer();
            self.mistakes.push(InvalidField { pointer, code, detail: detail.into() });
        }
    }

    /// Returns the text at the current place, where one is there.
    pub(crate) fn text<'n>(
        &mut self,
        node: Node<'n>,
        wanted: &'static str,
    ) -> Option<Cow<'n, str>> {
        match node {
            Node::Text(text) => Some(text),
            _ => {
                self.refuse_type(wanted);
                None
            }
        }
    }

    /// Notes that the value at the current place is of another kind than the one wanted.
    pub fn refuse_type(&mut self, wanted: &'static str) {
        self.refuse("type", wanted);
    }

    /// Notes a member of the current object that nothing declares.
    pub(in crate::input) fn refuse_member(&mut self, name: &str) {
        if self.mistakes.len() < MOST_TOLD {
            let mut pointer = self.pointer();
            if self.places == Places::Pointers || self.json_from.is_some() {
                pointer.extend(pointer_step(name));
            } else if self.path.is_empty() {
                pointer.push_str(&parameter(name));
            } else if pointer_step(name).is_some() {
                pointer.push_str(&member(name));
            }
            let detail = Cow::Borrowed("nothing of this name is accepted here");
            self.mistakes.push(InvalidField { pointer, code: "unknown", detail });
        }
    }

    /// Returns the value, or notes its mistake.
    pub fn admit<T>(&mut self, checked: Result<T, InvalidValue>) -> Option<T> {
        checked
            .map_err(|InvalidValue { code, detail, field }| match field {
                Some(field) => self.in_field(field, |decoding| decoding.refuse(code, detail)),
                None => self.refuse(code, detail),
            })
            .ok()
    }

    /// Holds a decoded value against a rule of the app.
    pub fn hold<T>(&mut self, value: T, rule: fn(&T) -> Result<(), InvalidValue>) -> Option<T> {
        let held = rule(&value);
        self.admit(held)?;
        Some(value)
    }

    /// Returns the decoded value, or the references to load before it is complete.
    ///
    /// # Errors
    ///
    /// A problem of this kind with all mistakes. Whoever sent a field that it may not set, or named an object that it may not
    /// use, is told to the log as refused a right.
    pub(in crate::input) fn finish<T>(
        self,
        decoded: Option<T>,
        kind: &'static ProblemType,
    ) -> Result<Read<T>, Problem> {
        let Self { mistakes, references, denied, .. } = self;
        match (references, decoded) {
            (References::Wanted(wanted), _) if mistakes.is_empty() && !wanted.is_empty() => {
                Ok(Read::Refers(wanted))
            }
            (_, Some(decoded)) if mistakes.is_empty() => Ok(Read::Whole(decoded)),
            (references, _) => Err(refusal(references, mistakes, denied, kind)),
        }
    }
}

/// Returns the refusal of an input: with all mistakes, and told to the log where somebody was denied a right.
fn refusal(
    references: References,
    mistakes: Vec<InvalidField>,
    denied: Option<&'static str>,
    kind: &'static ProblemType,
) -> Problem {
    let problem = references.explain(Problem::new(kind).errors(mistakes));
    match denied {
        Some(field) => problem
            .event("authz_fail")
            .because(format!("`{field}` is for callers of another role to set")),
        None => problem,
    }
}
