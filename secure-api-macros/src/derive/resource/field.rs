//! The code of a field in a view: as plain data, its form, and what computes it.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, ext::IdentExt, spanned::Spanned};

use super::{
    before::Absent,
    check::ShownForm,
    checks::label,
    expand::alias,
    shown::{Field, Shown, Value},
};

/// Returns a local of the generated code, the same wherever the tokens around it come from.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Returns the name of the binding of a variant's field in generated code.
pub(super) fn binding(field: &Field<'_>) -> Ident {
    local(&format!("field_{}", field.key))
}

/// Returns the name of the function that wraps a field's own function.
pub(super) fn computed(field: &Shown<'_>, variant: Option<&Ident>) -> Ident {
    let variant = variant.map(|variant| format!("{}_", variant.unraw())).unwrap_or_default();
    format_ident!("__compute_{variant}{}", field.name.unraw(), span = field.name.span())
}

/// Returns the place that says of this field alone that it is left out where it is nothing.
pub(super) fn stated(field: &Shown<'_>) -> Option<Span> {
    match field.absent {
        Absent::Here(span) => Some(span),
        Absent::Never | Absent::InView => None,
    }
}

/// Expands the functions of a view's fields, each called in one place, so that what is wrong with one is said once.
pub(super) fn functions(form: &ShownForm<'_>, view: &Ident) -> TokenStream {
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
        let proven = field.shown_as.as_ref().map(|shown| {
            let (span, text) = (shown.span(), label(field, variant));
            let view = Ident::new(&view.to_string(), view.span().located_at(span));
            quote_spanned! {span=>
                #cfg
                const _: () = __p::check_proven(
                    <#view as __p::View>::INFO,
                    #text,
                    <#shown as __p::View>::INFO,
                    __p::computed_proven_as::<#shown, __R, _>(#name),
                );
            }
        });
        let optional = stated(field).map(|span| {
            let text = label(field, variant);
            let view = Ident::new(&view.to_string(), view.span().located_at(span));
            let asked = match &field.shown_as {
                Some(view) => {
                    quote_spanned!(span=> __p::computed_optional_as::<#view, __R, _>(#name))
                }
                None => quote_spanned!(span=> __p::computed_optional::<__R, _>(#name)),
            };
            quote_spanned! {span=>
                #cfg
                const _: () = __p::check_optional(<#view as __p::View>::INFO, #text, #asked);
            }
        });
        let text = match field.shown_as {
            Some(_) => quote!(true),
            None => quote!(__p::computed_text::<__R, _>(#name)),
        };
        let plain = plain(field, variant, view, &text);
        let entity = local("resource");
        Some(quote_spanned! {function.span()=>
            #cfg
            #[allow(non_snake_case)]
            fn #name(#entity: &__R) -> impl #exposed + use<'_> {
                #function(#entity)
            }
            #bound
            #optional
            #proven
            #plain
        })
    };
    form.fields.iter().filter_map(function).collect()
}

/// Expands the check of a field that has the name of a secret; `text` says if it can be one.
pub(super) fn plain(
    field: &Shown<'_>,
    variant: Option<&Ident>,
    view: &Ident,
    text: &TokenStream,
) -> Option<TokenStream> {
    let cfg = &field.cfg;
    if !field.is_secret() {
        return None;
    }
    Some(match &field.allow {
        Some(allow) => allow
            .rules
            .iter()
            .map(|rule| {
                quote_spanned! {rule.span()=>
                    #cfg
                    const _: () = __p::check_plain_allowed(#text);
                }
            })
            .collect(),
        None => {
            let (span, label) = (field.name.span(), label(field, variant));
            let view = Ident::new(&view.to_string(), view.span().located_at(span));
            quote_spanned! {span=>
                #cfg
                const _: () = __p::check_plain(<#view as __p::View>::INFO, #label, #text);
            }
        }
    })
}

pub(super) fn named(field: &Shown<'_>) -> TokenStream {
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

/// Expands the shapes of the fields, those of `first` before them.
pub(super) fn shapes<'f>(
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
    let Shown {
        name: _,
        text: name,
        value,
        description,
        shown_as,
        versions,
        cfg: _,
        max_items,
        allow,
        absent,
        is_value: _,
    } = field;
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
    let excepted = allow.as_ref().map(|allow| {
        let exceptions = allow.expand_of_field();
        quote!(.excepted(#exceptions))
    });
    let optional = match absent {
        Absent::Never => None,
        Absent::InView | Absent::Here(_) => Some(quote!(.optional())),
    };
    quote!(__p::FieldShape::shown(#name, #description, #shape, #versions) #excepted #optional)
}
