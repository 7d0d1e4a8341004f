//! `if_match = get_order`: a change is made only to the state that the caller has seen, by that route.

use syn::{ExprPath, spanned::Spanned};

use crate::{
    diag::Diagnostics,
    key::{Key, KeyValue},
    message::{self, Message},
    route::Verb,
    source::routes,
};

/// The route whose tag is asked for, and the place of the path's last parameter, which is what it is about.
pub(crate) struct IfMatch {
    pub(crate) shows: ExprPath,
    pub(crate) parameter: usize,
}

/// Reads the route's name; a verb that reads and a path without an object are reported.
pub(crate) fn parse(
    key: &Key,
    verb: Verb,
    path: Option<(&str, usize)>,
    diag: &mut Diagnostics,
) -> Option<IfMatch> {
    let grammar = &message::GRAMMAR;
    if matches!(verb, Verb::Get | Verb::Query) {
        let text = "`if_match` is for what changes something";
        let help = format!("remove it: a {} answers with the tag", verb.attribute().to_uppercase());
        diag.report(key.span(), grammar, &[text, &help]);
        return None;
    }
    let (written, parameters) = path.unwrap_or_default();
    let Some(parameter) = parameters.checked_sub(1) else {
        let text = "`if_match` needs an object in the path";
        diag.report(key.span(), grammar, &[text, "write a path like `\"/orders/{order}\"`"]);
        return None;
    };
    if let KeyValue::Flag = key.value
        && let Some(shows) = routes::getter(|path| path == written)
    {
        let help = format!("write `if_match = {shows}`");
        diag.report(key.span(), grammar, &["`if_match` names a route", &help]);
        return None;
    }
    let expr = key.expr(diag)?;
    let syn::Expr::Path(shows) = expr else {
        let meant = routes::meant(expr).or_else(|| routes::getter(|path| path == written));
        let help = match meant {
            Some(name) => format!("write `if_match = {name}`"),
            None => {
                "name the `#[get]` route that shows the object: `if_match = get_order`".to_owned()
            }
        };
        diag.report(expr.span(), grammar, &["`if_match` names a route", &help]);
        return None;
    };
    if let Some(name) = shows.path.get_ident()
        && routes::path_of(name).is_some_and(|path| !path.contains('{'))
        && let Some(meant) = routes::getter(|path| path == written)
    {
        let lists = Message {
            text: "`{}` shows no object of this path, so it has no tag of one",
            ..message::IF_MATCH_UNREAD
        };
        let help = format!("write `if_match = {meant}`");
        diag.report_with(name, &lists, &[&name.to_string()], &help);
        return None;
    }
    Some(IfMatch { shows: shows.clone(), parameter })
}
