//! Names that may be brought into the module of a macro, and the ways by which they come.

use super::{
    super::site::{self, Site},
    Module, collect,
};

/// Returns the way of the one `use` that brings a name of its own into the module of the site, without the name.
pub(crate) fn way_of(site: &Site, name: &str) -> Option<Vec<String>> {
    let uses = site.file.items.iter().filter(|item| item.kind == "use" && site.names(item, name));
    let mut brought = Vec::new();
    for item in uses.filter(|item| site::is_plain(item)) {
        let read: syn::ItemUse = syn::parse_str(&site.file.text[item.place.clone()]).ok()?;
        collect(&read.tree, &mut Vec::new(), &mut brought);
    }
    let mut named = brought.into_iter().filter(|one| one.name.as_deref() == Some(name));
    let one = named.next().filter(|_| named.next().is_none())?;
    (!one.is_renamed && !one.path.is_empty()).then_some(one.path)
}

/// Returns `true` if a module whose names are all brought into that of the site may have this one: where it stands elsewhere, or
/// brings all of another. A prelude has none of the language or of a library.
pub(crate) fn may_bring(site: &Site, name: &str) -> bool {
    let Some(paths) = globs(site) else { return true };
    let module = Module::of_file(&site.file);
    let module = module.map(|module| Module { inside: site.module.clone(), ..module });
    paths.iter().any(|path| {
        let Some(brought) = module.as_ref().and_then(|module| module.follow(path)) else {
            return true;
        };
        let inner = Site { file: brought.file, module: brought.inside };
        let mut items = inner.file.items.iter().filter(|item| item.module == inner.module);
        globs(&inner).is_none_or(|others| !others.is_empty())
            || inner.file.declares(name)
            || items.any(|item| match item.kind {
                "macro" => true,
                "use" => inner.names(item, name),
                _ => item.name == name,
            })
    })
}

/// Returns the modules other than preludes of which all is brought into that of the site.
fn globs(site: &Site) -> Option<Vec<Vec<String>>> {
    let mut brought = Vec::new();
    let uses = site.file.items.iter();
    for item in uses.filter(|item| item.kind == "use" && item.module == site.module) {
        let read: syn::ItemUse = syn::parse_str(&site.file.text[item.place.clone()]).ok()?;
        collect(&read.tree, &mut Vec::new(), &mut brought);
    }
    let globs = brought.into_iter().filter(|one| one.name.is_none()).map(|one| one.path);
    Some(globs.filter(|path| path.last().is_none_or(|last| last != "prelude")).collect())
}
