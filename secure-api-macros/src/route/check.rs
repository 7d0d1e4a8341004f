//! The checks that need one declaration only: every decision is stated, and every parameter is bound.

use proc_macro2::TokenStream;
use syn::{LitStr, Type, ext::IdentExt};

use super::{
    Verb,
    policy::{BoundArgument, RoutePolicy},
    spec::RouteSpec,
};
use crate::{
    concern::{if_match, limit, link, path, role, version, view},
    diag::Diagnostics,
    message,
    signature::{self, Argument},
    source::routes::getter,
};

mod answer;
mod proofs;

/// The known part of a route whose declaration has mistakes: the arguments of its path, if they could be read.
pub(super) struct Remains<'a> {
    pub(super) parameters: Vec<String>,
    pub(super) arguments: Vec<BoundArgument<'a>>,
    /// Two types that stand at each other's argument.
    pub(super) exchanged: Option<[&'a Type; 2]>,
    /// The decisions that are left to the module, which only the compiler can check.
    pub(super) left: Option<Left>,
    /// The body has a mistake that was told, which the compiler would tell again.
    pub(super) is_changed: bool,
}

/// The decisions that a declaration leaves to its module.
pub(super) struct Left {
    pub(super) versions: bool,
    pub(super) access: bool,
    /// The module's defaults as an expression; `None` lets the compiler look for them.
    pub(super) defaults: Option<TokenStream>,
}

pub(super) fn check<'a>(
    spec: RouteSpec<'a>,
    diag: &mut Diagnostics,
) -> Result<RoutePolicy<'a>, Remains<'a>> {
    let RouteSpec {
        verb,
        handler,
        arguments,
        path,
        version,
        role,
        public,
        view,
        limit,
        around,
        flow,
        if_match,
        options,
        silent,
    } = spec;
    let ident = handler.ident();
    let name = ident.unraw().to_string();

    // Below a prefix that has a mistake, what stands for the prefix is none.
    let is_prefix = |path: &LitStr| around.broken && around.prefix.is_none() && path.value() == "/";
    let path = path
        .filter(|path| !is_prefix(path))
        .and_then(|path| path::parse(around.prefix.as_ref(), &path, diag));
    let versions =
        version.as_ref().and_then(|key| key.expr(diag)).and_then(|expr| version::parse(expr, diag));
    let access = role::access(role.as_ref(), public.as_ref(), diag);
    let limits = limit.as_ref().map(|key| limit::parse_arms(key, diag));
    let is_paging = |argument: &Argument<'_>| {
        crate::path::last_of(argument.ty).is_some_and(|last| last.ident == "Paging")
    };
    let options = options.check(ident, access.as_ref(), arguments.iter().any(is_paging), diag);
    if let (Verb::Get, Some(place)) = (verb, options.allowed_at("content")) {
        diag.report(place, &message::VERB_CONTENT, &[&name]);
    }
    let views = view.as_ref().map(|key| view::parse(key, diag)).unwrap_or_default();
    let flow = flow.check(ident, verb.attribute(), access.as_ref(), diag);
    let shown_by = path.as_ref().map(|path| (&*path.written, path.parameters.len()));
    let if_match = if_match.as_ref().and_then(|key| if_match::parse(key, verb, shown_by, diag));
    let result = handler.result();
    match result {
        Some(result) => answer::check(result, view.as_ref(), verb, handler.body(), diag),
        None => {
            let help = match verb.attribute() {
                "get" | "query" => "`-> Page<…>` of a resource",
                "put" | "delete" => "`-> NoContent`",
                _ => "`-> Accepted`, or `-> Created<…>` of a resource",
            };
            diag.report(ident.span(), &message::NO_RESULT, &[&name, help]);
        }
    }

    if let Some(unnamed) = link::unnamed(handler.body()) {
        let written = unnamed.to_string().replace(' ', "");
        let text = format!("`{written}` does not say which route shows it");
        let help =
            format!("write `{written}::<{}>`, the route that shows it", link::shown_by(&name));
        diag.report_on(&unnamed, &message::GRAMMAR, &[&text, &help]);
    }

    if result.is_some_and(|result| {
        crate::path::last_of(answer::success(result)).is_some_and(|last| last.ident == "Created")
    }) && let Some((made, shown)) = link::constructed(handler.body())
    {
        let below = path.as_ref().map(|path| format!("{}/{{", path.written.trim_end_matches('/')));
        let is_one = |path: &str, below: &str| {
            path.strip_prefix(below).is_some_and(|rest| !rest.contains('/'))
        };
        let by = below.and_then(|below| getter(|path| is_one(path, &below)));
        let by = by.unwrap_or_else(|| link::shown_by(&name));
        let help =
            format!("write `Created::at::<{by}>(id, {shown})`, with the key that it has there");
        diag.report_on(made, &message::GRAMMAR, &["what is created has an address", &help]);
    }

    proofs::shared(&arguments, verb, diag);
    proofs::required(&arguments, diag);
    let is_changed = proofs::changed(&arguments, handler.body(), diag);
    let (bound, exchanged) = match &path {
        Some(path) => bind(arguments, path, diag),
        None => (in_order(arguments), None),
    };
    let left = Left {
        versions: version.is_none(),
        access: role.is_none() && public.is_none(),
        defaults: around.defaults.clone(),
    };
    match (path, result) {
        (Some(path), Some(result)) if diag.is_empty() && !silent && !around.broken => {
            Ok(RoutePolicy {
                verb,
                handler,
                versions,
                access,
                limits,
                defaults: around.defaults,
                flow,
                views,
                if_match,
                options: options.with_excuse(&path, around.excuse),
                path,
                arguments: bound,
                result,
            })
        }
        (path, ..) => {
            let filled = || bound.iter().filter(|bound| bound.parameter.is_some());
            let unnamed = || filled().map(|_| String::new()).collect();
            let parameters = path.map_or_else(unnamed, |path| path.parameters);
            let asked = !silent && !around.broken && (left.versions || left.access);
            Err(Remains {
                parameters,
                arguments: bound,
                exchanged,
                left: asked.then_some(left),
                is_changed,
            })
        }
    }
}

/// Binds each parameter of the path to the argument of its name. A parameter without one is reported, and so is
/// an argument that only a path can bind and that it does not; one mistake of names is both, and told once.
fn bind<'a>(
    arguments: Vec<Argument<'a>>,
    path: &path::RoutePath,
    diag: &mut Diagnostics,
) -> (Vec<BoundArgument<'a>>, Option<[&'a Type; 2]>) {
    let bind = |argument: Argument<'a>| {
        let same = |parameter: &String| argument.name.as_ref() == Some(parameter);
        let parameter = path.parameters.iter().position(same);
        BoundArgument { name: argument.name, ty: argument.ty, parameter, is_told: false }
    };
    let mut bound: Vec<_> = arguments.into_iter().map(bind).collect();
    let exchanged = exchange(&mut bound, path, diag);
    let is_left = |argument: &BoundArgument<'_>| {
        argument.parameter.is_none() && signature::is_from_path(argument.ty)
    };
    for (index, parameter) in path.parameters.iter().enumerate() {
        if bound.iter().any(|argument| argument.parameter == Some(index)) {
            continue;
        }
        let meant = bound.iter_mut().find(|argument| is_left(argument));
        let help = match meant.as_ref().and_then(|argument| argument.name.as_ref()) {
            Some(name) => format!("rename the argument `{name}` to `{parameter}`"),
            None => {
                let ty = crate::path::pascal_case(parameter);
                format!(
                    "add an argument of its name: `{parameter}: Authorized<{ty}>` for an object that belongs to somebody, \
                     `{parameter}: Unowned<{ty}Id>` for a key of what belongs to nobody"
                )
            }
        };
        diag.report(path.span, &message::PATH_UNBOUND, &[parameter, &help]);
        // Whoever links to the route gives it the key that is meant.
        if let Some(argument) = meant {
            argument.parameter = Some(index);
        }
    }
    for argument in bound.iter().filter(|argument| is_left(argument)) {
        let name = argument.name.as_deref().unwrap_or("order");
        let (written, way) = (&path.written, path.written.trim_end_matches('/'));
        let better = format!("{way}/{{{name}}}");
        diag.report_on(argument.ty, &message::ARGUMENT_UNBOUND, &[&better, written]);
    }
    for argument in &mut bound {
        argument.is_told = proofs::unproven(argument, path, diag);
    }
    (bound, exchanged)
}

/// Reports two arguments that have each other's types: one whose name the path has, of a type that no path binds, and one of
/// a type that only a path binds. Each is bound as it was meant.
fn exchange<'a>(
    bound: &mut [BoundArgument<'a>],
    path: &path::RoutePath,
    diag: &mut Diagnostics,
) -> Option<[&'a Type; 2]> {
    let find = |matches: &dyn Fn(&BoundArgument<'_>) -> bool| {
        let mut places = (0..bound.len()).filter(|place| matches(&bound[*place]));
        places.next().filter(|_| places.next().is_none())
    };
    let named =
        find(&|argument| argument.parameter.is_some() && signature::is_ours_elsewhere(argument.ty));
    let typed =
        find(&|argument| argument.parameter.is_none() && signature::is_from_path(argument.ty));
    let (named, typed) = (named?, typed?);
    let parameter = bound[named].parameter.take()?;
    bound[typed].parameter = Some(parameter);
    let [of_path, other] = [named, typed].map(|place| crate::path::as_written(bound[place].ty));
    let name = &path.parameters[parameter];
    let help = match &bound[typed].name {
        Some(meant) => format!("exchange the two types: `{name}: {other}, {meant}: {of_path}`"),
        None => format!("exchange the two types: `{name}: {other}`"),
    };
    diag.report_on(bound[named].ty, &message::PATH_UNBOUND, &[name, &help]);
    Some([bound[named].ty, bound[typed].ty])
}

/// Binds the arguments of a path with a parse error: those of a type that only a path can bind, in their order. Whoever
/// links to the route is not told of the path's mistake again.
fn in_order(arguments: Vec<Argument<'_>>) -> Vec<BoundArgument<'_>> {
    let mut places = 0..;
    let bound = arguments.into_iter().map(|argument| {
        let from_path = signature::is_from_path(argument.ty);
        let parameter = if from_path { places.next() } else { None };
        BoundArgument { name: argument.name, ty: argument.ty, parameter, is_told: false }
    });
    bound.collect()
}
