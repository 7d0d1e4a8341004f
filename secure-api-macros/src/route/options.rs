//! The keys that a route has only where it needs them, by the same four steps: what was written, what was
//! proved, and the code of it. A route without any of them costs one constant.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, LitStr, spanned::Spanned};

use crate::{
    concern::{
        accepts::{self, Accepts},
        by::{self, By},
        deprecated::{self, Deprecated},
        exception::{self, Allow},
        kinds::{self, FileKinds},
        media_type::{self, MediaType},
        outage::{self, Outage},
        page::{self, PageShape},
        path::RoutePath,
        redirects::{self, Redirects},
        role::Access,
        scope::{self, Scopes},
    },
    diag::Diagnostics,
    key::Key,
    keys, message,
};

mod checks;

/// The further keys of a route as written.
#[derive(Default)]
pub(super) struct OptionsSpec {
    by: Option<Key>,
    scope: Option<Key>,
    acr: Option<Key>,
    amr: Option<Key>,
    max_age: Option<Key>,
    outage: Option<Key>,
    credential: Option<Key>,
    deprecated: Option<Key>,
    body_limit: Option<Key>,
    timeout: Option<Key>,
    page: Option<Key>,
    redirects: Option<Key>,
    media_type: Option<Key>,
    accepts: Option<Key>,
    kinds: Option<Key>,
    open: Option<Key>,
    lasts: Option<Key>,
    allow: Option<Key>,
}

/// The further keys of a route as proved.
pub(super) struct Options {
    by: Option<By>,
    scopes: Option<Scopes>,
    acr: Option<Scopes>,
    amr: Option<Scopes>,
    max_age: Option<Expr>,
    outage: Option<Outage>,
    /// The span of the flag.
    credential: Option<Span>,
    deprecated: Option<Deprecated>,
    body_limit: Option<Expr>,
    timeout: Option<Expr>,
    page: Option<PageShape>,
    redirects: Option<Redirects>,
    media_type: Option<MediaType>,
    accepts: Option<Accepts>,
    kinds: Option<FileKinds>,
    open: Option<Expr>,
    lasts: Option<Expr>,
    allow: Option<Allow>,
    /// The module's reason for a path as it is written.
    excuse: Option<LitStr>,
}

impl OptionsSpec {
    /// Returns the slot of the key of this name, or `None` if it is none of these keys.
    pub(super) fn place(&mut self, name: &str) -> Option<&mut Option<Key>> {
        Some(match name {
            "by" => &mut self.by,
            "scope" => &mut self.scope,
            "acr" => &mut self.acr,
            "amr" => &mut self.amr,
            "max_age" => &mut self.max_age,
            "outage" => &mut self.outage,
            "credential" => &mut self.credential,
            "deprecated" => &mut self.deprecated,
            "body_limit" => &mut self.body_limit,
            "timeout" => &mut self.timeout,
            "page" => &mut self.page,
            "redirects" => &mut self.redirects,
            "media_type" => &mut self.media_type,
            "accepts" => &mut self.accepts,
            "kinds" => &mut self.kinds,
            "open" => &mut self.open,
            "lasts" => &mut self.lasts,
            "allow" => &mut self.allow,
            _ => return None,
        })
    }

    pub(super) fn check(
        self,
        route: &Ident,
        access: Option<&Access>,
        pages: bool,
        diag: &mut Diagnostics,
    ) -> Options {
        let Self {
            by,
            scope,
            acr,
            amr,
            max_age,
            outage,
            credential,
            deprecated,
            body_limit,
            timeout,
            page,
            redirects,
            media_type,
            accepts,
            kinds,
            open,
            lasts,
            allow,
        } = self;
        if let (Some(scope), Some(Access::Public(_))) = (&scope, access) {
            diag.report(scope.span(), &message::SCOPE_PUBLIC, &[]);
        }
        if let Some(Access::Public(_)) = access {
            let asked = [("acr", &acr), ("amr", &amr), ("max_age", &max_age)];
            // One is told: the others go with it.
            if let Some((name, key)) =
                asked.iter().find_map(|(name, key)| Some((name, key.as_ref()?)))
            {
                diag.report(key.span(), &message::AUTHENTICATION_PUBLIC, &[name, name]);
            }
        }
        let flag = |key: Key, diag: &mut Diagnostics| key.flag(diag).then(|| key.span());
        let credential = credential.and_then(|key| flag(key, diag));
        let outage = outage.and_then(|key| outage::parse(&key, diag));
        if let (Some(outage), Some(_)) = (&outage, credential) {
            outage.check_credential(diag);
        }
        let deprecated = deprecated.and_then(|key| deprecated::parse(&key, diag));
        if let Some(instead) = deprecated.as_ref().and_then(Deprecated::instead)
            && instead.path.is_ident(route)
        {
            let name = route.to_string();
            diag.report_on(instead, &message::INSTEAD, &[&name, &name, "the same"]);
        }
        let mut expr = |key: Option<Key>| key.and_then(|key| key.measure(diag).cloned());
        let (body_limit, timeout, max_age) = (expr(body_limit), expr(timeout), expr(max_age));
        let (open, lasts) = (expr(open), expr(lasts));
        let mut authentication =
            |key: Option<Key>| key.and_then(|key| scope::authentication(&key, diag));
        let (acr, amr) = (authentication(acr), authentication(amr));
        Options {
            by: by.and_then(|key| by::parse(&key, diag)),
            scopes: scope.and_then(|key| scope::parse(&key, diag)),
            acr,
            amr,
            max_age,
            outage,
            credential,
            deprecated,
            body_limit,
            timeout,
            page: page.and_then(|key| page::parse(&key, pages, diag)),
            redirects: redirects.and_then(|key| redirects::parse(&key, diag)),
            media_type: media_type.and_then(|key| media_type::parse(&key, diag)),
            kinds: kinds.and_then(|key| kinds::parse(&key, accepts.as_ref(), diag)),
            accepts: accepts.and_then(|key| accepts::parse(&key, diag)),
            open,
            lasts,
            allow: allow.and_then(|key| exception::parse(&key, keys::ROUTE_ALLOW, diag)),
            excuse: None,
        }
    }
}

impl Options {
    /// Returns `true` if the credentials and the decision for an outage are stated, and so not a module's to say.
    pub(super) fn states_all(&self) -> bool {
        self.by.is_some() && self.outage.is_some()
    }

    /// Returns `true` if something is asked of a caller's credentials, which a route that is public by its module cannot do
    /// either.
    pub(super) fn asks_a_caller(&self) -> bool {
        let Self { scopes, acr, amr, max_age, .. } = self;
        scopes.is_some() || acr.is_some() || amr.is_some() || max_age.is_some()
    }

    /// Returns the route that takes the place of this one, if one is stated.
    pub(super) fn instead(&self) -> Option<&syn::ExprPath> {
        self.deprecated.as_ref().and_then(Deprecated::instead)
    }

    /// Returns the exceptions with those that the module states for a path like this one: `inherited` is its reason.
    pub(super) fn with_excuse(mut self, path: &RoutePath, inherited: Option<LitStr>) -> Self {
        let is_unusual = path.unusual.is_some() || path.unusual_prefix.is_some();
        if is_unusual && !self.allows("path") {
            self.excuse = inherited;
        }
        self
    }

    /// Returns the place of an exception that the attribute states.
    pub(super) fn allowed_at(&self, rule: &str) -> Option<Span> {
        let mut rules = self.allow.iter().flat_map(|allow| &allow.rules);
        rules.find(|allowed| *allowed == rule).map(Ident::span)
    }

    /// Returns `true` if an exception to this rule is stated.
    pub(super) fn allows(&self, rule: &str) -> bool {
        self.allowed_at(rule).is_some() || (rule == "path" && self.excuse.is_some())
    }

    /// Expands `RouteOptions` of the runtime, where anything is stated, and only what is. `__p` is in scope.
    pub(super) fn expand(&self) -> Option<TokenStream> {
        let Self {
            by,
            scopes,
            acr,
            amr,
            max_age,
            outage,
            credential,
            deprecated,
            body_limit,
            timeout,
            page,
            redirects,
            media_type,
            accepts,
            kinds,
            open,
            lasts,
            allow,
            excuse,
        } = self;
        let deprecated = deprecated.as_ref().map(Deprecated::expand);
        let outage = outage.as_ref().map(|outage| outage.expand(&quote!(__p)));
        // As the value of a constant, a wrong type is told with nothing around it.
        let typed = |value: &Expr, ty: TokenStream| {
            let constant = quote_spanned!(value.span()=> const __VALUE: #ty = #value;);
            quote!({ #constant ::core::option::Option::Some(__VALUE) })
        };
        let size =
            |value: &Expr| typed(value, quote_spanned!(value.span()=> ::core::primitive::usize));
        let time =
            |value: &Expr| typed(value, quote_spanned!(value.span()=> ::core::time::Duration));
        let fields = [
            ("by", by.as_ref().map(By::expand)),
            ("scopes", scopes.as_ref().map(Scopes::expand)),
            ("acr", acr.as_ref().map(Scopes::expand)),
            ("amr", amr.as_ref().map(Scopes::expand)),
            ("outage", outage.map(|it| quote!(::core::option::Option::Some(#it)))),
            ("credential", credential.map(|_| quote!(true))),
            ("deprecated", deprecated.map(|it| quote!(::core::option::Option::Some(#it)))),
            ("body_limit", body_limit.as_ref().map(size)),
            ("timeout", timeout.as_ref().map(time)),
            ("max_age", max_age.as_ref().map(time)),
            ("page", page.as_ref().map(PageShape::expand)),
            ("redirects", redirects.as_ref().map(Redirects::expand)),
            ("media_type", media_type.as_ref().map(MediaType::expand)),
            ("accepts", accepts.as_ref().map(Accepts::expand)),
            ("kinds", kinds.as_ref().map(FileKinds::expand)),
            ("open", open.as_ref().map(size)),
            ("lasts", lasts.as_ref().map(time)),
            ("allowed", Allow::expand(allow.as_ref(), excuse.as_ref())),
        ];
        let fields: Vec<_> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((Ident::new(name, Span::call_site()), value?)))
            .map(|(name, value)| quote!(#name: #value))
            .collect();
        (!fields.is_empty())
            .then(|| quote!(__p::RouteOptions { #(#fields,)* ..__p::RouteOptions::NONE }))
    }
}
