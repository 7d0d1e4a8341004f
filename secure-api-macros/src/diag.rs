//! The collector of an item's mistakes: all are reported together, each on its own token.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use crate::message::{self, Message};

/// The mistakes found so far. It has to be finished: dropping one unread would lose errors, so that panics
/// while the crate is tested.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    error: Option<syn::Error>,
    finished: bool,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Reports a message of the table at a place; `args` fill its `{}` in order.
    pub(crate) fn report(&mut self, span: Span, message: &Message, args: &[&str]) {
        self.push(syn::Error::new(span, message.render(args)));
    }

    /// Reports a message over all the given tokens, with a help of its own: what the program has tells more than the table.
    pub(crate) fn report_with(
        &mut self,
        tokens: impl ToTokens,
        message: &Message,
        args: &[&str],
        help: &str,
    ) {
        let message = Message { help: "{}", ..*message };
        self.report_on(tokens, &message, &[args, &[help]].concat());
    }

    /// Reports a message over all the given tokens.
    pub(crate) fn report_on(&mut self, tokens: impl ToTokens, message: &Message, args: &[&str]) {
        self.push(syn::Error::new_spanned(tokens, message.render(args)));
    }

    /// Takes over an error.
    fn push(&mut self, error: syn::Error) {
        match &mut self.error {
            Some(all) => all.combine(error),
            None => self.error = Some(error),
        }
    }

    /// Returns the value, or notes the error and returns nothing. One of syn's has no code, so it gets the grammar's,
    /// and `help`.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>, help: &str) -> Option<T> {
        let with_code = |error: syn::Error| match error.to_string() {
            text if text.starts_with("SA") => error,
            text => syn::Error::new(error.span(), message::GRAMMAR.render(&[&text, help])),
        };
        result.map_err(|error| self.push(with_code(error))).ok()
    }

    /// Creates one that nobody reads, for what is looked at to be refused whole.
    pub(crate) fn ignored() -> Self {
        Self { error: None, finished: true }
    }

    /// Returns the number of mistakes reported so far.
    pub(crate) fn count(&self) -> usize {
        self.error.iter().flat_map(|error| error.clone()).count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.error.is_none()
    }

    /// Returns the errors as `compile_error!` calls, or nothing where there were none.
    pub(crate) fn finish(mut self) -> Option<TokenStream> {
        self.finished = true;
        self.error.take().map(|error| error.into_compile_error())
    }
}

/// Returns a constant that tells a mistake which the compiler tells better, and before. What stands in for the mistaken code is
/// then never compiled on its own, even where the compiler sees nothing wrong in it.
///
/// It reads a private field, whose name is the message. That is an error in any case, and looked for only where nothing else
/// was wrong: so it is never a second one.
pub(crate) fn trap(span: Span, message: &Message, args: &[&str]) -> TokenStream {
    let text = message.render(args);
    let words = text
        .lines()
        .next()
        .unwrap_or_default()
        .split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let field = Ident::new(&words.join("_"), span);
    quote_spanned! {span=>
        const _: () = {
            mod told { pub struct Mistake { #field: () } }
            #[allow(dead_code, non_snake_case)]
            fn tell(mistake: told::Mistake) { let told::Mistake { #field: () } = mistake; }
        };
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if cfg!(test) && !self.finished && !std::thread::panicking() {
            panic!("diagnostics were dropped without being finished");
        }
    }
}
