//! One operation as a constant: everything about it that is known when it is compiled.
//!
//! It rides inside the matched route, so nothing is looked up again while a request is handled.

use crate::{
    error::ProblemType,
    flow::{Flow, OperationName},
    input::{FileKind, Media, PLAIN, Reads, room_for},
    limit::LimitUse,
    role::RoleSet,
    shape::Shape,
    verb::Verb,
    version::VersionRange,
    view::ViewInfo,
};
use std::fmt;

mod answer;
mod argument;
mod defaults;
mod endpoint;
mod header;
mod link;
mod options;
mod page;

pub use answer::{AnswerInfo, Content};
pub use argument::{ArgumentFacts, ArgumentInfo, ObjectFacts, RawFacts, RawForm};
pub use defaults::{Defaults, Inherited, Module, Says, SaysNothing, defaults_of};
pub use endpoint::Endpoint;
pub use header::HeaderInfo;
pub use link::{Link, Named, Unnamed};
pub use options::{Allowed, BodyKinds, Deprecated, RouteOptions};
pub use page::PageShape;

/// One operation.
pub struct Route {
    /// The handler's name.
    pub name: &'static str,
    /// The handler's module, as `module_path!()` gives it.
    pub module: &'static str,
    /// Its verb.
    pub verb: Verb,
    /// Its path below the version, as `/orders/{order}`.
    pub path: &'static str,
    /// Its path with parameter names left out, as `/orders/{}`: two routes with the same are at one place.
    pub path_shape: &'static str,
    /// A hash of verb and [`path_shape`](Self::path_shape), so that the compiler compares numbers.
    pub path_key: u64,
    /// The names of the path's parameters, in order.
    pub parameters: &'static [&'static str],
    /// The first paragraph of the handler's doc comment.
    pub summary: &'static str,
    /// The rest of it.
    pub description: &'static str,
    /// The versions it is in.
    pub versions: VersionRange,
    /// The callers that it admits.
    pub access: Access,
    /// Its arguments and its result, as they are written, and what the compiler checks of each.
    pub facts: &'static [(&'static str, ArgumentFacts)],
    /// The limits, with the callers that they are for; an empty list takes the API's.
    pub limits: &'static [LimitUse],
    /// The source of each key that it inherits.
    pub inherited: Inherited,
    /// The step before it, and the treatment of a repeated request.
    pub flow: Flow,
    /// The views that are shown, with the callers that they are for.
    pub views: &'static [ViewUse],
    /// `true` if a request must name the state of its object by `If-Match`.
    pub if_match: bool,
    /// The other operations that it points its callers to.
    pub links: &'static [Link],
    /// The facts that few routes state.
    pub options: RouteOptions,
    /// The handler's arguments; first those of the path, in its order.
    pub arguments: &'static [fn() -> ArgumentInfo],
    /// The handler's answer.
    pub answer: AnswerInfo,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("name", &self.name)
            .field("verb", &self.verb)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// The callers that an operation admits.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// The callers with one of these roles.
    Roles(RoleSet),
    /// Anybody, for the reason stated.
    Public(&'static str),
}

/// One arm of a route's `view`.
#[derive(Debug, Clone, Copy)]
pub struct ViewUse {
    /// The callers that the arm is for.
    pub to: ShownTo,
    /// The view that they see.
    pub view: &'static ViewInfo,
}

/// The callers that one arm of a route's `view` is for, of those the route admits.
#[derive(Debug, Clone, Copy)]
pub enum ShownTo {
    /// The owner of what is shown.
    Owner,
    /// The callers with one of these roles.
    Roles(RoleSet),
    /// All the rest.
    Rest,
}

impl ShownTo {
    /// Returns true where the arm is for a caller with these roles, who does or does not own what is shown.
    pub const fn admits(self, roles: u128, owner: bool) -> bool {
        match self {
            Self::Owner => owner,
            Self::Roles(admitted) => admitted.admits(roles),
            Self::Rest => true,
        }
    }
}

impl Route {
    /// The facts of a route that states nothing: in no version, for no caller.
    pub const UNSTATED: Self = Self {
        name: "",
        module: "",
        verb: Verb::Get,
        path: "",
        path_shape: "",
        path_key: 0,
        parameters: &[],
        summary: "",
        description: "",
        versions: VersionRange::NONE,
        access: Access::Roles(RoleSet::NOBODY),
        facts: &[],
        limits: &[],
        inherited: Inherited::NOTHING,
        flow: Flow::NONE,
        views: &[],
        if_match: false,
        links: &[],
        options: RouteOptions::NONE,
        arguments: &[],
        answer: AnswerInfo::RESOURCE,
    };

    /// Returns `true` for the placeholder of a route whose declaration has mistakes, which are the only errors.
    pub(crate) const fn is_unknown(&self) -> bool {
        self.name.is_empty()
    }

    /// Returns its name as a step.
    pub const fn step(&self) -> OperationName {
        OperationName::new(self.path_key, self.module, self.name, self.parameters.len())
    }

    /// Returns the view that a caller with these roles gets of what it owns, or of what it does not own; `None` where
    /// nothing is shown.
    pub fn view_for(&self, roles: u128, owner: bool) -> Option<&'static ViewInfo> {
        self.views.iter().find(|used| used.to.admits(roles, owner)).map(|used| used.view)
    }

    /// Returns the views that a caller with these roles may get: of what it owns, where that is another one, and of the
    /// rest.
    pub fn views_for(&self, roles: u128) -> impl Iterator<Item = &'static ViewInfo> {
        let [own, other] = [true, false].map(|owner| self.view_for(roles, owner));
        own.filter(|_| self.has_mine()).into_iter().chain(other)
    }

    /// Returns true where the view depends on who owns what is shown.
    pub fn has_mine(&self) -> bool {
        self.views.iter().any(|used| matches!(used.to, ShownTo::Owner))
    }

    /// Returns the most bytes of a body, where it is not what the app says: what the route states, what the fields
    /// of an upload may have together, or what the type of one without fields has room for.
    pub fn body_limit(&self) -> Option<usize> {
        let by_type = || {
            self.arguments.iter().find_map(|describe| match describe() {
                ArgumentInfo::Body {
                    shape: Shape::Object(object),
                    media: Media::Multipart,
                    ..
                } => Some(room_for(&object)),
                ArgumentInfo::RawBody(raw) => Some(raw.most),
                _ => None,
            })
        };
        self.options.body_limit.or_else(by_type)
    }

    /// Returns the media types of a body without fields: those that are stated, or that of text.
    pub(crate) const fn raw_types(&self, form: RawForm) -> &'static [&'static str] {
        match form {
            RawForm::Text => &[PLAIN],
            RawForm::Bytes | RawForm::File => match self.options.kinds {
                Some(BodyKinds { media_types, .. }) => media_types,
                None => self.options.accepts,
            },
        }
    }

    /// Returns the kinds of files that the bytes of its body are of; none where they may be anything.
    pub(crate) const fn body_kinds(&self) -> &'static [FileKind] {
        match self.options.kinds {
            Some(BodyKinds { kinds, .. }) => kinds,
            None => &[],
        }
    }

    /// Returns `true` if a caller may narrow the view by `?fields=`.
    pub fn offers_fields(&self) -> bool {
        self.verb.is_safe() && !self.views.is_empty()
    }

    /// Returns `true` if the query has to have this parameter.
    pub(in crate::route) fn demands(&self, parameter: &str) -> bool {
        let queries = self.facts.iter().filter(|(_, facts)| !facts.takes_body);
        let fields = queries.filter_map(|(_, facts)| match facts.reads {
            Reads::Flat(fields) => Some(fields),
            _ => None,
        });
        fields.flatten().any(|field| field.name == parameter && !field.ty.optional)
    }

    /// Returns the problem types that the handler itself can answer with.
    pub fn problems(&self) -> Vec<&'static ProblemType> {
        let mut problems = (self.answer.problems)();
        let own = self.answer.own_problems.iter().copied();
        problems.extend(
            own.filter(|own| !problems.iter().any(|other| std::ptr::eq(*other, *own)))
                .collect::<Vec<_>>(),
        );
        problems
    }
}
