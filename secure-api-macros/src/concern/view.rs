//! `view = …` and `view(mine => O, Role::X => A, _ => B)`: the view of the result that goes out, and to whom.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Ident, Type, spanned::Spanned};

use crate::{
    concern::arm,
    diag::Diagnostics,
    key::{Key, KeyValue},
    message,
};

/// One view and whom it is for.
pub(crate) struct ViewArm(arm::Arm<Type>);

/// Reads the arms; what cannot be read, or can never be reached, is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Vec<ViewArm> {
    match &key.value {
        KeyValue::Value(expr) => {
            if let Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) = expr {
                let help = format!("write `view = {}`", name.value());
                diag.report_on(expr, &message::GRAMMAR, &["a view is a type", &help]);
                return Vec::new();
            }
            let help = "write one view, or one for each role: `view(Role::… => …, _ => …)`";
            let view = diag.take(syn::parse2(quote!(#expr)), help);
            let Some(view) = view else { return Vec::new() };
            vec![ViewArm(arm::Arm::of_all(view))]
        }
        KeyValue::List(list) if syn::parse2::<Type>(list.clone()).is_ok() => {
            let help = format!("write `view = {}`", list.to_string().replace(' ', ""));
            let text = "one view is for everybody whom the route admits";
            diag.report(key.span(), &message::GRAMMAR, &[text, &help]);
            Vec::new()
        }
        KeyValue::List(list) => {
            let messages = [&message::VIEW_NO_REST, &message::VIEW_AFTER_REST];
            arm::parse(key, list, messages, diag).into_iter().map(ViewArm).collect()
        }
        KeyValue::Flag => {
            arm::report_missing(key, "view", diag);
            Vec::new()
        }
    }
}

impl ViewArm {
    pub(crate) fn span(&self) -> Span {
        self.0.value.span()
    }

    /// Returns the word `mine`, where the arm is for the owner.
    pub(crate) fn mine(&self) -> Option<&Ident> {
        let Some(Expr::Path(path)) = &self.0.role else { return None };
        path.path.get_ident().filter(|word| *word == "mine")
    }

    /// Returns the name by which the view of this place is known, where its own is written.
    fn alias(&self, place: usize) -> Ident {
        Ident::new(&format!("__W{place}"), self.span())
    }

    /// Declares that name, at no place of the user's: there the compiler would propose to make a view that does not exist a
    /// parameter.
    pub(crate) fn declare(&self, place: usize) -> TokenStream {
        let (mut name, view) = (self.alias(place), &self.0.value);
        name.set_span(Span::call_site());
        quote!(type #name = #view;)
    }

    /// Returns the `Projection` of the runtime, for the resource that is in scope as `__R`. All but the view stands at
    /// the result.
    pub(crate) fn expand(&self, place: usize, result: Span) -> TokenStream {
        let Self(arm) = self;
        let view = self.alias(place);
        if self.mine().is_some() {
            return quote_spanned!(result=> __p::Projection::<__R>::mine::<#view>(__p::Probe::<__R>::OWNER));
        }
        let admits = match arm.holders() {
            Some(holders) => quote!(::core::option::Option::Some(#holders)),
            None => quote!(::core::option::Option::None),
        };
        quote_spanned!(result=> __p::Projection::<__R>::of::<#view>(#admits))
    }
}
