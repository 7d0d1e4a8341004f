//! The code of a resource: a type for each view, which lists its fields, writes them and checks its audience.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Type, ext::IdentExt, spanned::Spanned};

use super::check::{Audience, ResourcePolicy, Shown, Value, View};
use crate::{concern::role, path};

pub(super) fn expand(policy: ResourcePolicy<'_>) -> TokenStream {
    let ResourcePolicy { input, mut views, sensitive } = policy;
    let nested = named_once(&mut views);
    let private = path::private();
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
    let sensitive = if generic { &[][..] } else { &sensitive };
    // What the functions of computed fields are of.
    let mut fields = views.iter().flat_map(|view| &view.fields);
    let computes = fields.any(|field| matches!(field.value, Value::Function(_)));
    let entity = computes.then(|| quote!(type __R = #ident;));
    let expanded = views.iter().map(|view| expand_view(view, ident, &description));
    let sensitive = sensitive.iter().map(|(field, lowest)| {
        let (name, holders) = (lock(field), role::expand_roles(std::slice::from_ref(lowest)));
        quote!(#[allow(non_upper_case_globals)] const #name: __p::RoleSet = #holders;)
    });
    let mut fields: Vec<(&Ident, &Type)> = Vec::new();
    for field in views.iter().flat_map(|view| &view.fields) {
        if let Value::Field { ident, ty, .. } = &field.value
            && !fields.iter().any(|(other, _)| *other == ident)
        {
            fields.push((ident, ty));
        }
    }
    let fields = fields.into_iter().map(|(ident, ty)| {
        let name = alias(ident, ty.span());
        quote!(#[allow(non_camel_case_types)] type #name = #ty;)
    });
    quote! {
        #(#types)*
        const _: () = {
            use #private as __p;
            #[allow(unused_imports)]
            use __p::{NotRoles as _, NotVersions as _};
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
                fn form(self) -> __p::Form<Self> {
                    __p::Form::One(self)
                }
            }
            #[automatically_derived]
            impl #generics __p::Shown for #ident #arguments #condition {
                type Resource = Self;
                type Bare = Self;
                fn shown(&self) -> ::core::option::Option<&Self> {
                    ::core::option::Option::Some(self)
                }
            }
            #entity
            #(#expanded)*
        };
    }
}

/// Gives each view that a field is shown through a name of its own, so that what was written is written once
/// and one that does not exist is one error. What comes back declares the names.
fn named_once(views: &mut [View<'_>]) -> TokenStream {
    let mut names = TokenStream::new();
    for view in views {
        for (place, field) in view.fields.iter_mut().enumerate() {
            let Some(written) = &field.shown_as else { continue };
            let span = written.span();
            let name = format_ident!("__AS_{}_{place}", view.ident.unraw(), span = span);
            names.extend(quote_spanned! {span=>
                #[allow(non_camel_case_types, dead_code)]
                type #name = #written;
            });
            field.shown_as = Some(syn::parse_quote!(#name));
        }
    }
    names
}

/// A local of the generated code, the same wherever the tokens around it come from.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn expand_view(policy: &View<'_>, resource: &Ident, description: &str) -> TokenStream {
    let View { ident, audience, extends, fields } = policy;
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
    let base_fields = match extends {
        Some(base) => quote!((<#base as __p::View>::INFO.fields)()),
        None => quote!(::std::vec::Vec::new()),
    };
    let (entity, out) = (local("resource"), local("out"));
    let base = extends
        .as_ref()
        .map(|base| quote_spanned!(base.span()=> #out.extend::<#base, #resource>(#entity);));
    let shapes = fields.iter().map(shape);
    let writes = fields.iter().map(write);
    let checks = if stated { checks(policy) } else { TokenStream::new() };
    let names = fields.iter().map(named);
    let functions = functions(fields);
    let base_info = match extends {
        Some(base) => quote!(::core::option::Option::Some(<#base as __p::View>::INFO)),
        None => quote!(::core::option::Option::None),
    };
    let resource_name = resource.to_string();
    let view = quote! {
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
            fn project(#entity: &#resource, #out: &mut __p::Fields<'_>) {
                #base
                #(#writes)*
            }
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

/// Nobody sees through the view what the view it extends, a view it shows, or a field keeps from them.
fn checks(policy: &View<'_>) -> TokenStream {
    let View { ident, audience: _, extends, fields } = policy;
    let mut checks = TokenStream::new();
    let info = |span| {
        let ident = Ident::new(&ident.to_string(), ident.span().located_at(span));
        quote_spanned!(span=> <#ident as __p::View>::INFO)
    };
    if let Some(base) = extends {
        let info = info(base.span());
        checks.extend(quote_spanned! {base.span()=>
            const _: () = __p::check_extends(#info, <#base as __p::View>::INFO);
        });
    }
    if let Some(field) = fields.iter().find(|field| field.versions.is_some()) {
        let info = info(field.name.span());
        checks.extend(quote_spanned! {field.name.span()=>
            const _: () = __p::check_names(#info);
        });
    }
    for field in fields {
        let Shown { name: _, value, description: _, shown_as, versions: _ } = field;
        let name = field.text();
        if let Some(nested) = shown_as {
            let info = info(nested.span());
            let shown = match value {
                Value::Field { ident, .. } => {
                    let ty = alias(ident, nested.span());
                    quote_spanned!(nested.span()=> <#ty as __p::ExposedAs<#nested>>::VIEW)
                }
                Value::Function(_) => {
                    quote_spanned!(nested.span()=> <#nested as __p::View>::INFO)
                }
            };
            checks.extend(quote_spanned! {nested.span()=>
                const _: () = __p::check_nested(#info, #name, #shown);
            });
        }
        if let Value::Field { ident, ty: _, sensitive: true } = value {
            let (lock, info) = (lock(ident), info(ident.span()));
            checks.extend(quote_spanned! {ident.span()=>
                const _: () = __p::check_sensitive(#info, #name, #lock);
            });
        }
    }
    checks
}

/// The constant that says from which role on a field may be seen.
fn lock(field: &Ident) -> Ident {
    format_ident!("__SENSITIVE_{}", field.unraw(), span = field.span())
}

/// A field's type under a name that stands where a view lists the field, so that an error does too.
fn alias(field: &Ident, span: Span) -> Ident {
    format_ident!("__F_{}", field.unraw(), span = span)
}

/// What calls a field's function, by the field's name.
fn computed(field: &Shown<'_>) -> Ident {
    format_ident!("__compute_{}", field.text(), span = field.name.span())
}

/// The functions of a view's fields, each called in one place, so that what is wrong with one is said once.
fn functions(fields: &[Shown<'_>]) -> TokenStream {
    let function = |field: &Shown<'_>| {
        let Value::Function(function) = &field.value else { return None };
        let name = computed(field);
        let exposed = match &field.shown_as {
            Some(view) => quote_spanned!(view.span()=> __p::ExposedAs<#view>),
            None => quote_spanned!(function.span()=> __p::Exposed),
        };
        let entity = local("resource");
        Some(quote_spanned! {function.span()=>
            fn #name(#entity: &__R) -> impl #exposed + use<> {
                #function(#entity)
            }
        })
    };
    fields.iter().filter_map(function).collect()
}

fn named(field: &Shown<'_>) -> TokenStream {
    let name = field.text();
    let versions = match &field.versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(::core::option::Option::Some(#range))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(__p::ViewField { name: #name, versions: #versions })
}

fn shape(field: &Shown<'_>) -> TokenStream {
    let Shown { name: _, value, description, shown_as, versions } = field;
    let name = field.text();
    let shape = match (value, shown_as) {
        (Value::Field { ident, .. }, Some(view)) => {
            let ty = alias(ident, view.span());
            quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>::shape_as())
        }
        (Value::Field { ident, .. }, None) => {
            let ty = alias(ident, ident.span());
            quote_spanned!(ident.span()=> <#ty as __p::Exposed>::shape())
        }
        (Value::Function(_), Some(view)) => {
            let compute = computed(field);
            quote_spanned!(view.span()=> __p::computed_shape_as::<#view, __R, _>(#compute))
        }
        (Value::Function(_), None) => {
            let compute = computed(field);
            quote!(__p::computed_shape::<__R, _>(#compute))
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
            exceptions: &[],
        }
    }
}

fn write(field: &Shown<'_>) -> TokenStream {
    let Shown { name: _, value, description: _, shown_as, versions } = field;
    let name = field.text();
    let (entity, out) = (local("resource"), local("out"));
    let write = match (value, shown_as) {
        (Value::Field { ident, .. }, Some(view)) => {
            let ty = alias(ident, view.span());
            quote_spanned! {view.span()=>
                <#ty as __p::ExposedAs<#view>>::write_as(&#entity.#ident, #out);
            }
        }
        (Value::Field { ident, .. }, None) => {
            let ty = alias(ident, ident.span());
            quote_spanned!(ident.span()=> <#ty as __p::Exposed>::write(&#entity.#ident, #out);)
        }
        (Value::Function(_), Some(view)) => {
            let compute = computed(field);
            quote_spanned!(view.span()=> <_ as __p::ExposedAs<#view>>::write_as(&#compute(#entity), #out);)
        }
        (Value::Function(_), None) => {
            let compute = computed(field);
            quote!(__p::Exposed::write(&#compute(#entity), #out);)
        }
    };
    // A field that nobody asked for is not even computed.
    let write = quote! {
        if let ::core::option::Option::Some(#out) = #out.name(#name) { #write }
    };
    match versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(if #out.within(const { #range }) { #write })
        }
        None => write,
    }
}
