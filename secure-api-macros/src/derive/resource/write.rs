//! The code by which a field of a view is written.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Member, spanned::Spanned};

use super::{
    before::Absent,
    expand::alias,
    field::{binding, computed, local},
    shown::{Field, Shown, Value},
};

/// Expands the statement that writes a field, if it was asked for and is there.
pub(super) fn write(field: &Shown<'_>, variant: Option<&Ident>) -> TokenStream {
    let Shown {
        name: _,
        text: name,
        value,
        description: _,
        shown_as,
        versions,
        cfg,
        max_items,
        allow: _,
        absent,
        is_value: _,
    } = field;
    let (entity, out) = (local("resource"), local("out"));
    let place = |field: &Field<'_>| match (variant, &field.member) {
        (Some(_), _) => binding(field).to_token_stream(),
        (None, Member::Named(member)) => quote!(&#entity.#member),
        (None, Member::Unnamed(member)) => quote!(&#entity.#member),
    };
    let is_left_out = !matches!(absent, Absent::Never);
    let held = local("value");
    // What may be left out is computed before its name is written.
    let made = |call: TokenStream| if is_left_out { quote!(#held) } else { call };
    let write = match (value, shown_as) {
        (Value::Field(field), Some(view)) => {
            let (ty, place) = (alias(&field.key, view.span()), place(field));
            quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>::write_as(#place, #out);)
        }
        (Value::Field(field), None) => {
            let (ty, place) = (alias(&field.key, field.span()), place(field));
            quote_spanned!(field.span()=> <#ty as __p::Exposed>::write(#place, #out);)
        }
        (Value::Function(_), Some(view)) => {
            let compute = computed(field, variant);
            let made = made(quote!(#compute(#entity)));
            quote_spanned!(view.span()=> <_ as __p::ExposedAs<#view>>::write_as(&#made, #out);)
        }
        (Value::Function(_), None) => {
            let compute = computed(field, variant);
            let made = made(quote!(#compute(#entity)));
            quote!(__p::Exposed::write(&#made, #out);)
        }
    };
    let bound = max_items.as_ref().map(|most| quote!(#out.at_most(#most);));
    // A field that nobody asked for is not even computed.
    let write = quote! {
        if let ::core::option::Option::Some(#out) = #out.name(#name) { #bound #write }
    };
    let write = match value {
        _ if !is_left_out => write,
        Value::Field(field) => {
            let (ty, place) = (alias(&field.key, field.span()), place(field));
            let asked = match shown_as {
                Some(view) => quote!(<#ty as __p::ExposedAs<#view>>),
                None => quote!(<#ty as __p::Exposed>),
            };
            quote!(if !#asked::is_absent(#place) { #write })
        }
        Value::Function(_) => {
            let compute = computed(field, variant);
            let asked = match shown_as {
                Some(view) => quote!(<_ as __p::ExposedAs<#view>>),
                None => quote!(__p::Exposed),
            };
            quote! {
                if #out.wants(#name) {
                    let #held = #compute(#entity);
                    if !#asked::is_absent(&#held) { #write }
                }
            }
        }
    };
    let write = match versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(if #out.within(const { #range }) { #write })
        }
        None => write,
    };
    match cfg {
        Some(cfg) => quote!(#cfg { #write }),
        None => write,
    }
}
