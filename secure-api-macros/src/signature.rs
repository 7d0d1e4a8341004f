//! A handler: its attributes, visibility and signature. The body stays as it was typed, so that a half-typed
//! one keeps the editor's completion.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, GenericParam, Pat, ReturnType, Signature, Type, Visibility,
    ext::IdentExt,
    parse::{Parse, ParseStream},
    spanned::Spanned,
};

use crate::{diag::Diagnostics, message, path};

mod meant;

/// A handler as written.
#[derive(Clone)]
pub(crate) struct Handler {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    body: TokenStream,
}

impl Parse for Handler {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl ToTokens for Handler {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { attributes, visibility, signature, body } = self;
        tokens.extend(attributes.iter().map(ToTokens::to_token_stream));
        visibility.to_tokens(tokens);
        signature.to_tokens(tokens);
        body.to_tokens(tokens);
    }
}

/// One argument of a handler.
pub(crate) struct Argument<'a> {
    /// Its name without a leading `_`, if it binds one.
    pub(crate) name: Option<String>,
    pub(crate) ty: &'a Type,
}

impl Handler {
    pub(crate) fn body(&self) -> &TokenStream {
        &self.body
    }

    pub(crate) fn ident(&self) -> &Ident {
        &self.signature.ident
    }

    /// Returns `true` if the function takes `self`: it stands in an `impl`, and no item can be put beside it.
    pub(crate) fn is_method(&self) -> bool {
        matches!(self.signature.inputs.first(), Some(FnArg::Receiver(_)))
    }

    /// Returns the arguments of a function that can be a handler; what cannot is reported.
    pub(crate) fn arguments(&self, diag: &mut Diagnostics) -> Vec<Argument<'_>> {
        let signature = &self.signature;
        if signature.asyncness.is_none() {
            let help = "write `async fn`";
            diag.report(
                signature.fn_token.span(),
                &message::GRAMMAR,
                &["a handler is an async function", help],
            );
        }
        // A lifetime is there for a borrow, which is told below.
        let borrows = |argument: &FnArg| matches!(argument, FnArg::Typed(argument) if matches!(*argument.ty, Type::Reference(_)));
        let borrows = signature.inputs.iter().any(borrows);
        let mut parameters = signature.generics.params.iter();
        let generic =
            |parameter: &&GenericParam| !borrows || !matches!(parameter, GenericParam::Lifetime(_));
        if let Some(parameter) = parameters.find(generic) {
            let help = "write out the types it is for";
            diag.report_on(parameter, &message::GRAMMAR, &["a handler has no generics", help]);
        }
        if let Some(result) = self.result() {
            nameable(result, diag);
        }
        let mut arguments = Vec::new();
        for argument in &signature.inputs {
            match argument {
                FnArg::Receiver(receiver) => {
                    let help = "move the function out of the `impl`, and take what it needs as `Service<…>`";
                    diag.report_on(
                        receiver,
                        &message::GRAMMAR,
                        &["a handler is a free function without `self`", help],
                    );
                }
                FnArg::Typed(argument) => {
                    always_there(&argument.attrs, diag);
                    if let Some(wrapper) = meant::bare(argument) {
                        let (name, ty) =
                            (wrapper.to_token_stream(), path::as_written(&argument.ty));
                        let text = format!("the type of the argument is `{name}<{ty}>`");
                        let help = format!("write `{name}<{ty}>` in place of `{ty}`");
                        diag.report_on(&argument.ty, &message::GRAMMAR, &[&text, &help]);
                    }
                    nameable(&argument.ty, diag);
                    arguments.push(Argument { name: name(&argument.pat), ty: &argument.ty });
                }
            }
        }
        arguments
    }

    /// Returns the type of the result, if one is written.
    pub(crate) fn result(&self) -> Option<&Type> {
        match &self.signature.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(ty),
        }
    }
}

/// Reports `#[cfg]` and `#[cfg_attr]` on an argument: the route's facts are read off the arguments before the compiler
/// evaluates conditions.
fn always_there(attributes: &[Attribute], diag: &mut Diagnostics) {
    let conditional = |attribute: &&Attribute| {
        attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr")
    };
    if let Some(attribute) = attributes.iter().find(conditional) {
        let text = "an argument is there whatever the configuration";
        let help = "write the handler twice, each behind its `#[cfg(…)]`";
        diag.report_on(attribute, &message::GRAMMAR, &[text, help]);
    }
}

/// Reports `impl Trait` and borrowed types: a check of a type needs its name, and a decoded value borrows nothing.
fn nameable(ty: &Type, diag: &mut Diagnostics) {
    if let Some(hidden) = hidden(ty) {
        let help = "write out the type: what it may do is decided by it";
        diag.report_on(hidden, &message::GRAMMAR, &["a handler names its types", help]);
        return;
    }
    match ty {
        Type::Reference(borrow) => {
            let help = match path::as_written(ty).ends_with("str") {
                true => {
                    "take a value that owns its text: `Unowned<…>` from the path, or `Query<…>` or `Json<…>` of an input with it"
                        .to_owned()
                }
                false if is_argument(&borrow.elem) => {
                    format!("write `{}`, which is the handler's own", path::as_written(&borrow.elem))
                }
                false => "take and return owned values".to_owned(),
            };
            diag.report_on(ty, &message::GRAMMAR, &["a handler borrows nothing", &help]);
        }
        Type::Path(path) => {
            let Some(last) = path.path.segments.last().filter(|last| last.ident == "Service")
            else {
                return;
            };
            let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return };
            let [syn::GenericArgument::Type(inner)] =
                &arguments.args.iter().collect::<Vec<_>>()[..]
            else {
                return;
            };
            if let Type::TraitObject(_) = inner {
                let help = "write `Service<Box<dyn … + Send + Sync>>`, and register such a box";
                diag.report_on(inner, &message::GRAMMAR, &["a service has a size", help]);
            } else if is_argument(inner) {
                let inner = path::as_written(inner);
                let text =
                    format!("`{inner}` is of one request, and a service is of the whole app");
                let help = format!("write `{inner}`");
                diag.report_on(ty, &message::GRAMMAR, &[&text, &help]);
            }
        }
        _ => {}
    }
}

/// Returns the `impl Trait` that the type is, or that stands in it.
pub(crate) fn hidden(ty: &Type) -> Option<&Type> {
    match ty {
        Type::ImplTrait(_) => Some(ty),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(hidden),
        Type::Path(path) => path.path.segments.iter().find_map(|segment| {
            let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
                return None;
            };
            arguments.args.iter().find_map(|argument| match argument {
                syn::GenericArgument::Type(ty) => hidden(ty),
                _ => None,
            })
        }),
        _ => None,
    }
}

/// Returns `true` if a type was told to be none that a handler takes: nothing else can be said of it.
pub(crate) fn is_unknown(ty: &Type) -> bool {
    matches!(ty, Type::Reference(_)) || hidden(ty).is_some()
}

/// Returns `true` if the type is written as an argument of ours that has another type in it.
fn is_argument(ty: &Type) -> bool {
    const OURS: &[&str] = &[
        "Authorized",
        "Caller",
        "Cookies",
        "Form",
        "Headers",
        "Json",
        "Patch",
        "Query",
        "RawBody",
        "Reader",
        "Scoped",
        "Service",
        "StreamedBody",
        "TextBody",
        "Unchecked",
        "Unowned",
        "Upload",
        "Writer",
    ];
    // What is written by a longer path may be another crate's.
    let Type::Path(path) = ty else { return false };
    let segments: Vec<_> = path.path.segments.iter().collect();
    let [name] = &segments[..] else { return false };
    !name.arguments.is_none() && OURS.iter().any(|ours| name.ident == ours)
}

/// Returns `true` if the type is written as one that only a path can bind. An alias of one is left to the compiler.
pub(crate) fn is_from_path(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "Authorized" || last.ident == "Unowned")
}

/// Returns `true` if the type is written as one of the framework's that no path binds.
pub(crate) fn is_ours_elsewhere(ty: &Type) -> bool {
    const BODIES: &[&str] =
        &["Form", "Json", "Patch", "RawBody", "StreamedBody", "TextBody", "Upload"];
    let Type::Path(path) = ty else { return false };
    let is_body = |last: &syn::PathSegment| BODIES.iter().any(|name| last.ident == name);
    !is_from_path(ty) && (reads_no_body(ty) || path.path.segments.last().is_some_and(is_body))
}

/// Returns `true` if the type is written as one of the framework's that reads no body. An alias of one is asked as if
/// it did.
pub(crate) fn reads_no_body(ty: &Type) -> bool {
    const NONE: &[&str] = &[
        "Authorized",
        "Caller",
        "Clock",
        "Cookies",
        "Headers",
        "Paging",
        "Query",
        "Reader",
        "RequestContext",
        "Scoped",
        "Service",
        "Unchecked",
        "Unowned",
        "Writer",
    ];
    let Some(last) = path::last_of(ty) else { return false };
    // What may be left out may be a body.
    if last.ident == "Option" {
        return path::types_of(last).next().is_some_and(reads_no_body);
    }
    NONE.iter().any(|name| last.ident == name)
}

/// Returns the name that a pattern binds: its own, or that of the one it takes out, as `name` in `Unowned(name)`.
fn name(pattern: &Pat) -> Option<String> {
    let pattern = match pattern {
        Pat::Ident(pattern) => pattern,
        Pat::TupleStruct(pattern) if pattern.elems.len() == 1 => return name(&pattern.elems[0]),
        _ => return None,
    };
    let name = pattern.ident.unraw().to_string();
    Some(name.trim_start_matches('_').to_owned())
}
