//! `#[resource(transparent)]`: an own type around a list, a map or a resource is shown as that is.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Data, DeriveInput, Field, Member, parse_quote, spanned::Spanned};

use super::{expand::any_view, spec::misplaced};
use crate::{diag::Diagnostics, key::Key, message, path};

pub(super) fn expand(input: &DeriveInput, keys: &[Key], diag: &mut Diagnostics) -> TokenStream {
    let inner = read(input, keys, diag);
    inner.map(|(member, field)| implement(input, &member, field)).unwrap_or_default()
}

/// Reads the one field.
fn read<'a>(
    input: &'a DeriveInput,
    keys: &[Key],
    diag: &mut Diagnostics,
) -> Option<(Member, &'a Field)> {
    misplaced(&input.attrs, "sensitive", "a field that a view lists", diag);
    let fields = match &input.data {
        Data::Struct(data) => Some(&data.fields),
        Data::Enum(_) | Data::Union(_) => None,
    };
    let views = input.attrs.iter().find(|attribute| attribute.path().is_ident("view"));
    let only = fields.filter(|fields| fields.len() == 1 && views.is_none());
    let other = keys.iter().find(|key| !key.is("transparent"));
    let Some(fields) = only.filter(|_| other.is_none()) else {
        let span =
            keys.iter().find(|key| key.is("transparent")).map_or(input.ident.span(), Key::span);
        diag.report(span, &message::RESOURCE_TRANSPARENT, &[]);
        return None;
    };
    let (member, field) = fields.members().zip(fields).next()?;
    for name in ["sensitive", "view", "resource"] {
        misplaced(&field.attrs, name, "the type that is shown, or a field of it", diag);
    }
    Some((member, field))
}

/// Implements `Resource` for a newtype. The wrapped type is checked at the view that shows it.
fn implement(input: &DeriveInput, member: &Member, field: &Field) -> TokenStream {
    let private = path::private();
    let (ident, inner) = (&input.ident, &field.ty);
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates: Vec<_> = condition.iter().flat_map(|condition| &condition.predicates).collect();
    let mut through = input.generics.clone();
    let any = any_view(input);
    through.params.push(parse_quote!(#any));
    let (through, _, _) = through.split_for_impl();
    let (as_view, as_is) = (
        quote_spanned!(inner.span()=> #inner: __p::ExposedAs<#any>),
        // Asked when it is used, not here: `for` keeps the compiler from deciding it now.
        quote_spanned!(inner.span()=> for<'__now> #inner: __p::Exposed),
    );
    quote! {
        const _: () = {
            use #private as __p;
            #[automatically_derived]
            impl #through __p::ExposedAs<#any> for #ident #arguments
            where
                #as_view,
                #(#predicates,)*
            {
                const VIEW: &'static __p::ViewInfo = <#inner as __p::ExposedAs<#any>>::VIEW;
                const COUNTS: ::core::primitive::bool = <#inner as __p::ExposedAs<#any>>::COUNTS;
                const PROVEN: ::core::primitive::bool = <#inner as __p::ExposedAs<#any>>::PROVEN;
                const OPTIONAL: ::core::primitive::bool = <#inner as __p::ExposedAs<#any>>::OPTIONAL;
                fn is_absent(&self) -> ::core::primitive::bool {
                    <#inner as __p::ExposedAs<#any>>::is_absent(&self.#member)
                }
                fn shape_as() -> __p::Shape {
                    <#inner as __p::ExposedAs<#any>>::shape_as()
                }
                fn write_as(&self, out: &mut __p::Output) {
                    <#inner as __p::ExposedAs<#any>>::write_as(&self.#member, out);
                }
            }
            #[automatically_derived]
            impl #generics __p::Exposed for #ident #arguments
            where
                #as_is,
                #(#predicates,)*
            {
                const COUNTS: ::core::primitive::bool = <#inner as __p::Exposed>::COUNTS;
                const TEXT: ::core::primitive::bool = <#inner as __p::Exposed>::TEXT;
                const BYTE: ::core::primitive::bool = <#inner as __p::Exposed>::BYTE;
                const OPTIONAL: ::core::primitive::bool = <#inner as __p::Exposed>::OPTIONAL;
                fn is_absent(&self) -> ::core::primitive::bool {
                    <#inner as __p::Exposed>::is_absent(&self.#member)
                }
                fn shape() -> __p::Shape {
                    <#inner as __p::Exposed>::shape()
                }
                fn write(&self, out: &mut __p::Output) {
                    <#inner as __p::Exposed>::write(&self.#member, out);
                }
            }
        };
    }
}
