//! `routes(orders, accounts::get)`: routes and modules of routes by name, each with the `#[cfg]`s it depends on.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Attribute, Path, Token,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
};

use crate::{
    diag::{self, Diagnostics},
    key::Key,
    message,
    source::routes::{self, Entry},
};

/// One name.
pub(crate) struct Listed {
    cfgs: Vec<Attribute>,
    path: Path,
    /// `true` if it would be a route, had its attribute been written right.
    misspelt: bool,
    /// The condition of the handler, if it has one and its name in the list has none.
    condition: Option<TokenStream>,
}

impl Parse for Listed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            cfgs: input.call(Attribute::parse_outer)?,
            path: input.parse()?,
            misspelt: false,
            condition: None,
        })
    }
}

/// Reads the names; an attribute other than `#[cfg]` is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Vec<Listed> {
    let Some(list) = key.list(diag) else { return Vec::new() };
    let read = Punctuated::<Listed, Token![,]>::parse_terminated.parse2(list.clone());
    let mut listed: Vec<Listed> = Vec::new();
    for one in diag.take(read, "write `routes(list_orders, get_order)`").into_iter().flatten() {
        if one.cfgs.is_empty() && listed.iter().any(|other| other.path == one.path) {
            let name = one.path.to_token_stream().to_string().replace(' ', "");
            diag.report_on(&one.path, &message::REPEATED_KEY, &[&name]);
        } else {
            listed.push(one);
        }
    }
    for attribute in listed.iter().flat_map(|listed| &listed.cfgs) {
        if !attribute.path().is_ident("cfg") {
            let help = "write `#[cfg(…)]`, or no attribute";
            diag.report_on(
                attribute,
                &message::GRAMMAR,
                &["a list of routes has no use for this", help],
            );
        }
    }
    listed
}

impl Listed {
    /// Creates a name that is known to stand for routes.
    pub(crate) fn known(cfgs: Vec<Attribute>, path: Path) -> Self {
        Self { cfgs, path, misspelt: false, condition: None }
    }

    /// Looks at what stands beside the list: a function without a verb is reported.
    pub(crate) fn look_up(&mut self, site: &Ident, diag: &mut Diagnostics) {
        let Some(name) = self.path.get_ident() else {
            // A function of a type is told where it stands.
            self.misspelt = routes::is_of_type(site, &self.path);
            if routes::is_private(site, &self.path)
                && let Some(last) = self.path.segments.last()
            {
                let text = format!("`{}` is private to its module", last.ident);
                let help = format!("write `pub async fn {}` where it stands", last.ident);
                diag.report_on(last, &message::GRAMMAR, &[&text, &help]);
            }
            return;
        };
        match routes::entry(site, name) {
            Entry::NoRoute => diag.report_on(name, &message::NOT_ROUTE, &[&name.to_string()]),
            Entry::Misspelt => self.misspelt = true,
            Entry::Conditional(condition) if self.cfgs.is_empty() => {
                self.cfgs.push(syn::parse_quote!(#[cfg(#condition)]));
                self.condition = Some(condition);
            }
            Entry::Conditional(_) => {}
            Entry::Unknown => {
                if let Some(meant) = routes::near(site, name) {
                    let help = format!("write `{meant}`");
                    diag.report_with(name, &message::NOT_ROUTE, &[&name.to_string()], &help);
                }
            }
        }
    }

    /// Returns `true` if one of the path's segments is this name.
    pub(crate) fn passes(&self, name: &Ident) -> bool {
        self.path.segments.iter().any(|segment| segment.ident == *name)
    }

    /// Returns the conditions under which it is there.
    pub(crate) fn cfgs(&self) -> &[Attribute] {
        &self.cfgs
    }

    /// Returns the place where it is written.
    pub(crate) fn span(&self) -> Span {
        self.path.span()
    }

    /// Returns its routes, as an element of an array.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { cfgs, path, misspelt, condition } = self;
        if *misspelt {
            let name = path.to_token_stream().to_string();
            let trap = diag::trap(path.span(), &message::NOT_ROUTE, &[&name]);
            return quote!(#(#cfgs)* { #trap &[] });
        }
        let routes = quote_spanned!(path.span()=> #path::SA018_PUT_ROUTES_ABOVE_THE_MODULE);
        let removed = condition.as_ref().map(|condition| {
            let name = path.to_token_stream().to_string();
            let text = format!("`{name}` is removed by its `#[cfg({condition})]`");
            let help = format!("write `#[cfg({condition})] {name}`");
            let told = message::GRAMMAR.render(&[&text, &help]);
            quote_spanned!(path.span()=> , #[cfg(not(#condition))] ::core::compile_error!(#told))
        });
        quote!(#(#cfgs)* #routes #removed)
    }
}

/// Expands the number of these names that are there, as far as their conditions hold.
pub(crate) fn count(listed: &[Listed]) -> TokenStream {
    if listed.iter().all(|listed| listed.cfgs.is_empty()) {
        return listed.len().to_token_stream();
    }
    let places = listed.iter().map(|listed| {
        let cfgs = &listed.cfgs;
        quote!(#(#cfgs)* (),)
    });
    quote!(<[()]>::len(&[#(#places)*]))
}

/// Returns the constant that makes a module's name stand for these routes, and for those of a list of lists.
pub(crate) fn expand_group(
    listed: &[Listed],
    others: Option<TokenStream>,
    private: &TokenStream,
) -> TokenStream {
    let routes = listed.iter().map(Listed::expand);
    let others = others.map(|others| {
        quote!({
            const OTHERS: &[#private::Listed] = #others;
            &#private::joined::<{ #private::count(OTHERS) }>(OTHERS)
        })
    });
    let others = others.iter();
    quote! {
        #[doc(hidden)]
        pub const SA018_PUT_ROUTES_ABOVE_THE_MODULE: #private::Listed = {
            #[allow(unused_imports)]
            use #private::unless::*;
            const GROUPS: &[#private::Listed] = &[#(#routes,)* #(#others),*];
            &#private::joined::<{ #private::count(GROUPS) }>(GROUPS)
        };
    }
}
