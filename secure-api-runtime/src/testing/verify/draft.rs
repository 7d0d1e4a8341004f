//! One request in the making: what of it can be changed before it is sent.

use serde_json::Value;

use crate::{
    input::header_name,
    inventory::{CredentialModel, Operation, VersionModel},
};

/// A route: an operation in a version.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) operation: &'a Operation,
    pub(super) version: &'a VersionModel,
}

impl Target<'_> {
    /// Returns its name in tables.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.operation.name, self.version.segment)
    }

    /// Returns the template of its path, as it is called.
    pub(super) fn template(&self) -> String {
        self.version.address(&self.operation.path)
    }
}

/// The content of a request.
#[derive(Clone)]
pub(super) enum Content {
    /// No content.
    None,
    /// Content that is JSON, or the fields of a form; its media type first.
    Value(&'static str, Value),
    /// The parts of an upload.
    Parts(Vec<Part>),
    /// Bytes as they are, with or without a media type.
    Bytes(Option<&'static str>, Vec<u8>),
    /// Bytes of a media type that the route states.
    Raw(String, Vec<u8>),
}

/// One part of an upload.
#[derive(Clone, Default)]
pub(super) struct Part {
    pub(super) field: String,
    /// The name of the file and its media type, as its sender says them; none for a field of text.
    pub(super) file: Option<(String, String)>,
    pub(super) content: Vec<u8>,
}

/// A request to a route.
#[derive(Clone)]
pub(super) struct Draft<'a> {
    pub(super) target: Target<'a>,
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    /// The versions that it states, where they are others than its own.
    pub(super) version: Option<Vec<String>>,
    /// Headers of an app's own.
    pub(super) further: Vec<(String, String)>,
    pub(super) content: Content,
    /// The part that could not be made, for which it may be refused.
    pub(super) lacks: Option<String>,
    /// Set where that is the step before it, which is asked for after its objects.
    pub(super) unstepped: bool,
}

impl Draft<'_> {
    /// Returns the same with a value put to a place of its body.
    pub(super) fn with(&self, pointer: &str, change: impl FnOnce(&mut Value)) -> Option<Self> {
        let mut changed = self.clone();
        let Content::Value(_, body) = &mut changed.content else { return None };
        change(body.pointer_mut(pointer)?);
        Some(changed)
    }

    /// Sends these values in the header that a field is read from, each in a field of its own, and no other.
    pub(super) fn read_header(&mut self, field: &str, values: &[&str]) {
        let name = header_name(field).to_ascii_lowercase();
        self.further.retain(|(other, _)| *other != name);
        self.further.extend(values.iter().map(|value| (name.clone(), (*value).to_owned())));
    }

    /// Sends these values of a cookie, and no other of its name.
    pub(super) fn cookie(&mut self, name: &str, values: &[&str]) {
        let start = format!("{name}=");
        self.further.retain(|(other, pair)| other != "cookie" || !pair.starts_with(&start));
        let pairs = values.iter().map(|value| ("cookie".to_owned(), format!("{start}{value}")));
        self.further.extend(pairs);
    }

    /// Returns the same with another header of this name, or without one, if the value is empty.
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value.into()));
        self
    }
}

/// A caller who is made up.
#[derive(Clone, Default)]
pub(super) struct Persona {
    pub(super) subject: String,
    pub(super) roles: Vec<String>,
    pub(super) scopes: Vec<String>,
    pub(super) tenant: Option<String>,
    pub(super) claims: Vec<(&'static str, Value)>,
    /// The kind of its credentials, where it is not the first that the route admits.
    pub(super) by: Option<CredentialModel>,
    /// The place of its credentials among those that were given, where they are not made up.
    pub(super) given: Option<usize>,
    /// The fault of its credentials of one kind, where it has several.
    pub(super) fault: Option<(CredentialModel, Fault)>,
}

/// The fault of one of the credentials of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A text that nobody was ever given.
    MadeUp,
    /// A tenant that the others are not of.
    Elsewhere,
}

impl Persona {
    /// Returns the same with these roles and no other.
    pub(super) fn only(&self, roles: &[&str]) -> Self {
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        Self { roles, ..self.clone() }
    }

    /// Returns the same with another subject.
    pub(super) fn named(&self, subject: &str) -> Self {
        Self { subject: subject.to_owned(), ..self.clone() }
    }

    /// Returns the same with one more claim, which replaces another of its name.
    pub(super) fn claim(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.claims.push((name, value.into()));
        self
    }
}

/// The credentials that a request is sent with.
#[derive(Clone)]
pub(super) enum By {
    /// None at all.
    Nobody,
    /// A good token of somebody.
    Caller(Box<Persona>),
    /// A text behind `Bearer`, whatever it is.
    Token(String),
}

impl By {
    /// Returns a good token of somebody.
    pub(super) fn caller(persona: Persona) -> Self {
        Self::Caller(Box::new(persona))
    }
}

impl From<Option<Persona>> for By {
    fn from(persona: Option<Persona>) -> Self {
        persona.map_or(Self::Nobody, Self::caller)
    }
}
