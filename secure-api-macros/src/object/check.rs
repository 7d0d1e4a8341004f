//! The check of `#[object]`: each fact once, and enough of them for the rule and the listing.

use proc_macro2::{Ident, Span};
use syn::{ReturnType, Type, parse_quote, spanned::Spanned};

use super::{
    load::{self, Load},
    policy::{Listing, ObjectPolicy, Rule},
    spec::{ObjectSpec, Stated},
};
use crate::{diag::Diagnostics, message, path};

pub(super) fn check(mut spec: ObjectSpec, diag: &mut Diagnostics) -> ObjectPolicy {
    let has_rule = spec.function("permits").is_some();
    let name = path::as_written(&spec.block.self_ty);
    let here = spec.block.self_ty.span();
    let Load { types: by_load, broken: no_load } = load::check(&mut spec, &name, diag);

    let mut types = Vec::new();
    let stated = [spec.key.take(), spec.store.take(), spec.roles.take()];
    let names = [("key", "Key"), ("store", "Store"), ("roles", "Roles")];
    for ((by_load, stated), (key, ty)) in by_load.into_iter().zip(stated).zip(names) {
        let stated = once(&spec, stated, &format!("type {ty}"), ty, diag);
        if spec.has(ty) {
            continue;
        }
        let given = stated.or(by_load);
        if given.is_none() && !no_load && !spec.unread.iter().any(|unread| unread == key) {
            let help = format!("write `#[object({key} = …)]`, or the type itself in `load`");
            diag.report(here, &message::OBJECT_UNSTATED, &[&name, key, &help]);
        }
        types.push((ty, given));
    }

    let owned = spec.owner.is_some() || spec.has("OWNER");
    let tenanted = spec.tenant.is_some() || spec.has("TENANT");
    let (owner, tenant) = (spec.owner.take(), spec.tenant.take());
    let owner = once(&spec, owner, "const OWNER", "OWNER", diag);
    let tenant = once(&spec, tenant, "const TENANT", "TENANT", diag);

    let said = |name: &str| spec.unread.iter().any(|unread| unread == name);
    let actions = ["read", "create", "update", "delete"];
    let grants = std::mem::take(&mut spec.grants);
    if has_rule {
        for grant in &grants {
            let name = grant.key.name.to_string();
            diag.report(grant.key.span(), &message::OBJECT_GRANT_UNUSED, &[&name]);
        }
    } else if !owned && grants.is_empty() && !said("owner") && !actions.iter().any(|key| said(key))
    {
        diag.report(here, &message::OBJECT_RULE, &[&name]);
    }
    let rule = (!has_rule).then(|| Rule { grants: grants.iter().map(by_action).collect() });

    let listing = match spec.function("scope") {
        Some(scope) => {
            if !spec.has("Scope") {
                let ty: Type = match &scope.output {
                    ReturnType::Default => parse_quote!(()),
                    ReturnType::Type(_, ty) => (**ty).clone(),
                };
                types.push(("Scope", Some(ty)));
            }
            None
        }
        None => {
            let read = grants.into_iter().find(|grant| grant.key.is("read"));
            let listing = match (has_rule || spec.has("Scope"), owned, tenanted, read) {
                (false, true, _, None) => Listing::Own,
                (false, true, false, Some(read)) => Listing::OwnUnless(read.value),
                (false, false, false, _) => Listing::Unfiltered,
                _ => Listing::Unknown { typed: spec.has("Scope") },
            };
            if let Listing::Unknown { .. } = listing {
                diag.report(here, &message::OBJECT_SCOPE, &[&name]);
            }
            Some(listing)
        }
    };
    ObjectPolicy { block: spec.block, types, owner, tenant, rule, listing, no_load }
}

/// Returns the value, if the block does not say it too.
fn once<T>(
    spec: &ObjectSpec,
    stated: Option<Stated<T>>,
    item: &str,
    name: &str,
    diag: &mut Diagnostics,
) -> Option<T> {
    let Stated { key, value } = stated?;
    if spec.has(name) {
        let written = key.name.to_string();
        diag.report(key.span(), &message::OBJECT_TWICE, &[&written, item]);
        return None;
    }
    Some(value)
}

/// Returns the variant of `Action` that a key is called like.
fn by_action(grant: &Stated<Vec<syn::Expr>>) -> (Ident, Vec<syn::Expr>) {
    let action = match grant.key.name.to_string().as_str() {
        "read" => "Read",
        "create" => "Create",
        "update" => "Update",
        _ => "Delete",
    };
    (Ident::new(action, Span::call_site()), grant.value.clone())
}
