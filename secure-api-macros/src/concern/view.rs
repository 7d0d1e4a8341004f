//! `view = …` and `view(Role::X => A, _ => B)`: which view of the result goes out, to whom.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Expr, Token, Type,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    diag::Diagnostics,
    key::{Key, KeyValue},
    message,
};

/// One view and whom it is for.
pub(crate) struct Arm {
    /// `None` is all the rest.
    role: Option<Expr>,
    view: Type,
}

impl Parse for Arm {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let role = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            None
        } else {
            // The path only: an expression would take the `=>` of the next arm for its own.
            Some(Expr::Path(input.parse()?))
        };
        input.parse::<Token![=>]>()?;
        Ok(Self { role, view: input.parse()? })
    }
}

/// Reads the arms; what cannot be read, or can never be reached, is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Vec<Arm> {
    match &key.value {
        KeyValue::Value(expr) => {
            let help = "write one view, or one for each role: `view(Role::… => …, _ => …)`";
            let view = diag.take(syn::parse2(quote!(#expr)), help);
            let Some(view) = view else { return Vec::new() };
            vec![Arm { role: None, view }]
        }
        KeyValue::List(list) => {
            let arms = Punctuated::<Arm, Token![,]>::parse_terminated.parse2(list.clone());
            let arms: Vec<_> = diag
                .take(arms, "write `view(Role::… => …, _ => …)`")
                .into_iter()
                .flatten()
                .collect();
            match arms.iter().position(|arm| arm.role.is_none()) {
                None if diag.is_empty() => {
                    diag.report(key.span(), &message::VIEW_NO_REST, &[]);
                }
                Some(rest) if rest + 1 < arms.len() => {
                    diag.report_on(&arms[rest + 1].view, &message::VIEW_AFTER_REST, &[]);
                }
                _ => {}
            }
            arms
        }
        KeyValue::Flag => {
            let help = "write `view = …`, or `view(Role::… => …, _ => …)`";
            diag.report(key.span(), &message::GRAMMAR, &["`view` needs a view", help]);
            Vec::new()
        }
    }
}

impl Arm {
    pub(crate) fn span(&self) -> Span {
        self.view.span()
    }

    /// `Arm` of the runtime, for the resource that is in scope as `__R`. All but the view stands at the result.
    pub(crate) fn expand(&self, result: Span) -> TokenStream {
        let Self { role, view } = self;
        let admits = match role {
            Some(role) => {
                let holders = quote_spanned!(role.span()=> (#role).holders());
                quote!(::core::option::Option::Some(#holders))
            }
            None => quote!(::core::option::Option::None),
        };
        quote_spanned!(result=> __p::Arm::<__R>::of::<#view>(#admits))
    }
}
