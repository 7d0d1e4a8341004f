//! A value of the author's own: a type of any kind that is read from a text or a whole number by a function, and written by one.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Expr, Type, spanned::Spanned};

use super::{
    leaf::{Around, Parts, constant},
    mark::Mark,
};
use crate::{concern::rules::RuleSet, diag::Diagnostics, key::Key, message, path};

/// The functions as written.
#[derive(Default)]
pub(super) struct Form {
    parse: Option<Expr>,
    write: Option<Expr>,
    /// `true` if it is a whole number in JSON.
    is_number: bool,
    /// The place of the first of the two keys.
    span: Option<Span>,
}

impl Form {
    /// Reads one of its keys, or looks at another one, which says if it is a number.
    pub(super) fn read(&mut self, key: &Key, diag: &mut Diagnostics) {
        self.is_number |= ["range", "multiple_of", "one_of"].iter().any(|name| key.is(name));
        let place = match key.name.to_string().as_str() {
            "parse" => &mut self.parse,
            "write" => &mut self.write,
            _ => return,
        };
        *place = key.expr(diag).cloned();
        self.span.get_or_insert(key.span());
    }

    /// Returns the two functions, if one of them was written. One alone is reported.
    pub(super) fn stated(self, diag: &mut Diagnostics) -> Option<Formed> {
        let span = self.span?;
        match (self.parse, self.write) {
            (Some(parse), Some(write)) => Some(Formed { parse, write, is_number: self.is_number }),
            (None, None) => None,
            (parse, write) => {
                let other = if parse.is_some() { "write" } else { "parse" };
                let text = format!("`{other}` is missing: a value is read and written");
                let help = format!("write `{other} = path`, a function");
                diag.report(span, &message::GRAMMAR, &[&text, &help]);
                // Stands for the missing one, so that nothing else is told: what is around it is no value by itself.
                let missing = || syn::parse_quote!(|_| ::core::unreachable!());
                let (parse, write) = (parse.unwrap_or_else(missing), write.unwrap_or_else(missing));
                Some(Formed { parse, write, is_number: self.is_number })
            }
        }
    }
}

/// A value that is read and written by functions.
pub(super) struct Formed {
    parse: Expr,
    write: Expr,
    is_number: bool,
}

/// Implements the traits of a value around `ty`.
pub(super) fn expand(
    input: &DeriveInput,
    ty: &Type,
    formed: &Formed,
    rules: &RuleSet,
    mark: &Mark,
    sound: bool,
) -> TokenStream {
    let Formed { parse, write, is_number } = formed;
    let private = path::private();
    let (ident, vis) = (&input.ident, &input.vis);
    let constant = constant();
    // On the user's type, where a bound that is missing is told.
    let (held, lent) = match is_number {
        true => (quote_spanned!(ty.span()=> i64), quote!(::core::primitive::i64)),
        false => (quote_spanned!(ty.span()=> String), quote!(&::core::primitive::str)),
    };
    let asked: Type = syn::parse2(held).unwrap_or_else(|_| ty.clone());
    let held = match is_number {
        true => quote!(::core::primitive::i64),
        false => quote!(::std::string::String),
    };
    let mut stated = rules.expand();
    stated.extend(mark.rule().filter(|_| !is_number));
    let checks = sound.then(|| {
        let checks = rules.checks(&constant, &asked, "check_bounds");
        let private = path::private_at(ty.span());
        let segment = mark.stands_in_paths().then(|| {
            quote_spanned! {ty.span()=>
                #private::check_segment(#constant, <#ident as #private::Leaf>::TEXTS);
            }
        });
        let reserved = mark.checks(&constant, ident);
        quote!(const _: () = { #checks #segment }; #reserved)
    });
    let leaf = quote!(<#held as #private::Leaf>);
    let lending = if *is_number { quote!(held) } else { quote!(&held) };
    // Said to be functions on these types: the compiler's own error on the path where one is another.
    let parse = quote_spanned!(parse.span()=> {
        let parse: fn(#lent) -> ::core::result::Result<#ty, #private::InvalidValue> = #parse;
        parse
    });
    let write = quote_spanned!(write.span()=> {
        let write: fn(&#ty) -> #held = #write;
        write
    });
    let column = quote_spanned! {ident.span()=>
        #private::value_column! {
            [] #ident, #held, |value| __written(value), |held: #held| __read(held)
        }
    };
    let implementation = Around { input, mark, rules: stated, leaf: leaf.clone(), kind: None };
    let implementation = implementation.implement(Parts {
        decode: quote! {
            let held = #leaf::read(node, &#constant.rules, decoding)?;
            let read = __read(held);
            decoding.admit(read)
        },
        held: quote!(&__written(self)),
        parse: quote!(#leaf::parse_within(text, &#constant.rules).and_then(__read)),
        wrap: quote!(.and_then(__read)),
        write: quote!(#leaf::write_text(&__written(self), f)),
        further: quote! {
            fn serialize<S: #private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                #private::serialize_held(__written(self), &#constant.rules, serializer)
            }
        },
    });
    quote! {
        fn __read(held: #held) -> ::core::result::Result<#ident, #private::InvalidValue> {
            (#parse)(#lending).map(#ident)
        }
        fn __written(value: &#ident) -> #held {
            (#write)(&value.0)
        }
        #checks
        #column
        impl #ident {
            /// Wraps a value.
            #vis const fn new(value: #ty) -> Self {
                Self(value)
            }
            /// The value.
            #vis const fn get(&self) -> &#ty {
                &self.0
            }
        }
        #implementation
    }
}
