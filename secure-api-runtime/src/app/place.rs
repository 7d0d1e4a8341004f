//! One path of one version: the operations that are there, by verb, and what the path allows.

use http::{HeaderValue, Method, header};

use super::{
    headers::Common,
    operation::{Fixed, Matched, Operation},
};
use crate::{
    clock::Clock,
    docs::Document,
    error::{Problem, problem},
    route::{PathParameters, etag},
    verb::Verb,
    version::VersionInfo,
};

/// Routes of one path, by verb.
pub(super) struct Place {
    version: Option<&'static VersionInfo>,
    pub(super) common: Common,
    operations: [Option<Operation>; Verb::ALL.len()],
    fixed: Option<Fixed>,
    allow: HeaderValue,
}

impl Place {
    /// Creates a place that has nothing yet.
    pub(super) fn empty(version: Option<&'static VersionInfo>) -> Self {
        Self {
            version,
            common: Common::with(version.map(VersionInfo::headers).unwrap_or_default()),
            operations: [const { None }; Verb::ALL.len()],
            fixed: None,
            allow: HeaderValue::from_static(""),
        }
    }

    /// Creates the place of a document.
    pub(super) fn of(document: Document) -> Self {
        Self {
            fixed: Some(Fixed {
                content_type: document.content_type,
                tag: etag::of(&document.body),
                policy: document.content_security_policy,
                body: document.body,
            }),
            allow: HeaderValue::from_static("GET, HEAD, OPTIONS"),
            ..Self::empty(None)
        }
    }

    /// Adds an operation.
    pub(super) fn add(&mut self, operation: Operation) {
        let verb = operation.route.verb;
        self.operations[verb.index()] = Some(operation);
        self.allow = self.allowed();
    }

    fn allowed(&self) -> HeaderValue {
        let mut verbs = Vec::new();
        for verb in Verb::ALL {
            if self.operations[verb.index()].is_some() {
                verbs.push(verb.as_str());
                if verb == Verb::Get {
                    verbs.push("HEAD");
                }
            }
        }
        verbs.push("OPTIONS");
        // Method names are visible ASCII.
        HeaderValue::from_str(&verbs.join(", ")).unwrap_or(HeaderValue::from_static("OPTIONS"))
    }

    /// Returns `true` if anything is served at this path.
    fn exists(&self) -> bool {
        self.fixed.is_some() || self.operations.iter().any(Option::is_some)
    }

    /// Returns what a method is at this place.
    pub(super) fn matched(
        &self,
        method: &Method,
        parameters: PathParameters,
        clock: &Clock,
    ) -> Matched<'_> {
        if !self.exists() {
            return Matched::Refused(Problem::new(&problem::NOT_FOUND).because("no route is here"));
        }
        if self.version.is_some_and(|version| version.is_sunset(clock)) {
            return Matched::Refused(
                Problem::new(&problem::SUNSET).saying("the version is past its sunset"),
            );
        }
        if *method == Method::OPTIONS {
            return Matched::Options(&self.allow);
        }
        let verb = Verb::answering(method);
        if let (Some(fixed), Some(Verb::Get)) = (&self.fixed, verb) {
            return Matched::Fixed(fixed);
        }
        match verb.and_then(|verb| self.operations[verb.index()].as_ref()) {
            Some(operation) if operation.route.is_sunset(clock) => Matched::Gone(operation),
            Some(operation) => Matched::Operation {
                operation,
                reader: self.operations[Verb::Get.index()].as_ref(),
                parameters,
            },
            None => Matched::Refused(
                Problem::new(&problem::METHOD_NOT_ALLOWED)
                    .header(header::ALLOW, self.allow.clone())
                    .saying("the path has no such verb"),
            ),
        }
    }
}
