//! `#[derive(Input)]`: a struct that a request carries, its fields in a table with their bounds; or an enum of
//! such, told apart by a tag.

mod circle;
mod field;
mod name;
mod named;
mod rule;
mod tagged;
mod untagged;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Expr, Fields, ext::IdentExt};

pub(crate) use self::name::{is_name, is_value, is_word, near_to};
use self::{field::FieldLine, tagged::TaggedSpec};
use crate::{derive::value, diag::Diagnostics, key, keys, message, path, rename::Cases, unmarked};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "input", |input, diag| {
        unmarked::of_input(input);
        of_item(input, diag)
    })
}

fn of_item(input: &DeriveInput, diag: &mut Diagnostics) -> TokenStream {
    match &input.data {
        // Its fields elsewhere are taken for values, which brings no second mistake.
        _ if is_misnamed(input, diag) => fallback(input, &quote!(bounded)),
        Data::Struct(_) if super::repaired::is_repaired() => fallback(input, &quote!(object)),
        Data::Enum(data) if untagged::is_meant(input) => {
            let expanded = untagged::expand(input, data, diag);
            expanded.unwrap_or_else(|| untagged::fallback(input))
        }
        Data::Enum(data) => match TaggedSpec::read(input, data, diag) {
            Some(spec) => spec.expand(diag.is_empty()),
            None => {
                let fallback = fallback(input, &quote!(object));
                // An enum of names alone may have been meant as a value, which stands in views too.
                let leaf =
                    data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
                let leaf = leaf.then(|| value::fallback::leaf(input));
                quote!(#fallback #leaf)
            }
        },
        _ => match InputSpec::read(input, diag) {
            Some(spec) => spec.expand(diag.is_empty()),
            None => fallback(input, &quote!(object)),
        },
    }
}

/// The input struct as written. Its rules are complete in themselves; whether they fit the types is asked of the
/// compiler.
struct InputSpec<'a> {
    input: &'a DeriveInput,
    fields: Vec<FieldLine<'a>>,
    /// The rules across fields.
    checks: Vec<Expr>,
}

impl<'a> InputSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Option<Self> {
        let Data::Struct(syn::DataStruct { fields: Fields::Named(named), .. }) = &input.data else {
            let place = "a struct with named fields, or an enum with a tag";
            diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[derive(Input)]", place]);
            return None;
        };
        refuse_generics(input, diag);
        let mut checks = Vec::new();
        let keys = key::helper_keys(&input.attrs, "input", keys::INPUT, diag);
        for key in keys.iter().filter(|key| key.is("check")) {
            checks.extend(rule::rules_of_app(key, diag));
        }
        let fields = field::read(named, None, Cases::read(&keys, diag).own, diag)?;
        circle::check(&input.ident, &fields, diag);
        if input.generics.params.is_empty() { Some(Self { input, fields, checks }) } else { None }
    }

    /// Expands the implementation and, where nothing is wrong so far, the checks on types and constants.
    fn expand(&self, sound: bool) -> TokenStream {
        let Self { input, fields, checks: across } = self;
        let private = path::private();
        let ident = &input.ident;
        let (name, description) = (ident.unraw().to_string(), path::doc_comment(&input.attrs));
        let rows = field::rows(ident, fields);
        // Those of its fields that are sound are known.
        let is_sound = sound || !fields.is_empty();
        let decode =
            field::decode(fields, &quote!(<Self as #private::Input>::FIELDS), &quote!(Self));
        let identity = field::identity(&quote!(Self), "", fields);
        let held = across.iter().map(|check| {
            let rule = rule::rule_of_app(check, ident);
            quote!(let value = decoding.hold(value, #rule)?;)
        });
        // Files have rules of their own, and cannot do without: so what holds some is known by them.
        let kind = match fields.iter().any(|field| field.file().is_some()) {
            true => quote!(of_files),
            false => quote!(of),
        };
        // One that contains nothing but values has no levels.
        let (contents, nested) = match field::is_flat(fields) {
            true => (quote!(#private::Flat<Self>), None),
            false => {
                let table = quote!(<Self as #private::Input>::FIELDS);
                let nested = field::nested(ident, &[field::contents(fields, &table)], sound);
                (quote!(__D::Look<#private::Within<Self, __D::Below>>), Some(nested))
            }
        };
        let checks =
            sound.then(|| field::checks(fields, &quote!(<#ident as #private::Input>::FIELDS)));
        quote! {
            #[automatically_derived]
            impl #private::Input for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const DESCRIPTION: &'static ::core::primitive::str = #description;
                const FIELDS: &'static [#private::Field] = #rows;
                const IS_SOUND: ::core::primitive::bool = #is_sound;
            }
            #[automatically_derived]
            impl #private::Decode for #ident {
                const TYPE: #private::TypeInfo = #private::TypeInfo::#kind::<Self>();
                const FORMS: #private::Forms = #private::Forms::of::<Self>();
                type Contents<__D: #private::Depth> = #contents;
                fn decode(
                    node: #private::Node<'_>,
                    _: &#private::Rules,
                    decoding: &mut #private::Decoding,
                ) -> ::core::option::Option<Self> {
                    #decode
                    #(#held)*
                    ::core::option::Option::Some(value)
                }
                fn identity(&self) -> ::core::option::Option<::std::string::String> {
                    match self { #identity }
                }
            }
            #nested
            #checks
        }
    }
}

fn refuse_generics(input: &DeriveInput, diag: &mut Diagnostics) {
    if let Some(lifetime @ syn::GenericParam::Lifetime(_)) = input.generics.params.first() {
        let ident = &input.ident;
        let help = format!("write `{ident}` without it, and `String` in place of a borrowed text");
        diag.report_on(lifetime, &message::GRAMMAR, &["an input owns what it holds", &help]);
    } else if let Some(parameter) = input.generics.params.first() {
        let help = "write an input for each type it is used with";
        diag.report_on(parameter, &message::GRAMMAR, &["an input has no generics", help]);
    }
}

/// Refuses the name of a value, for which a field of such a type is taken.
fn is_misnamed(input: &DeriveInput, diag: &mut Diagnostics) -> bool {
    let is_misnamed = named::is_of_a_value(&input.ident.to_string());
    if is_misnamed {
        let why = ["an input is not named like a value", "give it a name of its own"];
        diag.report_on(&input.ident, &message::GRAMMAR, &why);
    }
    is_misnamed
}

/// Stands in for the implementation where the item is none that has one, so that its uses are no further
/// errors.
pub(crate) fn fallback(input: &DeriveInput, kind: &TokenStream) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let decode = crate::derive::undecodable(input, kind);
    quote! {
        #[automatically_derived]
        impl #generics #private::Input for #ident #arguments #condition {
            const NAME: &'static ::core::primitive::str = "";
            const DESCRIPTION: &'static ::core::primitive::str = "";
            const FIELDS: &'static [#private::Field] = &[];
            const IS_SOUND: ::core::primitive::bool = false;
        }
        #decode
    }
}
