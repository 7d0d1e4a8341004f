//! The parser of `#[view(…)]`: its name, its audience, and its list.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{
    Attribute, DeriveInput, Expr, Meta, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{
    listed::{FormList, Listed},
    untagged,
};
use crate::{
    diag::Diagnostics,
    key::{self, Key},
    keys,
    message::{self, Message},
    path, source,
};

/// One `#[view(…)]`.
pub(super) struct ViewSpec {
    pub(super) ident: Ident,
    pub(super) role: Option<Key>,
    pub(super) public: Option<Key>,
    pub(super) extends: Option<Ident>,
    /// `true` if what is nothing is left out.
    pub(super) optional: bool,
    /// Nothing where no list is written; of a struct, one.
    pub(super) lists: Option<Vec<FormList>>,
    /// `true` after a parse error: members that are missing are then no further mistake.
    pub(super) silent: bool,
}

/// Reads all of them above an item. What may be written depends on whether that is an enum; nothing may above what
/// cannot be a resource.
pub(super) fn views(
    input: &DeriveInput,
    is_enum: Option<bool>,
    diag: &mut Diagnostics,
) -> Vec<ViewSpec> {
    let attributes = input.attrs.iter().filter(|attribute| attribute.path().is_ident("view"));
    attributes.filter_map(|attribute| view(attribute, input, is_enum, diag)).collect()
}

fn view(
    attribute: &Attribute,
    item: &DeriveInput,
    is_enum: Option<bool>,
    diag: &mut Diagnostics,
) -> Option<ViewSpec> {
    let Meta::List(list) = &attribute.meta else {
        let help = "write `#[view(OrderSummary, role = Role::…, fields(id))]`";
        diag.report_on(attribute, &message::GRAMMAR, &["`view` needs a name and fields", help]);
        return None;
    };
    let parser = |input: ParseStream<'_>| {
        let ident: Ident = input.parse()?;
        if input.peek(Token![=]) {
            let (named, rest) = named_later(&list.tokens);
            let name = named.as_ref().map_or_else(|| "OrderSummary".to_owned(), Ident::to_string);
            let help = format!("write its name first: `#[view({name}, …)]`");
            let error = message::GRAMMAR.render(&["a view needs a name", &help]);
            let error = syn::Error::new(ident.span(), error);
            let Some(named) = named else { return Err(error) };
            let _: TokenStream = input.parse()?;
            diag.take::<()>(Err(error), "");
            let keys = |input: ParseStream<'_>| Ok(key::parse_keys(input, diag));
            let (keys, complete) = keys.parse2(rest)?;
            return Ok((named, keys, complete));
        }
        key::comma(input, diag);
        let (keys, complete) = key::parse_keys(input, diag);
        Ok((ident, keys, complete))
    };
    let parsed = parser.parse2(list.tokens.clone());
    let (ident, keys, complete) =
        diag.take(parsed, "write `#[view(OrderSummary, role = Role::…, fields(id))]`")?;
    let mut view = ViewSpec {
        ident,
        role: None,
        public: None,
        extends: None,
        optional: false,
        lists: None,
        silent: !complete || is_enum.is_none(),
    };
    for key in key::known_once(keys, keys::VIEW, diag) {
        match (key.name.to_string().as_str(), is_enum) {
            ("role", _) => view.role = Some(key),
            ("public", _) => view.public = Some(key),
            ("extends", _) => view.extends = extends(&key, diag),
            ("optional", _) => view.optional = key.flag(diag),
            ("fields", Some(false)) => {
                let help = "write `fields(id, items as ItemView)`";
                let mut fields = list_of(key.list(diag), help, diag);
                fields.iter_mut().for_each(|field| meant_view(field, diag));
                let (attributes, variant) = (Vec::new(), None);
                let list = FormList { attributes, variant, braced: true, value: None, fields };
                view.lists = Some(vec![list]);
            }
            ("variants", Some(true)) => {
                let before = diag.count();
                let help = "write `variants(Card { last4 }, Cash)`";
                view.lists = Some(list_of(key.list(diag), help, diag));
                untagged::check_lists(item, view.lists.iter_mut().flatten(), diag);
                view.silent |= diag.count() > before;
            }
            (_, None) => {}
            (_, Some(_)) => {
                wrong_form(&key, item, diag);
                view.silent = true;
            }
        }
    }
    Some(view)
}

/// Reports `fields` of an enum, or `variants` of a struct.
fn wrong_form(key: &Key, item: &DeriveInput, diag: &mut Diagnostics) {
    let name = item.ident.unraw().to_string();
    let (is, list) = match &item.data {
        syn::Data::Enum(data) => {
            // The fields that were named are those that are to leave.
            let list = key.list(&mut Diagnostics::ignored()).cloned().unwrap_or_default();
            let named: Vec<_> = list.into_iter().map(|token| token.to_string()).collect();
            let is_named = |field: &&syn::Field| {
                field.ident.as_ref().is_some_and(|ident| named.contains(&ident.to_string()))
            };
            let variants = data.variants.iter().map(|variant| {
                let fields = variant.fields.iter().filter(is_named);
                let fields = fields.filter_map(|field| Some(field.ident.as_ref()?.to_string()));
                let fields = fields.collect::<Vec<_>>().join(", ");
                match &variant.fields {
                    syn::Fields::Unit => variant.ident.to_string(),
                    _ if fields.is_empty() => format!("{} {{ … }}", variant.ident),
                    _ => format!("{} {{ {fields} }}", variant.ident),
                }
            });
            ("an enum", format!("variants({})", variants.collect::<Vec<_>>().join(", ")))
        }
        _ => ("a struct", "fields(…)".to_owned()),
    };
    let help = format!("write `{list}`");
    diag.report(key.span(), &message::VIEW_FORM, &[&name, is, &help]);
}

fn extends(key: &Key, diag: &mut Diagnostics) -> Option<Ident> {
    let expr = key.expr(diag)?;
    let name = match expr {
        Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    };
    if name.is_none() {
        let help = "write the name of a `#[view(…)]` of the same type";
        diag.report_on(expr, &message::GRAMMAR, &["`extends` names a view of this resource", help]);
    }
    name
}

fn list_of<T: Parse>(list: Option<&TokenStream>, help: &str, diag: &mut Diagnostics) -> Vec<T> {
    let Some(list) = list else { return Vec::new() };
    let parser = Punctuated::<T, Token![,]>::parse_terminated;
    let read = key::between(list).and_then(|()| parser.parse2(list.clone()));
    diag.take(read, help).into_iter().flatten().collect()
}

/// Reports a resource of this file in the place of its view, which is taken for the first that it has.
fn meant_view(field: &mut Listed, diag: &mut Diagnostics) {
    let Some(name) = field.shown_as.as_ref().and_then(path::plain) else { return };
    let Some(view) = source::first_view(name) else { return };
    let (text, help) = (name.to_string(), format!("write `{view}` in place of `{name}`"));
    let message = Message { help: "{}", ..message::VIEW_OF_OTHER };
    diag.report_on(name, &message, &[&text, &text, &help]);
    field.shown_as = syn::parse_str(&view).ok();
}

/// Returns the name that stands behind a key, and the keys without it.
fn named_later(tokens: &TokenStream) -> (Option<Ident>, TokenStream) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_comma =
        |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
    let (mut name, mut keys) = (None, TokenStream::new());
    for part in tokens.split_inclusive(is_comma) {
        match part {
            [TokenTree::Ident(found)] if name.is_none() && *found != "public" => {
                name = Some(found.clone())
            }
            [TokenTree::Ident(found), comma]
                if name.is_none() && is_comma(comma) && *found != "public" =>
            {
                name = Some(found.clone());
            }
            part => keys.extend(part.iter().cloned()),
        }
    }
    (name, keys)
}
