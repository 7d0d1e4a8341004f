//! The OpenAPI document of one version: every operation, with the facts that the pipeline enforces.

use serde_json::{Value, json};
use utoipa::openapi::{
    ComponentsBuilder, Content, Deprecated, InfoBuilder, License, OpenApi, OpenApiBuilder, PathItem, Paths, Ref,
    RefOr, Required, Response, ResponseBuilder, SecurityRequirement, Server, Tag, Type,
    extensions::Extensions,
    info::Contact,
    path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::{RequestBody, RequestBodyBuilder},
    schema::{AdditionalProperties, AnyOfBuilder, ObjectBuilder, Schema},
    security::{AuthorizationCode, Flow, OAuth2, Scopes, SecurityScheme},
    tag::TagBuilder,
};

use super::{
    Docs,
    refusal::Responses,
    schema::{Schemas, described, list, some},
};
use crate::{
    limit::{Limit, Unit},
    object::Page,
    role::{RoleSet, RoleTable},
    route::{Access, Api, ArgumentInfo, Content as Shows, Route, ViewUse},
    shape::ObjectShape,
    verb::Verb,
    version::VersionInfo,
    view::{Audience, ViewInfo},
};

/// The name of the security scheme. It carries the roles as scopes.
const SCHEME: &str = "oauth2";

/// The document of the version at this place of the API's table.
pub(super) fn document(api: &Api, index: usize, docs: &Docs) -> Option<OpenApi> {
    let version = api.versions.versions.get(index)?;
    let mut schemas = Schemas::default();
    let responses = Responses::new(version, &mut schemas);
    let mut parts = Parts { api, version, schemas, responses };
    let mut paths = Paths::new();
    let mut tags: Vec<Tag> = Vec::new();
    for route in api.routes_in(index) {
        let tag = tag(route);
        if tags.iter().all(|known| known.name != tag) {
            let description = format!("Operations below `/{}/{tag}`.", version.segment);
            tags.push(TagBuilder::new().name(tag).description(Some(description)).build());
        }
        let id = operation_id(api, index, route);
        let operation = parts.operation(route, id, tag);
        add(&mut paths, format!("/{}{}", version.segment, route.path), route.verb, operation);
    }
    let Parts { schemas, responses, .. } = parts;
    let (headers, responses) = responses.into_components();
    let mut components =
        ComponentsBuilder::new().security_scheme(SCHEME, security_scheme(api.roles, docs)).build();
    components.schemas = schemas.into_components();
    components.headers = headers;
    components.responses = responses;
    let document = OpenApiBuilder::new()
        .info(info(api, version))
        .servers(Some([server()]))
        .tags(Some(tags))
        .paths(paths)
        .components(Some(components));
    Some(document.build())
}

fn info(api: &Api, version: &VersionInfo) -> utoipa::openapi::Info {
    let mut text = vec![some(api.description).unwrap_or(api.name).to_owned()];
    text.extend(some(version.description).map(str::to_owned));
    text.extend(notice(version));
    text.push(
        "Every refusal is a problem document (RFC 9457) with constant texts. A path answers a method that is \
         not listed with 405 and `Allow`, and `HEAD` wherever it answers `GET`. Unknown members of a body are \
         refused."
            .to_owned(),
    );
    let mut contact = Contact::new();
    contact.name = Some(api.name.to_owned());
    let mut license = License::new("Not stated");
    license.identifier = Some("LicenseRef-not-stated".to_owned());
    let info = InfoBuilder::new()
        .title(api.name)
        .version(version.segment)
        .description(Some(text.join("\n\n")))
        .contact(Some(contact))
        .license(Some(license));
    info.build()
}

fn notice(version: &VersionInfo) -> Option<String> {
    let mut text = match (version.deprecated, version.sunset) {
        (None, None) => return None,
        (Some(since), None) => format!("This version is deprecated from {since} on."),
        (None, Some(end)) => format!("This version is served until {end}, 00:00 UTC."),
        (Some(since), Some(end)) => {
            format!("This version is deprecated from {since} on, and served until {end}, 00:00 UTC.")
        }
    };
    if let Some(url) = version.migrate {
        text.push_str(&format!(" How to move on: <{url}>"));
    }
    Some(text)
}

/// The document says nothing of hosts: it holds for whichever server it came from.
fn server() -> Server {
    let mut server = Server::new("/");
    server.description =
        Some("The server that this document comes from, be it production, staging or local.".to_owned());
    server.extensions = Some(Extensions::from_iter([("x-internal", false)]));
    server
}

/// Roles are published as scopes: OpenAPI lets only those schemes name what an operation needs.
fn security_scheme(roles: &RoleTable, docs: &Docs) -> SecurityScheme {
    let scopes = roles.roles.iter().enumerate().map(|(index, role)| {
        let mut text = match some(role.description) {
            Some(description) => description.to_owned(),
            None => format!("The role {}.", role.variant),
        };
        let holders = role.holders & !(1 << index);
        let also: Vec<&str> = names(roles, holders).collect();
        if !also.is_empty() {
            text.push_str(&format!(" Included in: {}.", also.join(", ")));
        }
        (role.name.to_owned(), text)
    });
    let (authorization, token) = docs.issuer_urls();
    let flow = AuthorizationCode::with_refresh_url(authorization, token, Scopes::from_iter(scopes), token);
    let text = "An access token as a JSON Web Token of an issuer that the server trusts, verified as RFC8725 and \
                RFC 9068 ask and sent as `Authorization: Bearer`. A scope here is a role in the token; whoever has \
                a role that includes it has it too. An operation lists the least roles it admits.";
    SecurityScheme::OAuth2(OAuth2::with_description([Flow::AuthorizationCode(flow)], text))
}

fn names(roles: &RoleTable, bits: u128) -> impl Iterator<Item = &'static str> {
    let roles = roles.roles.iter().enumerate();
    roles.filter(move |(index, _)| bits & (1 << index) != 0).map(|(_, role)| role.name)
}

/// What operations are grouped by: the first segment of the path.
fn tag(route: &Route) -> &'static str {
    route.path.split('/').find(|part| !part.is_empty()).unwrap_or("root")
}

/// The handler's name; where two modules have one of the same name, with the module.
fn operation_id(api: &Api, index: usize, route: &Route) -> String {
    let alike = |by: fn(&Route) -> (&str, &str)| {
        api.routes_in(index).filter(|other| by(other) == by(route)).count()
    };
    let module = |route: &Route| route.module.rsplit("::").next().unwrap_or_default();
    let short = |route: &Route| -> (&str, &str) { (route.name, route.module.rsplit("::").next().unwrap_or_default()) };
    if alike(|route| (route.name, "")) == 1 {
        route.name.to_owned()
    } else if alike(short) == 1 {
        format!("{}_{}", module(route), route.name)
    } else {
        format!("{}_{}", route.module.replace("::", "_"), route.name)
    }
}

fn add(paths: &mut Paths, path: String, verb: Verb, operation: Operation) {
    let method = match verb {
        Verb::Get => HttpMethod::Get,
        Verb::Post => HttpMethod::Post,
        Verb::Put => HttpMethod::Put,
        Verb::Patch => HttpMethod::Patch,
        Verb::Delete => HttpMethod::Delete,
    };
    let item = PathItem::new(method, operation);
    match paths.paths.get_mut(&path) {
        Some(known) => known.merge_operations(item),
        None => drop(paths.paths.insert(path, item)),
    }
}

/// A document in the making.
struct Parts<'a> {
    api: &'a Api,
    version: &'static VersionInfo,
    schemas: Schemas,
    responses: Responses,
}

impl Parts<'_> {
    fn operation(&mut self, route: &'static Route, id: String, tag: &str) -> Operation {
        let arguments: Vec<ArgumentInfo> = route.arguments.iter().map(|describe| describe()).collect();
        let mut operation = OperationBuilder::new()
            .operation_id(Some(id))
            .tags(Some([tag]))
            .summary(Some(some(route.summary).unwrap_or(route.name)))
            .description(Some(description(route)))
            .securities(Some(security(route.access)))
            .extensions(Some(self.extensions(route)));
        if self.version.deprecated.is_some() || self.version.sunset.is_some() {
            operation = operation.deprecated(Some(Deprecated::True));
        }
        for parameter in self.parameters(route, &arguments) {
            operation = operation.parameter(parameter);
        }
        for argument in &arguments {
            if let ArgumentInfo::Body(object) = argument {
                operation = operation.request_body(Some(self.body(object)));
            }
        }
        operation = operation.response(route.answer.status.to_string(), self.success(route));
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
                ArgumentInfo::Object { key, .. } => (key, "The object that the operation is about."),
                ArgumentInfo::Unowned { key, .. } => (key, "It names nothing that belongs to somebody."),
                ArgumentInfo::Query(object) => {
                    parameters.extend(self.query(object));
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
        parameters
    }

    fn query(&mut self, object: &ObjectShape) -> Vec<Parameter> {
        let parameter = |field: &crate::shape::FieldShape| {
            let required = if field.required { Required::True } else { Required::False };
            // A parameter is left out, never null.
            let shape = match &field.shape {
                crate::shape::Shape::Nullable(shape) => shape,
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

    fn body(&mut self, object: &ObjectShape) -> RequestBody {
        let schema = self.schemas.object(object);
        RequestBodyBuilder::new()
            .description(some(object.description))
            .required(Some(Required::True))
            .content("application/json", Content::new(Some(schema)))
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
        let mut text = what.to_owned();
        for (whom, view) in &views {
            text.push_str(&format!(" For {whom}: `{}`.", view.name));
        }
        let mut response = ResponseBuilder::new().description(text);
        let mut alternatives: Vec<RefOr<Schema>> = Vec::new();
        for (whom, view) in &views {
            let reference = RefOr::from(self.view(view));
            let schema = match route.answer.content {
                Shows::None => continue,
                Shows::One => reference,
                Shows::Page => page(reference),
            };
            alternatives.push(if views.len() > 1 { described(schema, &format!("For {whom}.")) } else { schema });
        }
        let schema = match alternatives.len() {
            0 => None,
            1 => alternatives.pop(),
            // Not `oneOf`: two views may have the same fields, and then both fit.
            _ => Some(alternatives.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item).into()),
        };
        if let Some(schema) = schema {
            response = response.content("application/json", Content::new(Some(schema)));
        }
        let further: &[&str] = if route.answer.location { &["Location"] } else { &[] };
        self.responses.with_headers(response.build(), further)
    }

    /// A view's schema, which says for whom it is.
    fn view(&mut self, view: &ViewInfo) -> Ref {
        let object = ObjectShape { name: view.name, description: view.description, fields: view.fields };
        let reference = self.schemas.object(&object);
        let audience = match view.audience {
            Audience::Public => json!(["anonymous"]),
            Audience::Roles(roles) => roles.least().collect(),
        };
        self.schemas.extend(&object, "x-view-audience", audience);
        reference
    }

    fn extensions(&self, route: &Route) -> Extensions {
        let segments: Vec<&str> = route.versions.versions().map(|(_, version)| version.segment).collect();
        let inherited = route.limits.is_none();
        let limits: Value = route.limits_in(self.api).iter().map(|limit| rate_limit(limit, inherited)).collect();
        let mut extensions = Extensions::from_iter([("x-versions", json!(segments)), ("x-rate-limit", limits)]);
        match route.access {
            Access::Public(reason) => extensions.insert("x-public-reason".to_owned(), reason.into()),
            Access::Roles(roles) => extensions.insert("x-required-roles".to_owned(), roles.least().collect()),
        };
        if let Some(day) = self.version.sunset {
            extensions.insert("x-sunset".to_owned(), day.to_string().into());
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
            let whom = if least.len() > 1 { "Whoever has one of these roles may call it" } else { "Needs the role" };
            text.push_str(&format!("\n\n{whom}: {}.", least.join(", ")));
        }
    }
    text
}

/// One alternative for each of the least roles: any of them is enough. Public is the empty alternative, since an
/// empty list would read as nothing having been said.
fn security(access: Access) -> Vec<SecurityRequirement> {
    match access {
        Access::Public(_) => vec![SecurityRequirement::default()],
        Access::Roles(roles) => {
            roles.least().map(|role| SecurityRequirement::new(SCHEME, [role])).collect()
        }
    }
}

/// The views of an operation, each with whom it is for.
fn shown(route: &Route) -> Vec<(String, &'static ViewInfo)> {
    let whom = |used: &ViewUse| match (used.admits, route.access) {
        (Some(roles), _) => either(roles),
        (None, _) if route.views.len() > 1 => "everybody else".to_owned(),
        (None, Access::Roles(roles)) => either(roles),
        (None, Access::Public(_)) => "everybody".to_owned(),
    };
    route.views.iter().map(|used| (whom(used), used.view)).collect()
}

fn either(roles: RoleSet) -> String {
    roles.least().collect::<Vec<_>>().join(" or ")
}

fn page(item: RefOr<Schema>) -> RefOr<Schema> {
    let items = list(item, None, Page::<()>::MOST);
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("items", items)
        .required("items")
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .into()
}

fn rate_limit(limit: &Limit, inherited: bool) -> Value {
    let per = match limit.unit() {
        Unit::Address => "address",
        Unit::Principal => "principal",
        Unit::Unlimited => return json!({ "unlimited": limit.reason(), "inherited": inherited }),
    };
    json!({
        "per": per,
        "count": limit.count(),
        "windowSeconds": limit.window().as_secs_f64(),
        "burst": limit.allowed(),
        "inherited": inherited,
    })
}

/// The document's text, always the same for the same API. Objects keep their order, except that extensions come
/// last and sorted: the library keeps them in a hash map.
pub(super) fn in_order(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let (mut extensions, mut ordered): (Vec<_>, Vec<_>) =
                members.into_iter().partition(|(name, _)| name.starts_with("x-"));
            extensions.sort_by(|(one, _), (other, _)| one.cmp(other));
            ordered.append(&mut extensions);
            Value::Object(ordered.into_iter().map(|(name, value)| (name, in_order(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(in_order).collect()),
        plain => plain,
    }
}
