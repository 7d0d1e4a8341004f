//! The check of `#[object]`: each fact once, and enough of them for the rule and the listing.

use proc_macro2::{Ident, Span};
use syn::{ReturnType, Type, parse_quote, spanned::Spanned};

use super::{
    load::{self, Load},
    policy::{Listing, ObjectPolicy, Rule},
    spec::{ObjectSpec, Stated},
};
use crate::{
    diag::Diagnostics,
    message::{self, Message},
    path, source,
};

pub(super) fn check(mut spec: ObjectSpec, diag: &mut Diagnostics) -> ObjectPolicy {
    let has_rule = spec.function("permits").is_some();
    let name = path::as_written(&spec.block.self_ty);
    let here = spec.block.self_ty.span();
    let Load { types: by_load, broken: mut no_load } = load::check(&mut spec, &name, diag);

    let mut types = Vec::new();
    let stated = [spec.key.take(), spec.store.take(), spec.roles.take()];
    let names = [("key", "Key"), ("store", "Store"), ("roles", "Roles")];
    for ((by_load, stated), (key, ty)) in by_load.into_iter().zip(stated).zip(names) {
        let stated = once(&spec, stated, &format!("type {ty}"), ty, diag);
        if spec.has(ty) {
            continue;
        }
        let mut given = stated.or(by_load);
        if let Some(bare) = given.as_ref().filter(|ty| key == "key" && is_bare(ty)) {
            given = bare_key(bare, &name, diag);
            no_load = true;
            types.push((ty, given));
            continue;
        }
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

/// Returns `true` of a type of the language or of `uuid`, which is the key of no object.
fn is_bare(ty: &Type) -> bool {
    const BARE: &[&str] = &[
        "String", "Uuid", "bool", "char", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16",
        "u32", "u64", "u128", "usize",
    ];
    path::plain(ty).is_some_and(|name| BARE.iter().any(|bare| name == bare))
}

/// Reports such a key, and returns the type that is meant, where the file has one.
fn bare_key(bare: &Type, object: &str, diag: &mut Diagnostics) -> Option<Type> {
    let written = path::as_written(bare);
    let own = syn::parse_str::<Ident>(&format!("{object}Id")).ok();
    let there = own.as_ref().filter(|own| source::is_type(own));
    let help = match (there, own.as_ref()) {
        (Some(own), _) => format!("write `{own}` in place of `{written}`"),
        (None, own) => {
            let own = own.map_or_else(|| "OrderId".to_owned(), Ident::to_string);
            format!(
                "write `{own}` in place of `{written}`, and `#[derive(Value)] #[value(key)] pub struct {own}({written});` above it"
            )
        }
    };
    let message = Message { help: "{}", ..message::NOT_KEY };
    diag.report_on(bare, &message, &[&written, &help]);
    there.map(|own| parse_quote!(#own))
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
