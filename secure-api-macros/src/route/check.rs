//! What one declaration can tell by itself: that every decision is stated, and every parameter is bound.

use super::{
    policy::{Bound, RoutePolicy},
    spec::RouteSpec,
};
use crate::{
    concern::{limit, path, role, version, view},
    diag::Diagnostics,
    message,
};

pub(super) fn check<'a>(spec: RouteSpec<'a>, diag: &mut Diagnostics) -> Option<RoutePolicy<'a>> {
    let RouteSpec { verb, handler, arguments, path, version, role, public, view, limit } = spec;
    let ident = handler.ident();

    let path = path.and_then(|path| path::parse(&path, diag));
    let versions = match &version {
        Some(key) => key.expr(diag).and_then(|expr| version::parse(expr, diag)),
        None => {
            diag.report(ident.span(), &message::NO_VERSION, &[&ident.to_string()]);
            None
        }
    };
    let access = role::access(ident, role.as_ref(), public.as_ref(), diag);
    let limits = match &limit {
        Some(key) => Some(limit::parse(key, diag)?),
        None => None,
    };
    let views = view.as_ref().map(|key| view::parse(key, diag)).unwrap_or_default();
    let result = handler.result();
    if result.is_none() {
        diag.report(ident.span(), &message::NO_RESULT, &[&ident.to_string()]);
    }

    let mut bound = Vec::new();
    if let Some(path) = &path {
        for argument in &arguments {
            let same = |parameter: &String| argument.name.as_ref() == Some(parameter);
            bound.push(Bound { ty: argument.ty, parameter: path.parameters.iter().position(same) });
        }
        for (index, parameter) in path.parameters.iter().enumerate() {
            if !bound.iter().any(|argument| argument.parameter == Some(index)) {
                diag.report(path.span, &message::PATH_UNBOUND, &[parameter, parameter, parameter]);
            }
        }
    }
    Some(RoutePolicy {
        verb,
        handler,
        path: path?,
        versions: versions?,
        access: access?,
        limits,
        views,
        arguments: bound,
        result: result?,
    })
}
