//! One operation of an API: its callers, its arguments, its answer.

use serde::{Deserialize, Serialize};

use super::{ByModel, Exception, LimitModel, Refusal, Schema, StepUpModel};
use crate::{input::Media, limit::Outage, verb::Verb};

mod answer;
mod end;
mod viewer;

pub use answer::{AnswerModel, ContentModel, HeaderModel, PageModel};
pub use end::{Deprecation, Successor};
pub use viewer::{OthersObjects, Sees, ViewArm, ViewModel, Viewers};

/// One operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The handler's name.
    pub name: String,
    /// The handler's module.
    pub module: String,
    /// Its verb.
    pub verb: Verb,
    /// Its path below the version, as `/orders/{order}`.
    pub path: String,
    /// The first paragraph of the handler's doc comment.
    pub summary: String,
    /// The rest of the doc comment.
    pub description: String,
    /// The path segments of its versions, oldest first.
    pub versions: Vec<String>,
    /// The callers that are admitted.
    pub access: AccessModel,
    /// The credentials that they prove themselves with.
    #[serde(default)]
    pub by: ByModel,
    /// OAuth scopes that a token has to have besides a role, all of them.
    pub scopes: Vec<String>,
    /// The authentication that its callers need besides credentials that hold.
    #[serde(default)]
    pub step_up: Option<StepUpModel>,
    /// Its limits, each arm with its callers.
    pub limits: Vec<LimitArm>,
    /// Set where the limits are the API's.
    pub limits_inherited: bool,
    /// The parts of its policy that a module states for it.
    pub inherited: Vec<InheritedKey>,
    /// The step that comes before it.
    pub after: Option<StepModel>,
    /// Set where a request carries an `Idempotency-Key`.
    pub idempotency_key: bool,
    /// The views of its answer, each arm with its callers.
    pub views: Vec<ViewArm>,
    /// Set where a request has to name the state that it changes, by `If-Match`.
    pub if_match: bool,
    /// The decision for the time in which the ledger that machines share does not answer.
    #[serde(default)]
    pub outage: Outage,
    /// Set where it takes credentials, and so has a limit per address that is stricter than the API's.
    pub credential: bool,
    /// Its own end, apart from its versions'.
    pub deprecation: Option<Deprecation>,
    /// The most bytes of a body, where it is not the app's.
    pub body_limit: Option<usize>,
    /// The most seconds until the answer, where they are not the app's.
    pub timeout_seconds: Option<f64>,
    /// Rules that it is excepted from.
    pub exceptions: Vec<Exception>,
    /// The handler's arguments; first those of the path's parameters, in the path's order.
    pub arguments: Vec<ArgumentModel>,
    /// Its answer.
    pub answer: AnswerModel,
    /// The handler's own problems.
    pub problems: Vec<Refusal>,
}

/// The callers that an operation admits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessModel {
    /// Holders of one of these roles, or of one that includes it.
    Roles(Vec<String>),
    /// Anybody, for this reason.
    Public(String),
}

/// One arm of an operation's limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitArm {
    /// The least roles of its callers; `None` is the rest of those the operation admits.
    pub roles: Option<Vec<String>>,
    /// The limits, all of them in force.
    pub limits: Vec<LimitModel>,
}

/// A part of an operation's policy that a module around it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InheritedKey {
    /// The key: `version`, `access` or `limit`.
    pub key: String,
    /// The module that states it.
    pub module: String,
}

/// The step before a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepModel {
    /// The handler's name.
    pub operation: String,
    /// The handler's module.
    pub module: String,
    /// The seconds after which it no longer counts.
    pub within_seconds: f64,
    /// The seconds before which it does not count yet.
    pub at_least_seconds: f64,
}

/// One argument of a handler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArgumentModel {
    /// The object that a path parameter names. It is loaded and permitted before the handler runs.
    Object {
        /// The parameter's name.
        parameter: String,
        /// The object's type, without modules.
        object: String,
        /// The schema of its key.
        key: Schema,
    },
    /// The leave to load objects without their rule, by the object's type, without modules.
    Unchecked(String),
    /// A path parameter that names nothing owned.
    Unowned {
        /// The parameter's name.
        parameter: String,
        /// Its schema.
        key: Schema,
        /// The reason stated.
        reason: String,
    },
    /// The query parameters, by the id of their schema.
    Query(String),
    /// The header fields that it reads, by the id of their schema.
    Headers(String),
    /// The cookies that it reads, by the id of their schema.
    Cookies(String),
    /// The page of a list that is asked for: `size` and `cursor`.
    Paging,
    /// The body.
    Body {
        /// Its schema: a named one, a list, or a free value.
        schema: Schema,
        /// Its media type.
        media: Media,
        /// `true` if there may be none.
        #[serde(default, skip_serializing_if = "is_false")]
        optional: bool,
    },
    /// The body as it is, without fields.
    RawBody {
        /// The media types that it may be of.
        media_types: Vec<String>,
        /// The most bytes.
        max_bytes: usize,
        /// `true` if it is text in UTF-8.
        text: bool,
        /// `true` if it is a whole file of its media type.
        #[serde(default, skip_serializing_if = "is_false")]
        file: bool,
    },
    /// A store, by the full path of its type.
    Store(String),
    /// A collaborator, by the full path of its type.
    Service(String),
    /// The proof that a service signed the content, by the full path of its receiver's type.
    Webhook(String),
    /// The sessions of browsers, one of which it may begin or end.
    Sessions,
    /// The tokens of the app's own users, which it may issue.
    Tokens,
    /// The caller, or the scope of what the caller may list.
    Caller,
    /// The request's context.
    Context,
    /// An extractor of axum's, by the full path of its type.
    Extractor(String),
    /// An extractor of axum's that reads the body, by the full path of its type.
    BodyExtractor(String),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Operation {
    /// Returns whether the version with this path segment has it.
    pub fn is_in(&self, segment: &str) -> bool {
        self.versions.iter().any(|version| version == segment)
    }

    /// Returns the names of the path's parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
    }

    /// Returns its path with the parameters' names left out, as `/orders/{}`.
    pub(crate) fn place(&self) -> String {
        place(&self.path)
    }

    /// Returns the types of the objects that its path names, in the path's order.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|argument| match argument {
            ArgumentModel::Object { object, .. } => Some(&**object),
            _ => None,
        })
    }

    /// Returns the reasons of the path parameters that name nothing owned.
    pub fn unowned(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|argument| match argument {
            ArgumentModel::Unowned { reason, .. } => Some(&**reason),
            _ => None,
        })
    }

    /// Returns the ids of the schemas of its inputs: of its query, its headers and cookies, and of its body.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|argument| match argument {
            ArgumentModel::Query(schema)
            | ArgumentModel::Headers(schema)
            | ArgumentModel::Cookies(schema) => Some(&**schema),
            ArgumentModel::Body { schema, .. } => schema.named(),
            _ => None,
        })
    }

    /// Returns the media types of a body that it takes as it is.
    pub(crate) fn raw_types(&self) -> Option<&[String]> {
        self.arguments.iter().find_map(|argument| match argument {
            ArgumentModel::RawBody { media_types, .. } => Some(&**media_types),
            _ => None,
        })
    }

    /// Returns `true` if its body as it is has to be a whole file of its media type.
    pub(crate) fn takes_files(&self) -> bool {
        let file = |one: &ArgumentModel| matches!(one, ArgumentModel::RawBody { file: true, .. });
        self.arguments.iter().any(file)
    }

    /// Returns whether a list is given page by page, by a cursor.
    pub fn is_paged(&self) -> bool {
        self.arguments.contains(&ArgumentModel::Paging)
    }

    /// Returns `true` if its answers may set the cookie of a session.
    pub fn sets_session(&self) -> bool {
        self.arguments.contains(&ArgumentModel::Sessions)
    }

    /// Returns `true` if cookies that are no credentials are read by something that changes something.
    pub fn changes_by_cookies(&self) -> bool {
        let reads = |argument: &ArgumentModel| matches!(argument, ArgumentModel::Cookies(_));
        !self.verb.is_safe() && self.arguments.iter().any(reads)
    }

    /// Returns `true` if its handler may issue tokens to the app's own users.
    pub fn issues(&self) -> bool {
        self.arguments.contains(&ArgumentModel::Tokens)
    }

    /// Returns whether its answer has an entity tag.
    pub fn is_tagged(&self) -> bool {
        (self.offers_fields() && !self.answer.flows())
            || self.answer.content == ContentModel::File
            || ((self.answer.is_unviewed_json()
                || self.answer.is_question()
                || self.answer.is_plain())
                && self.verb.is_safe())
    }

    /// Returns whether a caller may ask for some of the view's fields only, by `?fields=`.
    pub fn offers_fields(&self) -> bool {
        self.verb.is_safe() && !self.views.is_empty()
    }
}

/// Returns a path with the parameters' names left out, as `/orders/{}`.
pub(crate) fn place(path: &str) -> String {
    let mut parts = path.split('{');
    let mut place = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once('}').unwrap_or_default();
        place.push_str("{}");
        place.push_str(rest);
    }
    place
}
