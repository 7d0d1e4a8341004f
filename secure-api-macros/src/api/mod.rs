//! `#[api]`: a whole API from its routes, checked as a whole.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{
    Data, DeriveInput, Expr,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    spanned::Spanned,
};

use crate::{
    broken,
    concern::{
        by::{self, By},
        exception::{self, Allow},
        limit::{self, Limits},
        list::{self, Listed},
        outage::{self, Outage},
    },
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    keys, message, path, source,
    unmarked::{self, Lacks},
};

/// The item that `#[api]` stands on, for messages.
const PLACE: &str = "a struct without fields and generics";

pub(crate) fn expand(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(item.clone()) {
        Ok(input) => input,
        Err(_) => return wrong_item(item),
    };
    let mut diag = Diagnostics::new();
    let is_quiet = broken::is_generic(&attribute);
    let spec = ApiSpec::read(attribute, &input, &mut diag);
    let policy = spec.check(&mut diag);
    let code = match (diag.finish(), policy) {
        (None, Some(policy)) if !is_quiet => policy.expand(),
        (errors, _) => fallback(&input, errors),
    };
    quote!(#input #code)
}

fn wrong_item(item: TokenStream) -> TokenStream {
    let mut diag = Diagnostics::new();
    diag.report_on(&item, &message::WRONG_ITEM, &["#[api]", PLACE]);
    let errors = diag.finish();
    quote!(#errors #item)
}

/// The declaration of an API as written.
struct ApiSpec<'a> {
    input: &'a DeriveInput,
    roles: Option<Expr>,
    versions: Option<Expr>,
    limit: Option<Limits>,
    by: Option<By>,
    outage: Option<Outage>,
    tenants: bool,
    allow: Option<Allow>,
    routes: Vec<Listed>,
}

/// The declaration of an API as proved: every part is there.
struct ApiPolicy<'a> {
    input: &'a DeriveInput,
    roles: Expr,
    versions: Expr,
    limits: Limits,
    by: Option<By>,
    outage: Option<Outage>,
    tenants: bool,
    allow: Option<Allow>,
    routes: Vec<Listed>,
}

/// Reads the enum of the roles or versions; a value that is no name of a type is reported.
fn table(key: &Key, otherwise: &str, diag: &mut Diagnostics) -> Option<Expr> {
    let expr = key.expr(diag)?;
    // What a list names are variants: the enum is meant.
    let first = match expr {
        // So does a variant.
        Expr::Path(path) if variant_of(path).is_some() => Some(expr),
        Expr::Path(_) => return Some(expr.clone()),
        Expr::Array(list) => list.elems.first(),
        _ => None,
    };
    let name = match first {
        Some(Expr::Path(path)) if path.path.segments.len() > 1 => {
            path.path.segments[path.path.segments.len() - 2].ident.to_string()
        }
        _ => otherwise.to_owned(),
    };
    let text = format!("`{}` takes the name of an enum", key.name);
    let help = format!("write `{} = {name}`, the enum with `#[derive({otherwise})]`", key.name);
    diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
    None
}

/// Returns the enum of the file that a path names a variant of.
fn variant_of(path: &syn::ExprPath) -> Option<&syn::Ident> {
    let place = path.path.segments.len().checked_sub(2)?;
    Some(&path.path.segments[place].ident).filter(|name| source::is_type(name))
}

/// Puts the enum in the place of its variant where a key of one version or role stands for those of all.
fn of_table(mut key: Key, diag: &mut Diagnostics) -> Key {
    let meant = match key.name.to_string().as_str() {
        "version" => "versions",
        "role" => "roles",
        _ => return key,
    };
    let KeyValue::Value(Expr::Path(path)) = &key.value else { return key };
    let Some(table) = variant_of(path) else { return key };
    let (name, help) = (key.name.to_string(), format!("write `{meant} = {table}`"));
    diag.report_with(&key.name, &message::UNKNOWN_KEY, &[&name], &help);
    let table = table.clone();
    key.name = syn::Ident::new(meant, key.name.span());
    key.value = KeyValue::Value(syn::parse_quote!(#table));
    key
}

impl<'a> ApiSpec<'a> {
    fn read(attribute: TokenStream, input: &'a DeriveInput, diag: &mut Diagnostics) -> Self {
        let mut spec = Self {
            input,
            roles: None,
            versions: None,
            limit: None,
            by: None,
            outage: None,
            tenants: false,
            allow: None,
            routes: Vec::new(),
        };
        let is_plain = matches!(&input.data, Data::Struct(data) if data.fields.is_empty());
        if !is_plain || !input.generics.params.is_empty() {
            diag.report(input.ident.span(), &message::WRONG_ITEM, &["#[api]", PLACE]);
        }
        if attribute.is_empty() {
            let help = "write `#[api(roles = …, versions = …, limit = …, routes(…))]`";
            diag.report(input.ident.span(), &message::GRAMMAR, &["`#[api]` says nothing", help]);
            return spec;
        }
        let parser = |tokens: ParseStream<'_>| Ok(key::parse_keys(tokens, diag));
        let (keys, _) = parser.parse2(attribute).unwrap_or_default();
        let keys = keys.into_iter().map(|key| of_table(key, diag)).collect();
        for key in key::known_once(keys, keys::API, diag) {
            match key.name.to_string().as_str() {
                "roles" => {
                    spec.roles = table(&key, "Role", diag);
                    unmarked::of_table(&input.ident, Lacks::Role, spec.roles.as_ref());
                }
                "versions" => {
                    spec.versions = table(&key, "Version", diag);
                    unmarked::of_table(&input.ident, Lacks::Version, spec.versions.as_ref());
                }
                "limit" => spec.limit = limit::parse(&key, diag),
                "by" => spec.by = by::parse(&key, diag),
                "outage" => spec.outage = outage::parse(&key, diag),
                "tenants" => spec.tenants = key.flag(diag),
                "allow" => spec.allow = exception::parse(&key, keys::API_ALLOW, diag),
                _ => {
                    spec.routes = list::parse(&key, diag);
                    spec.routes.iter_mut().for_each(|listed| listed.look_up(&input.ident, diag));
                }
            }
        }
        spec
    }

    fn check(self, diag: &mut Diagnostics) -> Option<ApiPolicy<'a>> {
        let Self { input, roles, versions, limit, by, outage, tenants, allow, routes } = self;
        if !diag.is_empty() {
            return None;
        }
        let mut missing = |key: &str, example: &str| {
            let text = format!("the API has no `{key}`");
            diag.report(
                input.ident.span(),
                &message::GRAMMAR,
                &[&text, &format!("write `{example}`")],
            );
        };
        if roles.is_none() {
            missing("roles", "roles = Role`, the enum with `#[derive(Role)]");
        }
        if versions.is_none() {
            missing("versions", "versions = Version`, the enum with `#[derive(Version)]");
        }
        if limit.is_none() {
            missing(
                "limit",
                "limit = Limit::per_principal(600).per_minute()`, for routes without their own `limit",
            );
        }
        if routes.is_empty() {
            missing("routes", "routes(list_orders, get_order)");
        }
        Some(ApiPolicy {
            input,
            roles: roles?,
            versions: versions?,
            limits: limit?,
            by,
            outage,
            tenants,
            allow,
            routes,
        })
    }
}

impl ApiPolicy<'_> {
    fn expand(&self) -> TokenStream {
        let Self { input, roles, versions, limits, by, outage, tenants, allow, routes } = self;
        let private = path::private();
        let (ident, visibility) = (&input.ident, &input.vis);
        let name = ident.unraw().to_string();
        let description = path::doc_comment(&input.attrs);
        let roles = quote_spanned!(roles.span()=> <#roles as #private::Roles>::TABLE);
        let versions = quote_spanned!(versions.span()=> <#versions as #private::Versions>::TABLE);
        let limits = limits.expand();
        let by = by.as_ref().map_or_else(|| quote!(__p::By::Unstated), By::expand);
        let outage = outage::option(outage.as_ref(), &private);
        let allowed = Allow::expand(allow.as_ref(), None).unwrap_or_else(|| quote!(&[]));
        // What is wrong with an entry of the list is told there, and the rest at the API's name.
        let entries = (0..routes.len()).map(|place| {
            let (before, listed) = routes.split_at(place);
            let (place, span) = (list::count(before), listed[0].span());
            let cfgs = listed[0].cfgs();
            let told = quote_spanned!(span=> const _: () = __MISTAKES.tell(::core::option::Option::Some(#place)););
            quote!(#(#cfgs)* #told)
        });
        let of_all = quote_spanned!(ident.span()=> const _: () = __MISTAKES.tell(::core::option::Option::None););
        let whole = !broken::is_route_lost();
        let checks = quote! {
            const _: () = {
                const __MISTAKES: &#private::Mistakes = &#private::check_api(#ident::API, #whole);
                #of_all
                #(#entries)*
            };
        };
        let routes = routes.iter().map(Listed::expand);
        quote! {
            impl #ident {
                /// Everything the API declares, as plain data: for documents, the inventory and tests.
                #visibility const API: &'static #private::Api = &#private::Api {
                    name: #name,
                    description: #description,
                    roles: #roles,
                    versions: #versions,
                    limits: #limits,
                    by: {
                        #[allow(unused_imports)]
                        use #private as __p;
                        #by
                    },
                    outage: #outage,
                    tenants: #tenants,
                    allowed: {
                        #[allow(unused_imports)]
                        use #private as __p;
                        #allowed
                    },
                    routes: {
                        #[allow(unused_imports)]
                        use #private::unless::*;
                        &[#(#routes),*]
                    },
                };

                /// The beginning of an app that serves this API.
                #visibility fn app() -> #private::AppBuilder {
                    #private::AppBuilder::new(Self::API)
                }
            }
            #checks
        }
    }
}

/// Expands a placeholder for an API whose declaration has mistakes, so that its uses are no further errors.
fn fallback(input: &DeriveInput, errors: Option<TokenStream>) -> TokenStream {
    let private = path::private();
    let (ident, visibility) = (&input.ident, &input.vis);
    let (generics, arguments, condition) = input.generics.split_for_impl();
    quote! {
        #errors
        impl #generics #ident #arguments #condition {
            #[doc(hidden)]
            #visibility const API: &'static #private::Api = loop {};
            #[doc(hidden)]
            #visibility fn app() -> #private::AppBuilder { loop {} }
        }
    }
}
