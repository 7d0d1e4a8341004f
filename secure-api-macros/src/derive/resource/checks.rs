//! The checks that are left to the compiler: no view shows to a caller anything that a nested type keeps from that
//! caller.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Ident, ext::IdentExt, spanned::Spanned};

use super::{
    check::{ShownForm, View},
    expand::{alias, lock},
    field::{plain, stated},
    shown::{Field, Shown, Value},
};

/// Expands the checks that nobody sees through the view what the view it extends, a view it shows, or a field keeps
/// from them.
pub(super) fn checks(policy: &View<'_>) -> TokenStream {
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
    for ShownForm { variant, fields } in forms {
        for field in fields {
            let of = variant.as_ref().map(|variant| variant.ident);
            checks_of(field, of, &info, &mut checks);
            if let Value::Field(Field { key, .. }) = &field.value {
                let ty = alias(key, field.name.span());
                let text = match field.shown_as {
                    // Any of its parts can be the secret.
                    Some(_) => quote_spanned!(field.name.span()=> true),
                    None => quote_spanned!(field.name.span()=> <#ty as __p::Exposed>::TEXT),
                };
                checks.extend(plain(field, of, ident, &text));
            }
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
    let Shown {
        name: _,
        text: _,
        value,
        description: _,
        shown_as,
        versions: _,
        cfg,
        max_items: _,
        allow: _,
        absent: _,
        is_value: _,
    } = field;
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
        // Of a function it is asked where that is known.
        if let Value::Field(field) = value {
            let ty = alias(&field.key, nested.span());
            checks.extend(quote_spanned! {nested.span()=>
                #cfg
                const _: () =
                    __p::check_proven(#info, #name, #shown, <#ty as __p::ExposedAs<#nested>>::PROVEN);
            });
        }
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
        && let Some(span) = stated(field)
    {
        let (ty, info) = (alias(&of.key, span), info(span));
        let optional = match shown_as {
            Some(view) => quote_spanned!(span=> <#ty as __p::ExposedAs<#view>>::OPTIONAL),
            None => quote_spanned!(span=> <#ty as __p::Exposed>::OPTIONAL),
        };
        checks.extend(quote_spanned! {span=>
            #cfg
            const _: () = __p::check_optional(#info, #name, #optional);
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

/// Returns the name of a field for messages.
pub(super) fn label(field: &Shown<'_>, variant: Option<&Ident>) -> String {
    match variant {
        Some(variant) => format!("{}::{}", variant.unraw(), field.text()),
        None => field.text(),
    }
}
