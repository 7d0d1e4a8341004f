//! The fields that a view shows, each with what is written before it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Expr, ExprPath, Member, Type, ext::IdentExt, spanned::Spanned};

use super::{
    before::{Absent, Before, before},
    listed::{Listed, Source},
    spec::{FieldSpec, FormSpec, member_text},
    unshown,
};
use crate::{
    concern::{exception::Allow, secret, version::Versions},
    diag::Diagnostics,
    key, message,
    message::Message,
    path,
};

/// A field in a view.
pub(super) struct Shown<'a> {
    /// The place of the name in the list, and what it is called in generated code.
    pub(super) name: Ident,
    /// The name in JSON.
    pub(super) text: String,
    pub(super) value: Value<'a>,
    pub(super) description: String,
    pub(super) shown_as: Option<Type>,
    /// The versions that have the field; `None` is all.
    pub(super) versions: Option<Versions>,
    /// `#[cfg(…)]`, where it is there under a condition only.
    pub(super) cfg: Option<TokenStream>,
    /// The bound on the entries of a list or map.
    pub(super) max_items: Option<Expr>,
    /// The exceptions of this field in this view.
    pub(super) allow: Option<Allow>,
    /// The cases in which it is left out.
    pub(super) absent: Absent,
    /// `true` if it is no member, but the whole of its variant.
    pub(super) is_value: bool,
}

/// The value that is shown.
pub(super) enum Value<'a> {
    /// A field.
    Field(Field<'a>),
    /// The result of a function of the entity.
    Function(ExprPath),
}

/// A field, as written in the list.
pub(super) struct Field<'a> {
    pub(super) member: Member,
    /// The stem of the field's names in generated code: the variant's name, then the field's.
    pub(super) key: String,
    pub(super) ty: &'a Type,
    pub(super) sensitive: bool,
}

impl Field<'_> {
    pub(super) fn span(&self) -> Span {
        self.member.span()
    }
}

impl Shown<'_> {
    /// Returns the name in JSON.
    pub(super) fn text(&self) -> String {
        self.text.clone()
    }

    /// Returns `true` if its name says that it is a secret, or that of the field, its type or the function. What is shown
    /// through a view below such a name is one too, whatever its parts are called.
    pub(super) fn is_secret(&self) -> bool {
        let named = match &self.value {
            Value::Field(field) => {
                secret::is_secret_shown(&member_text(&field.member))
                    || secret::is_named_secret_shown(field.ty)
            }
            Value::Function(function) => {
                let last = function.path.segments.last();
                last.is_some_and(|last| secret::is_secret_shown(&last.ident.to_string()))
            }
        };
        named || secret::is_secret_shown(&self.text())
    }
}

/// Returns the stem of a field's names in generated code.
pub(super) fn key_of(variant: Option<&Ident>, member: &Member) -> String {
    let member = member_text(member);
    match variant {
        Some(variant) => format!("{}_{member}", variant.unraw()),
        None => member,
    }
}

/// Checks the members that a list shows of a struct or of a variant, called `of`. Beside the list stands whether its view
/// leaves out what is nothing, and whether the fields stand in a member of their own. `taken` are names that are there, and whether always.
pub(super) fn check<'a>(
    (listed, optional, within): (Vec<Listed>, bool, bool),
    form: &FormSpec<'a>,
    of: &str,
    taken: &[(String, bool)],
    late: &mut TokenStream,
    diag: &mut Diagnostics,
) -> Vec<Shown<'a>> {
    let names: Vec<String> = form.fields.iter().map(|field| member_text(&field.member)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let variant = form.variant.as_ref().map(|variant| variant.ident);
    let mut shown: Vec<Shown<'_>> = Vec::new();
    for Listed { attributes, name, text, is_own, source, shown_as, is_value } in listed {
        let Before { versions, cfg, max_items, allow, absent } =
            before(&attributes, optional, diag);
        // Two that are not there always may never meet; the compiler compares.
        // It sees no names below others.
        let always = within || versions.is_none() && cfg.is_none();
        let meets = |other: bool| other || always;
        let twice = taken.iter().any(|(other, always)| *other == text && meets(*always))
            || shown.iter().any(|other| {
                other.text == text && meets(other.versions.is_none() && other.cfg.is_none())
            });
        let mut description = path::doc_comment(&attributes);
        let value = match source {
            Source::Function(function) => Value::Function(function),
            Source::Field(member) => {
                let wanted = member_text(&member);
                let is_it = |field: &&FieldSpec<'_>| member_text(&field.member) == wanted;
                let Some(field) = form.fields.iter().find(is_it) else {
                    let help = nearest(&wanted, &names);
                    let mistake = Mistake(member.span(), &message::VIEW_FIELD);
                    mistake.report(cfg.as_ref(), &[of, &wanted, &help], late, diag);
                    continue;
                };
                if description.is_empty() {
                    description.clone_from(&field.description);
                }
                if secret::is_secret_type(field.ty) && shown_as.is_none() {
                    Mistake(name.span(), &message::SECRET_LISTED).report(
                        cfg.as_ref(),
                        &[&text],
                        late,
                        diag,
                    );
                    continue;
                }
                if shown_as.is_none()
                    && cfg.is_none()
                    && let Some(help) =
                        unshown::help(field.ty, &as_listed(&name, &text, &member, is_own))
                {
                    let ty = path::as_written(field.ty);
                    diag.report_with(&name, &message::NOT_EXPOSED, &[&ty], &help);
                    continue;
                }
                let key = key_of(variant, &member);
                let sensitive = field.sensitive.is_some();
                Value::Field(Field { member, key, ty: field.ty, sensitive })
            }
        };
        if twice {
            diag.report(name.span(), &message::VIEW_FIELD_TWICE, &[&text]);
            continue;
        }
        let shown_field = Shown {
            name,
            text,
            value,
            description,
            shown_as,
            versions,
            cfg,
            max_items,
            allow,
            absent,
            is_value,
        };
        if let (Some(allow), false) = (&shown_field.allow, shown_field.is_secret()) {
            allow.rules.iter().for_each(|rule| {
                diag.report(rule.span(), &message::ALLOW_IDLE, &["plain_secret"]);
            });
        }
        shown.push(shown_field);
    }
    shown
}

/// Returns a field as a list names it.
fn as_listed(name: &Ident, text: &str, member: &Member, is_own: bool) -> String {
    match is_own {
        true if name.unraw() != *text => format!("{text:?} = {}", member_text(member)),
        _ => name.to_string(),
    }
}

/// Returns the help for an unknown field: the name that was probably meant, or all that there are. A field that is not
/// there because its condition does not hold has no name that is near.
fn nearest(wanted: &str, names: &[&str]) -> String {
    let help = match names {
        [] => "there are none".to_owned(),
        names => key::nearest(wanted, names),
    };
    if help.starts_with("did") {
        return help;
    }
    format!("{help}; one behind `#[cfg(…)]` is listed behind the same")
}

/// A mistake where it stands. One behind `#[cfg(…)]` is one only if the condition holds, which the compiler knows.
pub(super) struct Mistake(pub(super) Span, pub(super) &'static Message);

impl Mistake {
    pub(super) fn report(
        &self,
        cfg: Option<&TokenStream>,
        args: &[&str],
        late: &mut TokenStream,
        diag: &mut Diagnostics,
    ) {
        let Self(span, message) = self;
        match cfg {
            None => diag.report(*span, message, args),
            Some(cfg) => {
                let error = syn::Error::new(*span, message.render(args)).into_compile_error();
                late.extend(quote!(#cfg #error));
            }
        }
    }
}
