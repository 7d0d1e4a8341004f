//! `role = …` and `public = "reason"`: who may call a route, or see a view.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, LitStr, spanned::Spanned};

use crate::{broken, diag::Diagnostics, key::Key, message, reason::is_sentence};

/// The callers that a route admits, as stated.
pub(crate) enum Access {
    /// Any of these roles.
    Roles(Vec<Expr>),
    /// Anybody, for this reason.
    Public(LitStr),
}

/// Reads one of `role` and `public`; both are reported. Where there is neither, the module may have said it.
pub(crate) fn access(
    role: Option<&Key>,
    public: Option<&Key>,
    diag: &mut Diagnostics,
) -> Option<Access> {
    match (role, public) {
        (None, None) => None,
        (Some(_), Some(public)) => {
            diag.report(public.span(), &message::TWO_ACCESS, &["public"]);
            None
        }
        (Some(role), None) => roles(role, diag).map(Access::Roles),
        (None, Some(public)) => reason(public, diag).map(Access::Public),
    }
}

/// Reads one role, or several in brackets.
pub(crate) fn roles(key: &Key, diag: &mut Diagnostics) -> Option<Vec<Expr>> {
    let expr = key.expr(diag)?;
    if broken::is_named(&quote!(#expr)) {
        return None;
    }
    let Expr::Array(array) = expr else {
        return is_value(expr, diag).then(|| vec![expr.clone()]);
    };
    if !array.elems.iter().all(|role| is_value(role, diag)) {
        return None;
    }
    if array.elems.is_empty() {
        diag.report_on(array, &message::GRAMMAR, &["an empty list admits nobody", "name a role"]);
        return None;
    }
    Some(array.elems.iter().cloned().collect())
}

/// Returns `false` for a literal and for several roles that are no list, and reports them. Anything else is left to the
/// compiler.
fn is_value(expr: &Expr, diag: &mut Diagnostics) -> bool {
    let (text, help) = match expr {
        Expr::Lit(literal) => (
            "a role is a variant of the API's enum",
            format!("write it as a path: `role = Role::{}`", variant_of(literal)),
        ),
        Expr::Binary(_) | Expr::Tuple(_) => {
            let mut each = Vec::new();
            operands(expr, &mut each);
            ("several roles stand in a list", format!("write `role = [{}]`", each.join(", ")))
        }
        _ => return true,
    };
    diag.report_on(expr, &message::GRAMMAR, &[text, &help]);
    false
}

/// Returns the variant that a text may be about, as `NightShift` of `"night-shift"`.
fn variant_of(literal: &syn::ExprLit) -> String {
    let syn::Lit::Str(text) = &literal.lit else { return "Admin".to_owned() };
    let text = text.value();
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let variant: String = words
        .filter_map(|word| {
            let mut letters = word.chars();
            let first = letters.next()?.to_ascii_uppercase();
            Some(format!("{first}{}", letters.as_str()))
        })
        .collect();
    match syn::parse_str::<syn::Ident>(&variant) {
        Ok(variant) => variant.to_string(),
        Err(_) => "Admin".to_owned(),
    }
}

/// Collects what `A | B`, `A || B` or `(A, B)` names.
fn operands(expr: &Expr, all: &mut Vec<String>) {
    match expr {
        Expr::Binary(both) => {
            operands(&both.left, all);
            operands(&both.right, all);
        }
        Expr::Tuple(each) => each.elems.iter().for_each(|each| operands(each, all)),
        other => all.push(quote!(#other).to_string().replace(' ', "")),
    }
}

/// Reads a reason in words. One that is no sentence is reported, and counts as one for all else.
pub(crate) fn reason(key: &Key, diag: &mut Diagnostics) -> Option<LitStr> {
    let text = key.text(diag)?;
    if !is_sentence(&text.value()) {
        let name = key.name.to_string();
        diag.report(text.span(), &message::EMPTY_REASON, &[&name, &name]);
    }
    Some(text)
}

/// Returns everybody who has one of these roles, as a `RoleSet`. That a list is of one enum is asked at each of its
/// elements. `__p` is in scope.
pub(crate) fn expand_roles(roles: &[Expr]) -> TokenStream {
    let sets = roles.iter().map(|role| quote_spanned!(role.span()=> (#role).holders()));
    if let [_] = roles {
        return sets.collect();
    }
    let checks = roles.iter().enumerate().skip(1).map(|(index, role)| {
        let name = role_name(role);
        quote_spanned!(role.span()=> const _: () = __p::check_listed(__LISTED, #index, #name);)
    });
    quote!({
        const __LISTED: &[__p::RoleSet] = &[#(#sets),*];
        #(#checks)*
        __p::RoleSet::any(__LISTED)
    })
}

/// Returns the last segment of a role's path, for messages.
pub(crate) fn role_name(role: &Expr) -> String {
    match role {
        Expr::Path(path) => {
            path.path.segments.last().map_or_else(String::new, |last| last.ident.to_string())
        }
        other => quote!(#other).to_string(),
    }
}

impl Access {
    /// Expands `Access` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        match self {
            Self::Roles(roles) => {
                let set = expand_roles(roles);
                quote!(__p::Access::Roles(#set))
            }
            Self::Public(reason) => quote!(__p::Access::Public(#reason)),
        }
    }
}
