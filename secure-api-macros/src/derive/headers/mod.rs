//! `#[derive(ResponseHeaders)]`: header fields of a handler's own, with their names and bounds.

mod name;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Expr, Fields, Index, Type, ext::IdentExt, spanned::Spanned};

use crate::{diag::Diagnostics, key, keys, message, path};

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    super::derive(item, "header", |input, diag| match HeadersSpec::read(input, diag) {
        Some(spec) => spec.expand(diag.is_empty()),
        None => fallback(input),
    })
}

/// The struct as written.
struct HeadersSpec<'a> {
    input: &'a DeriveInput,
    headers: Vec<Header<'a>>,
}

/// One header field as written.
struct Header<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    /// The name that is sent.
    name: String,
    description: String,
    most: Option<Expr>,
}

impl<'a> HeadersSpec<'a> {
    fn read(input: &'a DeriveInput, diag: &mut Diagnostics) -> Option<Self> {
        let Data::Struct(syn::DataStruct { fields: Fields::Named(named), .. }) = &input.data else {
            let place = "a struct with named fields";
            let what = "#[derive(ResponseHeaders)]";
            diag.report(input.ident.span(), &message::WRONG_ITEM, &[what, place]);
            return None;
        };
        if let Some(parameter) = input.generics.params.first() {
            let help = "own what they hold, and write the types out";
            diag.report_on(parameter, &message::GRAMMAR, &["header fields have no generics", help]);
            return None;
        }
        if let Some(attribute) = input.attrs.iter().find(|one| one.path().is_ident("header")) {
            let help = "write it above a field";
            diag.report_on(attribute, &message::GRAMMAR, &["`header` is for a field", help]);
        }
        let mut headers: Vec<Header<'_>> = Vec::new();
        for field in &named.named {
            let Some(ident) = &field.ident else { continue };
            headers.push(header(field, ident, &headers, diag));
        }
        Some(Self { input, headers })
    }

    fn expand(&self, sound: bool) -> TokenStream {
        let private = path::private();
        let ident = &self.input.ident;
        let rows = self.headers.iter().map(|Header { ident, ty, name, description, most }| {
            let (field, value) = (ident.unraw().to_string(), as_value(ty));
            let most = match most {
                Some(most) => quote! {
                    ::core::option::Option::Some({ const MOST: ::core::primitive::u64 = #most; MOST })
                },
                None => quote!(::core::option::Option::None),
            };
            quote! {
                #private::HeaderInfo {
                    name: #name,
                    field: #field,
                    description: #description,
                    shape: #value::shape,
                    most: #most,
                    unbounded: #value::UNBOUNDED,
                    always: #value::ALWAYS,
                }
            }
        });
        let puts = self.headers.iter().enumerate().map(|(place, Header { ident, ty, .. })| {
            let (place, value) = (Index::from(place), as_value(ty));
            quote! {
                #value::put(&self.#ident, &<Self as #private::ResponseHeaders>::HEADERS[#place], fields);
            }
        });
        let checks = self.headers.iter().enumerate().filter(|_| sound);
        let checks = checks.map(|(place, Header { ident: field, most, .. })| {
            let place = Index::from(place);
            let span = most.as_ref().map_or_else(|| field.span(), Spanned::span);
            let private = path::private_at(span);
            quote_spanned! {span=>
                const _: () = #private::check_header(&<#ident as #private::ResponseHeaders>::HEADERS[#place]);
            }
        });
        quote! {
            #[automatically_derived]
            impl #private::ResponseHeaders for #ident {
                const HEADERS: &'static [#private::HeaderInfo] = &[#(#rows),*];
                #[allow(unused_variables)]
                fn write(&self, fields: &mut #private::HeaderFields) {
                    #(#puts)*
                }
            }
            #(#checks)*
        }
    }
}

/// Returns a type as the value of a header field, on its own tokens: a type that is none is one error.
fn as_value(ty: &Type) -> TokenStream {
    let private = path::private_at(ty.span());
    quote_spanned!(ty.span()=> <#ty as #private::HeaderText>)
}

/// Reads one field; a name that a handler may not send is reported.
fn header<'a>(
    field: &'a syn::Field,
    ident: &'a Ident,
    others: &[Header<'_>],
    diag: &mut Diagnostics,
) -> Header<'a> {
    let (mut name, mut span) = (name::spelled(&ident.unraw().to_string()), ident.span());
    let (mut most, mut is_stated) = (None, false);
    for key in key::helper_keys(&field.attrs, "header", keys::HEADER, diag) {
        if key.is("name") {
            if let Some(text) = key.text(diag) {
                (name, span, is_stated) = (text.value(), text.span(), true);
            }
        } else {
            most = key.expr(diag).cloned();
        }
    }
    let taken: Vec<String> = others.iter().map(|other| other.name.clone()).collect();
    let is_taken = taken.iter().any(|other| other.eq_ignore_ascii_case(&name));
    let why = name::refused(&name).or(is_taken.then_some("another field is called so"));
    if let Some(why) = why {
        let better = name::free(&name, &taken);
        let help = match is_stated {
            true => format!("write `\"{better}\"`"),
            false => format!("write `#[header(name = \"{better}\")]` above `{ident}`"),
        };
        diag.report(span, &message::HEADER_NAME, &[&name, why, &help]);
    }
    Header { ident, ty: &field.ty, name, description: path::doc_comment(&field.attrs), most }
}

/// Stands in for the implementation where the item is none that has one, so that its uses are no further errors.
fn fallback(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #private::ResponseHeaders for #ident #arguments #condition {
            const HEADERS: &'static [#private::HeaderInfo] = &[];
            fn write(&self, _: &mut #private::HeaderFields) {}
        }
    }
}
