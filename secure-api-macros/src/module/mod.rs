//! `#[routes]` on a module and `defaults!` in one: what its routes share is said once, and its name stands for
//! them all.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{
    Ident, LitStr, Token,
    parse::{ParseStream, Parser},
};

use crate::{
    broken,
    concern::path::{self, RoutePath},
    diag::Diagnostics,
    key::{Key, KeyValue},
    message,
};

mod check;
mod expand;
mod file;
mod named;
mod policy;
mod scan;
mod spec;

pub(crate) use file::defaults;

/// The key by which `#[routes]` tells the attributes in it what is around them. It is nobody's to write.
pub(crate) const KEY: &str = "__around";

/// The surroundings of a route or of a module of routes.
#[derive(Default)]
pub(crate) struct Around {
    pub(crate) prefix: Option<RoutePath>,
    /// The reason why paths in it are as written.
    pub(crate) excuse: Option<LitStr>,
    /// The constant with the defaults.
    pub(crate) defaults: Option<TokenStream>,
    /// The module has a mistake of its own, so that nothing that is missing below it is another one.
    pub(crate) broken: bool,
}

impl Around {
    /// Reads what [`key`](Self::key) wrote.
    pub(crate) fn read(key: &Key) -> Self {
        let KeyValue::List(list) = &key.value else { return Self::default() };
        let parser = |input: ParseStream<'_>| {
            let prefix: LitStr = input.parse()?;
            input.parse::<Token![,]>()?;
            let excuse = if input.peek(LitStr) { Some(input.parse::<LitStr>()?) } else { None };
            Ok((prefix, excuse, input.parse::<TokenStream>()?))
        };
        let Ok((prefix, excuse, defaults)) = parser.parse2(list.clone()) else {
            return Self::default();
        };
        let mut diag = Diagnostics::new();
        let prefix = path::parse(None, &prefix, &mut diag);
        // No prefix is written as an empty one, and any other was checked before it was written.
        drop(diag.finish());
        let broken = defaults.is_empty();
        Self { prefix, excuse, defaults: (!broken).then_some(defaults), broken }
    }

    /// Returns the same as a key.
    fn key(&self) -> TokenStream {
        let Self { prefix, excuse, defaults, broken: _ } = self;
        let prefix = prefix.as_ref().map_or("", |prefix| &prefix.text);
        let key = Ident::new(KEY, proc_macro2::Span::call_site());
        quote!(#key(#prefix, #excuse #defaults))
    }
}

/// Expands `#[routes]`: parses the module, checks it, and generates code from the proved policy alone.
pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let module: scan::Module = match syn::parse2(item.clone()) {
        Ok(module) => module,
        Err(_) => return wrong_item(item),
    };
    let is_quiet = broken::is_named(&attribute);
    let spec = spec::ModuleSpec::read(attribute, module, &mut diag);
    let policy = check::check(spec, &mut diag);
    let errors = diag.finish();
    let code = expand::expand(policy, errors.is_some() || is_quiet);
    quote!(#errors #code)
}

fn wrong_item(item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    let place = item.clone().into_iter().next();
    let place = place.as_ref().map_or_else(proc_macro2::Span::call_site, TokenTree::span);
    diag.report(
        place,
        &message::WRONG_ITEM,
        &["#[routes]", "a module with its items, `mod orders { … }`"],
    );
    let errors = diag.finish();
    quote!(#errors #item)
}
