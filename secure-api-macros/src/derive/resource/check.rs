//! What a resource can tell by itself: that its views list fields it has, once, for an audience.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, DeriveInput, Expr, ExprPath, Type, ext::IdentExt};

use super::spec::{Listed, ResourceSpec, Source, ViewSpec};
use crate::{
    concern::{role, version::Versions},
    diag::Diagnostics,
    key, message, path,
};

/// What was proved.
pub(super) struct ResourcePolicy<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) views: Vec<View<'a>>,
    /// The fields that views below a role may not show, with the role.
    pub(super) sensitive: Vec<(&'a Ident, Expr)>,
}

/// A view with an audience, of fields that are there.
pub(super) struct View<'a> {
    pub(super) ident: Ident,
    /// Nothing where a mistake was reported.
    pub(super) audience: Option<Audience>,
    pub(super) extends: Option<Ident>,
    pub(super) fields: Vec<Shown<'a>>,
}

pub(super) enum Audience {
    Public,
    Roles(Vec<Expr>),
}

/// A field in a view.
pub(super) struct Shown<'a> {
    /// The name in JSON, as written in the list.
    pub(super) name: Ident,
    pub(super) value: Value<'a>,
    pub(super) description: String,
    pub(super) shown_as: Option<Type>,
    /// `None` is all.
    pub(super) versions: Option<Versions>,
}

/// What is shown.
pub(super) enum Value<'a> {
    /// A field, as written in the list.
    Field { ident: Ident, ty: &'a Type, sensitive: bool },
    /// What a function makes of the entity.
    Function(ExprPath),
}

impl Shown<'_> {
    /// The name without what makes a keyword an identifier.
    pub(super) fn text(&self) -> String {
        self.name.unraw().to_string()
    }
}

pub(super) fn check<'a>(spec: ResourceSpec<'a>, diag: &mut Diagnostics) -> ResourcePolicy<'a> {
    let ResourceSpec { input, fields, views } = spec;
    let names: Vec<String> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let views = each_once(views, diag);
    let sound: Vec<_> = views.iter().map(|view| check_base(view, &views, diag)).collect();
    let mut views = views;
    for (view, sound) in views.iter_mut().zip(sound) {
        if !sound {
            view.extends = None;
        }
    }
    let inherited: Vec<Vec<(String, bool)>> =
        views.iter().map(|view| inherited(view, &views)).collect();
    let mut proved = Vec::new();
    for (view, inherited) in views.into_iter().zip(inherited) {
        let ViewSpec { ident, role, public, extends, fields: listed, silent } = view;
        if let Some(public) = &public {
            public.flag(diag);
        }
        if listed.is_none() && extends.is_none() && !silent {
            let text = format!("nothing says what view `{ident}` shows");
            diag.report(ident.span(), &message::GRAMMAR, &[&text, "write `fields(…)`"]);
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
        for Listed { attributes, name, source, shown_as } in listed.unwrap_or_default() {
            let versions = versions(&attributes, diag);
            let text = name.unraw().to_string();
            // Two that are in some versions each may part them; the compiler compares.
            let meets = |always: bool| always || versions.is_none();
            let twice = inherited.iter().any(|(other, always)| *other == text && meets(*always))
                || shown
                    .iter()
                    .any(|other| other.text() == text && meets(other.versions.is_none()));
            let mut description = path::doc_comment(&attributes);
            let value = match source {
                Source::Function(function) => Value::Function(function),
                Source::Field(ident) => {
                    let Some(field) = fields.iter().find(|field| *field.ident == ident) else {
                        let wanted = ident.unraw().to_string();
                        let help = key::nearest(&wanted, &names);
                        let of = input.ident.to_string();
                        diag.report(ident.span(), &message::VIEW_FIELD, &[&of, &wanted, &help]);
                        continue;
                    };
                    if description.is_empty() {
                        description.clone_from(&field.description);
                    }
                    Value::Field { ident, ty: field.ty, sensitive: field.sensitive.is_some() }
                }
            };
            if twice {
                diag.report(name.span(), &message::VIEW_FIELD_TWICE, &[&text]);
                continue;
            }
            shown.push(Shown { name, value, description, shown_as, versions });
        }
        proved.push(View { ident, audience, extends, fields: shown });
    }
    let sensitive = fields.into_iter().filter_map(|field| Some((field.ident, field.sensitive?)));
    ResourcePolicy { input, views: proved, sensitive: sensitive.collect() }
}

/// `#[since(Version::V2)]`, `#[until(Version::V3)]`, or both.
fn versions(attributes: &[Attribute], diag: &mut Diagnostics) -> Option<Versions> {
    let (mut since, mut until) = (None, None);
    for attribute in attributes.iter().filter(|attribute| !attribute.path().is_ident("doc")) {
        let place = match attribute.path() {
            path if path.is_ident("since") => &mut since,
            path if path.is_ident("until") => &mut until,
            path => {
                let text = "a field in a view has no such attribute";
                let help = "there are `#[since(Version::…)]` and `#[until(Version::…)]`";
                diag.report_on(path, &message::GRAMMAR, &[text, help]);
                continue;
            }
        };
        let version = attribute.parse_args::<Expr>();
        if let Some(version) = diag.take(version, "write one version: `#[since(Version::V2)]`")
            && place.replace(version).is_some()
        {
            let name = attribute.path().to_token_stream().to_string();
            diag.report_on(attribute, &message::REPEATED_KEY, &[&name]);
        }
    }
    match (since, until) {
        (None, None) => None,
        (Some(since), None) => Some(Versions::From(since)),
        (None, Some(until)) => Some(Versions::UpToBefore(until)),
        (Some(since), Some(until)) => Some(Versions::Before(since, until)),
    }
}

/// The views without those whose name another one has; such are reported.
fn each_once(views: Vec<ViewSpec>, diag: &mut Diagnostics) -> Vec<ViewSpec> {
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

/// Whether the base of a view is a view of the same resource, and not built on it. What it is else is reported,
/// a circle once, on the first of its views.
fn check_base(view: &ViewSpec, views: &[ViewSpec], diag: &mut Diagnostics) -> bool {
    let Some(base) = &view.extends else { return true };
    if !views.iter().any(|other| other.ident == *base) {
        let names: Vec<String> = views.iter().map(|view| view.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = key::nearest(&base.to_string(), &names);
        diag.report(base.span(), &message::VIEW_BASE, &[&base.to_string(), &help]);
        return false;
    }
    let mut first = true;
    let mut next = views.iter().find(|other| other.ident == *base);
    for _ in 0..views.len() {
        let Some(current) = next else { return true };
        if current.ident == view.ident {
            if first {
                diag.report(base.span(), &message::VIEW_CYCLE, &[&view.ident.to_string()]);
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

/// The names of the fields that a view has from those it extends, and whether they are in all versions.
fn inherited(view: &ViewSpec, views: &[ViewSpec]) -> Vec<(String, bool)> {
    let mut names = Vec::new();
    let mut base = view.extends.as_ref();
    // No chain is longer than the list; a circle was reported.
    for _ in 0..views.len() {
        let Some(current) = base.and_then(|base| views.iter().find(|other| other.ident == *base))
        else {
            break;
        };
        let listed = current.fields.iter().flatten();
        names.extend(listed.map(|field| {
            let always = field.attributes.iter().all(|attribute| attribute.path().is_ident("doc"));
            (field.name.unraw().to_string(), always)
        }));
        base = current.extends.as_ref();
    }
    names
}
