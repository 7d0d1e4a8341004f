//! The implementations of a value around another, and what they do where one value is not like the other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, ext::IdentExt};

use super::mark::Mark;
use crate::path;

/// A value around another that is read and written by the rules of a constant.
pub(super) struct Around<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) mark: &'a Mark,
    /// The rules, expanded.
    pub(super) rules: TokenStream,
    /// The implementation of `Leaf` that reads and writes it.
    pub(super) leaf: TokenStream,
    /// The kind that the mark is told, where it is that of the type.
    pub(super) kind: Option<TokenStream>,
}

/// The parts in which values around others differ, each over what its function has in scope.
pub(super) struct Parts {
    /// The value of a `node`.
    pub(super) decode: TokenStream,
    /// The value in `self`, as it is compared.
    pub(super) held: TokenStream,
    /// The value of a `text`.
    pub(super) parse: TokenStream,
    /// The call that makes a value of what is around it: `.map(Self)`.
    pub(super) wrap: TokenStream,
    /// The writing of `self` to `f`.
    pub(super) write: TokenStream,
    /// Further functions of `Leaf`.
    pub(super) further: TokenStream,
}

/// Returns the name of the constant that has the rules.
pub(super) fn constant() -> Ident {
    Ident::new("__FIELD", Span::call_site())
}

impl Around<'_> {
    /// Expands the constant and the traits of a value.
    pub(super) fn implement(self, parts: Parts) -> TokenStream {
        let Self { input, mark, rules, leaf, kind } = self;
        let Parts { decode, held, parse, wrap, write, further } = parts;
        let (private, constant, ident) = (path::private(), constant(), &input.ident);
        let name = ident.unraw().to_string();
        let (unowned, marked) = (mark.unowned(), mark.marked(kind));
        quote! {
            const #constant: &#private::Field = &#private::Field {
                name: #name, description: "", rules: #rules, ty: #leaf::KIND, allowed: &[], setters: ::core::option::Option::None,
            };
            #private::value_serde! { [] #ident }
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
                    #decode
                }
                fn identity(&self) -> ::core::option::Option<::std::string::String> {
                    ::core::option::Option::Some(#leaf::comparable(#held))
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
                    #leaf::restored(text) #wrap
                }
                fn write_text(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #write
                }
                #further
            }
        }
    }
}
