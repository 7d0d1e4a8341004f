//! The code of a view: what it is as plain data, and how it is written, of a struct or of each variant of an enum.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, ext::IdentExt, spanned::Spanned};

use super::{
    check::{Audience, ShownForm, View},
    checks::checks,
    expand::alias,
    field::{functions, local, named, shapes},
    shown::Value,
    untagged,
    write::write,
};
use crate::concern::role;

/// The way in which the variants of an enum are told apart.
pub(super) enum Told<'a> {
    /// No variants: it is a struct.
    Struct,
    /// A member of this name; the others stand beside it, or in another member.
    Tag(&'a str, Option<&'a str>),
    /// Nothing but their own JSON.
    Alone,
}

pub(super) fn expand(
    policy: &View<'_>,
    resource: &Ident,
    told: Told<'_>,
    description: &str,
) -> TokenStream {
    let View { ident, audience, extends, forms } = policy;
    let name = ident.unraw().to_string();
    let stated = audience.is_some();
    let (audience, audience_name) = match audience {
        // Without an audience there is no check of it either.
        None | Some(Audience::Public) => (quote!(__p::Audience::Public), "anybody".to_owned()),
        Some(Audience::Roles(roles)) => {
            let names: Vec<_> = roles.iter().map(role::role_name).collect();
            let set = role::expand_roles(roles);
            (quote!(__p::Audience::Roles(#set)), names.join(" or "))
        }
    };
    let (entity, out) = (local("resource"), local("out"));
    let base = extends
        .as_ref()
        .map(|base| quote_spanned!(base.span()=> #out.extend::<#base, #resource>(#entity);));
    let checks = if stated { checks(policy) } else { TokenStream::new() };
    let functions: TokenStream = forms.iter().map(|form| functions(form, ident)).collect();
    let base_info = match extends {
        Some(base) => quote!(::core::option::Option::Some(<#base as __p::View>::INFO)),
        None => quote!(::core::option::Option::None),
    };
    let mut whole = None;
    let (lists, write) = match told {
        Told::Struct => of_struct(policy),
        Told::Tag(tag, content) => of_enum(policy, resource, tag, content),
        Told::Alone => {
            let of = untagged::expand(policy, resource);
            whole = Some(of.whole);
            (of.lists, of.fields)
        }
    };
    let resource_name = resource.to_string();
    let inside = inside(policy);
    let view = quote! {
        #[automatically_derived]
        impl __p::View for #ident {
            type Resource = #resource;
            const INFO: &'static __p::ViewInfo = &__p::ViewInfo {
                name: #name,
                resource: #resource_name,
                object: __p::Probe::<#resource>::OWNED,
                untenanted: __p::Probe::<#resource>::UNTENANTED,
                inside: #inside,
                description: #description,
                audience: #audience,
                audience_name: #audience_name,
                extends: #base_info,
                #lists
            };
            #[allow(unused_variables)]
            fn project(#entity: &#resource, #out: &mut __p::Fields<'_>) {
                #base
                #write
            }
            #whole
        }
    };
    // Two views may have a field of one name, so the functions are each view's own.
    let view =
        if functions.is_empty() { view } else { quote!(const _: () = { #functions #view };) };
    quote! {
        #view
        #[automatically_derived]
        impl __p::ViewOf<#resource> for #ident {}
        #checks
    }
}

/// Expands the views that the view's own fields are shown through.
fn inside(policy: &View<'_>) -> TokenStream {
    let fields = policy.forms.iter().flat_map(|form| &form.fields);
    let inside = local("inside");
    let nested = fields.filter_map(|field| {
        let (cfg, nested) = (&field.cfg, field.shown_as.as_ref()?);
        let shown = match &field.value {
            Value::Field(field) => {
                let ty = alias(&field.key, nested.span());
                quote_spanned!(nested.span()=> <#ty as __p::ExposedAs<#nested>>::VIEW)
            }
            Value::Function(_) => quote_spanned!(nested.span()=> <#nested as __p::View>::INFO),
        };
        Some(quote_spanned!(nested.span()=> #cfg #inside.push(#shown);))
    });
    let nested: Vec<_> = nested.collect();
    if nested.is_empty() {
        return quote!(::core::option::Option::None);
    }
    quote! {
        ::core::option::Option::Some(|| {
            let mut #inside = ::std::vec::Vec::new();
            #(#nested)*
            #inside
        })
    }
}

/// Expands the fields of a struct, as plain data and written.
fn of_struct(policy: &View<'_>) -> (TokenStream, TokenStream) {
    let fields = policy.forms.iter().flat_map(|form| &form.fields);
    let names = fields.clone().map(named);
    let first = match &policy.extends {
        Some(base) => quote!((<#base as __p::View>::INFO.fields)()),
        None => quote!(::std::vec::Vec::new()),
    };
    let shapes = shapes(&first, fields.clone().map(|field| (None, field)));
    let write = fields.map(|field| write(field, None)).collect();
    let lists = quote! {
        names: &[#(#names),*],
        fields: #shapes,
        variants: ::core::option::Option::None,
    };
    (lists, write)
}

/// Expands the same of an enum, for each variant after the tag, beside it or in the member `content`.
fn of_enum(
    policy: &View<'_>,
    resource: &Ident,
    tag: &str,
    content: Option<&str>,
) -> (TokenStream, TokenStream) {
    let View { ident, extends, forms, .. } = policy;
    let (entity, out) = (local("resource"), local("out"));
    let mut variants = TokenStream::new();
    let mut arms = TokenStream::new();
    let mut said = Vec::new();
    for (place, ShownForm { variant, fields }) in forms.iter().enumerate() {
        let Some(variant) = variant else { continue };
        let (name, description, of) = (&variant.name, &variant.description, variant.ident);
        said.push(name);
        let schema = format!("{}{}", ident.unraw(), of.unraw());
        let content = content.filter(|_| !fields.is_empty());
        let mut names: Vec<_> = fields.iter().map(named).collect();
        let first = match extends {
            Some(base) => quote!(<#base as __p::View>::INFO.variant_fields(#place)),
            None => quote!(::std::vec![__p::FieldShape::tag(#tag, #name)]),
        };
        let listed = fields.iter().map(|field| (Some(of), field));
        let shapes = match content {
            None => shapes(&first, listed),
            Some(content) => {
                names = vec![
                    quote!(__p::ViewField { name: #content, versions: ::core::option::Option::None }),
                ];
                let (schema, inner) =
                    (format!("{schema}Content"), shapes(&quote!(::std::vec::Vec::new()), listed));
                quote!(|| {
                    let inner = __p::ObjectShape { name: #schema, description: "", fields: #inner };
                    let inner = __p::Shape::Object(inner);
                    let mut fields = #first;
                    fields.push(__p::FieldShape::shown(#content, "", inner, __p::ALL_VERSIONS));
                    fields
                })
            }
        };
        variants.extend(quote! {
            __p::ViewVariant {
                name: #name, schema: #schema, description: #description, names: &[#(#names),*], fields: #shapes,
                value: ::core::option::Option::None,
            },
        });
        let bindings = untagged::bindings(fields);
        let writes = fields.iter().map(|field| write(field, Some(of)));
        // What the view extends has written the tag.
        let tag = extends.is_none().then(|| quote!(#out.tag(#tag, #name);));
        let writes = match content {
            None => quote!(#(#writes)*),
            Some(content) => quote! {
                if let ::core::option::Option::Some(#out) = #out.name(#content) {
                    __p::Fields::object(#out, |#out| { #(#writes)* });
                }
            },
        };
        arms.extend(quote!(#resource::#of { #bindings .. } => { #tag #writes }));
    }
    let (names, fields) = match extends {
        Some(base) => (TokenStream::new(), quote!(<#base as __p::View>::INFO.fields)),
        None => (
            quote!(__p::ViewField { name: #tag, versions: ::core::option::Option::None }),
            quote!(|| ::std::vec![__p::FieldShape::tags(#tag, &[#(#said),*])]),
        ),
    };
    let lists = quote! {
        names: &[#names],
        fields: #fields,
        variants: ::core::option::Option::Some(__p::ViewVariants { tag: ::core::option::Option::Some(#tag), all: &[#variants] }),
    };
    // One without variants is a mistake that was reported.
    let value = if forms.is_empty() { quote!(*#entity) } else { quote!(#entity) };
    (lists, quote!(match #value { #arms }))
}
