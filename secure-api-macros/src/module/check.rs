//! The checks that need one module only: its prefix is a path, and every route in it is seen.

use quote::ToTokens;
use syn::{Attribute, Ident, Path, ext::IdentExt};

use super::{
    policy::ModulePolicy,
    scan::{Item, Kind, Module},
    spec::ModuleSpec,
};
use crate::{
    concern::{
        exception,
        list::Listed,
        path::{self, RoutePath},
    },
    diag::Diagnostics,
    keys, message, source,
};

pub(super) fn check(spec: ModuleSpec, diag: &mut Diagnostics) -> ModulePolicy {
    let ModuleSpec { module, prefix, defaults, listed, allow, around } = spec;
    let outer = around.as_ref().and_then(|around| around.prefix.clone());
    let own = prefix.as_ref().and_then(|key| key.text(diag));
    let prefix = match &own {
        Some(text) => path::parse_prefix(outer.as_ref(), text, diag),
        None => outer,
    };
    // A reason for the module around it is one for this one.
    let excuse = allow.as_ref().and_then(|key| exception::parse(key, keys::ROUTES_ALLOW, diag));
    let excuse = excuse.map(|allow| allow.reason);
    if let (Some(key), Some(_)) = (&allow, &excuse)
        && module.items.iter().all(|item| !item.may_be_unusual(prefix.as_ref()))
        && prefix.as_ref().is_none_or(|prefix| prefix.unusual.is_none())
    {
        let name = module.ident.unraw().to_string();
        let help = "remove `allow(path, …)`: each of its paths is of lower-case words";
        diag.report_with(&key.name, &message::ALLOW_UNUSED, &[&name], help);
    }
    let outer_excuse = around.as_ref().and_then(|around| around.excuse.clone());
    let excuse = excuse.or(outer_excuse);
    let mut found = Vec::new();
    let mut told = Vec::new();
    for item in &module.items {
        found.extend(look_at(item, prefix.as_ref(), &listed, &mut told, diag));
    }
    let name = module.ident.unraw().to_string();
    let unimported = unimported(&module);
    let outer_type = if unimported.is_some() { None } else { outer_type(&module) };
    if let Some(attribute) = unimported {
        let written = attribute.path().to_token_stream().to_string();
        diag.report_on(attribute.path(), &message::NO_IMPORT, &[&written, &name]);
    }
    if let Some(ty) = &outer_type {
        diag.report_on(ty, &message::NO_IMPORT, &[&ty.to_string(), &name]);
    }
    let is_unimported = unimported.is_some() || outer_type.is_some();
    // Where another mistake was found, the routes may be there and overlooked.
    let misspelt = module.items.iter().any(Item::is_nearly_a_route);
    if found.is_empty() && listed.is_empty() && diag.is_empty() && !misspelt {
        let text = format!("there are no routes in `{name}`");
        let help = "write a handler with `#[get]`, `#[post]`, `#[put]`, `#[patch]` or `#[delete]` into it, or list \
                    others by `routes(…)`";
        diag.report(module.ident.span(), &message::GRAMMAR, &[&text, help]);
    }
    ModulePolicy { module, prefix, excuse, defaults, listed, found, around, is_unimported }
}

/// Returns the first attribute of a route that the module cannot know, since it imports nothing of that name. What a macro
/// may import is left to the compiler.
fn unimported(module: &Module) -> Option<&Attribute> {
    let is_macro = |item: &Item| matches!(item.kind, Kind::Macro(_)) && !item.is_defaults();
    if module.items.iter().any(is_macro) {
        return None;
    }
    let mut declared = module.items.iter().filter_map(Item::declares);
    declared.find(|attribute| {
        let name = attribute.path().get_ident();
        name.is_some_and(|name| !module.items.iter().any(|item| item.imports(name)))
    })
}

/// Returns the first type of a handler that stands in the module around this one, while nothing but the prelude is brought here:
/// each such name would be an error of its own.
fn outer_type(module: &Module) -> Option<Ident> {
    let is_macro = |item: &Item| matches!(item.kind, Kind::Macro(_)) && !item.is_defaults();
    if module.items.iter().any(is_macro) {
        return None;
    }
    let is_here = |name: &Ident| {
        module.items.iter().any(|item| item.imports_itself(name) || item.is_called(name))
    };
    let handlers = module.items.iter().filter(|item| matches!(item.kind, Kind::Route(_)));
    let types = handlers.flat_map(Item::types);
    types
        .into_iter()
        .find(|name| source::prelude::is_only_outside(&module.ident, name) && !is_here(name))
}

/// Returns the route or routes that an item is. One that would be overlooked is reported; of the macros, each once.
fn look_at(
    item: &Item,
    prefix: Option<&RoutePath>,
    listed: &[Listed],
    told: &mut Vec<String>,
    diag: &mut Diagnostics,
) -> Option<Listed> {
    if let Some(attribute) = item.undecided() {
        let text = "whether this is a route of the module is not decided yet";
        let help = "write `#[cfg(…)]` above it and the verb below";
        diag.report_on(attribute, &message::GRAMMAR, &[text, help]);
        return None;
    }
    match &item.kind {
        Kind::Route(ident) | Kind::Routes(ident) => {
            Some(Listed::known(item.cfgs(), Path::from(ident.clone())))
        }
        Kind::Module(ident, true) if !listed.iter().any(|listed| listed.passes(ident)) => {
            let name = ident.unraw().to_string();
            diag.report(ident.span(), &message::MODULE_UNCOLLECTED, &[&name]);
            None
        }
        Kind::Macro(name) if item.is_defaults() => {
            diag.report(name.span(), &message::DEFAULTS_TWICE, &[]);
            None
        }
        Kind::Macro(name) if prefix.is_some() => {
            let text = name.to_string();
            if !told.contains(&text) {
                diag.report(name.span(), &message::MACRO_BELOW_PREFIX, &[&text]);
                told.push(text);
            }
            None
        }
        Kind::Module(..) | Kind::Macro(_) | Kind::Other => None,
    }
}
