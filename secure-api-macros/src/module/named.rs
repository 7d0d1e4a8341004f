//! The types that the handlers of a module name.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Signature, Visibility,
    parse::{ParseStream, Parser},
};

use super::scan::Item;

impl Item {
    /// Returns the types that a signature names without a path.
    pub(super) fn types(&self) -> Vec<Ident> {
        let mut types = Vec::new();
        let parser = |input: ParseStream<'_>| {
            input.parse::<Visibility>()?;
            let signature: Signature = input.parse()?;
            input.parse::<TokenStream>()?;
            Ok(signature)
        };
        if let Ok(signature) = parser.parse2(self.tokens.clone()) {
            names(&signature.inputs.to_token_stream(), &mut types);
            names(&signature.output.to_token_stream(), &mut types);
        }
        types
    }
}

/// Collects the names that stand behind no `::`, and begin like a type.
fn names(tokens: &TokenStream, found: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_colon = |place: usize| matches!(tokens.get(place), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => names(&group.stream(), found),
            TokenTree::Ident(name) => {
                let is_behind = place > 1 && is_colon(place - 1) && is_colon(place - 2);
                let is_type = name.to_string().starts_with(char::is_uppercase);
                if is_type && !is_behind {
                    found.push(name.clone());
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
