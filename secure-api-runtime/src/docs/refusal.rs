//! The responses of an operation besides success: the refusals of the pipeline and the handler's own problems, by
//! status. Each set of problems is one response of the document, however many operations share it.

use std::collections::BTreeMap;

use http::{HeaderValue, StatusCode};
use utoipa::openapi::{
    Content, Header, Ref, RefOr, Response, ResponseBuilder, example::ExampleBuilder,
};

use super::{
    header::{
        ALLOWED_ORIGIN, EVERYWHERE, NO_ORIGIN_ALLOWED, ORIGINS_ALLOWED, further, header, spelled,
        stated_header,
    },
    problem::{self, problem_schema},
    schema::Schemas,
};
use crate::inventory::{self, ApiModel, Operation, VersionModel};

/// The responses and headers of one document, in the making.
pub(super) struct Responses<'a> {
    version: &'a VersionModel,
    /// The description of the header that names an allowed origin.
    origin: &'static str,
    /// `true` if bodies may be compressed.
    gzip: bool,
    problem: Ref,
    headers: BTreeMap<String, RefOr<Header>>,
    refusals: Vec<Refusal>,
}

/// One response with its name: what it is about, and what sets it apart from others about the same: a deprecated
/// operation's answers have headers of their own, and a missing scope is named by one.
struct Refusal {
    name: String,
    problems: Vec<inventory::Refusal>,
    own: Option<String>,
    response: Response,
}

impl<'a> Responses<'a> {
    /// Creates an empty set. The schema of a problem document is added to `schemas`, which has to be empty.
    pub(super) fn new(
        api: &ApiModel,
        version: &'a VersionModel,
        schemas: &mut Schemas<'_>,
    ) -> Self {
        let problem = problem_schema(schemas);
        let origins = api.settings.as_ref().is_some_and(|settings| !settings.origins.is_empty());
        let origin = if origins { ORIGINS_ALLOWED } else { NO_ORIGIN_ALLOWED };
        let gzip = api.takes_gzip();
        Self { version, origin, gzip, problem, headers: BTreeMap::new(), refusals: Vec::new() }
    }

    /// Returns the headers of a deprecated operation's answers, in place of its version's.
    pub(super) fn own_headers(
        &self,
        operation: &Operation,
    ) -> Option<Vec<(&'static str, HeaderValue)>> {
        operation.deprecation.as_ref().map(|_| operation.headers_in(self.version))
    }

    /// Returns a response with the headers that every answer of this version has, or this operation.
    pub(super) fn with_headers(
        &mut self,
        mut response: Response,
        further: &[&str],
        own: &Option<Vec<(&'static str, HeaderValue)>>,
    ) -> Response {
        let version = match own {
            Some(_) => Vec::new(),
            None => self.version.headers(),
        };
        for (name, value) in own.iter().flatten() {
            let header = stated_header(name, value.to_str().unwrap_or_default());
            response.headers.insert(spelled(name).to_owned(), header.into());
        }
        let version = version.iter().map(|(name, _)| spelled(name));
        let always = EVERYWHERE.iter().copied();
        let names: Vec<&str> = always.chain(further.iter().copied()).chain(version).collect();
        for name in names {
            self.headers.entry(name.to_owned()).or_insert_with(|| {
                let mut header = header(name, self.version);
                if name == ALLOWED_ORIGIN {
                    header.description = Some(self.origin.to_owned());
                }
                header.into()
            });
            let reference = Ref::new(format!("#/components/headers/{name}"));
            response.headers.insert(name.to_owned(), RefOr::Ref(reference));
        }
        response
    }

    /// Returns the refusals of an operation, by status, as references.
    pub(super) fn refusals(&mut self, operation: &Operation) -> Vec<(u16, Ref)> {
        let by_status = operation.refusals_in(self.version).into_iter();
        by_status
            .map(|(status, problems)| (status, self.refusal(status, problems, operation)))
            .collect()
    }

    fn refusal(
        &mut self,
        status: u16,
        problems: Vec<inventory::Refusal>,
        operation: &Operation,
    ) -> Ref {
        let own = match (&operation.deprecation, &operation.scopes[..], status) {
            (Some(_), _, _) => Some(operation.name.clone()),
            (None, [_, ..], 403) => Some("scope".to_owned()),
            _ => None,
        };
        let same = |known: &&Refusal| known.problems == problems && known.own == own;
        let name = match self.refusals.iter().find(same) {
            Some(known) => known.name.clone(),
            None => {
                let name = self.free_name(status, &problems, own.as_deref());
                let response = self.response(status, &problems, operation);
                self.refusals.push(Refusal { name: name.clone(), problems, own, response });
                name
            }
        };
        Ref::from_response_name(name)
    }

    fn response(
        &mut self,
        status: u16,
        problems: &[inventory::Refusal],
        operation: &Operation,
    ) -> Response {
        let mut titles: Vec<String> =
            problems.iter().map(|problem| format!("{}.", problem.title)).collect();
        titles.extend(note(status).map(str::to_owned));
        let mut content = Content::new(Some(self.problem.clone()));
        for problem in problems {
            let document = Some(problem::example(problem));
            let example = ExampleBuilder::new().summary(&*problem.title).value(document).build();
            content.examples.insert(tail(problem), example.into());
        }
        let response = ResponseBuilder::new()
            .description(titles.join(" "))
            .content("application/problem+json", content);
        let mut headers = further(status).to_vec();
        if status == 415 && self.gzip {
            headers.push("Accept-Encoding");
        }
        if status == 403 && !operation.scopes.is_empty() {
            headers.push("WWW-Authenticate");
        }
        self.with_headers(response.build(), &headers, &self.own_headers(operation))
    }

    /// Returns the status in words, and what is not the framework's own.
    fn free_name(&self, status: u16, problems: &[inventory::Refusal], own: Option<&str>) -> String {
        let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let mut wanted = match words {
            Some(words) => words.split(' ').collect::<String>(),
            None => format!("Status{status}"),
        };
        if !matches!(problems, [one] if one.is_ours()) {
            for problem in problems {
                wanted.push('-');
                wanted.push_str(&tail(problem));
            }
        }
        if let Some(operation) = own {
            wanted.push('-');
            wanted.push_str(operation);
        }
        let taken = |name: &str| self.refusals.iter().any(|known| known.name == name);
        let mut name = wanted.clone();
        let mut number = 2;
        while taken(&name) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        name
    }

    /// Returns all of them, by name: headers and responses.
    #[allow(clippy::type_complexity, reason = "these are the maps of the document's components")]
    pub(super) fn into_components(
        self,
    ) -> (BTreeMap<String, RefOr<Header>>, BTreeMap<String, RefOr<Response>>) {
        let refusals = self.refusals.into_iter();
        (self.headers, refusals.map(|known| (known.name, known.response.into())).collect())
    }
}

/// Returns the note on a status that goes beyond its problems' titles.
fn note(status: u16) -> Option<&'static str> {
    match status {
        401 => Some("A token that is presented has to be valid on public operations too."),
        404 => Some("What the caller may not know of is answered like what does not exist."),
        421 => Some("Only where the server was told its hosts."),
        429 => Some("`RateLimit` says which limit; `Retry-After` says for how long."),
        _ => None,
    }
}

/// Returns the last part of a problem's URI, as it can stand in a component's name.
fn tail(problem: &inventory::Refusal) -> String {
    let tail =
        problem.uri.rsplit([':', '/', '#']).find(|part| !part.is_empty()).unwrap_or_default();
    let safe = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
    tail.chars().map(|letter| if safe(letter) { letter } else { '-' }).collect()
}
