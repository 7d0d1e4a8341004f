//! The answer of a handler, where its type is one of another framework's.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, TypeParamBound};

use crate::{
    diag::Diagnostics,
    key::Key,
    message::{self, Message},
    route::Verb,
    source,
    typed::typed,
};

/// Returns the answer of a result.
pub(super) fn success(result: &Type) -> &Type {
    let success = crate::path::inside(result, "Result").unwrap_or(result);
    crate::path::inside(success, "WithHeaders").unwrap_or(success)
}

/// Reports an answer in the wrapper of a body or with a status of its own, and a view of one that shows nothing.
pub(super) fn check(
    result: &Type,
    view: Option<&Key>,
    verb: Verb,
    body: &TokenStream,
    diag: &mut Diagnostics,
) {
    if let Some(error) = untold(result) {
        let help = "write `StoreError`, which `?` makes of any error and of a text";
        diag.report_with(error, &message::ERROR_TRAIT, &[&typed(&error.to_token_stream())], help);
        return;
    }
    let success = success(result);
    if let Type::Tuple(tuple) = success
        && !tuple.elems.is_empty()
    {
        let written = crate::path::as_written(success);
        let is_shown = |ty: &&Type| {
            let name = crate::path::plain(crate::path::innermost(ty)).map(ToString::to_string);
            name.is_some_and(|name| {
                name.starts_with(char::is_uppercase) && !OF_OTHERS.contains(&&*name)
            })
        };
        let inner = tuple.elems.iter().find_map(|ty| crate::path::inside(ty, "Json"));
        let inner = inner.or_else(|| tuple.elems.iter().find(is_shown));
        let last = inner.and_then(crate::path::last_of);
        let is_answer = last.is_some_and(|last| ANSWERS.iter().any(|name| last.ident == name));
        let help = match (inner.map(crate::path::as_written), verb) {
            (Some(inner), _) if is_answer => format!(
                "write `{inner}` in place of `{written}`: its type says its status; any other is that of an error"
            ),
            (Some(inner), _) => format!(
                "write `{inner}` in place of `{written}`: its status is 200, that of `Created<{inner}>` 201; any other is that \
                 of an error"
            ),
            (None, Verb::Get | Verb::Query) => format!(
                "write `Text<200>` in place of `{written}`, or a resource: their status is 200, and any other is that of an error"
            ),
            (None, Verb::Post | Verb::Put | Verb::Patch | Verb::Delete) => format!(
                "write `NoContent` in place of `{written}`, `Accepted`, or a resource; a status beyond theirs is that of an error"
            ),
        };
        diag.report_on(
            success,
            &message::GRAMMAR,
            &["an answer has the status of its type", &help],
        );
        return;
    }
    if let Some(inner) = crate::path::inside(success, "Json") {
        let inner = crate::path::as_written(inner);
        let in_body = match wrapped(body) {
            Some((wrapped, inner)) => {
                format!(", and `{inner}` in place of `{wrapped}` in the body")
            }
            None => "; a wrapper of your own has another name".to_owned(),
        };
        let help = format!("write `{inner}`{in_body}");
        diag.report_on(success, &message::GRAMMAR, &["an answer is JSON without a wrapper", &help]);
    } else if let Some(item) =
        crate::path::inside(success, "Vec").filter(|_| matches!(verb, Verb::Get | Verb::Query))
        && crate::path::plain(crate::path::innermost(item)).is_some_and(source::is_type)
    {
        let item = crate::path::as_written(item);
        let in_body = match tail(body) {
            Some(tail) => format!(", and `Page::new({tail})` in place of `{tail}` in the body"),
            None => ", and what `Page::new(…)` makes of the list in the body".to_owned(),
        };
        let help = format!("write `Page<{item}>`{in_body}");
        let list = Message { text: "a list leaves as a page", ..message::NOT_RESOURCE };
        diag.report_with(success, &list, &[], &help);
    } else if crate::path::last_of(success).is_some_and(|last| last.ident == "StatusCode")
        && source::is_of(success, &["axum", "http", "reqwest"])
    {
        let meant = match verb {
            Verb::Get | Verb::Query => return,
            Verb::Post => "Accepted",
            Verb::Put | Verb::Patch | Verb::Delete => "NoContent",
        };
        let in_body = match status(body) {
            Some(status) => format!(", and in place of `{status}` in the body"),
            None => String::new(),
        };
        let written = crate::path::as_written(success);
        let help = format!("write `{meant}` in place of `{written}`{in_body}");
        let text = "an answer has the status of its type";
        diag.report_on(success, &message::GRAMMAR, &[text, &help]);
    } else if crate::path::last_of(success).is_some_and(|last| last.ident == "NoContent")
        && let Some(view) = view
    {
        let text = "`NoContent` shows nothing, so there is no view of it";
        diag.report(view.span(), &message::GRAMMAR, &[text, "remove `view`"]);
    }
}

/// Answers that are more than the resource which they show.
const ANSWERS: [&str; 18] = [
    "Accepted",
    "AcceptedAt",
    "AcceptedWith",
    "Array",
    "ByteStream",
    "Created",
    "CreatedWith",
    "Csv",
    "Download",
    "Events",
    "Exists",
    "Map",
    "NoContent",
    "Page",
    "Performed",
    "Redirect",
    "Scalar",
    "Text",
];

/// Types of other frameworks in a tuple that is answered with, which are no resource.
const OF_OTHERS: [&str; 9] = [
    "StatusCode",
    "String",
    "HeaderMap",
    "AppendHeaders",
    "Html",
    "Redirect",
    "Response",
    "Bytes",
    "Value",
];

/// Returns the error of a result that is of another library, and so cannot be one that tells callers anything.
fn untold(result: &Type) -> Option<&Type> {
    let last = crate::path::last_of(result).filter(|last| last.ident == "Result")?;
    let error = crate::path::types_of(last).nth(1)?;
    let is_other = match error {
        // A borrow and a box of what is the app's own may tell something.
        Type::Reference(borrow) => {
            matches!(&*borrow.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        Type::Path(path) => {
            let names: Vec<_> = path.path.segments.iter().map(|segment| &segment.ident).collect();
            match names[..] {
                [name] => name == "String" && !source::may_be_own(name),
                [_, name] => {
                    (name == "Error" || name == "Report")
                        && source::is_of(error, &["anyhow", "eyre"])
                }
                _ => false,
            }
        }
        _ => false,
    };
    let boxed = crate::path::inside(error, "Box");
    let is_boxed = boxed.is_some_and(|ty| match ty {
        Type::TraitObject(object) => object.bounds.iter().any(is_error),
        _ => false,
    });
    (is_other || is_boxed).then_some(error)
}

/// Returns `true` for the trait `Error` of the language: one of the app's own may tell something.
fn is_error(bound: &TypeParamBound) -> bool {
    let TypeParamBound::Trait(bound) = bound else { return false };
    bound.path.segments.last().is_some_and(|last| last.ident == "Error")
        && source::is_path_of(&bound.path, &["error"])
}

/// The longest code that a help repeats.
const MOST: usize = 60;

/// Returns the value that a body ends with, in its `Ok(…)` where there is one.
fn tail(body: &TokenStream) -> Option<String> {
    let mut tokens = body.clone().into_iter();
    let (Some(TokenTree::Group(body)), None) = (tokens.next(), tokens.next()) else { return None };
    let tokens: Vec<TokenTree> = body.stream().into_iter().collect();
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';');
    let tail = tokens.split(ends).next_back()?;
    let tail = match tail {
        [TokenTree::Ident(name), TokenTree::Group(inside)] if name == "Ok" => inside.stream(),
        tail => tail.iter().cloned().collect(),
    };
    // A block may stand before it without a mark.
    let is_block = |token: TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let has_block = tail.clone().into_iter().any(is_block);
    let tail = typed(&tail);
    (!has_block && !tail.is_empty() && tail.len() <= MOST).then_some(tail)
}

/// Returns the one `Json(…)` of a body, and what stands in it.
fn wrapped(body: &TokenStream) -> Option<(String, String)> {
    let mut found = Vec::new();
    collect(body, &mut found);
    let [inside] = &found[..] else { return None };
    let inner = typed(inside);
    (inner.len() <= MOST).then(|| (format!("Json({inner})"), inner))
}

fn collect(tokens: &TokenStream, found: &mut Vec<TokenStream>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_path = place > 1
            && matches!(&tokens[place - 2], TokenTree::Punct(mark) if mark.as_char() == ':');
        match place.checked_sub(1).map(|before| &tokens[before]) {
            Some(TokenTree::Ident(name)) if name == "Json" && !is_path => {
                found.push(group.stream());
            }
            _ => collect(&group.stream(), found),
        }
    }
}

/// Returns the one `StatusCode::…` of a body, by the path that it has there.
fn status(body: &TokenStream) -> Option<String> {
    let mut found = Vec::new();
    statuses(body, &mut found);
    let [status] = &found[..] else { return None };
    Some(status.clone())
}

fn statuses(tokens: &TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_of_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(mark) => mark.as_char() == ':',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => statuses(&group.stream(), found),
            TokenTree::Ident(name) if name == "StatusCode" => {
                let before =
                    tokens[..place].iter().rev().take_while(|token| is_of_path(token)).count();
                let after = tokens[place..].iter().take_while(|token| is_of_path(token)).count();
                found.push(typed(&tokens[place - before..place + after].iter().cloned().collect()));
            }
            _ => {}
        }
    }
}
