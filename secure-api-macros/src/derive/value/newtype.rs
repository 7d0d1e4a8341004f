//! A value around another: a newtype with bounds.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Type, ext::IdentExt, spanned::Spanned};

use super::{
    leaf::{Around, Parts, constant},
    mark::Mark,
};
use crate::{
    concern::{rules::RuleSet, secret::is_secret_in_path},
    path,
};

pub(super) fn expand(
    input: &DeriveInput,
    ty: &Type,
    rules: &RuleSet,
    mark: &Mark,
    sound: bool,
) -> TokenStream {
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let name = ident.unraw().to_string();
    let constant = constant();
    let mut stated = rules.expand();
    // What has no rules is a key by its own: its texts are asked below.
    let is_asked = !rules.is_empty() || is_one_of(ty, &["String"]);
    stated.extend(mark.rule().filter(|_| is_asked));
    let checks = sound.then(|| {
        let checks = rules.checks(&constant, ty, "check_bounds");
        let private = path::private_at(ty.span());
        let segment = mark.stands_in_paths().then(|| {
            quote_spanned! {ty.span()=>
                #private::check_segment(#constant, <#ident as #private::Leaf>::TEXTS);
            }
        });
        let secret = (mark.stands_in_paths() && is_secret_in_path(&name)).then(|| {
            let private = path::private_at(ident.span());
            quote_spanned!(ident.span()=> const _: () = #private::check_secret_segment(#constant);)
        });
        let reserved = mark.checks(&constant, ident);
        quote!(const _: () = { #checks #segment }; #secret #reserved)
    });
    let leaf = quote!(<#ty as #private::Leaf>);
    // What needs bounds has them, or a mistake that was told: what makes one may fail all the same.
    let is_free = !rules.is_stated() && !is_one_of(ty, BOUNDED);
    let constructor = if is_free {
        quote! {
            /// Wraps a value; any is one.
            #vis const fn new(value: #ty) -> Self {
                Self(value)
            }
        }
    } else {
        quote! {
            /// Wraps a value that is within bounds; text is cleaned first.
            ///
            /// # Errors
            ///
            /// Which bound it breaks.
            #vis fn new(value: #ty) -> ::core::result::Result<Self, #private::InvalidValue> {
                #leaf::admit(value, &#constant.rules).map(Self)
            }
        }
    };
    let parse = if is_free {
        quote!(#leaf::parse(text).map(Self::new))
    } else {
        quote!(#leaf::parse_within(text, &#constant.rules).map(Self))
    };
    let (accessor, inner) = if is_one_of(ty, &["String"]) {
        let accessor = quote! {
            /// The text.
            #vis fn as_str(&self) -> &::core::primitive::str {
                ::core::convert::AsRef::as_ref(&self.0)
            }
        };
        (accessor, quote!(::core::fmt::Formatter::write_str(f, self.as_str())))
    } else if is_one_of(ty, COPIED) {
        let accessor = quote! {
            /// The value.
            #vis const fn get(&self) -> #ty {
                self.0
            }
        };
        (accessor, quote!(#leaf::write_text(&self.get(), f)))
    } else {
        let accessor = quote! {
            /// The value.
            #vis const fn get(&self) -> &#ty {
                &self.0
            }
        };
        (accessor, quote!(#leaf::write_text(self.get(), f)))
    };
    let column = quote_spanned! {ident.span()=>
        #private::value_column! {
            [] #ident, #ty,
            |value| value.0,
            |held: #ty| #leaf::admit(held, &#constant.rules).map(Self)
        }
    };
    let kind = Some(quote!(#leaf::KIND));
    let implementation = Around { input, mark, rules: stated, leaf: leaf.clone(), kind };
    let implementation = implementation.implement(Parts {
        decode: quote!(#leaf::read(node, &#constant.rules, decoding).map(Self)),
        held: quote!(&self.0),
        parse,
        wrap: quote!(.map(Self)),
        write: inner,
        further: quote! {
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #leaf::serialize(&self.0, serializer)
            }
            fn lend_text(
                &self,
                to: impl ::core::ops::FnOnce(&::core::primitive::str),
            ) -> ::core::primitive::bool {
                #leaf::lend_text(&self.0, to)
            }
        },
    });
    quote! {
        #checks
        #column
        impl #ident {
            #constructor
            #accessor
        }
        #implementation
    }
}

/// Types whose values an accessor hands out; it lends others, as those written by an alias.
pub(crate) const COPIED: &[&str] = &[
    "bool",
    "u8",
    "u16",
    "u32",
    "u64",
    "i8",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "Uuid",
    "Timestamp",
    "Date",
];

/// Types that need bounds.
pub(super) const BOUNDED: &[&str] = &[
    "String",
    "u8",
    "u16",
    "u32",
    "u64",
    "i8",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "Decimal",
    "Money",
    "NumberText",
];

/// Returns `true` if the last segment of the type's path is one of these names.
pub(super) fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}
