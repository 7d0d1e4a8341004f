//! `#[view(…)]` above an item that lacks `#[derive(Resource)]`: with the derive, the compiler takes it for the derive's own
//! attribute, and this is never asked.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Fields};

use crate::{diag::Diagnostics, message};

/// Expands the item as its derive would have it, beside the mistake that the derive is missing.
pub(crate) fn expand(view: TokenStream, item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let Ok(mut input) = syn::parse2::<DeriveInput>(item.clone()) else {
        let place = "a struct or an enum with `#[derive(Resource)]`";
        diag.report_on(&item, &message::WRONG_ITEM, &["#[view]", place]);
        let errors = diag.finish();
        return quote!(#errors #item);
    };
    let (derives, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut input.attrs).into_iter().partition(is_derive);
    if derives
        .iter()
        .any(|derive| words(derive.to_token_stream()).iter().any(|word| word == "Resource"))
    {
        input.attrs = others;
        return quote!(#(#derives)* #[view(#view)] #input);
    }
    let name = input.ident.to_string();
    let text = format!("`#[view]` is read by a derive that `{name}` does not have");
    let help = format!("write `#[derive(Resource)]` above `{name}`");
    diag.report(Span::call_site(), &message::GRAMMAR, &[&text, &help]);
    let errors = diag.finish();
    input.attrs = others;
    let whole = quote!(#[view(#view)] #input);
    let derived = super::expand(whole);
    input.attrs.extend(derives);
    strip(&mut input);
    quote!(#errors #input #derived)
}

fn is_derive(attribute: &Attribute) -> bool {
    attribute.path().is_ident("derive")
}

fn words(tokens: TokenStream) -> Vec<String> {
    let words = tokens.into_iter().flat_map(|token| match token {
        proc_macro2::TokenTree::Group(group) => words(group.stream()),
        token => vec![token.to_string()],
    });
    words.collect()
}

/// Takes away the attributes that only the derive knows.
fn strip(input: &mut DeriveInput) {
    const OWN: &[&str] = &["view", "sensitive", "resource"];
    let strip = |attributes: &mut Vec<Attribute>| {
        attributes.retain(|attribute| OWN.iter().all(|own| !attribute.path().is_ident(own)));
    };
    let strip_fields =
        |fields: &mut Fields| fields.iter_mut().for_each(|field| strip(&mut field.attrs));
    strip(&mut input.attrs);
    match &mut input.data {
        Data::Struct(data) => strip_fields(&mut data.fields),
        Data::Enum(data) => data.variants.iter_mut().for_each(|variant| {
            strip(&mut variant.attrs);
            strip_fields(&mut variant.fields);
        }),
        Data::Union(_) => {}
    }
}
