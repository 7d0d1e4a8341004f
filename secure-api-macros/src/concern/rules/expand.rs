//! The constant of the runtime's that bounds become.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprLit, ExprUnary, Lit, LitInt, UnOp, spanned::Spanned};

use super::{Rule, RuleSet, bare, lent};
use crate::{concern::pattern, path};

impl RuleSet {
    /// Returns the bounds as a constant of the runtime's.
    pub(crate) fn expand(&self) -> TokenStream {
        self.expand_of("")
    }

    /// Returns the same of a field, by the names of its input and its own.
    pub(crate) fn expand_of(&self, of: &str) -> TokenStream {
        let private = path::private();
        let mut rules = quote!(#private::Rules::NONE);
        for (_, rule) in &self.rules {
            let call = match rule {
                Rule::Text => quote!(.text()),
                Rule::Email => quote!(.email()),
                Rule::MinLen(length) => {
                    let length = count(length);
                    quote!(.min_len(#length))
                }
                Rule::MaxLen(length) => {
                    let length = count(length);
                    quote!(.max_len(#length))
                }
                Rule::Pattern(pattern) => {
                    let arguments = pattern::expand(pattern);
                    quote!(.pattern(#arguments))
                }
                Rule::Contains(part) => {
                    let part = text(part);
                    quote!(.contains(#part))
                }
                Rule::Excludes(part) => {
                    let part = text(part);
                    quote!(.excludes(#part))
                }
                Rule::MultipleOf(factor) => {
                    // As wide as any whole number; another type is the compiler's own error, on the expression.
                    quote!(.multiple_of({ const FACTOR: ::core::primitive::i64 = #factor; FACTOR }))
                }
                Rule::OneOf(numbers) => {
                    // A list in place is lent; a constant is one already.
                    let numbers = match bare(numbers) {
                        list @ Expr::Array(_) => quote_spanned!(list.span()=> &#list),
                        other => other.to_token_stream(),
                    };
                    quote!(.one_of({ const LISTED: &[::core::primitive::i64] = #numbers; LISTED }))
                }
                Rule::Only(truth) => quote!(.only(#truth)),
                Rule::Unique => quote!(.unique()),
                Rule::Json => quote!(.json()),
                Rule::Separated(by) => quote!(.separated(#by)),
                Rule::MaxBytes(bytes) => {
                    let bytes = count(bytes);
                    quote!(.max_bytes(#bytes))
                }
                Rule::Kinds(kinds) => {
                    let kinds = lent(kinds);
                    quote!(.kinds({ const KINDS: &[#private::FileKind] = #kinds; KINDS }))
                }
                Rule::Range { low, high, closed } => {
                    let (low, high) = (bound(low), bound(high));
                    quote!(.range(#private::Range::new(#low, #high, #closed)))
                }
                Rule::Items { fewest, most } => {
                    let (fewest, most) = (count(fewest), count(most));
                    quote!(.items(#fewest, #most))
                }
                Rule::Each(each) => {
                    let each = each.expand();
                    quote!(.each({ const EACH: #private::Rules = #each; &EACH }))
                }
                Rule::Depth(most) => {
                    let most = count(most);
                    quote!(.depth(#most, #of))
                }
                Rule::Keys(keys) => {
                    let keys = keys.expand();
                    quote!(.keys({ const KEYS: #private::Rules = #keys; &KEYS }))
                }
            };
            rules.extend(call);
        }
        rules
    }
}

/// Expands a length or number of items: the compiler's own error, on the expression, where it is no `usize`.
fn count(expr: &Expr) -> TokenStream {
    quote!({ const COUNT: ::core::primitive::usize = #expr; COUNT })
}

/// Expands a text: the compiler's own error, on the expression, where it is none.
fn text(expr: &Expr) -> TokenStream {
    quote!({ const TEXT: &'static ::core::primitive::str = #expr; TEXT })
}

/// Expands one end of a range. It may be of any numeric type, so it is cast to both kinds of number.
fn bound(expr: &Expr) -> TokenStream {
    let private = path::private();
    let value = widened(expr);
    let name = Ident::new("bound", Span::mixed_site().located_at(expr.span()));
    quote_spanned!(expr.span()=> {
        let #name = #value;
        #private::RangeEnd::new(
            #name as ::core::primitive::i128,
            #name as ::core::primitive::f64,
        )
    })
}

/// Widens a whole literal without a type, which would be an `i32`, to any number.
fn widened(expr: &Expr) -> TokenStream {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            let number = LitInt::new(&format!("{}i128", number.base10_digits()), number.span());
            quote!(#number)
        }
        Expr::Unary(ExprUnary { op: op @ UnOp::Neg(_), expr, .. }) => {
            let inner = widened(expr);
            quote!(#op #inner)
        }
        _ => quote!(#expr),
    }
}
