//! Parameters: of the path, of the query, header fields and cookies.

use super::{
    either::{either, one_or_several},
    member,
    plan::{Field, Form, PathParameter, TextRules, Ty},
    reason::{self, Reason},
    types::Types,
};
use crate::cli::import::read::{
    operation::{Operation, Parameter},
    security::{Scheme, Sent},
};

/// The header fields of requests that no input reads, since the framework or somebody on the way does, and those of which OpenAPI
/// says that they are no parameters. With a `*` at its end it is all that begin so.
const OWNED: &str = "accept* access-control-* ali-cdn-real-ip authorization cf-connecting-ip cf-connecting-ipv6 cf-pseudo-ipv4 \
    client-cert* client-ip connection content-* cookie cookie2 date do-connecting-ip dpop expect fastly-client-ip \
    fly-client-ip forwarded host http2-settings idempotency-key if-* incap-client-ip keep-alive max-forwards \
    origin proxy-* range referer sec-* set-cookie te trailer transfer-encoding true-client-ip upgrade user-agent \
    via wl-proxy-client-ip x-api-key x-appengine-user-ip x-azure-clientip x-azure-socketip x-client-ip \
    x-cluster-client-ip x-envoy-external-address x-forwarded-* x-http-method* x-method-override x-nf-client-connection-ip \
    x-original-forwarded-for x-original-url x-originating-ip x-real-ip x-remote-addr x-remote-ip x-rewrite-url \
    x-sucuri-clientip x-vercel-forwarded-for";

/// Returns the parameters of a path, in the order of their places.
pub(super) fn of_path<'a>(
    types: &mut Types<'a>,
    operation: &Operation<'a>,
    names: &[String],
    hint: &str,
) -> Result<Vec<PathParameter>, &'static Reason> {
    let mut made = Vec::new();
    for name in names {
        let stated =
            operation.parameters.iter().find(|one| one.part == "path" && one.name == name.as_str());
        let ty = match stated.and_then(|one| one.schema.as_ref()) {
            Some(at) => types.of(at, &format!("{hint} {name}")),
            None => Ty::Text(TextRules::default()),
        };
        // In a path an empty or a missing value is another path.
        let ty = match ty {
            Ty::Nullable(inner) => *inner,
            Ty::Free | Ty::FreeObject | Ty::File | Ty::Secret(_) => Ty::Text(TextRules::default()),
            ty => ty,
        };
        if !is_scalar(types, &ty) {
            return Err(match ty {
                Ty::Cannot(why) => why,
                _ => &reason::PATH_LIST,
            });
        }
        let about = stated.map_or("", |one| one.about).to_owned();
        made.push(PathParameter { name: name.clone(), ty, about });
    }
    Ok(made)
}

/// Returns `true` for a type that is one text of a URL or a header.
pub(super) fn is_scalar(types: &Types<'_>, ty: &Ty) -> bool {
    match ty {
        Ty::Text(_) | Ty::Typed(_) | Ty::Shorter(..) | Ty::NumberText(..) | Ty::Secret(_) => true,
        Ty::Int(..) | Ty::Float(..) | Ty::Bool(_) => true,
        Ty::Nullable(inner) => is_scalar(types, inner),
        Ty::Named(id) => match &types.defs[*id].form {
            Form::Choice(_) => true,
            // A text or a number: in a URL both are text, and the first that it can be read as is meant.
            Form::Union(union) => {
                union.tag.is_none() && union.variants.iter().all(|(_, ty)| is_scalar(types, ty))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Returns the fields of a query. Credentials are none of them: `by` declares these.
pub(super) fn of_query<'a>(
    types: &mut Types<'a>,
    operation: &Operation<'a>,
    credentials: &[&str],
    hint: &str,
) -> Result<Vec<Field>, &'static Reason> {
    let mut fields: Vec<Field> = Vec::new();
    let of_query = operation.parameters.iter().filter(|one| one.part == "query");
    for parameter in of_query.filter(|one| !credentials.contains(&one.name)) {
        let is_json = parameter.media.as_deref() == Some("application/json");
        if parameter.media.is_some() && !is_json {
            return Err(&reason::QUERY_CONTENT);
        }
        if !member::is_name(parameter.name) {
            return Err(&reason::NAME);
        }
        // A URL has no null.
        let ty = match of_parameter(types, parameter, hint) {
            Ty::Nullable(inner) => *inner,
            ty => ty,
        };
        let ty = one_or_several(types, ty);
        let mut field = Field::new(parameter.name, ty, parameter.required);
        field.about = parameter.about.to_owned();
        let explode = parameter
            .explode
            .unwrap_or(matches!(parameter.style, None | Some("form" | "deepObject")));
        let deep = parameter.style == Some("deepObject");
        let is_in_url = !is_json && (deep || explode) && !is_scalar(types, &field.ty);
        if is_in_url && let Some(both) = either(types, &field, deep) {
            fields.extend(both);
            continue;
        }
        match &mut field.ty {
            Ty::Cannot(why) => return Err(why),
            ty if is_json => {
                if is_scalar(types, ty) {
                    return Err(&reason::QUERY_CONTENT);
                }
                field.json = true;
            }
            // Nothing is said of its form: in a URL it is a text.
            Ty::Free | Ty::FreeObject | Ty::File => field.ty = Ty::Text(TextRules::default()),
            Ty::List(inner, fewest, ..) => {
                // None at all is an empty list, so one that has to be there has an entry.
                *fewest = (*fewest).max(u64::from(parameter.required));
                let is_free = matches!(**inner, Ty::Free | Ty::FreeObject);
                if !is_free && !is_scalar(types, inner) {
                    return Err(&reason::QUERY_DEEP);
                }
                if is_free {
                    **inner = Ty::Text(TextRules::default());
                }
                field.separated = match (parameter.style, explode) {
                    (Some("spaceDelimited"), false) => Some(" "),
                    (Some("pipeDelimited"), false) => Some("|"),
                    (_, false) => Some(","),
                    (_, true) => None,
                };
            }
            ty if is_scalar(types, ty) => {}
            Ty::Named(id) if parameter.style == Some("deepObject") => {
                let Form::Object(inner) = &types.defs[*id].form else {
                    return Err(&reason::QUERY_DEEP);
                };
                if !inner.iter().all(|field| is_flat(types, &field.ty, 2)) {
                    return Err(&reason::QUERY_DEEP);
                }
            }
            Ty::Map(inner, _)
                if parameter.style == Some("deepObject") && is_scalar(types, inner) => {}
            // In the style `form`, which is the usual one, each member is a parameter of its own.
            Ty::Named(id) if explode && matches!(parameter.style, None | Some("form")) => {
                let Form::Object(inner) = &types.defs[*id].form else {
                    return Err(&reason::QUERY_DEEP);
                };
                if !inner.iter().all(|field| is_flat(types, &field.ty, 1)) {
                    return Err(&reason::QUERY_DEEP);
                }
                let inner = inner.clone();
                fields.extend(inner.into_iter().map(|mut inner| {
                    inner.required &= parameter.required;
                    inner
                }));
                continue;
            }
            _ => return Err(&reason::QUERY_DEEP),
        }
        fields.push(field);
    }
    let mut seen = std::collections::BTreeSet::new();
    fields.retain(|field| seen.insert(field.name.clone()));
    Ok(fields)
}

/// Returns `true` for what a query or a form has at this many levels: scalars, lists of them, and objects of these.
pub(super) fn is_flat(types: &Types<'_>, ty: &Ty, levels: usize) -> bool {
    match ty {
        Ty::Nullable(inner) => is_flat(types, inner, levels),
        Ty::List(inner, ..) => is_scalar(types, inner),
        Ty::Named(id) if levels > 1 => match &types.defs[*id].form {
            Form::Object(fields) => {
                fields.iter().all(|field| is_flat(types, &field.ty, levels - 1))
            }
            _ => is_scalar(types, ty),
        },
        ty => is_scalar(types, ty),
    }
}

fn of_parameter<'a>(types: &mut Types<'a>, parameter: &Parameter<'a>, hint: &str) -> Ty {
    match &parameter.schema {
        Some(at) => types.of(at, &format!("{hint} {}", parameter.name)),
        None => Ty::Free,
    }
}

/// Returns the header fields and the cookies that the framework does not read itself. It reads those of credentials, too: `by` declares
/// these.
pub(super) fn of_part<'a>(
    types: &mut Types<'a>,
    operation: &Operation<'a>,
    part: &str,
    schemes: &[Scheme],
    hint: &str,
) -> Result<Vec<Field>, &'static Reason> {
    let mut fields: Vec<Field> = Vec::new();
    for parameter in operation.parameters.iter().filter(|one| one.part == part) {
        if (part == "header" && is_owned(parameter.name))
            || is_of_credentials(schemes, part, parameter.name)
        {
            continue;
        }
        // In a header case means nothing, so a second one is the same.
        let is_known = |field: &Field| folded(&field.name) == folded(parameter.name);
        if part == "header" && fields.iter().any(is_known) {
            continue;
        }
        if !member::is_name(parameter.name) {
            return Err(&reason::NAME);
        }
        let ty = match of_parameter(types, parameter, hint) {
            Ty::Free | Ty::FreeObject | Ty::File => Ty::Text(TextRules::default()),
            ty => ty,
        };
        if !is_scalar(types, &ty) {
            return Err(match (ty, part) {
                (Ty::Cannot(why), _) => why,
                (_, "cookie") => &reason::COOKIE_LIST,
                _ => &reason::HEADER_LIST,
            });
        }
        let mut field = Field::new(parameter.name, ty, parameter.required);
        field.about = parameter.about.to_owned();
        fields.push(field);
    }
    Ok(fields)
}

/// Returns `true` for a header field that the framework owns.
fn is_owned(name: &str) -> bool {
    let name = folded(name);
    OWNED.split_whitespace().any(|pattern| match pattern.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => name == pattern,
    })
}

/// Returns the name by which header fields are compared.
fn folded(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

/// Returns `true` for a header field or a cookie of credentials that the document defines.
fn is_of_credentials(schemes: &[Scheme], part: &str, name: &str) -> bool {
    schemes.iter().any(|scheme| match (&scheme.sent, part) {
        (Sent::Header(header), "header") => folded(header) == folded(name),
        (Sent::Cookie(cookie), "cookie") => cookie == name,
        _ => false,
    })
}
