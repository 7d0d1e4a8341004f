//! The code of a view: what it lists, how it is written, and the checks of its audience.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Ident, Member, ext::IdentExt, spanned::Spanned};

use super::{
    check::{Audience, Form, View},
    expand::{alias, lock},
    shown::{Field, Shown, Value},
};
use crate::concern::role;

/// A local of the generated code, the same wherever the tokens around it come from.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

pub(super) fn expand(
    policy: &View<'_>,
    resource: &Ident,
    tag: Option<&str>,
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
    let (lists, write) = match tag {
        None => of_struct(policy),
        Some(tag) => of_enum(policy, resource, tag),
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
                #lists
            };
            #[allow(unused_variables)]
            fn project(#entity: &#resource, #out: &mut __p::Fields<'_>) {
                #base
                #write
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

/// The fields of a struct, as plain data and written.
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

/// The same of an enum, for each variant after the tag.
fn of_enum(policy: &View<'_>, resource: &Ident, tag: &str) -> (TokenStream, TokenStream) {
    let View { ident, extends, forms, .. } = policy;
    let (entity, out) = (local("resource"), local("out"));
    let mut variants = TokenStream::new();
    let mut arms = TokenStream::new();
    let mut said = Vec::new();
    for (place, Form { variant, fields }) in forms.iter().enumerate() {
        let Some(variant) = variant else { continue };
        let (name, description, of) = (&variant.name, &variant.description, variant.ident);
        said.push(name);
        let schema = format!("{}{}", ident.unraw(), of.unraw());
        let names = fields.iter().map(named);
        let first = match extends {
            Some(base) => quote!(<#base as __p::View>::INFO.variant_fields(#place)),
            None => quote!(::std::vec![__p::FieldShape::tag(#tag, #name)]),
        };
        let shapes = shapes(&first, fields.iter().map(|field| (Some(of), field)));
        variants.extend(quote! {
            __p::ViewVariant {
                name: #name, schema: #schema, description: #description, names: &[#(#names),*], fields: #shapes,
            },
        });
        let mut bound: Vec<&Field<'_>> = Vec::new();
        for field in fields {
            if let Value::Field(field) = &field.value
                && !bound.iter().any(|other| other.key == field.key)
            {
                bound.push(field);
            }
        }
        let bindings = bound.iter().map(|field| {
            let (member, binding) = (&field.member, binding(field));
            quote!(#member: #binding,)
        });
        let writes = fields.iter().map(|field| write(field, Some(of)));
        // What the view extends has written the tag.
        let tag = extends.is_none().then(|| quote!(#out.tag(#tag, #name);));
        arms.extend(quote!(#resource::#of { #(#bindings)* .. } => { #tag #(#writes)* }));
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
        variants: ::core::option::Option::Some(__p::ViewVariants { tag: #tag, all: &[#variants] }),
    };
    // One without variants is a mistake that was reported.
    let value = if forms.is_empty() { quote!(*#entity) } else { quote!(#entity) };
    (lists, quote!(match #value { #arms }))
}

/// Nobody sees through the view what the view it extends, a view it shows, or a field keeps from them.
fn checks(policy: &View<'_>) -> TokenStream {
    let View { ident, audience: _, extends, forms } = policy;
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
    let mut fields = forms.iter().flat_map(|form| &form.fields);
    if let Some(field) = fields.find(|field| field.versions.is_some() || field.cfg.is_some()) {
        let info = info(field.name.span());
        checks.extend(quote_spanned! {field.name.span()=>
            const _: () = __p::check_names(#info);
        });
    }
    for Form { variant, fields } in forms {
        for field in fields {
            let of = variant.as_ref().map(|variant| variant.ident);
            checks_of(field, of, &info, &mut checks);
        }
    }
    checks
}

fn checks_of(
    field: &Shown<'_>,
    variant: Option<&Ident>,
    info: &dyn Fn(Span) -> TokenStream,
    checks: &mut TokenStream,
) {
    let Shown { name: _, value, description: _, shown_as, versions: _, cfg, max_items: _ } = field;
    let name = label(field, variant);
    if let Some(nested) = shown_as {
        let info = info(nested.span());
        let shown = match value {
            Value::Field(field) => {
                let ty = alias(&field.key, nested.span());
                quote_spanned!(nested.span()=> <#ty as __p::ExposedAs<#nested>>::VIEW)
            }
            Value::Function(_) => {
                quote_spanned!(nested.span()=> <#nested as __p::View>::INFO)
            }
        };
        checks.extend(quote_spanned! {nested.span()=>
            #cfg
            const _: () = __p::check_nested(#info, #name, #shown);
        });
    }
    if let Value::Field(field) = value
        && field.sensitive
    {
        let span = field.span();
        let (lock, info) = (lock(&field.key, span), info(span));
        checks.extend(quote_spanned! {span=>
            #cfg
            const _: () = __p::check_sensitive(#info, #name, #lock);
        });
    }
    if let Value::Field(of) = value
        && let Some(most) = &field.max_items
    {
        let span = most.span();
        let (ty, info) = (alias(&of.key, span), info(span));
        let counts = match shown_as {
            Some(view) => quote_spanned!(span=> <#ty as __p::ExposedAs<#view>>::COUNTS),
            None => quote_spanned!(span=> <#ty as __p::Exposed>::COUNTS),
        };
        checks.extend(quote_spanned! {span=>
            #cfg
            const _: () = __p::check_max_items(#info, #name, #counts, #most);
        });
    }
}

/// What messages call a field.
fn label(field: &Shown<'_>, variant: Option<&Ident>) -> String {
    match variant {
        Some(variant) => format!("{}::{}", variant.unraw(), field.text()),
        None => field.text(),
    }
}

/// What a variant's field is called while it is written.
fn binding(field: &Field<'_>) -> Ident {
    local(&format!("field_{}", field.key))
}

/// What calls a field's function, by the field's name.
fn computed(field: &Shown<'_>, variant: Option<&Ident>) -> Ident {
    let variant = variant.map(|variant| format!("{}_", variant.unraw())).unwrap_or_default();
    format_ident!("__compute_{variant}{}", field.text(), span = field.name.span())
}

/// The functions of a view's fields, each called in one place, so that what is wrong with one is said once.
fn functions(form: &Form<'_>, view: &Ident) -> TokenStream {
    let variant = form.variant.as_ref().map(|variant| variant.ident);
    let function = |field: &Shown<'_>| {
        let Value::Function(function) = &field.value else { return None };
        let (name, cfg) = (computed(field, variant), &field.cfg);
        let exposed = match &field.shown_as {
            Some(view) => quote_spanned!(view.span()=> __p::ExposedAs<#view>),
            None => quote_spanned!(function.span()=> __p::Exposed),
        };
        let bound = field.max_items.as_ref().map(|most| {
            let (span, text) = (most.span(), label(field, variant));
            let view = Ident::new(&view.to_string(), view.span().located_at(span));
            let info = quote_spanned!(span=> <#view as __p::View>::INFO);
            let counts = match &field.shown_as {
                Some(view) => {
                    quote_spanned!(span=> __p::computed_counts_as::<#view, __R, _>(#name))
                }
                None => quote_spanned!(span=> __p::computed_counts::<__R, _>(#name)),
            };
            quote_spanned! {span=>
                #cfg
                const _: () = __p::check_max_items(#info, #text, #counts, #most);
            }
        });
        let entity = local("resource");
        Some(quote_spanned! {function.span()=>
            #cfg
            #[allow(non_snake_case)]
            fn #name(#entity: &__R) -> impl #exposed + use<'_> {
                #function(#entity)
            }
            #bound
        })
    };
    form.fields.iter().filter_map(function).collect()
}

fn named(field: &Shown<'_>) -> TokenStream {
    let (name, cfg) = (field.text(), &field.cfg);
    let versions = match &field.versions {
        Some(versions) => {
            let range = versions.expand();
            quote!(::core::option::Option::Some(#range))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(#cfg __p::ViewField { name: #name, versions: #versions })
}

/// What makes the forms of the fields, those of `first` before them.
fn shapes<'f>(
    first: &TokenStream,
    fields: impl Iterator<Item = (Option<&'f Ident>, &'f Shown<'f>)>,
) -> TokenStream {
    let pushes = fields.map(|(variant, field)| {
        let (shape, cfg) = (shape(field, variant), &field.cfg);
        quote!(#cfg fields.push(#shape);)
    });
    quote! {
        || {
            #[allow(unused_mut)]
            let mut fields: ::std::vec::Vec<__p::FieldShape> = #first;
            #(#pushes)*
            fields
        }
    }
}

fn shape(field: &Shown<'_>, variant: Option<&Ident>) -> TokenStream {
    let Shown { name: _, value, description, shown_as, versions, cfg: _, max_items } = field;
    let name = field.text();
    let shape = match (value, shown_as) {
        (Value::Field(field), Some(view)) => {
            let ty = alias(&field.key, view.span());
            quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>::shape_as())
        }
        (Value::Field(field), None) => {
            let ty = alias(&field.key, field.span());
            quote_spanned!(field.span()=> <#ty as __p::Exposed>::shape())
        }
        (Value::Function(_), Some(view)) => {
            let compute = computed(field, variant);
            quote_spanned!(view.span()=> __p::computed_shape_as::<#view, __R, _>(#compute))
        }
        (Value::Function(_), None) => {
            let compute = computed(field, variant);
            quote!(__p::computed_shape::<__R, _>(#compute))
        }
    };
    let shape = match max_items {
        Some(most) => quote!(#shape.at_most(#most)),
        None => shape,
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

fn write(field: &Shown<'_>, variant: Option<&Ident>) -> TokenStream {
    let Shown { name: _, value, description: _, shown_as, versions, cfg, max_items } = field;
    let name = field.text();
    let (entity, out) = (local("resource"), local("out"));
    let place = |field: &Field<'_>| match (variant, &field.member) {
        (Some(_), _) => binding(field).to_token_stream(),
        (None, Member::Named(member)) => quote!(&#entity.#member),
        (None, Member::Unnamed(member)) => quote!(&#entity.#member),
    };
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
            quote_spanned!(view.span()=> <_ as __p::ExposedAs<#view>>::write_as(&#compute(#entity), #out);)
        }
        (Value::Function(_), None) => {
            let compute = computed(field, variant);
            quote!(__p::Exposed::write(&#compute(#entity), #out);)
        }
    };
    let bound = max_items.as_ref().map(|most| quote!(#out.at_most(#most);));
    // A field that nobody asked for is not even computed.
    let write = quote! {
        if let ::core::option::Option::Some(#out) = #out.name(#name) { #bound #write }
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
