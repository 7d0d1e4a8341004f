//! An enum as an input: a member of the object, the tag, says which variant was sent.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Expr, Fields, Ident, ext::IdentExt};

use super::{
    circle,
    field::{self, FieldLine},
    name, rule,
};
use crate::{diag::Diagnostics, key, keys, message, path, rename::Cases};

/// The input enum as written.
pub(super) struct TaggedSpec<'a> {
    input: &'a DeriveInput,
    /// The name of the member that tells variants apart.
    tag: String,
    /// The member that the others stand in, where they do not stand beside the tag.
    content: Option<String>,
    variants: Vec<Variant<'a>>,
    checks: Vec<Expr>,
}

struct Variant<'a> {
    ident: &'a Ident,
    name: String,
    description: String,
    fields: Vec<FieldLine<'a>>,
}

impl<'a> TaggedSpec<'a> {
    pub(super) fn read(
        input: &'a DeriveInput,
        data: &'a DataEnum,
        diag: &mut Diagnostics,
    ) -> Option<Self> {
        super::refuse_generics(input, diag);
        let (mut tag, mut content, mut checks) = (None, None, Vec::new());
        let keys = key::helper_keys(&input.attrs, "input", keys::INPUT_TAGGED, diag);
        let cases = Cases::read(&keys, diag);
        for key in keys {
            if key.is("tag") {
                tag = key.text(diag);
            } else if key.is("content") {
                content = key.text(diag);
            } else if key.is("check") {
                checks.extend(rule::rules_of_app(&key, diag));
            }
        }
        let Some(tag) = tag else {
            let name = input.ident.unraw().to_string();
            diag.report(input.ident.span(), &message::INPUT_TAG, &[&name]);
            return None;
        };
        if !name::is_name(&tag.value()) {
            let help = format!("tag = \"{}\"", name::near_to(&tag.value(), "type"));
            diag.report(tag.span(), &message::INPUT_NAME, &[&help]);
        }
        if data.variants.is_empty() {
            diag.report(input.ident.span(), &message::VALUE_NONE, &[&input.ident.to_string()]);
            return None;
        }
        let tag = tag.value();
        if let Some(content) = &content {
            let name = content.value();
            if !name::is_name(&name) {
                let help = format!("content = \"{}\"", name::near_to(&name, "content"));
                diag.report(content.span(), &message::INPUT_NAME, &[&help]);
            } else if name == tag {
                let help = "content = \"content\"";
                diag.report(content.span(), &message::INPUT_SAME_NAME, &[&name, help]);
            }
        }
        let content = content.map(|content| content.value());
        let taken = content.is_none().then_some(&*tag);
        let mut variants: Vec<Variant<'_>> = Vec::new();
        for variant in &data.variants {
            let keys = key::helper_keys(&variant.attrs, "input", keys::INPUT_VARIANT, diag);
            let case = Cases::read(&keys, diag).own.or(cases.fields);
            let fields = match &variant.fields {
                Fields::Named(named) => {
                    let fields = field::read(named, taken, case, diag)?;
                    circle::check(&input.ident, &fields, diag);
                    fields
                }
                Fields::Unit => Vec::new(),
                Fields::Unnamed(fields) => {
                    let help = "give each field a name: the tag stands beside them";
                    let text = "a variant of an input has named fields or none";
                    diag.report_on(fields, &message::GRAMMAR, &[text, help]);
                    return None;
                }
            };
            for (name, span) in fields.iter().filter_map(FieldLine::file) {
                diag.report(span, &message::FILE_NESTED, &[name]);
            }
            let own = variant.ident.unraw().to_string();
            let stated = keys.iter().find(|key| key.is("name")).and_then(|key| key.text(diag));
            let is_stated = stated.is_some();
            let (name, span) = match stated {
                Some(name) => (name.value(), name.span()),
                None => (cases.variant(&own), variant.ident.span()),
            };
            if !name::is_word(&name) {
                let better = name::near_to(&name, &own);
                let help = path::as_named("input", &better, is_stated);
                diag.report(span, &message::INPUT_NAME, &[&help]);
            } else if variants.iter().any(|other| other.name == name) {
                let others: Vec<_> = variants.iter().map(|other| other.name.clone()).collect();
                let better = path::free(&own, &name, &others);
                let help = path::as_named("input", &better, is_stated);
                diag.report(span, &message::INPUT_SAME_NAME, &[&name, &help]);
            }
            let description = path::doc_comment(&variant.attrs);
            variants.push(Variant { ident: &variant.ident, name, description, fields });
        }
        input.generics.params.is_empty().then_some(Self { input, tag, content, variants, checks })
    }

    pub(super) fn expand(&self, sound: bool) -> TokenStream {
        let Self { input, tag, content, variants, checks: across } = self;
        let private = path::private();
        let ident = &input.ident;
        let (name, description) = (ident.unraw().to_string(), path::doc_comment(&input.attrs));
        let rows = variants.iter().map(|variant| {
            let Variant { ident, name, description, fields } = variant;
            let schema = format!("{}{}", input.ident.unraw(), ident.unraw());
            let fields = field::rows(ident, fields);
            let content = match content {
                Some(content) => {
                    let schema = format!("{schema}Content");
                    quote!(::core::option::Option::Some((#content, #schema)))
                }
                None => quote!(::core::option::Option::None),
            };
            quote!(#private::Variant {
                name: #name, schema: #schema, description: #description, tag: #tag, content: #content,
                fields: #fields,
            })
        });
        let arms = variants.iter().enumerate().map(|(place, variant)| {
            let Variant { ident, fields, .. } = variant;
            let decode = field::decode(
                fields,
                &quote!(<Self as #private::TaggedInput>::VARIANTS[#place].fields),
                &quote!(Self::#ident),
            );
            quote!(#place => { #decode ::core::option::Option::Some(value) })
        });
        let identities = variants.iter().map(|variant| {
            let variant_ident = variant.ident;
            field::identity(&quote!(Self::#variant_ident), &variant.name, &variant.fields)
        });
        let held = across.iter().map(|check| {
            let rule = rule::rule_of_app(check, ident);
            quote!(let value = decoding.hold(value, #rule)?;)
        });
        let shapes = (0..variants.len()).map(|place| {
            let variant = quote!(<Self as #private::TaggedInput>::VARIANTS[#place]);
            match content {
                Some(_) => quote!(#variant.shape(
                    || #variant.adjacent_shapes(|| #variant.content_shapes())
                )),
                None => quote!(#variant.shape(|| #variant.field_shapes())),
            }
        });
        let contents = variants.iter().enumerate().map(|(place, variant)| {
            let table = quote!(<Self as #private::TaggedInput>::VARIANTS[#place].fields);
            field::contents(&variant.fields, &table)
        });
        let contents = field::nested(ident, &contents.collect::<Vec<_>>(), sound);
        let checks = sound.then(|| {
            let checks = variants.iter().enumerate().map(|(place, variant)| {
                let table = quote!(<#ident as #private::TaggedInput>::VARIANTS[#place].fields);
                field::checks(&variant.fields, &table)
            });
            checks.collect::<TokenStream>()
        });
        quote! {
            #[automatically_derived]
            impl #private::TaggedInput for #ident {
                const NAME: &'static ::core::primitive::str = #name;
                const DESCRIPTION: &'static ::core::primitive::str = #description;
                const VARIANTS: &'static [#private::Variant] = &[#(#rows),*];
            }
            #[automatically_derived]
            impl #private::Decode for #ident {
                const TYPE: #private::TypeInfo = #private::TypeInfo::object(|_| {
                    <Self as #private::TaggedInput>::union(::std::vec![#(#shapes),*])
                })
                .with(|| {
                    let variants = <Self as #private::TaggedInput>::VARIANTS.iter();
                    variants.map(|variant| variant.fields).collect()
                });
                const FORMS: #private::Forms =
                    #private::Forms::Tagged(<Self as #private::TaggedInput>::VARIANTS);
                type Contents<__D: #private::Depth> =
                    __D::Look<#private::Within<Self, __D::Below>>;
                fn decode(
                    node: #private::Node<'_>,
                    _: &#private::Rules,
                    decoding: &mut #private::Decoding,
                ) -> ::core::option::Option<Self> {
                    let value = #private::decode_tagged(
                        node,
                        <Self as #private::TaggedInput>::VARIANTS,
                        decoding,
                        |index, node, decoding| match index {
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
}
