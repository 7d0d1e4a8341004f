//! The checks that need one resource only: its views list existing members, once, for an audience.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Expr, ext::IdentExt};

use super::{
    attribute::ViewSpec,
    base, before,
    listed::{FormList, Listed},
    shown::{self, Mistake, Shown},
    spec::{FieldSpec, FormSpec, ResourceSpec, VariantSpec},
};
use crate::{concern::role, diag::Diagnostics, key, message, path};

/// The resource as proved.
pub(super) struct ResourcePolicy<'a> {
    pub(super) input: &'a DeriveInput,
    /// The member that tells the variants of an enum apart.
    pub(super) tag: Option<String>,
    /// The member that the others stand in, where they do not stand beside the tag.
    pub(super) content: Option<String>,
    /// `true` of an enum whose variants no member tells apart.
    pub(super) untagged: bool,
    pub(super) views: Vec<View<'a>>,
    /// The fields that views below a role may not show, with the role.
    pub(super) sensitive: Vec<(String, Span, Expr)>,
    /// Mistakes, each behind the condition under which it is one.
    pub(super) late: TokenStream,
}

/// A view with an audience, of fields that are there.
pub(super) struct View<'a> {
    pub(super) ident: Ident,
    /// Nothing where a mistake was reported.
    pub(super) audience: Option<Audience>,
    pub(super) extends: Option<Ident>,
    /// The members of the struct, or of each variant.
    pub(super) forms: Vec<ShownForm<'a>>,
}

/// The members of a struct or of a variant that a view shows.
pub(super) struct ShownForm<'a> {
    pub(super) variant: Option<VariantSpec<'a>>,
    pub(super) fields: Vec<Shown<'a>>,
}

pub(super) enum Audience {
    Public,
    Roles(Vec<Expr>),
}

pub(super) fn check<'a>(spec: ResourceSpec<'a>, diag: &mut Diagnostics) -> ResourcePolicy<'a> {
    let ResourceSpec { input, tag, content, untagged, forms, views } = spec;
    let mut late = TokenStream::new();
    let views = base::each_once(views, diag);
    if content.is_some() || untagged {
        for base in views.iter().filter_map(|view| view.extends.as_ref()) {
            let text = match untagged {
                true => "a view of an enum without a tag extends no other",
                false => "a view of an enum with `content` extends no other",
            };
            let help = "remove `extends`, and list all that it shows";
            diag.report(base.span(), &message::GRAMMAR, &[text, help]);
        }
    }
    let sound: Vec<_> = views.iter().map(|view| base::check_base(view, &views, diag)).collect();
    let mut views = views;
    for (view, sound) in views.iter_mut().zip(&sound) {
        if !sound {
            view.extends = None;
        }
    }
    // What each has from elsewhere, form by form. The tag of an enum is there always.
    let taken: Vec<Vec<Vec<(String, bool)>>> = views
        .iter()
        .map(|view| {
            let inherited = forms.iter().map(|form| {
                let variant = form.variant.as_ref().map(|variant| variant.ident);
                base::inherited(view, &views, variant)
            });
            inherited.collect()
        })
        .collect();
    let mut proved = Vec::new();
    for ((mut view, taken), sound) in views.into_iter().zip(taken).zip(sound) {
        let audience = audience(&view, diag);
        let lists = view.lists.take();
        let is_silent = view.silent || !sound || lists.is_none() && view.extends.is_some();
        if lists.is_none() && !is_silent {
            let text = format!("nothing says what view `{}` shows", view.ident);
            let help = if tag.is_some() { "write `variants(…)`" } else { "write `fields(…)`" };
            diag.report(view.ident.span(), &message::GRAMMAR, &[&text, help]);
        }
        let is_silent = is_silent || lists.is_none();
        let mut lists = match &tag {
            Some(_) => variants(
                lists.unwrap_or_default(),
                &view,
                is_silent,
                input,
                &forms,
                &mut late,
                diag,
            ),
            None => {
                let fields = lists.into_iter().flatten().map(|list| list.fields);
                fields.collect()
            }
        };
        lists.resize_with(forms.len(), Vec::new);
        let mut shown = Vec::new();
        for ((form, list), taken) in forms.iter().zip(lists).zip(taken) {
            let of = match &form.variant {
                Some(variant) => format!("{}::{}", input.ident, variant.ident),
                None => input.ident.to_string(),
            };
            let is_beside = |name: &String| tag.as_ref() == Some(name) && content.is_none();
            for listed in list.iter().filter(|listed| is_beside(&listed.text)) {
                let args = [&*listed.text, "the tag"];
                diag.report(listed.name.span(), &message::RESOURCE_SAME_NAME, &args);
            }
            let mut fields = shown::check(
                (list, view.optional, content.is_some()),
                form,
                &of,
                &taken,
                &mut late,
                diag,
            );
            for field in &mut fields {
                let own = format!("{}.{}", view.ident, field.text);
                if let Some((_, of)) = &mut field.depth {
                    *of = own;
                }
            }
            for field in fields.iter().filter(|field| field.depth.is_none()) {
                let through = field.shown_as.as_ref().and_then(path::plain);
                if through.is_some_and(|through| *through == view.ident) {
                    let (name, own) = (field.text(), view.ident.to_string());
                    let help = "write `#[depth(5)]` before it, the most levels below the outermost";
                    diag.report_with(&field.name, &message::INPUT_CIRCLE, &[&name, &own], help);
                }
            }
            shown.push(ShownForm { variant: form.variant.clone(), fields });
        }
        let ViewSpec { ident, extends, .. } = view;
        proved.push(View { ident, audience, extends, forms: shown });
    }
    let sensitive = forms.into_iter().flat_map(|FormSpec { variant, fields, .. }| {
        let locked = move |field: FieldSpec<'_>| {
            let key = shown::key_of(variant.as_ref().map(|variant| variant.ident), &field.member);
            Some((key, syn::spanned::Spanned::span(&field.member), field.sensitive?))
        };
        fields.into_iter().filter_map(locked)
    });
    let sensitive = sensitive.collect();
    ResourcePolicy { input, tag, content, untagged, views: proved, sensitive, late }
}

/// Reads the one of `role` and `public`.
fn audience(view: &ViewSpec, diag: &mut Diagnostics) -> Option<Audience> {
    if let Some(public) = &view.public {
        public.flag(diag);
    }
    match (&view.role, &view.public) {
        (None, None) if view.silent => None,
        (None, None) => {
            let name = view.ident.to_string();
            diag.report(view.ident.span(), &message::VIEW_NO_AUDIENCE, &[&name]);
            None
        }
        (Some(_), Some(public)) => {
            diag.report(public.span(), &message::TWO_ACCESS, &["public"]);
            None
        }
        (Some(key), None) => role::roles(key, diag).map(Audience::Roles),
        (None, Some(_)) => Some(Audience::Public),
    }
}

/// Pairs each variant, in the order of declaration, with its list. Each variant is there, unless the view extends one
/// that says it all.
fn variants(
    lists: Vec<FormList>,
    view: &ViewSpec,
    is_silent: bool,
    input: &DeriveInput,
    forms: &[FormSpec<'_>],
    late: &mut TokenStream,
    diag: &mut Diagnostics,
) -> Vec<Vec<Listed>> {
    let known: Vec<&VariantSpec<'_>> =
        forms.iter().filter_map(|form| form.variant.as_ref()).collect();
    let names: Vec<String> = known.iter().map(|known| known.ident.unraw().to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut sorted: Vec<Option<Vec<Listed>>> = known.iter().map(|_| None).collect();
    let mut misspelt = false;
    let needs_all = view.extends.is_none() && !is_silent;
    let name = view.ident.to_string();
    for FormList { attributes, variant, braced, value: _, fields } in lists {
        let Some(variant) = variant else { continue };
        for attribute in &attributes {
            if !attribute.path().is_ident("cfg") {
                let help = "write `#[cfg(…)]`, or no attribute";
                let text = "a variant in a view has no such attribute";
                diag.report_on(attribute.path(), &message::GRAMMAR, &[text, help]);
            }
        }
        let condition = before::condition(&attributes, diag);
        let text = variant.unraw().to_string();
        let Some(place) = names.iter().position(|known| *known == text) else {
            let cfg = condition.map(|condition| quote!(#[cfg(#condition)]));
            misspelt |= cfg.is_none();
            let of = input.ident.unraw().to_string();
            let help = key::nearest(&text, &names);
            let mistake = Mistake(variant.span(), &message::VIEW_VARIANT);
            mistake.report(cfg.as_ref(), &[&of, &text, &help], late, diag);
            continue;
        };
        if sorted[place].is_some() {
            diag.report(variant.span(), &message::REPEATED_KEY, &[&text]);
            continue;
        }
        if !braced && !forms[place].fields.is_empty() {
            let said = format!("`{text}` has fields, and nothing says which of them leave");
            let help = format!("write `{text} {{ … }}`, with nothing in the braces for none");
            diag.report(variant.span(), &message::GRAMMAR, &[&said, &help]);
        }
        // Where the condition does not hold, the variant is there and nothing is said of it.
        if let Some(condition) = condition.filter(|_| needs_all) {
            let cfg = quote!(#[cfg(not(#condition))]);
            let mistake = Mistake(view.ident.span(), &message::VIEW_VARIANT_MISSING);
            let said = format!("`{text}` where its condition does not hold");
            let wanted = pattern(&forms[place]);
            let help = format!("`{wanted}` without the condition, or put it on the variant too");
            let args = [&*name, &said, &help];
            mistake.report(Some(&cfg), &args, late, diag);
        }
        sorted[place] = Some(fields);
    }
    let missing = sorted.iter().enumerate().filter(|(_, list)| list.is_none());
    let missing: Vec<usize> = missing.map(|(place, _)| place).collect();
    if !missing.is_empty() && needs_all && !misspelt {
        let said: Vec<_> = missing.iter().map(|place| format!("`{}`", names[*place])).collect();
        let wanted: Vec<_> = missing.iter().map(|place| pattern(&forms[*place])).collect();
        let args = [&*name, &said.join(", "), &format!("`{}`", wanted.join(", "))];
        diag.report(view.ident.span(), &message::VIEW_VARIANT_MISSING, &args);
    }
    sorted.into_iter().map(Option::unwrap_or_default).collect()
}

/// Returns a variant as a view names it.
fn pattern(form: &FormSpec<'_>) -> String {
    let name = form.variant.as_ref().map(|variant| variant.ident.unraw().to_string());
    let name = name.unwrap_or_default();
    if form.fields.is_empty() { name } else { format!("{name} {{ … }}") }
}
