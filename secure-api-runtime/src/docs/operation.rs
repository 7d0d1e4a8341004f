//! One operation of a document: its parameters, body, answers, and who may call it how often.

use serde_json::{Value, json};
use utoipa::openapi::{
    Content, Deprecated, Ref, RefOr, Required, Response, ResponseBuilder, SecurityRequirement,
    Type,
    extensions::Extensions,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
    request_body::{RequestBody, RequestBodyBuilder},
    schema::{AdditionalProperties, AnyOfBuilder, ObjectBuilder, Schema},
};

use super::{
    openapi::SCHEME,
    refusal::Responses,
    schema::{Schemas, described, list, some},
};
use crate::{
    limit::{Limit, Unit},
    object::Page,
    role::RoleSet,
    route::{Access, Api, ArgumentInfo, Content as Shows, Route, ViewUse},
    shape::{FieldShape, ObjectShape, Shape},
    version::VersionInfo,
    view::{Audience, ViewInfo},
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
        let further: &[&str] = if route.answer.location { &["Location"] } else { &[] };
        self.responses.with_headers(response.build(), further)
    }

    /// A view's schema, which says for whom it is.
    fn view(&mut self, view: &ViewInfo) -> Ref {
        let object =
            ObjectShape { name: view.name, description: view.description, fields: view.fields };
        let reference = self.schemas.object(&object);
        let audience = match view.audience {
            Audience::Public => json!(["anonymous"]),
            Audience::Roles(roles) => roles.least().collect(),
        };
        self.schemas.extend(&object, "x-view-audience", audience);
        reference
    }

    fn extensions(&self, route: &Route) -> Extensions {
        let segments: Vec<&str> =
            // The document of a released version is silent about what is free to break.
            route.versions.versions().map(|(_, version)| version)
                .filter(|version| self.version.preview || !version.preview).map(|version| version.segment).collect();
        let inherited = route.limits.is_none();
        let limits: Value =
            route.limits_in(self.api).iter().map(|limit| rate_limit(limit, inherited)).collect();
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
            let whom = if least.len() > 1 {
                "Whoever has one of these roles may call it"
            } else {
                "Needs the role"
            };
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
