//! An enum whose variants no member tells apart: in a view each is an object of its fields, or the value that it holds.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Attribute, DeriveInput, Fields, Ident, Index, Token, Type, ext::IdentExt, parse::ParseStream,
    spanned::Spanned,
};

use super::{
    check::{ShownForm, View},
    expand::alias,
    field::{binding, local, named, shapes},
    listed::FormList,
    shown::{Field, Shown, Value},
    spec::FormSpec,
    write::write,
};
use crate::{
    diag::Diagnostics,
    key::{self, Key},
    message,
};

/// Returns `true` if the variants are told apart by nothing but their JSON. A struct that says so, and a variant without
/// anything to show, are reported.
pub(super) fn is_meant(
    keys: &[Key],
    is_enum: bool,
    forms: &[FormSpec<'_>],
    diag: &mut Diagnostics,
) -> bool {
    let Some(key) = keys.iter().find(|key| key.is("untagged")) else { return false };
    key.flag(diag);
    if !is_enum {
        let help = "remove it: a struct has one form";
        diag.report(key.span(), &message::GRAMMAR, &["`untagged` is for an enum", help]);
        return false;
    }
    if let Some(tag) = keys.iter().find(|key| key.is("tag") || key.is("content")) {
        let text = format!("`{}` is a member of variants that have a tag", tag.name);
        diag.report(tag.span(), &message::GRAMMAR, &[&text, "keep it, or `untagged`"]);
    }
    let empty = forms.iter().filter(|form| form.fields.is_empty());
    for variant in empty.filter_map(|form| form.variant.as_ref()) {
        let text = "a variant without a tag has something to show";
        let help = "give it a field, or write `tag = \"type\"` in place of `untagged`";
        diag.report(variant.ident.span(), &message::GRAMMAR, &[text, help]);
    }
    true
}

/// Reads the value of a variant in a view: `0`, or `0 as ItemView`, with its bound before it.
pub(super) fn value(input: ParseStream<'_>) -> syn::Result<(Vec<Attribute>, Index, Option<Type>)> {
    let attributes = input.call(Attribute::parse_outer)?;
    for attribute in &attributes {
        if !["max_items", "allow"].iter().any(|known| attribute.path().is_ident(known)) {
            let text = "the value of a variant has no such attribute";
            let help = "write `#[max_items(…)]`, or `#[allow(plain_secret, reason = \"…\")]`";
            let error = message::GRAMMAR.render(&[text, help]);
            return Err(syn::Error::new(attribute.path().span(), error));
        }
    }
    let place = input.parse()?;
    let shown_as = match input.parse::<Option<Token![as]>>()? {
        Some(_) => Some(input.parse()?),
        None => None,
    };
    Ok((attributes, place, shown_as))
}

/// Reports values in the lists of an enum that has a tag, beside which no value stands, and what is no value.
pub(super) fn check_lists<'l>(
    item: &DeriveInput,
    lists: impl Iterator<Item = &'l mut FormList>,
    diag: &mut Diagnostics,
) {
    let keys = key::written_keys(&item.attrs, "resource", &mut Diagnostics::ignored());
    let is_untagged = keys.iter().any(|key| key.is("untagged"));
    for list in lists {
        let (Some(span), Some(variant)) = (list.value, &list.variant) else { continue };
        if !is_untagged {
            let help = format!("write `{variant} {{ … }}`, and `name = 0` for one without a name");
            let text = "the fields of a variant stand in braces";
            diag.report(span, &message::GRAMMAR, &[text, &help]);
            list.fields.clear();
        } else if list.fields.is_empty() || !is_newtype(item, variant) {
            let help = format!(
                "write `{variant}(0)`, or `{variant}(0 as ItemView)`, of a variant with one value; else name its fields: `{variant} {{ … }}`"
            );
            let text = "a variant is shown by its value, or by its fields";
            diag.report(span, &message::GRAMMAR, &[text, &help]);
            list.fields.clear();
        }
    }
}

fn is_newtype(item: &DeriveInput, variant: &Ident) -> bool {
    let syn::Data::Enum(data) = &item.data else { return false };
    let of = data.variants.iter().find(|of| of.ident.unraw() == variant.unraw());
    // One that is not there is told elsewhere.
    of.is_none_or(|of| matches!(&of.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1))
}

/// The code of one view.
pub(super) struct Expanded {
    /// Its variants as plain data.
    pub(super) lists: TokenStream,
    /// The statement that writes the fields of a whole answer.
    pub(super) fields: TokenStream,
    /// The function that writes the value.
    pub(super) whole: TokenStream,
}

pub(super) fn expand(policy: &View<'_>, resource: &Ident) -> Expanded {
    let (entity, out) = (local("resource"), local("out"));
    let (mut variants, mut forms) = (TokenStream::new(), TokenStream::new());
    let (mut fill, mut whole) = (TokenStream::new(), TokenStream::new());
    for ShownForm { variant, fields } in &policy.forms {
        let Some(variant) = variant else { continue };
        let (name, description, of) = (&variant.name, &variant.description, variant.ident);
        let listed = fields.iter().map(|field| (Some(of), field));
        let shapes = shapes(&quote!(::std::vec::Vec::new()), listed);
        let bindings = bindings(fields);
        let pattern = quote!(#resource::#of { #bindings .. });
        if let Some((value, field)) = value_of(fields) {
            let bound = value.max_items.as_ref().map(|most| quote!(#out.at_most(#most);));
            let (shown, binding) = (&value.shown_as, binding(field));
            let (write, filled, through) = match shown {
                Some(view) => {
                    let ty = alias(&field.key, view.span());
                    let exposed = quote_spanned!(view.span()=> <#ty as __p::ExposedAs<#view>>);
                    (
                        quote!(#exposed::write_as(#binding, #out);),
                        quote!(#exposed::fill(#binding, #out);),
                        quote!(if #exposed::WHOLE {
                            ::core::option::Option::Some(#exposed::VIEW)
                        } else {
                            ::core::option::Option::None
                        }),
                    )
                }
                None => {
                    let ty = alias(&field.key, field.span());
                    let write = quote_spanned!(field.span()=> <#ty as __p::Exposed>::write(#binding, #out););
                    (write, TokenStream::new(), quote!(::core::option::Option::None))
                }
            };
            variants.extend(quote!(__p::ViewVariant {
                name: #name, schema: "", description: #description, names: &[], fields: #shapes,
                value: ::core::option::Option::Some(__p::ViewValue { whole: #through }),
            },));
            forms.extend(quote!(forms.extend((#shapes)());));
            fill.extend(quote!(#pattern => { #filled }));
            whole.extend(quote!(#pattern => { #bound #write }));
            continue;
        }
        let schema = format!("{}{}", policy.ident.unraw(), of.unraw());
        let names = fields.iter().map(named);
        let writes: Vec<_> = fields.iter().map(|field| write(field, Some(of))).collect();
        variants.extend(quote!(__p::ViewVariant {
            name: #name, schema: #schema, description: #description, names: &[#(#names),*], fields: #shapes,
            value: ::core::option::Option::None,
        },));
        forms.extend(quote! {
            let object = __p::ObjectShape { name: #schema, description: #description, fields: #shapes };
            forms.push(__p::FieldShape::shown(#name, "", __p::Shape::Object(object), __p::ALL_VERSIONS));
        });
        fill.extend(quote!(#pattern => { #(#writes)* }));
        whole.extend(quote!(#pattern => __p::Fields::object(#out, |#out| { #(#writes)* }),));
    }
    // One without variants is a mistake that was reported.
    let value = if policy.forms.is_empty() { quote!(*#entity) } else { quote!(#entity) };
    let lists = quote! {
        names: &[],
        fields: || {
            let mut forms = ::std::vec::Vec::new();
            #forms
            forms
        },
        variants: ::core::option::Option::Some(__p::ViewVariants {
            tag: ::core::option::Option::None, all: &[#variants],
        }),
    };
    let whole = quote! {
        #[allow(unused_variables)]
        fn write(#entity: &#resource, #out: &mut __p::Output) {
            match #value { #whole }
        }
    };
    Expanded { lists, fields: quote!(match #value { #fill }), whole }
}

fn value_of<'f>(fields: &'f [Shown<'f>]) -> Option<(&'f Shown<'f>, &'f Field<'f>)> {
    match fields {
        [value @ Shown { value: Value::Field(field), is_value: true, .. }] => Some((value, field)),
        _ => None,
    }
}

/// Binds each field that is shown, once.
pub(super) fn bindings(fields: &[Shown<'_>]) -> TokenStream {
    let mut bound: Vec<&Field<'_>> = Vec::new();
    for field in fields {
        if let Value::Field(field) = &field.value
            && !bound.iter().any(|other| other.key == field.key)
        {
            bound.push(field);
        }
    }
    let each = bound.into_iter().map(|field| {
        let (member, binding) = (&field.member, binding(field));
        quote!(#member: #binding,)
    });
    each.collect()
}
