//! A value around another: a newtype with bounds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Type, ext::IdentExt, spanned::Spanned};

use super::mark::Mark;
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
    let constant = Ident::new("__FIELD", Span::call_site());
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
    let (unowned, marked) = (mark.unowned(), mark.marked(Some(quote!(#leaf::KIND))));
    let column = quote_spanned! {ident.span()=>
        #private::value_column! {
            [] #ident, #ty,
            |value| value.0,
            |held: #ty| #leaf::admit(held, &#constant.rules).map(Self)
        }
    };
    quote! {
        const #constant: &#private::Field = &#private::Field {
            name: #name, description: "", rules: #stated, ty: #leaf::KIND, allowed: &[], setters: ::core::option::Option::None,
        };
        #checks
        #private::value_serde! { [] #ident }
        #column
        impl #ident {
            #constructor
            #accessor
        }
        #[automatically_derived]
        impl #private::Decode for #ident {
            const TYPE: #private::TypeInfo =
                #private::TypeInfo::bounded(|_| (#constant.ty.shape)(&#constant.rules))
                    .texts(#leaf::TEXTS).being(#leaf::KIND.kinds) #marked;
            type Contents<__D: #private::Depth> = ();
            fn decode(
                node: #private::Node<'_>,
                _: &#private::Rules,
                decoding: &mut #private::Decoding,
            ) -> ::core::option::Option<Self> {
                #leaf::read(node, &#constant.rules, decoding).map(Self)
            }
            fn identity(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some(#leaf::comparable(&self.0))
            }
        }
        #[automatically_derived]
        impl #private::Leaf for #ident {
            #unowned
            const TEXTS: #private::Texts = #leaf::TEXTS.within(&#constant.rules);
            fn parse(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #parse
            }
            fn restored(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, #private::InvalidValue> {
                #leaf::restored(text).map(Self)
            }
            fn write_text(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #inner
            }
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
        }
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
