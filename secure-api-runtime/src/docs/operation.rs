//! One operation of a document: its parameters, body, answers, and who may call it how often.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};
use utoipa::openapi::{
    Content, Deprecated, Ref, RefOr, Required, Response, ResponseBuilder, SecurityRequirement,
    Type,
    encoding::{Encoding, EncodingBuilder},
    extensions::Extensions,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::{RequestBody, RequestBodyBuilder},
    schema::{AdditionalProperties, AnyOfBuilder, ObjectBuilder, Schema},
};

use super::{
    openapi::SCHEME,
    refusal::Responses,
    schema::{Schemas, described, integer, list, some, text},
};
use crate::{
    flow::{After, KEY_TTL, LONGEST_KEY},
    input::Media,
    limit::{Limit, LimitUse, Unit},
    object::{CURSOR, LONGEST_CURSOR, Page, SIZE, USUAL as USUAL_SIZE},
    role::RoleSet,
    route::{
        Access, Allowed, Api, ArgumentInfo, Content as Shows, Deprecated as End, Route,
        RouteOptions, ShownTo, ViewUse,
    },
    shape::{FieldShape, ObjectShape, Shape},
    version::VersionInfo,
    view::{Audience, FIELDS, ViewInfo},
};

/// A document in the making.
pub(super) struct Parts<'a> {
    pub(super) api: &'a Api,
    pub(super) version: &'static VersionInfo,
    pub(super) schemas: Schemas,
    pub(super) responses: Responses,
}

impl Parts<'_> {
    /// One operation, with what it may be asked, may answer, and asks of its caller.
    pub(super) fn operation(&mut self, route: &'static Route, id: String, tag: &str) -> Operation {
        let arguments: Vec<ArgumentInfo> =
            route.arguments.iter().map(|describe| describe()).collect();
        let mut operation = OperationBuilder::new()
            .operation_id(Some(id))
            .tags(Some([tag]))
            .summary(Some(some(route.summary).unwrap_or(route.name)))
            .description(Some(self.text(route)))
            .securities(Some(security(route)))
            .extensions(Some(self.extensions(route)));
        if route.deprecated_in(self.version).is_some() || route.sunset_in(self.version).is_some() {
            operation = operation.deprecated(Some(Deprecated::True));
        }
        for parameter in self.parameters(route, &arguments) {
            operation = operation.parameter(parameter);
        }
        for argument in &arguments {
            match argument {
                ArgumentInfo::Body(object, media) => {
                    operation = operation.request_body(Some(self.body(object, *media)));
                }
                ArgumentInfo::BodyExtractor(_) => {
                    operation = operation.request_body(Some(anything()));
                }
                _ => {}
            }
        }
        operation = operation.response(route.answer.status.to_string(), self.success(route));
        if route.offers_fields() {
            let text = "What the caller has already, by the tag in `If-None-Match`.";
            let known = ResponseBuilder::new().description(text).build();
            let own = self.responses.own_headers(route);
            let known = self.responses.with_headers(known, &["ETag"], &own);
            operation = operation.response("304", known);
        }
        for (status, refusal) in self.responses.refusals(route) {
            operation = operation.response(status.to_string(), refusal);
        }
        operation.build()
    }

    /// The arguments that stand for parameters of the path come in the path's order.
    fn parameters(&mut self, route: &Route, arguments: &[ArgumentInfo]) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        let mut names = route.parameters.iter();
        for argument in arguments {
            let (key, text) = match argument {
                ArgumentInfo::Object { key, .. } => {
                    (key, "The object that the operation is about.")
                }
                ArgumentInfo::Unowned { key, .. } => {
                    (key, "It names nothing that belongs to somebody.")
                }
                ArgumentInfo::Query(object) => {
                    parameters.extend(self.query(object));
                    continue;
                }
                ArgumentInfo::Paging => {
                    parameters.extend(paging());
                    continue;
                }
                _ => continue,
            };
            let Some(name) = names.next() else { continue };
            let parameter = ParameterBuilder::new()
                .name(*name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .description(Some(text))
                .schema(Some(self.schemas.of(key)));
            parameters.push(parameter.build());
        }
        if route.offers_fields() {
            parameters.extend(narrowing());
        }
        if route.if_match {
            parameters.push(condition());
        }
        if route.flow.idempotency_key {
            parameters.push(idempotency_key());
        }
        parameters
    }

    fn query(&mut self, object: &ObjectShape) -> Vec<Parameter> {
        let parameter = |field: &FieldShape| {
            let required = if field.required { Required::True } else { Required::False };
            // A parameter is left out, never null.
            let shape = match &field.shape {
                Shape::Nullable(shape) => shape,
                shape => shape,
            };
            ParameterBuilder::new()
                .name(field.name)
                .parameter_in(ParameterIn::Query)
                .required(required)
                .description(some(field.description))
                .schema(Some(self.schemas.of(shape)))
                .build()
        };
        (object.fields)().iter().map(parameter).collect()
    }

    fn body(&mut self, object: &ObjectShape, media: Media) -> RequestBody {
        let schema = self.schemas.object(object);
        let body = RequestBodyBuilder::new()
            .description(some(object.description))
            .required(Some(Required::True));
        let types = media.types().iter();
        types
            .fold(body, |body, name| {
                let mut content = Content::new(Some(schema.clone()));
                if let Media::Multipart = media {
                    content.encoding = encodings(object);
                }
                body.content(*name, content)
            })
            .build()
    }

    fn success(&mut self, route: &'static Route) -> Response {
        let views = shown(route);
        let what = match (route.answer.status, &views[..]) {
            (201, _) => "Created.",
            (202, _) => "Accepted: it is done later.",
            (204, _) => "Done.",
            _ => "Done, and shown.",
        };
        let mut said = what.to_owned();
        for (whom, view) in &views {
            said.push_str(&format!(" For {whom}: `{}`.", view.name));
        }
        let mut response = ResponseBuilder::new().description(said);
        let mut alternatives: Vec<RefOr<Schema>> = Vec::new();
        for (whom, view) in &views {
            let reference = RefOr::from(self.view(view));
            let schema = match route.answer.content {
                Shows::None => continue,
                Shows::One => reference,
                Shows::Page => page(reference, paged(route)),
            };
            alternatives.push(if views.len() > 1 {
                described(schema, &format!("For {whom}."))
            } else {
                schema
            });
        }
        let schema = match alternatives.len() {
            0 => None,
            1 => alternatives.pop(),
            // Not `oneOf`: two views may have the same fields, and then both fit.
            _ => {
                Some(alternatives.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item).into())
            }
        };
        if let Some(schema) = schema {
            response = response.content("application/json", Content::new(Some(schema)));
        }
        let stated: [(bool, &str); 3] = [
            (route.answer.location, "Location"),
            (!route.answer.location && route.offers_fields(), "ETag"),
            (route.flow.idempotency_key, "Idempotency-Replayed"),
        ];
        let further: Vec<&str> =
            stated.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
        self.responses.with_headers(response.build(), &further, &self.responses.own_headers(route))
    }

    /// A view's schema, which says for whom it is.
    fn view(&mut self, view: &ViewInfo) -> Ref {
        let shape = view.shape();
        let reference = self.schemas.named(&shape);
        let audience = match view.audience {
            Audience::Public => json!(["anonymous"]),
            Audience::Roles(roles) => roles.least().collect(),
        };
        self.schemas.extend(&shape, "x-view-audience", audience);
        reference
    }

    /// What the operation is, for people.
    fn text(&self, route: &Route) -> String {
        let mut text = description(route);
        if let Some(End { since, sunset, instead: _ }) = route.options.deprecated {
            text.push_str(&format!("\n\nDeprecated from {since} on"));
            if let Some(day) = sunset {
                text.push_str(&format!(", and served until {day}, 00:00 UTC"));
            }
            let index = self.api.versions.versions.iter();
            let index = index.take_while(|version| version.segment != self.version.segment).count();
            if let Some((_, path)) = route.instead_in(index) {
                text.push_str(&format!("; use `{path}` instead"));
            }
            text.push('.');
        }
        text
    }

    fn extensions(&self, route: &Route) -> Extensions {
        let segments: Vec<&str> =
            // The document of a released version is silent about what is free to break.
            route.versions.versions().map(|(_, version)| version)
                .filter(|version| self.version.preview || !version.preview).map(|version| version.segment).collect();
        let inherited = route.limits.is_empty();
        let arms = route.limits_in(self.api);
        let limits = arms.iter().flat_map(|arm| arm.limits.iter().map(move |limit| (arm, limit)));
        let limits: Value = limits.map(|(arm, limit)| rate_limit(arm, limit, inherited)).collect();
        let mut extensions =
            Extensions::from_iter([("x-versions", json!(segments)), ("x-rate-limit", limits)]);
        match route.access {
            Access::Public(reason) => {
                extensions.insert("x-public-reason".to_owned(), reason.into())
            }
            Access::Roles(roles) => {
                extensions.insert("x-required-roles".to_owned(), roles.least().collect())
            }
        };
        if let Some(After { step, within, at_least }) = route.flow.after {
            let after = json!({
                "operation": step.name,
                "withinSeconds": within.as_secs_f64(),
                "atLeastSeconds": at_least.as_secs_f64(),
            });
            extensions.insert("x-after".to_owned(), after);
        }
        if route.flow.idempotency_key {
            let ttl = json!({ "ttlSeconds": KEY_TTL.as_secs() });
            extensions.insert("x-idempotency-key".to_owned(), ttl);
        }
        if let Some(day) = route.sunset_in(self.version) {
            extensions.insert("x-sunset".to_owned(), day.to_string().into());
        }
        let RouteOptions { scopes, credential, deprecated: _, body_limit: _, timeout, allowed } =
            route.options;
        let mut state = |name: &str, value: Value| extensions.insert(name.to_owned(), value);
        if !scopes.is_empty() {
            state("x-required-scopes", json!(scopes));
        }
        if credential {
            state("x-credential", true.into());
        }
        if let Some(bytes) = route.body_limit() {
            state("x-body-limit", bytes.into());
        }
        if let Some(timeout) = timeout {
            state("x-timeout-seconds", timeout.as_secs_f64().into());
        }
        if !allowed.is_empty() {
            let exception =
                |Allowed { rule, reason }: &Allowed| json!({ "rule": rule, "reason": reason });
            state("x-exceptions", allowed.iter().map(exception).collect());
        }
        extensions
    }
}

/// The doc comment; what it has no more of is said by what it has.
fn description(route: &Route) -> String {
    let mut text = match (some(route.description), some(route.summary)) {
        (Some(description), _) => description.to_owned(),
        (None, Some(summary)) => summary.to_owned(),
        (None, None) => format!("The handler `{}`.", route.name),
    };
    match route.access {
        Access::Public(_) => text.push_str("\n\nPublic: no token is needed."),
        Access::Roles(roles) => {
            let least: Vec<&str> = roles.least().collect();
            let whom = if least.len() > 1 {
                "Whoever has one of these roles may call it"
            } else {
                "Needs the role"
            };
            text.push_str(&format!("\n\n{whom}: {}.", least.join(", ")));
        }
    }
    let RouteOptions { scopes, credential, .. } = route.options;
    if !scopes.is_empty() {
        text.push_str(&format!(" The token needs all of these scopes too: {}.", scopes.join(", ")));
    }
    if credential {
        text.push_str("\n\nTakes credentials, and so admits few requests of one address.");
    }
    if let Some(After { step, within, at_least }) = route.flow.after {
        let seconds = Duration::as_secs_f64;
        text.push_str(&format!(
            "\n\nComes after `{}`: the same caller did it, for the same object, at most {} seconds ago",
            step.name,
            seconds(&within)
        ));
        if !at_least.is_zero() {
            text.push_str(&format!(" and at least {} seconds ago", seconds(&at_least)));
        }
        text.push_str(". It counts for one success.");
    }
    text
}

/// The header that makes a repeated request one request.
fn idempotency_key() -> Parameter {
    let description = format!(
        "Names the request, so that it can be sent again: with the same key, path and body it is carried out once, \
         and answered alike, for {} hours. A string in quotes (RFC 9651), best a random UUID.",
        KEY_TTL.as_secs() / 3600
    );
    let longest = u64::try_from(LONGEST_KEY).unwrap_or(u64::MAX);
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(text(3, longest, Some(KEY_PATTERN), None)))
        .build()
}

/// A string of RFC 9651 that is not empty.
const KEY_PATTERN: &str = r#"^"([ !#-\[\]-~]|\\["\\])+"$"#;

/// The media types of the files of an upload. Its texts are `text/plain`, as they are where nothing is said.
fn encodings(object: &ObjectShape) -> BTreeMap<String, Encoding> {
    let fields = (object.fields)();
    let files = fields.iter().filter_map(|field| {
        let types = media_types(&field.shape)?.join(", ");
        let encoding = EncodingBuilder::new().content_type(Some(types)).build();
        Some((field.name.to_owned(), encoding))
    });
    files.collect()
}

fn media_types(shape: &Shape) -> Option<&[&'static str]> {
    match shape {
        Shape::File { media_types, .. } => Some(media_types),
        Shape::List { item: shape, .. } | Shape::Nullable(shape) => media_types(shape),
        _ => None,
    }
}

/// Of a body whose form only its extractor knows.
fn anything() -> RequestBody {
    RequestBodyBuilder::new()
        .description(Some("Read by the handler itself; its form is not stated here."))
        .required(Some(Required::True))
        .content("*/*", Content::new(None::<RefOr<Schema>>))
        .build()
}

/// One alternative for each of the least roles: any of them is enough, each with all scopes. Public is the empty
/// alternative, since an empty list would read as nothing having been said.
fn security(route: &Route) -> Vec<SecurityRequirement> {
    let needed = |role| std::iter::once(role).chain(route.options.scopes.iter().copied());
    match route.access {
        Access::Public(_) => vec![SecurityRequirement::default()],
        Access::Roles(roles) => {
            roles.least().map(|role| SecurityRequirement::new(SCHEME, needed(role))).collect()
        }
    }
}

/// The views of an operation, each with whom it is for.
fn shown(route: &Route) -> Vec<(String, &'static ViewInfo)> {
    let whom = |used: &ViewUse| match (used.to, route.access) {
        (ShownTo::Owner, _) => "the owner".to_owned(),
        (ShownTo::Roles(roles), _) => either(roles),
        (ShownTo::Rest, _) if route.views.len() > 1 => "everybody else".to_owned(),
        (ShownTo::Rest, Access::Roles(roles)) => either(roles),
        (ShownTo::Rest, Access::Public(_)) => "everybody".to_owned(),
    };
    route.views.iter().map(|used| (whom(used), used.view)).collect()
}

fn either(roles: RoleSet) -> String {
    roles.least().collect::<Vec<_>>().join(" or ")
}

fn paged(route: &Route) -> bool {
    route.arguments.iter().any(|describe| matches!(describe(), ArgumentInfo::Paging))
}

fn page(item: RefOr<Schema>, paged: bool) -> RefOr<Schema> {
    let items = list(item, None, Page::<()>::MOST);
    let mut page = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("items", items)
        .required("items")
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    if paged {
        let text = "The `cursor` of the next page. It is not there on the last one.";
        page = page.property("next", described(cursor(), text));
    }
    page.into()
}

fn cursor() -> RefOr<Schema> {
    text(1, LONGEST_CURSOR as u64, Some("^[A-Za-z0-9_-]+$"), None).into()
}

/// Which page of a list.
fn paging() -> [Parameter; 2] {
    let mut size = integer(1, Page::<()>::MOST as i128);
    size.default = Some(json!(USUAL_SIZE));
    [
        (SIZE, "How many items the page has at most.", size.into()),
        (CURSOR, "The `next` of the page before. Nothing begins the list.", cursor()),
    ]
    .map(|(name, text, schema)| optional(name, ParameterIn::Query, text, schema))
}

/// What a change needs: the tag of what is to be changed.
fn condition() -> Parameter {
    let what = "The tag of the state that is to be changed, as the caller has read it (RFC 9110); `*` is any.";
    let mut parameter = optional("If-Match", ParameterIn::Header, what, tags(false));
    parameter.required = Required::True;
    parameter
}

/// A list of entity tags, or `*`.
fn tags(weak: bool) -> RefOr<Schema> {
    let pattern = if weak {
        "\\*|(W/)?\"[^\"]*\"( *, *(W/)?\"[^\"]*\")*"
    } else {
        "\\*|\"[^\"]*\"( *, *\"[^\"]*\")*"
    };
    text(1, 2048, Some(pattern), None).into()
}

/// What a reader may leave out, and what it has.
fn narrowing() -> [Parameter; 2] {
    [
        (
            FIELDS,
            ParameterIn::Query,
            "The only fields to answer with, separated by commas. It narrows the caller's view and \
             opens nothing.",
            text(1, 2048, Some("^[A-Za-z0-9_.-]+(,[A-Za-z0-9_.-]+)*$"), None).into(),
        ),
        (
            "If-None-Match",
            ParameterIn::Header,
            "Tags of what the caller has (RFC 9110): one of them is answered by 304.",
            tags(true),
        ),
    ]
    .map(|(name, place, text, schema)| optional(name, place, text, schema))
}

fn optional(name: &str, place: ParameterIn, text: &str, schema: RefOr<Schema>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(schema))
        .build()
}

fn rate_limit(arm: &LimitUse, limit: &Limit, inherited: bool) -> Value {
    let per = match limit.unit() {
        Unit::Address => Some("address"),
        Unit::Principal => Some("principal"),
        Unit::Unlimited => None,
    };
    let mut value = match per {
        None => json!({ "unlimited": limit.reason(), "inherited": inherited }),
        Some(per) => json!({
            "per": per,
            "count": limit.count(),
            "windowSeconds": limit.window().as_secs_f64(),
            "burst": limit.allowed(),
            "inherited": inherited,
        }),
    };
    if let Some(roles) = arm.admits {
        value["roles"] = roles.least().collect();
    }
    value
}
