//! The code of a resource: a type for each view, which lists its fields, writes them and checks its audience.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use super::check::{Audience, ResourcePolicy, Shown, Value, View};
use crate::{concern::role, path};

pub(super) fn expand(policy: &ResourcePolicy<'_>) -> TokenStream {
    let ResourcePolicy { input, views } = policy;
    let private = path::private();
    let ident = &input.ident;
    let name = ident.to_string();
    let description = path::doc_comment(&input.attrs);
    let types = views.iter().map(|view| {
        let (view, visibility) = (&view.ident, &input.vis);
        let doc = format!("A view of [`{name}`].");
        quote! {
            #[doc = #doc]
            #visibility struct #view {}
        }
    });
    let views = views.iter().map(|view| expand_view(view, ident, &description));
    quote! {
        #(#types)*
        const _: () = {
            use #private as __p;
            #[automatically_derived]
            impl __p::Resource for #ident {
                const NAME: &'static str = #name;
            }
            type __R = #ident;
            #(#views)*
        };
    }
}

fn expand_view(policy: &View<'_>, resource: &Ident, description: &str) -> TokenStream {
    let View { ident, audience, extends, fields } = policy;
    let name = ident.to_string();
    let (audience, audience_name) = match audience {
        Audience::Public => (quote!(__p::Audience::Public), "anybody".to_owned()),
        Audience::Roles(roles) => {
            let names: Vec<_> = roles.iter().map(role::role_name).collect();
            let set = role::expand_roles(roles);
            (quote!(__p::Audience::Roles(#set)), names.join(" or "))
        }
    };
    let base_fields = match extends {
        Some(base) => quote!((<#base as __p::View>::INFO.fields)()),
        None => quote!(::std::vec::Vec::new()),
    };
    let base = extends
        .as_ref()
        .map(|base| quote_spanned!(base.span()=> out.extend::<#base, #resource>(resource);));
    let shapes = fields.iter().map(shape);
    let writes = fields.iter().map(write);
    let info = quote!(<#ident as __p::View>::INFO);
    let mut checks = TokenStream::new();
    if let Some(base) = extends {
        checks.extend(quote_spanned! {base.span()=>
            const _: () = __p::check_extends(#info, <#base as __p::View>::INFO);
        });
    }
    for field in fields {
        let field_name = field.text();
        if let Some(nested) = &field.shown_as {
            checks.extend(quote_spanned! {nested.span()=>
                const _: () = __p::check_nested(#info, #field_name, <#nested as __p::View>::INFO);
            });
        }
        if let Value::Field { ident, sensitive: Some(lowest), .. } = &field.value {
            let lowest_name = role::role_name(lowest);
            let holders = quote_spanned!(lowest.span()=> (#lowest).holders());
            checks.extend(quote_spanned! {ident.span()=>
                const _: () = __p::check_sensitive(#info, #field_name, #lowest_name, #holders);
            });
        }
    }
    if let Some(field) = fields.iter().find(|field| field.versions.is_some()) {
        checks.extend(quote_spanned! {field.name.span()=>
            const _: () = __p::check_names(#info);
        });
    }
    let names = fields.iter().map(named);
    let base_info = match extends {
        Some(base) => quote!(::core::option::Option::Some(<#base as __p::View>::INFO)),
        None => quote!(::core::option::Option::None),
    };
    let resource_name = resource.to_string();
    quote! {
        #[automatically_derived]
        impl __p::View for #ident {
            type Resource = #resource;
            const INFO: &'static __p::ViewInfo = &__p::ViewInfo {
                name: #name,
                resource: #resource_name,
                description: #description,
                audience: #audience,
                audience_name: #audience_name,
                extends: #base_info,
                names: &[#(#names),*],
                fields: || {
                    #[allow(unused_mut)]
                    let mut fields: ::std::vec::Vec<__p::FieldShape> = #base_fields;
                    #(fields.push(#shapes);)*
                    fields
                },
            };
            #[allow(unused_variables)]
            fn project(resource: &#resource, out: &mut __p::Fields<'_>) {
                #base
                #(#writes)*
            }
        }
        #[automatically_derived]
        impl __p::ViewOf<#resource> for #ident {}
        #checks
    }
}

fn named(field: &Shown<'_>) -> TokenStream {
    let (name, versions) = (field.text(), versions(field));
    quote!(__p::ViewField { name: #name, versions: #versions })
}

fn versions(field: &Shown<'_>) -> TokenStream {
    match &field.versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(::core::option::Option::Some(#range))
        }
        None => quote!(::core::option::Option::None),
    }
}

fn shape(field: &Shown<'_>) -> TokenStream {
    let Shown { name: _, value, description, shown_as, versions } = field;
    let name = field.text();
    let shape = match (value, shown_as) {
        (Value::Field { ty, .. }, Some(view)) => {
            quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>::shape_as())
        }
        (Value::Field { ident, ty, .. }, None) => {
            quote_spanned!(ident.span()=> <#ty as __p::Exposed>::shape())
        }
        (Value::Function(function), Some(view)) => {
            quote_spanned!(view.span()=> __p::computed_shape_as::<#view, __R, _>(#function))
        }
        (Value::Function(function), None) => {
            quote_spanned!(function.span()=> __p::computed_shape::<__R, _>(#function))
        }
    };
    let versions = match versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(#range.places())
        }
        None => quote!(__p::ALL_VERSIONS),
    };
    quote! {
        __p::FieldShape {
            name: #name, description: #description, shape: #shape, required: true, versions: #versions,
        }
    }
}

fn write(field: &Shown<'_>) -> TokenStream {
    let Shown { name: _, value, description: _, shown_as, versions } = field;
    let name = field.text();
    let write = match (value, shown_as) {
        (Value::Field { ident, .. }, Some(view)) => {
            quote_spanned!(view.span()=> out.nested::<#view, _>(#name, &resource.#ident);)
        }
        (Value::Field { ident, .. }, None) => {
            quote_spanned!(ident.span()=> out.field(#name, &resource.#ident);)
        }
        (Value::Function(function), Some(view)) => quote_spanned! {view.span()=>
            out.computed_nested::<#view, __R, _>(#name, resource, #function);
        },
        (Value::Function(function), None) => quote_spanned! {function.span()=>
            out.computed::<__R, _>(#name, resource, #function);
        },
    };
    match versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(if out.within(const { #range }) { #write })
        }
        None => write,
    }
}
