//! An enum as an input whose variants no member tells apart: each holds one value, and its JSON says which it is.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DataEnum, DeriveInput, Expr, Field, Fields, FieldsNamed, Ident, LitStr, ext::IdentExt};

use super::{
    circle,
    field::{self, FieldLine},
    rule,
};
use crate::{concern::role, diag::Diagnostics, key, keys, message, path};

/// Returns `true` if an enum says that it has no tag.
pub(super) fn is_meant(input: &DeriveInput) -> bool {
    let keys = key::written_keys(&input.attrs, "input", &mut Diagnostics::ignored());
    keys.iter().any(|key| key.is("untagged"))
}

/// Expands an enum without a tag. Nothing comes back where it is none, which was reported.
pub(super) fn expand(
    input: &DeriveInput,
    data: &DataEnum,
    diag: &mut Diagnostics,
) -> Option<TokenStream> {
    super::refuse_generics(input, diag);
    let (ordered, checks) = order(input, diag);
    let named = variants(input, data, diag)?;
    let lines = field::read(&named, None, None, diag)?;
    circle::check(&input.ident, &lines, diag);
    for (name, span) in lines.iter().filter_map(FieldLine::file) {
        diag.report(span, &message::FILE_NESTED, &[name]);
    }
    if !input.generics.params.is_empty() {
        return None;
    }
    Some(implement(input, &lines, ordered.as_ref(), &checks, diag.is_empty()))
}

/// Reads the reason for which the order decides, and the rules of the app.
fn order(input: &DeriveInput, diag: &mut Diagnostics) -> (Option<LitStr>, Vec<Expr>) {
    let keys = key::helper_keys(&input.attrs, "input", keys::INPUT_UNTAGGED, diag);
    let (mut ordered, mut reason, mut checks) = (None, None, Vec::new());
    for key in &keys {
        if key.is("untagged") {
            key.flag(diag);
        } else if key.is("ordered") {
            key.flag(diag);
            ordered = Some(key.span());
        } else if key.is("reason") {
            reason = Some((key.span(), role::reason(key, diag)));
        } else if key.is("check") {
            checks.extend(rule::rules_of_app(key, diag));
        }
    }
    match (ordered, &reason) {
        (Some(span), None) => {
            diag.report(span, &message::EMPTY_REASON, &["ordered", "reason"]);
        }
        (None, Some((span, _))) => {
            let help = "write `ordered` before it, or remove it";
            diag.report(*span, &message::GRAMMAR, &["this is the reason of nothing", help]);
        }
        _ => {}
    }
    (ordered.and(reason).and_then(|(_, reason)| reason), checks)
}

/// Returns the variants as fields of their names.
fn variants(input: &DeriveInput, data: &DataEnum, diag: &mut Diagnostics) -> Option<FieldsNamed> {
    let mut named: FieldsNamed = syn::parse_quote!({});
    let before = diag.count();
    for variant in &data.variants {
        key::helper_keys(&variant.attrs, "input", keys::INPUT_UNTAGGED_VARIANT, diag);
        let field = match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
            _ => None,
        };
        let Some(field) = field else {
            let text = "a variant without a tag holds one value";
            let help = format!(
                "write `{}(…)` with the type of the value: `String`, or an input for its fields",
                variant.ident
            );
            diag.report_on(&variant.ident, &message::GRAMMAR, &[text, &help]);
            continue;
        };
        for key in key::written_keys(&field.attrs, "input", &mut Diagnostics::ignored()) {
            if key.is("name") || key.is("role") {
                let text = format!("`{}` is for a member, and this is a whole value", key.name);
                let help = "write it above a field of the type, or remove it";
                diag.report(key.span(), &message::GRAMMAR, &[&text, help]);
            }
        }
        let mut field = Field { ident: Some(variant.ident.clone()), ..field.clone() };
        field.attrs.extend(
            variant.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).cloned(),
        );
        named.named.push(field);
    }
    if named.named.is_empty() && diag.count() == before {
        diag.report(input.ident.span(), &message::VALUE_NONE, &[&input.ident.to_string()]);
    }
    (diag.count() == before).then_some(named)
}

fn implement(
    input: &DeriveInput,
    lines: &[FieldLine<'_>],
    ordered: Option<&LitStr>,
    across: &[Expr],
    sound: bool,
) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (name, description) = (ident.unraw().to_string(), path::doc_comment(&input.attrs));
    let rows = field::rows(ident, lines);
    let forms = lines.iter().map(|FieldLine { ty, .. }| quote!(<#ty as #private::Decode>::FORMS));
    let reason = match ordered {
        Some(reason) => quote!(::core::option::Option::Some(#reason)),
        None => quote!(::core::option::Option::None),
    };
    let arms = lines.iter().enumerate().map(|(place, FieldLine { ident, ty, checks, .. })| {
        let held = checks.iter().map(|check| {
            let rule = rule::rule_of_app(check, ty);
            quote!(.and_then(|value| decoding.hold(value, #rule)))
        });
        quote!(#place => <#ty as #private::Decode>::decode(node, rules, decoding) #(#held)* .map(Self::#ident),)
    });
    let identities = lines.iter().map(|FieldLine { ident, ty, .. }| {
        let name = ident.unraw().to_string();
        quote!(Self::#ident(value) => #private::identity_of(&[
            ::core::option::Option::Some(<::std::string::String as ::core::convert::From<_>>::from(#name)),
            <#ty as #private::Decode>::identity(value),
        ]),)
    });
    let held = across.iter().map(|check| {
        let rule = rule::rule_of_app(check, ident);
        quote!(let value = decoding.hold(value, #rule)?;)
    });
    let table = quote!(<Self as #private::UntaggedInput>::VARIANTS);
    let contents = field::nested(ident, &[field::contents(lines, &table)], sound);
    let checks = sound.then(|| {
        let checks = field::checks(lines, &quote!(<#ident as #private::UntaggedInput>::VARIANTS));
        let apart = apart(ident, lines, ordered);
        quote!(#checks #apart)
    });
    quote! {
        #[automatically_derived]
        impl #private::UntaggedInput for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const DESCRIPTION: &'static ::core::primitive::str = #description;
            const VARIANTS: &'static [#private::Field] = #rows;
            const VARIANT_FORMS: &'static [#private::Forms] = &[#(#forms),*];
            const ORDERED: ::core::option::Option<&'static ::core::primitive::str> = #reason;
        }
        #[automatically_derived]
        impl #private::Body for #ident {
            const READS: #private::Reads =
                #private::Reads::Forms(<Self as #private::Decode>::TYPE.fields);
            fn body_shape() -> #private::Shape {
                <Self as #private::UntaggedInput>::untagged_shape()
            }
        }
        #[automatically_derived]
        impl #private::Decode for #ident {
            const TYPE: #private::TypeInfo =
                #private::TypeInfo::object(|_| <Self as #private::UntaggedInput>::untagged_shape())
                    .being(#private::Kinds::ANY)
                    .with(|| ::std::vec![<Self as #private::UntaggedInput>::VARIANTS]);
            const FORMS: #private::Forms = #private::Forms::OneOf(
                <Self as #private::UntaggedInput>::VARIANTS,
                <Self as #private::UntaggedInput>::VARIANT_FORMS,
            );
            type Contents<__D: #private::Depth> = __D::Look<#private::Within<Self, __D::Below>>;
            fn decode(
                node: #private::Node<'_>,
                _: &#private::Rules,
                decoding: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                let value = #private::decode_untagged::<Self>(
                    node,
                    decoding,
                    |place, node, rules, decoding| match place {
                        #(#arms)*
                        _ => ::core::option::Option::None,
                    },
                )?;
                #(#held)*
                ::core::option::Option::Some(value)
            }
            fn identity(&self) -> ::core::option::Option<::std::string::String> {
                match self { #(#identities)* }
            }
        }
        #contents
        #checks
    }
}

/// Expands the checks that no value fits two variants, or that one does where an order decides. Each stands at a variant.
fn apart(ident: &Ident, lines: &[FieldLine<'_>], ordered: Option<&LitStr>) -> TokenStream {
    let name = ident.unraw().to_string();
    let check = |span, call: &str, place: Option<usize>| {
        let (private, call) = (path::private_at(span), Ident::new(call, span));
        let of = Ident::new(&ident.to_string(), ident.span().located_at(span));
        let table = quote_spanned!(span=> <#of as #private::UntaggedInput>);
        let place = place.map(|place| quote!(, #place));
        quote_spanned! {span=>
            const _: () = #private::#call(#name, #table::VARIANTS, #table::VARIANT_FORMS #place);
        }
    };
    if let Some(reason) = ordered {
        return check(reason.span(), "check_ordered", None);
    }
    let each = lines.iter().enumerate().skip(1);
    each.map(|(place, line)| check(line.ident.span(), "check_apart", Some(place))).collect()
}

/// Stands in for the implementation where the item is none that has one, so that its uses are no further errors.
pub(super) fn fallback(input: &DeriveInput) -> TokenStream {
    let private = path::private();
    let ident = &input.ident;
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let decode = crate::derive::undecodable(input, &quote!(object));
    quote! {
        #[automatically_derived]
        impl #generics #private::Body for #ident #arguments #condition {
            const READS: #private::Reads = #private::Reads::Unknown;
            fn body_shape() -> #private::Shape {
                #private::Shape::Boolean
            }
        }
        #decode
    }
}
