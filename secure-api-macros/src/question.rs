//! `question!("how many items may it have?")`: what an imported document leaves open, as an error at its place.

use proc_macro2::{Span, TokenStream};
use syn::LitStr;

use crate::message;

/// Returns the error, which stands for a type or an expression alike.
pub(crate) fn expand(text: TokenStream) -> TokenStream {
    let (span, asked) = match syn::parse2::<LitStr>(text) {
        Ok(text) => (text.span(), text.value()),
        Err(_) => (Span::call_site(), "a question that is no text".to_owned()),
    };
    syn::Error::new(span, message::QUESTION.render(&[&asked])).into_compile_error()
}
