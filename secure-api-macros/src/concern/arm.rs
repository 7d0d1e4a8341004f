//! `key(Role::X => value, _ => value)`: a value for each role, in the form of a `match`.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Expr, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    diag::Diagnostics,
    key::Key,
    message::{self, Message},
};

/// A value and whom it is for.
pub(crate) struct Arm<T> {
    /// The role; `None` for all other callers.
    pub(crate) role: Option<Expr>,
    pub(crate) value: T,
}

impl<T: Parse> Parse for Arm<T> {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let role = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            None
        } else {
            // The path only: an expression would take the `=>` of the next arm for its own.
            Some(Expr::Path(input.parse()?))
        };
        input.parse::<Token![=>]>()?;
        Ok(Self { role, value: input.parse()? })
    }
}

/// Reads the arms of a list; that nobody is left over, and that what comes after can never be reached, is reported
/// with these messages.
pub(crate) fn parse<T: Parse + ToTokens>(
    key: &Key,
    list: &TokenStream,
    [no_rest, after_rest]: [&'static Message; 2],
    diag: &mut Diagnostics,
) -> Vec<Arm<T>> {
    let read = |list| Punctuated::<Arm<T>, Token![,]>::parse_terminated.parse2(list);
    let help = match read(with_arrows(list)) {
        Ok(arms) if !arms.is_empty() => {
            let arms: Vec<String> = arms.iter().map(Arm::written).collect();
            format!("write `{}({})`", key.name, arms.join(", "))
        }
        _ => format!("write `{}(Role::… => …, _ => …)`", key.name),
    };
    let Some(arms) = diag.take(read(list.clone()), &help) else { return Vec::new() };
    let arms: Vec<_> = arms.into_iter().collect();
    match arms.iter().position(|arm| arm.role.is_none()) {
        None => diag.report(key.span(), no_rest, &[]),
        Some(rest) if rest + 1 < arms.len() => {
            let (last, others): (Vec<_>, Vec<_>) = arms.iter().partition(|arm| arm.role.is_none());
            let written = others.into_iter().chain(last.into_iter().take(1)).map(Arm::written);
            let better = format!("{}({})", key.name, written.collect::<Vec<_>>().join(", "));
            diag.report_on(&arms[rest + 1].value, after_rest, &[&better]);
        }
        Some(_) => {}
    }
    arms
}

/// Returns a list with `=>` in place of each `=`, `:` and `->` that stands where an arrow belongs.
fn with_arrows(list: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = list.clone().into_iter().collect();
    let is = |place: Option<usize>, mark: char| {
        let token = place.and_then(|place| tokens.get(place));
        matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
    };
    let mut meant = TokenStream::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let (before, after) = (place.checked_sub(1), Some(place + 1));
        let is_alone = match token {
            TokenTree::Punct(mark) if mark.as_char() == '=' => true,
            TokenTree::Punct(mark) if mark.as_char() == '-' => is(after, '>'),
            TokenTree::Punct(mark) if mark.as_char() == ':' => !is(before, ':') && !is(after, ':'),
            _ => false,
        };
        match is_alone {
            true => {
                meant.extend(quote!(=>));
                place += usize::from(is(after, '>'));
            }
            false => meant.extend([token.clone()]),
        }
        place += 1;
    }
    meant
}

/// Reports a key of arms without any.
pub(crate) fn report_missing(key: &Key, what: &str, diag: &mut Diagnostics) {
    let name = &key.name;
    let text = format!("`{name}` needs a {what}");
    let help = format!("write `{name} = …`, or `{name}(Role::… => …, _ => …)`");
    diag.report(key.span(), &message::GRAMMAR, &[&text, &help]);
}

impl<T: ToTokens> Arm<T> {
    /// Returns the arm as it is written, for a help.
    fn written(&self) -> String {
        let text =
            |tokens: &dyn ToTokens| crate::path::tokens_as_written(&tokens.to_token_stream());
        let role = self.role.as_ref().map_or_else(|| "_".to_owned(), |role| text(role));
        format!("{role} => {}", text(&self.value))
    }
}

impl<T> Arm<T> {
    /// Creates the only arm, for every caller that the route admits.
    pub(crate) fn of_all(value: T) -> Self {
        Self { role: None, value }
    }

    /// Returns the holders of the role as a `RoleSet` of the runtime, or `None` for the arm of all other callers.
    pub(crate) fn holders(&self) -> Option<TokenStream> {
        self.role.as_ref().map(|role| quote_spanned!(role.span()=> (#role).holders()))
    }
}
