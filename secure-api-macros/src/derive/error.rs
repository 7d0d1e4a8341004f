//! `#[derive(ApiError)]`: what a caller is told of each variant, and what only the log is.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{
    Data, DeriveInput, Fields, LitStr, Token, Type, parse::Parser, punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    diag::Diagnostics,
    key::{self, Key},
    keys, message, path,
};

mod expand;
mod silent;
mod status;
mod thiserror;

use status::{has_its_fields, seconds, status};
use thiserror::{lacks_thiserror, of_thiserror};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "problem", |input, diag| ErrorSpec::read(input, diag).check(diag).expand())
}

/// The type that says no more than the status does (RFC 9457, section 4.2.1), whichever that is.
const NO_TYPE: &str = "about:blank";

/// The error enum as written.
struct ErrorSpec<'a> {
    input: &'a DeriveInput,
    variants: Vec<VariantSpec<'a>>,
}

struct VariantSpec<'a> {
    ident: &'a Ident,
    fields: &'a Fields,
    keys: Vec<Key>,
}

/// The error enum as proved: every variant is of one of three kinds.
struct ErrorPolicy<'a> {
    input: &'a DeriveInput,
    variants: Vec<Variant<'a>>,
}

struct Variant<'a> {
    ident: &'a Ident,
    fields: &'a Fields,
    kind: Kind<'a>,
    /// Types that its field is made of, so that `?` makes the variant of each.
    from: Vec<Type>,
}

enum Kind<'a> {
    /// A problem of its own; its only field may be what the log is told.
    Problem { status: u16, uri: String, title: String, retry_after: Option<u32>, source: bool },
    /// 500, and the field is for the log.
    Internal(&'a Type),
    /// A variant that answers as its field, another `ApiError`, does.
    Transparent(&'a Type),
    /// A mistake was reported; it stands for a failure.
    Broken,
}

impl<'a> ErrorSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Self {
        let mut spec = Self { input, variants: Vec::new() };
        let Data::Enum(data) = &input.data else {
            diag.report(
                input.ident.span(),
                &message::WRONG_ITEM,
                &["#[derive(ApiError)]", "an enum"],
            );
            return spec;
        };
        if let Some(parameter) = input.generics.params.first() {
            diag.report_on(
                parameter,
                &message::GRAMMAR,
                &["an API error has no generics", "remove them"],
            );
        }
        for variant in &data.variants {
            let before = diag.count();
            let mut keys = key::helper_keys(&variant.attrs, "problem", keys::PROBLEM, diag);
            if keys.is_empty() && diag.count() == before {
                silent::report(input, variant, diag);
            }
            if !keys.is_empty()
                && let Some(error) = of_thiserror(variant)
                && lacks_thiserror(&input.ident)
            {
                let text = "`#[error]` is read by `thiserror`, which is not derived here";
                diag.report_on(error, &message::GRAMMAR, &[text, "remove it: `title` says it"]);
                keys.clear();
            }
            spec.variants.push(VariantSpec {
                ident: &variant.ident,
                fields: &variant.fields,
                keys,
            });
        }
        spec
    }

    fn check(self, diag: &mut Diagnostics) -> ErrorPolicy<'a> {
        let mut made_from: Vec<(String, String)> = Vec::new();
        let mut told: Vec<(&Ident, (String, u16, String))> = Vec::new();
        let variants = self.variants.into_iter().map(|variant| {
            let VariantSpec { ident, fields, keys } = variant;
            let kind =
                if keys.is_empty() { Kind::Broken } else { kind(ident, fields, &keys, diag) };
            if let Kind::Problem { status, uri, title, .. } = &kind {
                let problem = (uri.clone(), *status, title.clone());
                let same = |(_, (other, ..)): &&(&Ident, (String, u16, String))| other == uri;
                match told.iter().find(same).filter(|_| uri != NO_TYPE) {
                    Some((other, known)) if *known != problem => {
                        let span = keys.iter().find(|key| key.is("type")).map_or(ident.span(), Key::span);
                        let (status, title) = (known.1.to_string(), format!("{:?}", known.2));
                        let own = format!("{uri}-{}", path::kebab_case(&ident.to_string()));
                        let texts = [&*ident.to_string(), &other.to_string(), &own, &status, &title];
                        diag.report(span, &message::ERROR_SAME_TYPE, &texts);
                    }
                    _ => told.push((ident, problem)),
                }
            }
            let (Kind::Internal(held) | Kind::Transparent(held)) = kind else {
                return Variant { ident, fields, kind, from: Vec::new() };
            };
            let from = keys.iter().find(|key| key.is("from"));
            let from = from.map(|key| types(key, diag)).unwrap_or_default();
            for ty in [held].into_iter().chain(&from) {
                let text = ty.to_token_stream().to_string();
                if let Some((other, _)) = made_from.iter().find(|(_, other)| *other == text) {
                    let text = format!("`{other}` is made from this type too");
                    let help = "`?` could not tell which is meant: wrap one of the two in a type of its own";
                    diag.report_on(ty, &message::GRAMMAR, &[&text, help]);
                    return Variant { ident, fields, kind: Kind::Broken, from: Vec::new() };
                }
                made_from.push((ident.to_string(), text));
            }
            Variant { ident, fields, kind, from }
        });
        ErrorPolicy { input: self.input, variants: variants.collect() }
    }
}

fn kind<'a>(ident: &Ident, fields: &'a Fields, keys: &[Key], diag: &mut Diagnostics) -> Kind<'a> {
    let find = |name: &str| keys.iter().find(|key| key.is(name));
    if let Some(key) = find("internal").or(find("transparent")) {
        key.flag(diag);
        if let Some(other) = keys.iter().find(|other| other.name != key.name && !other.is("from")) {
            let text = format!("`{}` stands alone", key.name);
            diag.report(other.span(), &message::GRAMMAR, &[&text, "remove one of the two"]);
        }
        let Some(ty) = only_field(fields) else {
            let cause = if key.is("transparent") { "StoreError" } else { "std::io::Error" };
            no_field(key, ident, fields, cause, diag);
            return Kind::Broken;
        };
        return if key.is("internal") { Kind::Internal(ty) } else { Kind::Transparent(ty) };
    }
    if let Some(key) = find("from") {
        let text = "`from` makes what `transparent` or `internal` holds";
        diag.report(key.span(), &message::GRAMMAR, &[text, "write `transparent` before it"]);
    }
    let source = find("source").is_some();
    if let Some(key) = find("source")
        && key.flag(diag)
        && only_field(fields).is_none()
    {
        no_field(key, ident, fields, "std::io::Error", diag);
        return Kind::Broken;
    }
    let mut missing = |key: &str, example: &str| {
        let text = format!("`{ident}` has no `{key}`");
        diag.report(
            ident.span(),
            &message::GRAMMAR,
            &[&text, &format!("write `#[problem({example})]`")],
        );
    };
    let example = "status = 409, title = \"Out of stock\"";
    let (status_key, title_key) = (find("status"), find("title"));
    if status_key.is_none() {
        missing("status", example);
    }
    if title_key.is_none() {
        missing("title", example);
    }
    let status = status_key.and_then(|key| status(key, diag));
    let title = title_key.and_then(|key| plain_text(key, diag));
    let uri = match find("type") {
        Some(key) => plain_text(key, diag).map(|text| text.value()),
        None => Some(format!("urn:problem-type:{}", path::kebab_case(&ident.to_string()))),
    };
    let retry_after = match find("retry_after") {
        Some(key) => seconds(key, diag).map(Some),
        None => Some(None),
    };
    match (status, title, uri, retry_after) {
        (Some(status), Some(title), Some(uri), Some(retry_after))
            if has_its_fields(status, status_key, find("retry_after"), diag) =>
        {
            Kind::Problem { status, uri, title: title.value(), retry_after, source }
        }
        _ => Kind::Broken,
    }
}

/// Reads the types of `from(…)`.
fn types(key: &Key, diag: &mut Diagnostics) -> Vec<Type> {
    let Some(tokens) = key.list(diag) else { return Vec::new() };
    let types = Punctuated::<Type, Token![,]>::parse_terminated.parse2(tokens.clone());
    match types {
        Ok(types) if !types.is_empty() => types.into_iter().collect(),
        _ => {
            let text = "`from` takes the types that `?` makes the variant of";
            diag.report(key.span(), &message::GRAMMAR, &[text, "write `from(std::io::Error)`"]);
            Vec::new()
        }
    }
}

/// Returns the type of the only field, named or not, and how a variant of it is made of `source`.
fn held(fields: &Fields) -> Option<(&Type, TokenStream)> {
    if let Fields::Named(named) = fields
        && let [field] = &named.named.iter().collect::<Vec<_>>()[..]
    {
        let (ty, name) = (&field.ty, &field.ident);
        return Some((ty, quote_spanned!(ty.span()=> { #name: source })));
    }
    only_field(fields).map(|ty| (ty, quote_spanned!(ty.span()=> (source))))
}

/// Reports a flag of a variant that has no unnamed field.
fn no_field(key: &Key, ident: &Ident, fields: &Fields, otherwise: &str, diag: &mut Diagnostics) {
    let (name, key_name) = (ident.to_string(), key.name.to_string());
    let (cause, written) = match held(fields) {
        Some((ty, _)) => {
            let field = fields.iter().next().and_then(|field| field.ident.as_ref());
            let field = field.map_or_else(String::new, ToString::to_string);
            let ty = path::as_written(ty);
            (ty.clone(), format!("{name} {{ {field}: {ty} }}"))
        }
        None => (otherwise.to_owned(), name.clone()),
    };
    diag.report(key.span(), &message::ERROR_FIELD, &[&key_name, &name, &cause, &written]);
}

fn only_field(fields: &Fields) -> Option<&Type> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| &field.ty)
        }
        _ => None,
    }
}

fn plain_text(key: &Key, diag: &mut Diagnostics) -> Option<LitStr> {
    let text = key.text(diag)?;
    if text.value().trim().is_empty() {
        let name = key.name.to_string();
        let text_of = format!("`{name}` is empty");
        diag.report(text.span(), &message::GRAMMAR, &[&text_of, "write what callers are told"]);
        return None;
    }
    Some(text)
}
