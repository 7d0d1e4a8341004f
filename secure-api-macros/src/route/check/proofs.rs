//! Arguments that prove nothing, as other frameworks have them, with the type that does.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

use crate::{
    concern::path::RoutePath,
    diag::Diagnostics,
    message,
    path::{as_written, last_of, plain, types_of},
    route::{Verb, policy::BoundArgument},
    signature::{self, Argument},
    source::{
        self,
        objects::{self, Proof},
    },
    typed::typed,
};

/// Frameworks that have the same names for other things.
const FRAMEWORKS: &[&str] = &["axum", "axum_extra", "actix_web"];

/// Reports an argument of the path that is the object or its key itself, where the file says how it would be proved. Returns
/// `true` if it did.
pub(super) fn unproven(
    argument: &BoundArgument<'_>,
    path: &RoutePath,
    diag: &mut Diagnostics,
) -> bool {
    let Some(place) = argument.parameter.filter(|_| !signature::is_from_path(argument.ty)) else {
        return false;
    };
    let extracted = last_of(argument.ty).filter(|last| last.ident == "Path");
    let extracted = extracted.filter(|_| source::is_of(argument.ty, FRAMEWORKS));
    let inner = match extracted {
        Some(last) => types_of(last).next(),
        None => Some(argument.ty),
    };
    let Some(proof) = inner.and_then(objects::proof_of) else { return false };
    let (name, written) = (&path.parameters[place], as_written(argument.ty));
    let help = match proof {
        Proof::Object(object) => format!("write `{name}: Authorized<{object}>`"),
        Proof::Unowned(value) => format!("write `Unowned({name}): Unowned<{value}>`"),
    };
    diag.report_with(argument.ty, &message::NO_PROOF_IN, &[&written], &help);
    true
}

/// Reports what handlers share in the wrapper of another framework, or of none.
pub(super) fn shared(arguments: &[Argument<'_>], verb: Verb, diag: &mut Diagnostics) {
    for argument in arguments {
        let Some(name) = inner(argument.ty, &["Arc", "Rc", "State", "Data"]) else { continue };
        let Some(shared) = plain(name).filter(|name| !source::is_imported(name)) else { continue };
        let wrapper = match verb {
            _ if !objects::is_implemented(shared, "Store") && source::is_type(shared) => "Service",
            _ if !source::is_type(shared) => continue,
            Verb::Get | Verb::Query => "Reader",
            Verb::Post | Verb::Put | Verb::Patch | Verb::Delete => "Writer",
        };
        let (written, shared) = (as_written(argument.ty), shared.to_token_stream());
        let name = argument.name.as_deref().unwrap_or("state");
        let help = format!("write `{name}: {wrapper}<{shared}>`");
        diag.report_with(argument.ty, &message::ARGUMENT, &[&written], &help);
    }
}

/// Reports a patch of an input with a field that has to be there, as the file shows.
pub(super) fn required(arguments: &[Argument<'_>], diag: &mut Diagnostics) {
    for argument in arguments {
        let input = crate::path::inside(argument.ty, "Patch").and_then(plain);
        let Some(input) = input.filter(|name| !source::is_imported(name)) else { continue };
        let Some((field, ty)) = source::inputs::required(input) else { continue };
        let help = format!(
            "write `{field}: Option<{ty}>` in `{input}`, which may be left as it is, or `{field}: Patched<{ty}>`, which may be removed too"
        );
        diag.report_with(argument.ty, &message::PATCH_REQUIRED, &[&field], &help);
    }
}

/// Reports what a body changes in an object that it has the proof of, in place of making it anew. Returns `true` if
/// it did.
pub(super) fn changed(
    arguments: &[Argument<'_>],
    body: &TokenStream,
    diag: &mut Diagnostics,
) -> bool {
    let Some((name, tokens, help)) = assigned(arguments, body) else { return false };
    if may_rebind(&name, body) {
        return false;
    }
    let text = format!("what `{name}` proves is not changed in place");
    diag.report_on(tokens, &message::GRAMMAR, &[&text, &format!("write `{help}`")]);
    true
}

/// Returns `true` if a body may give this name to something else: in a `let`, a loop, an arm, or an argument of a closure or of a
/// function in it.
fn may_rebind(name: &str, body: &TokenStream) -> bool {
    let mut words = Vec::new();
    flatten(body, &mut words);
    let binds = |opens: &str, closes: &str| {
        words.iter().enumerate().filter(|(_, word)| *word == opens).any(|(place, _)| {
            words[place + 1..].iter().take_while(|word| *word != closes).any(|word| word == name)
        })
    };
    binds("let", "=")
        || binds("for", "in")
        || words.iter().any(|word| ["match", "fn", "|"].contains(&&**word))
        || words.windows(2).any(|pair| pair[1] == name && pair[0] == "mut")
}

fn flatten(tokens: &TokenStream, words: &mut Vec<String>) {
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => flatten(&group.stream(), words),
            other => words.push(other.to_string()),
        }
    }
}

/// Returns the first assignment of a body to a field of an object: the argument, the field, and how it is written.
fn assigned(
    arguments: &[Argument<'_>],
    body: &TokenStream,
) -> Option<(String, TokenStream, String)> {
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let is = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
    let ends = |place: usize| {
        tokens[place..]
            .iter()
            .position(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'))
    };
    tokens.iter().enumerate().find_map(|(place, token)| match token {
        TokenTree::Group(group) => assigned(arguments, &group.stream()),
        TokenTree::Ident(name) => {
            let begins = place == 0
                || matches!(&tokens[place - 1], TokenTree::Punct(mark) if mark.as_char() == ';')
                || matches!(&tokens[place - 1], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            let text = name.to_string();
            let argument = arguments.iter().find(|argument| argument.name.as_ref() == Some(&text))?;
            let object = crate::path::inside(argument.ty, "Authorized")?;
            let Some(TokenTree::Ident(field)) = tokens.get(place + 2) else { return None };
            let is_assigned = is(place + 1, '.') && is(place + 3, '=') && !is(place + 4, '=');
            let length = ends(place).filter(|_| begins && is_assigned)?;
            let value = typed(&tokens[place + 4..place + length].iter().cloned().collect());
            let object = as_written(object);
            let help = format!("let {name} = {name}.map(|{name}| {object} {{ {field}: {value}, ..{name} }});");
            Some((text, tokens[place..=place + 2].iter().cloned().collect(), help))
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// Returns the type in one or more of these wrappers, none of which is a type of the file.
fn inner<'a>(ty: &'a Type, wrappers: &[&str]) -> Option<&'a Type> {
    let last = last_of(ty)?;
    let is_wrapper = wrappers.iter().any(|name| last.ident == name)
        && (source::is_of(ty, FRAMEWORKS) || source::is_of(ty, &["sync", "rc"]));
    let held = types_of(last).next().filter(|_| is_wrapper)?;
    inner(held, wrappers).or(Some(held))
}
