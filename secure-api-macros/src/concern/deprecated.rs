//! `deprecated(since = "…", sunset = "…", instead = route, brownout("…", "…"))`: the end of one operation, apart from its
//! version's.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprPath, spanned::Spanned};

use crate::{
    concern::{
        brownout::{self, Brownout, Ends},
        day::{self, Day},
    },
    diag::Diagnostics,
    key::{self, Key},
    keys, message,
    source::routes,
};

/// Days that exist, the sunset after the deprecation.
pub(crate) struct Deprecated {
    since: Day,
    sunset: Option<Day>,
    /// The name of a route.
    instead: Option<ExprPath>,
    brownouts: Vec<Brownout>,
}

/// Reads it; what is missing or contradicts itself is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Deprecated> {
    let read_before = diag.count();
    let keys = key::keys_of(key.list(diag)?.clone(), diag);
    // Each is a key of its own, so that its mistake stands on it.
    let (brownouts, keys): (Vec<_>, _) = keys.into_iter().partition(|key| key.is("brownout"));
    let (mut since, mut sunset, mut instead) = (None, None, None);
    for key in key::known_once(keys, keys::DEPRECATED, diag) {
        match key.name.to_string().as_str() {
            "since" => since = key.text(diag),
            "sunset" => sunset = key.text(diag),
            "instead" => match key.expr(diag) {
                Some(Expr::Path(path)) => instead = Some(path.clone()),
                Some(other) => {
                    let help = match routes::meant(other) {
                        Some(name) => format!("write `instead = {name}`"),
                        None => "write the name of its handler: `instead = list_orders`".to_owned(),
                    };
                    diag.report_on(other, &message::GRAMMAR, &["`instead` names a route", &help]);
                }
                None => {}
            },
            _ => {}
        }
    }
    if since.is_none() && diag.count() == read_before {
        let help = "write `since = \"…\"`, the day from which callers are told";
        let text = "`deprecated` does not say since when";
        diag.report(key.span(), &message::GRAMMAR, &[text, help]);
    }
    let since = day::parse(&since?, diag);
    let is_endless = sunset.is_none();
    let sunset = match sunset {
        Some(text) => {
            let day = day::parse(&text, diag)?;
            if let Some(since) = since
                && day <= since
            {
                let later = since.of_year(1).to_string();
                let (day, since) = (day.to_string(), since.to_string());
                diag.report(text.span(), &message::SUNSET_FIRST, &[&day, &since, &later]);
            }
            Some(day)
        }
        None => None,
    };
    let brownouts = brownout::parse(&brownouts, Ends { since, sunset, is_endless }, diag);
    Some(Deprecated { since: since?, sunset, instead, brownouts })
}

impl Deprecated {
    pub(crate) fn instead(&self) -> Option<&ExprPath> {
        self.instead.as_ref()
    }

    /// Returns `Deprecated` of the runtime. `__p` is in scope.
    pub(crate) fn expand(&self) -> TokenStream {
        let Self { since, sunset, instead, brownouts } = self;
        let since = since.expand();
        let sunset = day::expand(*sunset);
        // Behind a function, since two constants that name each other would have no value.
        let instead = match instead {
            Some(route) => quote_spanned! {route.span()=>
                ::core::option::Option::Some(|| <#route as __p::Endpoint>::ROUTE)
            },
            None => quote!(::core::option::Option::None),
        };
        let brownouts = Brownout::expand(brownouts);
        quote!(__p::Deprecated {
            since: #since, sunset: #sunset, instead: #instead, brownouts: #brownouts,
        })
    }
}
