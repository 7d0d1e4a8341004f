//! What a resource can tell by itself: that its views list fields it has, once, for an audience.

use proc_macro2::Ident;
use syn::{DeriveInput, Expr, Type};

use super::spec::{Listed, ResourceSpec, ViewSpec};
use crate::{concern::role, diag::Diagnostics, key, message};

/// What was proved.
pub(super) struct ResourcePolicy<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) views: Vec<View<'a>>,
}

/// A view with an audience, of fields that are there.
pub(super) struct View<'a> {
    pub(super) ident: Ident,
    pub(super) audience: Audience,
    pub(super) extends: Option<Ident>,
    pub(super) fields: Vec<Shown<'a>>,
}

pub(super) enum Audience {
    Public,
    Roles(Vec<Expr>),
}

/// A field in a view.
pub(super) struct Shown<'a> {
    /// As written in the list, for errors to stand on.
    pub(super) ident: Ident,
    pub(super) ty: &'a Type,
    pub(super) description: String,
    pub(super) sensitive: Option<Expr>,
    pub(super) shown_as: Option<Type>,
}

pub(super) fn check<'a>(spec: ResourceSpec<'a>, diag: &mut Diagnostics) -> ResourcePolicy<'a> {
    let ResourceSpec { input, fields, views } = spec;
    let names: Vec<String> = fields.iter().map(|field| field.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for view in &views {
        check_base(view, &views, diag);
    }
    let inherited: Vec<Vec<String>> = views.iter().map(|view| inherited(view, &views)).collect();
    let mut proved = Vec::new();
    for (view, inherited) in views.into_iter().zip(inherited) {
        let ViewSpec { ident, role, public, extends, fields: listed, silent } = view;
        if let Some(public) = &public {
            public.flag(diag);
        }
        let audience = match (&role, &public) {
            (None, None) if silent => None,
            (None, None) => {
                diag.report(ident.span(), &message::VIEW_NO_AUDIENCE, &[&ident.to_string()]);
                None
            }
            (Some(_), Some(public)) => {
                diag.report(public.span(), &message::TWO_ACCESS, &[]);
                None
            }
            (Some(key), None) => role::roles(key, diag).map(Audience::Roles),
            (None, Some(_)) => Some(Audience::Public),
        };
        let mut shown: Vec<Shown<'_>> = Vec::new();
        for Listed { ident, shown_as } in listed {
            let name = ident.to_string();
            let twice = inherited.contains(&name) || shown.iter().any(|other| other.ident == ident);
            match fields.iter().find(|field| *field.ident == ident) {
                None => {
                    let help = key::nearest(&name, &names);
                    diag.report(
                        ident.span(),
                        &message::VIEW_FIELD,
                        &[&input.ident.to_string(), &name, &help],
                    );
                }
                Some(_) if twice => diag.report(ident.span(), &message::VIEW_FIELD_TWICE, &[&name]),
                Some(field) => shown.push(Shown {
                    ident,
                    ty: field.ty,
                    description: field.description.clone(),
                    sensitive: field.sensitive.clone(),
                    shown_as,
                }),
            }
        }
        if let Some(audience) = audience {
            proved.push(View { ident, audience, extends, fields: shown });
        }
    }
    ResourcePolicy { input, views: proved }
}

/// The base of a view is a view of the same resource, and not built on it.
fn check_base(view: &ViewSpec, views: &[ViewSpec], diag: &mut Diagnostics) {
    let Some(base) = &view.extends else { return };
    if !views.iter().any(|other| other.ident == *base) {
        let names: Vec<String> = views.iter().map(|view| view.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = key::nearest(&base.to_string(), &names);
        diag.report(base.span(), &message::VIEW_BASE, &[&base.to_string(), &help]);
        return;
    }
    let mut next = views.iter().find(|other| other.ident == *base);
    for _ in 0..views.len() {
        let Some(current) = next else { return };
        if current.ident == view.ident {
            diag.report(base.span(), &message::VIEW_CYCLE, &[&view.ident.to_string()]);
            return;
        }
        let base = current.extends.as_ref();
        next = base.and_then(|base| views.iter().find(|other| other.ident == *base));
    }
}

/// The names of the fields that a view has from those it extends.
fn inherited(view: &ViewSpec, views: &[ViewSpec]) -> Vec<String> {
    let mut names = Vec::new();
    let mut base = view.extends.as_ref();
    // No chain is longer than the list; a circle was reported.
    for _ in 0..views.len() {
        let Some(current) = base.and_then(|base| views.iter().find(|other| other.ident == *base))
        else {
            break;
        };
        names.extend(current.fields.iter().map(|field| field.ident.to_string()));
        base = current.extends.as_ref();
    }
    names
}
