//! The code of a resource: what it is, and a type for each view.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Type, ext::IdentExt, spanned::Spanned};

use super::{
    check::{ResourcePolicy, View},
    shown::{Field, Shown, Value},
    view::{self, Told},
};
use crate::{concern::role, path};

pub(super) fn expand(policy: ResourcePolicy<'_>) -> TokenStream {
    let ResourcePolicy { input, tag, content, untagged, mut views, sensitive, late } = policy;
    let nested = named_once(&mut views);
    let imports = path::imports();
    let ident = &input.ident;
    let name = ident.unraw().to_string();
    let description = path::doc_comment(&input.attrs);
    let types = views.iter().map(|view| {
        let (view, visibility) = (&view.ident, &input.vis);
        let doc = format!("A view of [`{name}`].");
        quote! {
            #[doc = #doc]
            #visibility struct #view {}
        }
    });
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let predicates = condition.map(|condition| &condition.predicates);
    // Generics are a mistake that was reported. Their views show nothing, and the rest holds for what may leave.
    let generic = !input.generics.params.is_empty();
    let condition = generic.then(
        || quote!(where Self: ::core::marker::Send + ::core::marker::Sync + 'static, #predicates),
    );
    let views: &[View<'_>] = if generic { &[] } else { &views };
    let (sensitive, nested) =
        if generic { (&[][..], TokenStream::new()) } else { (&sensitive[..], nested) };
    let shown = || views.iter().flat_map(|view| &view.forms).flat_map(|form| &form.fields);
    // What the functions of computed fields are of.
    let computes = shown().any(|field| matches!(field.value, Value::Function(_)));
    let entity = computes.then(|| quote!(type __R = #ident;));
    let expanded = views.iter().map(|view| {
        let told = match tag.as_deref() {
            _ if untagged => Told::Alone,
            Some(tag) => Told::Tag(tag, content.as_deref()),
            None => Told::Struct,
        };
        view::expand(view, ident, told, &description)
    });
    let sensitive = sensitive.iter().map(|(key, span, lowest)| {
        let (name, holders) = (lock(key, *span), role::expand_roles(std::slice::from_ref(lowest)));
        quote!(#[allow(non_upper_case_globals)] const #name: __p::RoleSet = #holders;)
    });
    let mut fields: Vec<(&str, &Type)> = Vec::new();
    for Shown { value, .. } in shown() {
        if let Value::Field(Field { key, ty, .. }) = value
            && !fields.iter().any(|(other, _)| other == key)
        {
            fields.push((key, ty));
        }
    }
    let fields = fields.into_iter().map(|(key, ty)| {
        let name = alias(key, ty.span());
        quote!(#[allow(non_camel_case_types, dead_code)] type #name = #ty;)
    });
    let shown_as = (!generic).then(|| {
        let any = any_view(ident);
        let whole = match untagged {
            true => quote!(<#any as __p::View>::INFO.is_whole()),
            false => quote!(true),
        };
        // On the user's token: of a bound that stands in a derive, the compiler says to implement it by hand instead.
        quote_spanned! {ident.span()=>
            #[automatically_derived]
            impl<#any: __p::ViewOf<#ident>> __p::ExposedAs<#any> for #ident {
                const VIEW: &'static __p::ViewInfo = <#any as __p::View>::INFO;
                const WHOLE: ::core::primitive::bool = #whole;
                fn fill(&self, fields: &mut __p::Fields<'_>) {
                    <#any as __p::View>::project(self, fields);
                }
                fn shape_as() -> __p::Shape {
                    <#any as __p::View>::INFO.shape()
                }
                fn write_as(&self, out: &mut __p::Output) {
                    __p::Fields::view::<#any, _>(out, self);
                }
            }
        }
    });
    quote! {
        #(#types)*
        #late
        const _: () = {
            #imports
            #(#fields)*
            #nested
            #(#sensitive)*
            #[automatically_derived]
            impl #generics __p::Resource for #ident #arguments #condition {
                const NAME: &'static ::core::primitive::str = #name;
            }
            #[automatically_derived]
            impl #generics __p::Outcome for #ident #arguments #condition {
                type Success = Self;
                type Error = ::core::convert::Infallible;
                fn result(self) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                    ::core::result::Result::Ok(self)
                }
            }
            #[automatically_derived]
            impl #generics __p::Answer for #ident #arguments #condition {
                type Inner = Self;
                const INFO: __p::AnswerInfo = __p::AnswerInfo::RESOURCE;
                fn answer(self, context: &__p::Context, arms: __p::Arms<Self>) -> __p::Answered {
                    __p::one(&self, context, arms)
                }
            }
            #[automatically_derived]
            impl #generics __p::Shown for #ident #arguments #condition {
                type Resource = Self;
                type Bare = Self;
                fn shown(&self, _: __p::Viewer<'_>) -> ::core::option::Option<&Self> {
                    ::core::option::Option::Some(self)
                }
            }
            #shown_as
            #entity
            #(#expanded)*
        };
    }
}

/// Gives each view that a field is shown through, and each bound, a name of its own, so that what was written is written
/// once and one that does not exist is one error. What comes back declares the names.
fn named_once(views: &mut [View<'_>]) -> TokenStream {
    let mut names = TokenStream::new();
    for view in views {
        let fields = view.forms.iter_mut().flat_map(|form| &mut form.fields);
        for (place, field) in fields.enumerate() {
            let cfg = &field.cfg;
            if let Some(written) = &field.max_items {
                let span = written.span();
                let name = format_ident!("__MOST_{}_{place}", view.ident.unraw(), span = span);
                names.extend(quote_spanned! {span=>
                    #cfg
                    #[allow(non_upper_case_globals)]
                    const #name: ::core::primitive::usize = #written;
                });
                field.max_items = Some(syn::parse_quote!(#name));
            }
            let Some(written) = &field.shown_as else { continue };
            let span = written.span();
            let name = format_ident!("__AS_{}_{place}", view.ident.unraw(), span = span);
            names.extend(quote_spanned! {span=>
                #cfg
                #[allow(non_camel_case_types, dead_code)]
                type #name = #written;
            });
            field.shown_as = Some(syn::parse_quote!(#name));
        }
    }
    names
}

/// Returns the constant that says from which role on a field may be seen.
pub(super) fn lock(key: &str, span: Span) -> Ident {
    format_ident!("__SENSITIVE_{key}", span = span)
}

/// Returns a field's type under a name that stands where a view lists the field, so that an error does too.
pub(super) fn alias(key: &str, span: Span) -> Ident {
    format_ident!("__F_{key}", span = span)
}

/// Returns a parameter for whatever view, called as nothing in these tokens is. The compiler shows it in notes.
pub(super) fn any_view(tokens: impl ToTokens) -> Ident {
    let (text, mut name) = (tokens.to_token_stream().to_string(), "AnyView".to_owned());
    while text.contains(&name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}
