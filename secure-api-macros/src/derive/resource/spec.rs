//! The attributes of a resource, of its variants and of its fields, as written.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Expr, Fields, Index, LitStr, Member, Meta, Type,
    ext::IdentExt, spanned::Spanned,
};

use super::{
    attribute::{self, ViewSpec},
    untagged,
};
use crate::{
    broken,
    derive::input::{is_name, is_word, near_to},
    diag::Diagnostics,
    key::{self, Key},
    keys, message, path,
    rename::{Case, Cases},
};

/// A resource as written.
pub(super) struct ResourceSpec<'a> {
    pub(super) input: &'a DeriveInput,
    /// The member that tells the variants of an enum apart. Nothing for a struct.
    pub(super) tag: Option<String>,
    /// The member that the others stand in, where they do not stand beside the tag.
    pub(super) content: Option<String>,
    /// `true` of an enum whose variants no member tells apart.
    pub(super) untagged: bool,
    /// The struct's fields, or those of each variant.
    pub(super) forms: Vec<FormSpec<'a>>,
    pub(super) views: Vec<ViewSpec>,
}

/// A struct, or a variant of an enum.
pub(super) struct FormSpec<'a> {
    pub(super) variant: Option<VariantSpec<'a>>,
    /// The way that the names of its fields are written.
    case: Option<Case>,
    pub(super) fields: Vec<FieldSpec<'a>>,
}

/// A variant.
#[derive(Clone)]
pub(super) struct VariantSpec<'a> {
    pub(super) ident: &'a Ident,
    /// The value of the tag.
    pub(super) name: String,
    pub(super) description: String,
}

/// A field of the entity.
pub(super) struct FieldSpec<'a> {
    pub(super) member: Member,
    pub(super) ty: &'a Type,
    pub(super) description: String,
    /// The role below which no view may list it.
    pub(super) sensitive: Option<Expr>,
}

/// Returns the name of a field, or its place.
pub(super) fn member_text(member: &Member) -> String {
    match member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

impl<'a> ResourceSpec<'a> {
    pub(super) fn read(input: &'a DeriveInput, keys: Vec<Key>, diag: &mut Diagnostics) -> Self {
        let mut spec = Self {
            input,
            tag: None,
            content: None,
            untagged: false,
            forms: Vec::new(),
            views: Vec::new(),
        };
        misplaced(&input.attrs, "sensitive", "a field", diag);
        let cases = Cases::read(&keys, diag);
        let is_enum = match &input.data {
            Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => {
                let (case, fields) = (cases.own, fields(&data.fields, diag));
                spec.forms.push(FormSpec { variant: None, case, fields });
                false
            }
            Data::Enum(data) => {
                spec.variants(data, cases, diag);
                true
            }
            Data::Struct(_) | Data::Union(_) => {
                let place = "a struct with named fields, or an enum";
                let what = "#[derive(Resource)]";
                diag.report(input.ident.span(), &message::WRONG_ITEM, &[what, place]);
                // The views are there still, of nothing, so that what names them is no further mistake.
                spec.views = attribute::views(input, None, diag);
                return spec;
            }
        };
        if let Some(parameter) = input.generics.params.first() {
            let name = input.ident.unraw().to_string();
            match (parameter, input.generics.params.len()) {
                (syn::GenericParam::Lifetime(borrow), 1) => {
                    let borrow = borrow.lifetime.to_string();
                    let help = format!(
                        "write `{name}` in place of `{name}<{borrow}>`, and own what it shows: `String` in place of `&{borrow} str`, \
                         and `'static` in place of `{borrow}` elsewhere"
                    );
                    diag.report_with(parameter, &message::RESOURCE_GENERIC, &[&name], &help);
                }
                _ => diag.report_on(parameter, &message::RESOURCE_GENERIC, &[&name]),
            }
        }
        let before = diag.count();
        spec.views = attribute::views(input, Some(is_enum), diag);
        spec.untagged = untagged::is_meant(&keys, is_enum, &spec.forms, diag);
        let tag = keys.iter().find(|key| key.is("tag"));
        match tag {
            Some(key) if !is_enum => {
                let help = "remove it: a struct has one form";
                diag.report(key.span(), &message::GRAMMAR, &["`tag` is for an enum", help]);
            }
            Some(key) => spec.tag = key.text(diag).map(|text| named(&text, is_member, diag)),
            // Whoever took it for a struct was told so.
            None if is_enum && !spec.untagged && diag.count() == before => {
                let name = input.ident.unraw().to_string();
                diag.report(input.ident.span(), &message::VIEW_TAG, &[&name]);
            }
            None => {}
        }
        if let Some(key) = keys.iter().find(|key| key.is("content")) {
            spec.content = key.text(diag).map(|text| {
                let name = named(&text, is_member, diag);
                if spec.tag.as_ref() == Some(&name) {
                    diag.report(text.span(), &message::RESOURCE_SAME_NAME, &[&name, "the tag"]);
                }
                name
            });
            if !is_enum {
                let help = "remove it: a struct has no tag beside which something stands";
                diag.report(key.span(), &message::GRAMMAR, &["`content` is for an enum", help]);
            }
        }
        if is_enum {
            spec.tag.get_or_insert_default();
        } else if let Some(key) = keys.iter().find(|key| key.is("rename_all_fields")) {
            let help = "write `rename_all`: a struct has fields of its own";
            diag.report(
                key.span(),
                &message::GRAMMAR,
                &["`rename_all_fields` is for an enum", help],
            );
        }
        spec.rename(diag);
        spec
    }

    /// Gives the fields in the lists their names in JSON.
    fn rename(&mut self, diag: &mut Diagnostics) {
        for list in self.views.iter_mut().flat_map(|view| view.lists.iter_mut().flatten()) {
            let is_it = |form: &&FormSpec<'_>| {
                let variant = form.variant.as_ref().map(|variant| variant.ident.unraw());
                variant == list.variant.as_ref().map(Ident::unraw)
            };
            let case = self.forms.iter().find(is_it).and_then(|form| form.case);
            for field in &mut list.fields {
                if let (Some(case), false) = (case, field.is_own) {
                    field.text = case.field(&field.text);
                }
                if !is_member(&field.text) {
                    unreadable(&field.text, field.name.span(), diag);
                }
            }
        }
    }

    fn variants(&mut self, data: &'a DataEnum, cases: Cases, diag: &mut Diagnostics) {
        if data.variants.is_empty() {
            let text = format!("`{}` has no variants", self.input.ident.unraw());
            let help = "add a variant: there is nothing to show";
            diag.report(self.input.ident.span(), &message::GRAMMAR, &[&text, help]);
        }
        for variant in &data.variants {
            misplaced(&variant.attrs, "sensitive", "a field: the tag tells each variant", diag);
            misplaced(&variant.attrs, "view", "the enum", diag);
            let keys = key::helper_keys(&variant.attrs, "resource", keys::RESOURCE_VARIANT, diag);
            let stated = keys.iter().find(|key| key.is("name")).and_then(|key| key.text(diag));
            let (name, span) = match stated {
                Some(text) => (named(&text, is_word, diag), text.span()),
                None => (cases.variant(&variant.ident.unraw().to_string()), variant.ident.span()),
            };
            let case = Cases::read(&keys, diag).own.or(cases.fields);
            let mut others = self.forms.iter().filter_map(|form| form.variant.as_ref());
            if let Some(other) = others.find(|other| other.name == name) {
                let owner = format!("variant `{}`", other.ident.unraw());
                diag.report(span, &message::RESOURCE_SAME_NAME, &[&name, &owner]);
            }
            let description = path::doc_comment(&variant.attrs);
            let variant_spec = VariantSpec { ident: &variant.ident, name, description };
            let fields = fields(&variant.fields, diag);
            self.forms.push(FormSpec { variant: Some(variant_spec), case, fields });
        }
    }
}

/// Returns `true` for the name of a member. `?fields=` has commas between them.
fn is_member(name: &str) -> bool {
    is_name(name) && !name.contains(',')
}

/// Returns a name that stands in JSON as it is; another one is reported.
fn named(text: &LitStr, is_readable: fn(&str) -> bool, diag: &mut Diagnostics) -> String {
    let name = text.value();
    if !is_readable(&name) {
        unreadable(&name, text.span(), diag);
    }
    name
}

fn unreadable(name: &str, span: Span, diag: &mut Diagnostics) {
    let better = near_to(&name.replace(',', " "), "type");
    diag.report(span, &message::RESOURCE_NAME, &[&format!("{name:?}"), &better]);
}

fn fields<'a>(fields: &'a Fields, diag: &mut Diagnostics) -> Vec<FieldSpec<'a>> {
    let read = |(place, field): (usize, &'a syn::Field)| {
        misplaced(&field.attrs, "view", "the struct or enum", diag);
        misplaced(&field.attrs, "resource", "the struct or enum, or a variant", diag);
        let member = match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(Index { index: place as u32, span: field.ty.span() }),
        };
        let description = path::doc_comment(&field.attrs);
        FieldSpec { member, ty: &field.ty, description, sensitive: sensitive(&field.attrs, diag) }
    };
    fields.iter().enumerate().map(read).collect()
}

/// Reports an attribute that would say nothing here. A lock that locks nothing is worse than none.
pub(super) fn misplaced(attributes: &[Attribute], name: &str, place: &str, diag: &mut Diagnostics) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        let what = format!("#[{name}]");
        diag.report_on(attribute.path(), &message::WRONG_ITEM, &[&what, place]);
    }
}

fn sensitive(attributes: &[Attribute], diag: &mut Diagnostics) -> Option<Expr> {
    let mut all = attributes.iter().filter(|attribute| attribute.path().is_ident("sensitive"));
    let attribute = all.next()?;
    for another in all {
        diag.report_on(another.path(), &message::REPEATED_KEY, &["sensitive"]);
    }
    match &attribute.meta {
        Meta::List(list) if broken::is_named(&list.tokens) => None,
        Meta::List(list) if let Ok(Expr::Assign(role)) = syn::parse2(list.tokens.clone()) => {
            let written = path::tokens_as_written(&role.right.to_token_stream());
            let help = format!("write `#[sensitive({written})]`");
            diag.report_on(&role.left, &message::GRAMMAR, &["the role stands here alone", &help]);
            None
        }
        Meta::List(list) => {
            diag.take(syn::parse2(list.tokens.clone()), "write one role: `#[sensitive(Role::…)]`")
        }
        Meta::Path(_) | Meta::NameValue(_) => {
            let help = "write `#[sensitive(Role::…)]`, the lowest role that may see it";
            diag.report_on(attribute, &message::GRAMMAR, &["`sensitive` needs a role", help]);
            None
        }
    }
}
