//! The code of a resource: a type for each view, which lists its fields, writes them and checks its audience.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use super::check::{Audience, ResourcePolicy, Shown, View};
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
            #[automatically_derived]
            impl __p::Outcome for #ident {
                type Success = Self;
                type Error = ::core::convert::Infallible;
                fn result(self) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                    ::core::result::Result::Ok(self)
                }
            }
            #[automatically_derived]
            impl __p::Answer for #ident {
                type Inner = Self;
                const INFO: __p::AnswerInfo = __p::AnswerInfo::RESOURCE;
                fn form(self) -> __p::Form<Self> {
                    __p::Form::One(self)
                }
            }
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
        let field_name = field.ident.to_string();
        if let Some(nested) = &field.shown_as {
            checks.extend(quote_spanned! {nested.span()=>
                const _: () = __p::check_nested(#info, #field_name, <#nested as __p::View>::INFO);
            });
        }
        if let Some(lowest) = &field.sensitive {
            let lowest_name = role::role_name(lowest);
            let holders = quote_spanned!(lowest.span()=> (#lowest).holders());
            checks.extend(quote_spanned! {field.ident.span()=>
                const _: () = __p::check_sensitive(#info, #field_name, #lowest_name, #holders);
            });
        }
    }
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

fn shape(field: &Shown<'_>) -> TokenStream {
    let Shown { ident, ty, description, sensitive: _, shown_as } = field;
    let name = ident.to_string();
    let shape = match shown_as {
        Some(view) => quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>::shape_as()),
        None => quote_spanned!(ident.span()=> <#ty as __p::Exposed>::shape()),
    };
    quote!(__p::FieldShape { name: #name, description: #description, shape: #shape, required: true })
}

fn write(field: &Shown<'_>) -> TokenStream {
    let Shown { ident, ty: _, description: _, sensitive: _, shown_as } = field;
    let name = ident.to_string();
    match shown_as {
        Some(view) => {
            quote_spanned!(view.span()=> out.nested::<#view, _>(#name, &resource.#ident);)
        }
        None => quote_spanned!(ident.span()=> out.field(#name, &resource.#ident);),
    }
}
