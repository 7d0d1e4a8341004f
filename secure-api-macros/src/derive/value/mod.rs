//! `#[derive(Value)]`: a single value with bounds of its own, a newtype or an enum of names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, Type, ext::IdentExt};

mod choice;
pub(super) mod fallback;
mod formed;
mod leaf;
mod mark;
mod newtype;

pub(crate) use self::newtype::COPIED;
use self::{
    formed::{Form, Formed},
    mark::Mark,
};
use crate::{
    concern::rules::RuleSet, derive::input, diag::Diagnostics, key, keys, message, path,
    rename::Cases,
};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "value", |input, diag| match ValueSpec::read(input, diag) {
        Some(spec) => spec.expand(diag.is_empty()),
        None => fallback::expand(input),
    })
}

/// Expands what stands in for the derive where it is missing.
pub(crate) fn stand_in(input: &DeriveInput) -> TokenStream {
    fallback::expand(input)
}

/// The value type as written. Whether the bounds fit the wrapped type is asked of the compiler.
struct ValueSpec<'a> {
    input: &'a DeriveInput,
    mark: Mark,
    form: ValueForm<'a>,
}

enum ValueForm<'a> {
    Newtype { ty: &'a Type, rules: RuleSet },
    Formed { ty: &'a Type, rules: RuleSet, formed: Box<Formed> },
    Choice(Vec<(&'a Ident, String)>),
}

impl<'a> ValueSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Option<Self> {
        if let Some(parameter) = input.generics.params.first() {
            let help = "write a value for each type it is used with";
            diag.report_on(parameter, &message::GRAMMAR, &["a value has no generics", help]);
            return None;
        }
        match &input.data {
            Data::Struct(syn::DataStruct { fields: Fields::Unnamed(fields), .. })
                if fields.unnamed.len() == 1 =>
            {
                let mut rules = RuleSet::default();
                let (mut mark, mut form) = (Mark::default(), Form::default());
                let ty = &fields.unnamed[0].ty;
                for key in rules.keys(&input.attrs, "value", keys::VALUE, ty, diag) {
                    form.read(&key, diag);
                    if key.is("parse") || key.is("write") {
                        continue;
                    }
                    if keys::VALUE_MARK.iter().any(|known| key.is(known)) {
                        mark.read(&key, diag);
                    } else {
                        rules.read(&key, diag);
                    }
                }
                let form = match form.stated(diag) {
                    Some(formed) => ValueForm::Formed { ty, rules, formed: Box::new(formed) },
                    None => ValueForm::Newtype { ty, rules },
                };
                Some(Self { input, mark, form })
            }
            Data::Enum(data) => {
                let mut mark = Mark::default();
                let keys = key::helper_keys(&input.attrs, "value", keys::VALUE_CHOICE, diag);
                let cases = Cases::read(&keys, diag);
                for key in keys.iter().filter(|key| !key.is("rename_all")) {
                    mark.read(key, diag);
                }
                let names = read_names(input, data, cases, mark.stands_in_paths(), diag)?;
                Some(Self { input, mark, form: ValueForm::Choice(names) })
            }
            Data::Struct(syn::DataStruct { fields: Fields::Named(fields), .. })
                if fields.named.len() == 1 =>
            {
                let ty = path::as_written(&fields.named[0].ty);
                let help = format!("write `struct {}({ty});`", input.ident);
                let text = "the field of a value has no name";
                diag.report_on(&fields.named[0].ident, &message::GRAMMAR, &[text, &help]);
                None
            }
            Data::Struct(_) | Data::Union(_) => {
                let place = "a struct with one unnamed field, or an enum without fields";
                diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Value)]", place]);
                None
            }
        }
    }

    fn expand(&self, sound: bool) -> TokenStream {
        let Self { input, mark, form } = self;
        let private = path::private();
        let ident = &input.ident;
        let code = match form {
            ValueForm::Newtype { ty, rules } => newtype::expand(input, ty, rules, mark, sound),
            ValueForm::Formed { ty, rules, formed } => {
                formed::expand(input, ty, formed, rules, mark, sound)
            }
            ValueForm::Choice(names) => choice::expand(input, names, mark),
        };
        let key = mark.implementation(ident);
        // The anonymous constant keeps the helpers from having names that others could use.
        quote! {
            const _: () = {
                #code
                #key
                #[automatically_derived]
                impl ::core::fmt::Display for #ident {
                    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        #private::Leaf::write_text(self, f)
                    }
                }
                #[automatically_derived]
                impl ::core::str::FromStr for #ident {
                    type Err = #private::InvalidValue;
                    fn from_str(
                        text: &::core::primitive::str,
                    ) -> ::core::result::Result<Self, #private::InvalidValue> {
                        #private::Leaf::parse(text)
                    }
                }
            };
        }
    }
}

/// The names of values that stand in paths.
const IN_PATHS: &str =
    "ASCII letters, digits, `-`, `_` and `.`, and not `.` or `..`, where it stands in paths";

/// The names of all others.
const ELSEWHERE: &str = "1 to 64 visible ASCII characters and spaces between, without `%`";

fn read_names<'a>(
    input: &DeriveInput,
    data: &'a syn::DataEnum,
    cases: Cases,
    in_paths: bool,
    diag: &mut Diagnostics,
) -> Option<Vec<(&'a Ident, String)>> {
    if data.variants.is_empty() {
        diag.report(input.ident.span(), &message::VALUE_NONE, &[&input.ident.to_string()]);
        return None;
    }
    let mut names: Vec<(&Ident, String)> = Vec::new();
    let mut plain = true;
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let help = "write the variant's name alone";
            diag.report_on(&variant.fields, &message::GRAMMAR, &["a value has no fields", help]);
            plain = false;
        }
        let keys = key::helper_keys(&variant.attrs, "value", keys::VALUE_VARIANT, diag);
        let own = variant.ident.unraw().to_string();
        let written = keys.first().and_then(|key| key.text(diag));
        let (name, span): (String, Span) = match written {
            Some(name) => (name.value(), name.span()),
            None => (cases.variant(&own), variant.ident.span()),
        };
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        // A path is read without `.` and `..`.
        let is_segment = !matches!(name.as_str(), "" | "." | "..") && name.bytes().all(unreserved);
        if in_paths && !is_segment {
            let better =
                path::joined(&name, |letter| letter.is_ascii() && unreserved(letter as u8), "-");
            let better = match better.trim_matches('.') {
                "" => cases.variant(&own),
                better => better.to_owned(),
            };
            let help = path::as_named("value", &better, !keys.is_empty());
            diag.report(span, &message::VALUE_NAME, &[IN_PATHS, &help]);
        } else if !in_paths && !input::is_value(&name) {
            let better = input::near_to(name.trim(), &cases.variant(&own));
            let help = path::as_named("value", &better, !keys.is_empty());
            diag.report(span, &message::VALUE_NAME, &[ELSEWHERE, &help]);
        } else if names.iter().any(|(_, other)| *other == name) {
            let others: Vec<_> = names.iter().map(|(_, name)| name.clone()).collect();
            let better = path::free(&own, &name, &others);
            let help = path::as_named("value", &better, !keys.is_empty());
            diag.report(span, &message::VALUE_SAME_NAME, &[&name, &help]);
        }
        names.push((&variant.ident, name));
    }
    plain.then_some(names)
}
