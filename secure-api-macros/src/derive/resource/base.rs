//! Views that extend others: of the same resource, without a circle, and what they have from there.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{attribute::ViewSpec, before, listed::FormList};
use crate::{diag::Diagnostics, key, message};

/// Returns the views without those whose name another one has; such are reported.
pub(super) fn each_once(views: Vec<ViewSpec>, diag: &mut Diagnostics) -> Vec<ViewSpec> {
    let mut kept: Vec<ViewSpec> = Vec::new();
    for view in views {
        if kept.iter().any(|other| other.ident == view.ident) {
            diag.report(view.ident.span(), &message::REPEATED_KEY, &[&view.ident.to_string()]);
        } else {
            kept.push(view);
        }
    }
    kept
}

/// Returns `true` if the base of a view is a view of the same resource and the chain of bases has an end. All else is
/// reported, a circle once, on the first of its views.
pub(super) fn check_base(view: &ViewSpec, views: &[ViewSpec], diag: &mut Diagnostics) -> bool {
    let Some(base) = &view.extends else { return true };
    if !views.iter().any(|other| other.ident == *base) {
        // What is built on this view would make a circle.
        let others = views.iter().filter(|other| !is_built_on(other, view, views));
        let names: Vec<String> = others.map(|other| other.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = match &names[..] {
            [] => "remove `extends`: there is no other view to extend".to_owned(),
            names => key::nearest(&base.to_string(), names),
        };
        diag.report(base.span(), &message::VIEW_BASE, &[&base.to_string(), &help]);
        return false;
    }
    let mut first = true;
    let mut next = views.iter().find(|other| other.ident == *base);
    for _ in 0..views.len() {
        let Some(current) = next else { return true };
        if current.ident == view.ident {
            if first {
                let (name, base_name) = (view.ident.to_string(), base.to_string());
                diag.report(base.span(), &message::VIEW_CYCLE, &[&name, &base_name]);
            }
            return false;
        }
        let place = |view: &ViewSpec| views.iter().position(|other| other.ident == view.ident);
        first &= place(view) < place(current);
        let base = current.extends.as_ref();
        next = base.and_then(|base| views.iter().find(|other| other.ident == *base));
    }
    // It leads into a circle of others, which is their mistake.
    false
}

/// Returns `true` if a view is this one, or extends it at any depth.
fn is_built_on(view: &ViewSpec, base: &ViewSpec, views: &[ViewSpec]) -> bool {
    let mut next = Some(view);
    // No chain is longer than the list, unless it is a circle.
    for _ in 0..views.len() {
        let Some(current) = next else { return false };
        if current.ident == base.ident {
            return true;
        }
        let base = current.extends.as_ref();
        next = base.and_then(|base| views.iter().find(|other| other.ident == *base));
    }
    false
}

/// Returns the names of the fields that a view has of the struct, or of one variant, from the views that it extends,
/// and whether they are there always.
pub(super) fn inherited(
    view: &ViewSpec,
    views: &[ViewSpec],
    variant: Option<&Ident>,
) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    let mut base = view.extends.as_ref();
    // No chain is longer than the list; a circle was reported.
    for _ in 0..views.len() {
        let Some(current) = base.and_then(|base| views.iter().find(|other| other.ident == *base))
        else {
            break;
        };
        let lists = current.lists.iter().flatten().filter(|list| is_of(list, variant));
        names.extend(
            lists
                .flat_map(|list| &list.fields)
                .map(|field| (field.text.clone(), before::is_always(&field.attributes))),
        );
        base = current.extends.as_ref();
    }
    names
}

/// Returns `true` if a list is the one of this variant, or of the struct where `variant` is `None`.
pub(super) fn is_of(list: &FormList, variant: Option<&Ident>) -> bool {
    list.variant.as_ref().map(Ident::unraw) == variant.map(Ident::unraw)
}
