//! What an operation may answer besides success: the pipeline's refusals and the handler's own problems, by
//! status. Each set of problems is one response of the document, however many operations share it.

use std::collections::BTreeMap;

use http::{HeaderValue, StatusCode};
use utoipa::openapi::{
    Content, Header, HeaderBuilder, Object, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
    Schema, Type, example::ExampleBuilder, schema::AdditionalProperties,
};

use super::schema::{Schemas, described, exactly, integer, list, text};
use crate::{
    error::{ProblemType, problem},
    route::{Access, ArgumentInfo, Route, RouteOptions},
    version::VersionInfo,
};

/// The responses and headers of one document, in the making.
pub(super) struct Responses {
    version: &'static VersionInfo,
    problem: Ref,
    headers: BTreeMap<String, RefOr<Header>>,
    refusals: Vec<Refusal>,
}

/// One response with its name: what it is about, and what sets it apart from others about the same: a deprecated
/// operation's answers have headers of their own, and a missing scope is named by one.
struct Refusal {
    name: String,
    problems: Vec<&'static ProblemType>,
    own: Option<&'static str>,
    response: Response,
}

impl Responses {
    /// None yet. The schema of a problem document is added to `schemas`, which has to be empty.
    pub(super) fn new(version: &'static VersionInfo, schemas: &mut Schemas) -> Self {
        let problem = problem_schema(schemas);
        Self { version, problem, headers: BTreeMap::new(), refusals: Vec::new() }
    }

    /// What a deprecated operation's answers say of that, in place of what its version's say.
    pub(super) fn own_headers(&self, route: &Route) -> Option<Vec<(&'static str, HeaderValue)>> {
        route.options.deprecated?;
        let versions = route.versions.versions();
        let this = |(_, version): &(usize, &VersionInfo)| version.segment == self.version.segment;
        let place = versions.filter(this).last()?;
        Some(route.headers_in(place))
    }

    /// A response with the headers that every answer of this version has, or this operation.
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
        let names: Vec<&str> = EVERYWHERE.iter().chain(further).copied().chain(version).collect();
        for name in names {
            self.headers
                .entry(name.to_owned())
                .or_insert_with(|| header(name, self.version).into());
            let reference = Ref::new(format!("#/components/headers/{name}"));
            response.headers.insert(name.to_owned(), RefOr::Ref(reference));
        }
        response
    }

    /// The refusals of an operation, by status, as references.
    pub(super) fn refusals(&mut self, route: &'static Route) -> Vec<(u16, Ref)> {
        let by_status = by_status(route, self.version);
        by_status
            .into_iter()
            .map(|(status, problems)| (status, self.refusal(status, problems, route)))
            .collect()
    }

    fn refusal(
        &mut self,
        status: u16,
        problems: Vec<&'static ProblemType>,
        route: &'static Route,
    ) -> Ref {
        let own = match (route.options, status) {
            (RouteOptions { deprecated: Some(_), .. }, _) => Some(route.name),
            (RouteOptions { scopes: [_, ..], .. }, 403) => Some("scope"),
            _ => None,
        };
        let same = |known: &&Refusal| known.problems == problems && known.own == own;
        let name = match self.refusals.iter().find(same) {
            Some(known) => known.name.clone(),
            None => {
                let name = self.free_name(status, &problems, own);
                let response = self.response(status, &problems, route);
                self.refusals.push(Refusal { name: name.clone(), problems, own, response });
                name
            }
        };
        Ref::from_response_name(name)
    }

    fn response(
        &mut self,
        status: u16,
        problems: &[&'static ProblemType],
        route: &Route,
    ) -> Response {
        let mut titles: Vec<String> =
            problems.iter().map(|problem| format!("{}.", problem.title())).collect();
        titles.extend(note(status).map(str::to_owned));
        let mut content = Content::new(Some(self.problem.clone()));
        for problem in problems {
            let document = serde_json::json!({
                "type": problem.uri(),
                "title": problem.title(),
                "status": problem.status().as_u16(),
            });
            let example =
                ExampleBuilder::new().summary(problem.title()).value(Some(document)).build();
            content.examples.insert(tail(problem), example.into());
        }
        let response = ResponseBuilder::new()
            .description(titles.join(" "))
            .content("application/problem+json", content);
        let mut headers = further(status).to_vec();
        if status == 403 && !route.options.scopes.is_empty() {
            headers.push("WWW-Authenticate");
        }
        self.with_headers(response.build(), &headers, &self.own_headers(route))
    }

    /// The status in words, and what is not the framework's own.
    fn free_name(
        &self,
        status: u16,
        problems: &[&'static ProblemType],
        own: Option<&str>,
    ) -> String {
        let words = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
        let mut wanted = match words {
            Some(words) => words.split(' ').collect::<String>(),
            None => format!("Status{status}"),
        };
        if !matches!(problems, [one] if problem::ALL.contains(one)) {
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

    /// All of them, by name: headers and responses.
    #[allow(clippy::type_complexity, reason = "these are the maps of the document's components")]
    pub(super) fn into_components(
        self,
    ) -> (BTreeMap<String, RefOr<Header>>, BTreeMap<String, RefOr<Response>>) {
        let refusals = self.refusals.into_iter();
        (self.headers, refusals.map(|known| (known.name, known.response.into())).collect())
    }
}

/// What a request of this operation can be refused with, by status, in the order in which it is found out.
///
/// 405 is no answer of an operation: it is that of a path which has no such one.
fn by_status(route: &Route, version: &VersionInfo) -> BTreeMap<u16, Vec<&'static ProblemType>> {
    let arguments: Vec<ArgumentInfo> = route.arguments.iter().map(|describe| describe()).collect();
    let has = |wanted: fn(&ArgumentInfo) -> bool| arguments.iter().any(wanted);
    let raw = has(|argument| matches!(argument, ArgumentInfo::BodyExtractor(_)));
    let body = raw || has(|argument| matches!(argument, ArgumentInfo::Body(..)));
    let keyed = route.flow.idempotency_key;
    let own = |condition: bool, problem: &'static ProblemType| condition.then_some(problem);
    let framework = [
        Some(&problem::MALFORMED),
        Some(&problem::INVALID_QUERY),
        own(keyed, &problem::IDEMPOTENCY_KEY),
        Some(&problem::UNAUTHENTICATED),
        own(matches!(route.access, Access::Roles(_)), &problem::FORBIDDEN),
        own(!route.parameters.is_empty(), &problem::NOT_FOUND),
        Some(&problem::NOT_ACCEPTABLE),
        own(route.flow.after.is_some(), &problem::OUT_OF_ORDER),
        own(keyed, &problem::IDEMPOTENCY_IN_FLIGHT),
        own(keyed, &problem::IDEMPOTENCY_DONE),
        own(route.sunset_in(version).is_some(), &problem::SUNSET),
        own(route.if_match, &problem::PRECONDITION_FAILED),
        own(body, &problem::TOO_LARGE),
        own(body, &problem::UNSUPPORTED_MEDIA_TYPE),
        Some(&problem::MISDIRECTED),
        own(body, &problem::INVALID_INPUT),
        own(keyed, &problem::IDEMPOTENCY_MISMATCH),
        own(route.if_match, &problem::PRECONDITION_REQUIRED),
        Some(&problem::QUOTA_EXCEEDED),
        Some(&problem::INTERNAL),
        Some(&problem::UNAVAILABLE),
    ];
    let mut all: BTreeMap<u16, Vec<&'static ProblemType>> = BTreeMap::new();
    for problem in framework.into_iter().flatten().chain(route.problems()) {
        let problems = all.entry(problem.status().as_u16()).or_default();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    all
}

/// What a status means here beyond its problems' titles.
fn note(status: u16) -> Option<&'static str> {
    match status {
        401 => Some("A token that is presented has to be valid on public operations too."),
        404 => Some("What the caller may not know of is answered like what does not exist."),
        421 => Some("Only where the server was told its hosts."),
        429 => Some("`RateLimit` says which limit; `Retry-After` says for how long."),
        _ => None,
    }
}

/// The headers that every answer has.
const EVERYWHERE: [&str; 4] =
    ["RateLimit", "RateLimit-Policy", "X-Request-Id", "Access-Control-Allow-Origin"];

/// Those that a refusal of this status has besides (RFC 9110).
fn further(status: u16) -> &'static [&'static str] {
    match status {
        401 => &["WWW-Authenticate"],
        415 => &["Accept"],
        429 | 503 => &["Retry-After"],
        _ => &[],
    }
}

fn header(name: &str, version: &VersionInfo) -> Header {
    let stated = |name: &str| {
        let headers = version.headers();
        let value = headers.iter().find(|(known, _)| *known == name);
        exactly(value.and_then(|(_, value)| value.to_str().ok()).unwrap_or_default())
    };
    let (description, schema) = match name {
        "RateLimit" => (
            "What is left of each limit: `r` requests, the next ones in `t` seconds.",
            text(0, 1024, Some("\"[^\"]+\";r=[0-9]+.*"), None),
        ),
        "RateLimit-Policy" => (
            "Each limit that applies: `q` requests in `w` seconds.",
            text(0, 1024, Some("\"[^\"]+\";q=[0-9]+.*"), None),
        ),
        "X-Request-Id" => (
            "The id under which the server's log knows the request: the caller's own if it is 8 to 64 letters, \
             digits and hyphens, else a new one.",
            text(7, 64, Some("^[A-Za-z0-9-]+$"), None),
        ),
        "Access-Control-Allow-Origin" => (
            "Sent only to origins that the server allows; it allows none unless told to.",
            text(0, 255, None, Some("uri")),
        ),
        "Idempotency-Replayed" => (
            "There if this is the answer of an earlier request with the same `Idempotency-Key`.",
            exactly("true"),
        ),
        "Retry-After" => ("Seconds after which to try again.", integer(1, i32::MAX.into())),
        "WWW-Authenticate" => {
            ("How to authenticate (RFC 6750).", text(0, 1024, Some("^Bearer.*$"), None))
        }
        "Accept" => ("The media types that are read.", text(1, 128, None, None)),
        "Location" => {
            ("Where what was created is to be found.", text(1, 2048, None, Some("uri-reference")))
        }
        "ETag" => (
            "What this representation is known by (RFC 9110).",
            text(2, 64, Some("^\"[A-Za-z0-9_-]+\"$"), None),
        ),
        "Deprecation" => {
            ("Since when the version is deprecated (RFC 9745).", stated("deprecation"))
        }
        "Sunset" => ("When the version stops being served (RFC 8594).", stated("sunset")),
        _ => ("Where to read how to move on.", stated("link")),
    };
    HeaderBuilder::new().description(Some(description)).schema(Some(schema)).build()
}

/// A header of a deprecated operation's answers.
fn stated_header(name: &str, value: &str) -> Header {
    let description = match name {
        "deprecation" => "Since when the operation is deprecated (RFC 9745).",
        "sunset" => "When the operation stops being served (RFC 8594).",
        "link-template" => "What to use instead (RFC 9652).",
        _ => "Where to move on to (RFC 8288).",
    };
    HeaderBuilder::new().description(Some(description)).schema(Some(exactly(value))).build()
}

/// A header's name as documents write it.
fn spelled(name: &str) -> &'static str {
    match name {
        "deprecation" => "Deprecation",
        "sunset" => "Sunset",
        "link-template" => "Link-Template",
        _ => "Link",
    }
}

/// The last part of a problem's URI, as it can stand in a component's name.
fn tail(problem: &ProblemType) -> String {
    let tail =
        problem.uri().rsplit([':', '/', '#']).find(|part| !part.is_empty()).unwrap_or_default();
    let safe = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
    tail.chars().map(|letter| if safe(letter) { letter } else { '-' }).collect()
}

/// RFC 9457, with the members that the framework adds.
fn problem_schema(schemas: &mut Schemas) -> Ref {
    let closed = || {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
    };
    let saying = |description: &str, schema: Object| -> RefOr<Schema> {
        described(schema.into(), description)
    };
    let invalid = closed()
        .description(Some("One place in the input that is wrong. What was sent is not repeated."))
        .property(
            "pointer",
            saying(
                "JSON Pointer into the body (RFC 6901), or the name of a query parameter.",
                text(0, 1024, None, None),
            ),
        )
        .property(
            "code",
            saying("The rule, as a stable word.", text(1, 64, Some("^[a-z][a-z0-9-]*$"), None)),
        )
        .property("detail", saying("The rule in words.", text(0, 1024, None, None)))
        .required("pointer")
        .required("code")
        .required("detail");
    let invalid = schemas.add("InvalidField", invalid.build());
    let problem = closed()
        .description(Some("Why a request was refused (RFC 9457). All texts are constant."))
        .property(
            "type",
            saying("Identifies the kind of problem.", text(1, 256, None, Some("uri"))),
        )
        .property("title", saying("The kind of problem in words.", text(1, 256, None, None)))
        .property("status", saying("The HTTP status.", integer(400, 599)))
        .property("errors", list(invalid.into(), None, 50))
        .property("violated-policies", list(text(1, 128, None, None).into(), None, 32))
        .required("type")
        .required("title")
        .required("status");
    schemas.add("Problem", problem.build())
}
