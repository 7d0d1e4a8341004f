//! The keys of `#[object]` and the items of its block, as written.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Expr, FnArg, ImplItem, ItemImpl, Member, Signature, Type,
    parse::{ParseStream, Parser},
    parse_quote,
};

use crate::{
    concern::role,
    diag::Diagnostics,
    key::{self, Key},
    keys, message, path,
};

/// A fact of the attribute, and the key that states it.
pub(super) struct Stated<T> {
    pub(super) key: Key,
    pub(super) value: T,
}

/// A field of the object: `owner`, or `account.owner`.
pub(super) type Field = Expr;

pub(super) struct ObjectSpec {
    pub(super) block: ItemImpl,
    pub(super) key: Option<Stated<Type>>,
    pub(super) store: Option<Stated<Type>>,
    pub(super) roles: Option<Stated<Type>>,
    pub(super) owner: Option<Stated<Field>>,
    pub(super) tenant: Option<Stated<Field>>,
    /// The roles that may do something beside the owner, by the key that names the action.
    pub(super) grants: Vec<Stated<Vec<Expr>>>,
    /// Keys whose value could not be read: nobody is told that they are missing.
    pub(super) unread: Vec<String>,
}

impl ObjectSpec {
    pub(super) fn read(attribute: TokenStream, block: ItemImpl, diag: &mut Diagnostics) -> Self {
        let mut spec = Self {
            block,
            key: None,
            store: None,
            roles: None,
            owner: None,
            tenant: None,
            grants: Vec::new(),
            unread: Vec::new(),
        };
        let parser = |tokens: ParseStream<'_>| Ok(key::parse_keys(tokens, diag));
        let (keys, whole) = parser.parse2(attribute).unwrap_or_default();
        for key in key::known_once(keys, keys::OBJECT, diag) {
            let name = key.name.to_string();
            let read = match name.as_str() {
                "key" => put(&mut spec.key, ty(&key, diag), key),
                "store" => put(&mut spec.store, ty(&key, diag), key),
                "roles" => put(&mut spec.roles, ty(&key, diag), key),
                "owner" => put(&mut spec.owner, field(&key, diag), key),
                "tenant" => put(&mut spec.tenant, field(&key, diag), key),
                _ => {
                    let roles = role::roles(&key, diag);
                    let read = roles.is_some();
                    spec.grants.extend(roles.map(|value| Stated { key, value }));
                    read
                }
            };
            spec.unread.extend((!read).then_some(name));
        }
        if !whole {
            // What stands behind the mistake may be any of them.
            spec.unread.extend(keys::OBJECT.iter().map(|key| (*key).to_owned()));
        }
        spec
    }

    /// Returns the signature of a function that the block has.
    pub(super) fn function(&self, name: &str) -> Option<&Signature> {
        self.block.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == name => Some(&function.sig),
            _ => None,
        })
    }

    /// Returns `true` if the block has a type or a constant of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.block.items.iter().any(|item| match item {
            ImplItem::Type(ty) => ty.ident == name,
            ImplItem::Const(constant) => constant.ident == name,
            _ => false,
        })
    }

    /// Returns the type that `load` says of its argument: of a wrapper the type inside. `Self::Key` says nothing.
    pub(super) fn loads(&self, place: usize, wrapper: Option<&str>) -> Option<Type> {
        let FnArg::Typed(argument) = self.function("load")?.inputs.iter().nth(place)? else {
            return None;
        };
        let mut ty = &*argument.ty;
        while let Type::Reference(reference) = ty {
            ty = &reference.elem;
        }
        let ty = match wrapper {
            Some(wrapper) => path::inside(ty, wrapper)?,
            None => ty,
        };
        let Type::Path(path) = ty else { return None };
        let is_of_block = path.qself.is_some()
            || path.path.segments.first().is_some_and(|first| first.ident == "Self");
        (!is_of_block).then(|| ty.clone())
    }
}

/// Keeps a value that could be read, and tells if it could.
fn put<T>(place: &mut Option<Stated<T>>, value: Option<T>, key: Key) -> bool {
    *place = value.map(|value| Stated { key, value });
    place.is_some()
}

fn ty(key: &Key, diag: &mut Diagnostics) -> Option<Type> {
    let expr = key.expr(diag)?;
    if let Expr::Path(_) = expr {
        return Some(parse_quote!(#expr));
    }
    let text = format!("`{}` takes the name of a type", key.name);
    let help = format!("write `{} = …` without quotes", key.name);
    diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
    None
}

fn field(key: &Key, diag: &mut Diagnostics) -> Option<Field> {
    let expr = key.expr(diag)?;
    if let Some(below) = below_self(expr) {
        let text = "a field is named without `self`";
        let help = format!("write `{} = {below}`", key.name);
        diag.report_on(expr, &message::GRAMMAR, &[text, &help]);
        // It is meant, so that nothing else is told of the rule.
        return syn::parse_str(&below).ok();
    }
    if is_field(expr) {
        return Some(expr.clone());
    }
    let text = format!("`{}` takes the name of a field", key.name);
    let help = format!("write `{} = field`, or the constant `{}` in the block", key.name, {
        key.name.to_string().to_uppercase()
    });
    diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
    None
}

/// Returns `reader` of `self.reader`.
fn below_self(expr: &Expr) -> Option<String> {
    let written = path::tokens_as_written(&expr.to_token_stream());
    written.strip_prefix("self.").or(written.strip_prefix("Self::")).map(str::to_owned)
}

fn is_field(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.get_ident().is_some(),
        Expr::Field(field) => matches!(field.member, Member::Named(_)) && is_field(&field.base),
        _ => false,
    }
}
