//! Attributes of other libraries, as `#[serde(rename = "…")]`: nothing here reads them, so each is refused, with the key
//! of ours that says the same.

use quote::ToTokens;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Field, Lit, Meta, Type, spanned::Spanned};

use crate::{
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    message,
};

/// Libraries whose attributes a derive of ours takes for its own, so that it can tell.
const LIBRARIES: &[&str] = &["serde", "validate", "garde"];

/// Keys of serde that say nothing of what is read or written.
const HARMLESS: &[&str] = &["crate", "bound", "expecting"];

/// The item, variant or field that an attribute stands on.
struct Place<'a> {
    /// The attribute of ours, as `input`.
    helper: &'a str,
    /// The field's name and type, where it is one.
    field: Option<&'a Field>,
    is_variant: bool,
}

/// Reports each of them, on the item, its variants and its fields.
pub(super) fn refuse(input: &DeriveInput, helper: &str, diag: &mut Diagnostics) {
    let of_item = Place { helper, field: None, is_variant: false };
    refuse_at(&input.attrs, &of_item, diag);
    let fields = |fields: &syn::Fields, diag: &mut Diagnostics| {
        for field in fields {
            refuse_at(&field.attrs, &Place { helper, field: Some(field), is_variant: false }, diag);
        }
    };
    match &input.data {
        Data::Struct(data) => fields(&data.fields, diag),
        Data::Enum(data) => {
            for variant in &data.variants {
                refuse_at(&variant.attrs, &Place { helper, field: None, is_variant: true }, diag);
                fields(&variant.fields, diag);
            }
        }
        Data::Union(_) => {}
    }
}

fn refuse_at(attributes: &[Attribute], place: &Place<'_>, diag: &mut Diagnostics) {
    for attribute in attributes {
        let Some(library) = LIBRARIES.iter().find(|name| attribute.path().is_ident(name)) else {
            continue;
        };
        let keys = match &attribute.meta {
            Meta::List(list) => key::keys_of(list.tokens.clone(), &mut Diagnostics::ignored()),
            Meta::Path(_) | Meta::NameValue(_) => Vec::new(),
        };
        let is_read =
            |key: &&Key| !(HARMLESS.contains(&&*key.name.to_string()) && *library == "serde");
        let meant: Vec<&Key> = keys.iter().filter(is_read).collect();
        if meant.is_empty() && !keys.is_empty() {
            continue;
        }
        let helps: Vec<String> = meant.iter().map(|key| place.help(library, key)).collect();
        let help = if helps.is_empty() { "remove it".to_owned() } else { helps.join("; ") };
        let span = meant.first().map_or(attribute.path().span(), |key| key.span());
        diag.report(span, &message::FOREIGN_ATTRIBUTE, &[library, &help]);
    }
}

impl Place<'_> {
    fn help(&self, library: &str, key: &Key) -> String {
        let name = key.name.to_string();
        let said = match library {
            "serde" => self.of_serde(&name, key),
            _ => self.of_rules(&name, key),
        };
        said.unwrap_or_else(|| format!("remove `{name}`: nothing here reads it"))
    }

    fn is(&self, helper: &str) -> bool {
        self.helper == helper
    }

    fn of_serde(&self, name: &str, key: &Key) -> Option<String> {
        let helper = self.helper;
        let text = text_of(key);
        let written = text.as_deref().unwrap_or("…");
        Some(match name {
            "rename" if self.is("resource") && self.field.is_some() => {
                let field = self.field_name();
                format!("write `{written} = {field}` in the view's list")
            }
            "rename" if self.is("input") || self.is_variant && !self.is("version") => {
                format!("write `#[{helper}(name = \"{written}\")]`")
            }
            "rename" if self.is("version") => "rename the variant".to_owned(),
            "rename_all" | "rename_all_fields" if self.is("resource") => {
                "write each name in the view's list, as `createdAt = created_at`".to_owned()
            }
            "rename_all" | "rename_all_fields" if self.is("input") => {
                "write the name above each field that has another one, as `#[input(name = \"createdAt\")]`".to_owned()
            }
            "rename_all" => {
                format!("write the name above each variant, as `#[{helper}(name = \"a-name\")]`")
            }
            "default" if self.is("input") => {
                "make it `Option<…>`, and take its default in the handler by `unwrap_or`".to_owned()
            }
            "skip" | "skip_serializing" | "skip_serializing_if" if self.is("resource") => {
                "leave it out of the view's list: what is not listed does not leave".to_owned()
            }
            "skip" | "skip_deserializing" if self.is("input") => {
                "move it out of this input: what a caller does not send is in another struct".to_owned()
            }
            "flatten" => "write its fields here, or keep it as an object of its own".to_owned(),
            "deny_unknown_fields" => "remove it: an unknown field is refused always".to_owned(),
            "tag" if self.is("input") || self.is("resource") => {
                format!("write `#[{helper}(tag = \"{written}\")]`")
            }
            "untagged" | "content" if self.is("input") || self.is("resource") => {
                format!("write `#[{helper}(tag = \"type\")]`: each variant says which it is")
            }
            "alias" => "remove it: a field has one name".to_owned(),
            "with" | "serialize_with" | "deserialize_with" | "try_from" | "from" | "into" => {
                "give it a type of its own with `#[derive(Value)]`".to_owned()
            }
            "transparent" if self.is("value") => {
                "remove it: a value is written as what it wraps".to_owned()
            }
            "transparent" if self.is("resource") => "write `#[resource(transparent)]`".to_owned(),
            _ => return None,
        })
    }

    fn of_rules(&self, name: &str, key: &Key) -> Option<String> {
        let helper = self.helper;
        let of = |inner: &str| inner_of(key, inner);
        let is_list = self.field.is_some_and(|field| is_named(&field.ty, &["Vec", "BTreeMap"]));
        Some(match name {
            "length" if is_list => {
                let (fewest, most) = (of("min"), of("max"));
                let most = most.unwrap_or_else(|| "100".to_owned());
                format!(
                    "write `#[{helper}(items = {}..={most})]`",
                    fewest.unwrap_or_else(|| "0".to_owned())
                )
            }
            "length" => {
                let equal = of("equal");
                let bounds =
                    [("min_len", of("min").or(equal.clone())), ("max_len", of("max").or(equal))];
                let stated = bounds
                    .iter()
                    .filter_map(|(name, value)| Some(format!("{name} = {}", value.as_ref()?)));
                format!("write `#[{helper}({})]`", stated.collect::<Vec<_>>().join(", "))
            }
            "range" => {
                let (low, high) = (of("min"), of("max"));
                let (low, high) = (
                    low.unwrap_or_else(|| "0".to_owned()),
                    high.unwrap_or_else(|| "1_000_000".to_owned()),
                );
                format!("write `#[{helper}(range = {low}..={high})]`")
            }
            "email" => "take `Email`".to_owned(),
            "url" => "take `WebUrl`".to_owned(),
            "ip" => "take `IpAddr`".to_owned(),
            "regex" | "pattern" => format!("write `#[{helper}(pattern = \"…\")]`"),
            "contains" => format!(
                "write `#[{helper}(contains = {})]`",
                of("pattern").unwrap_or_else(|| "\"…\"".to_owned())
            ),
            "does_not_contain" => {
                format!(
                    "write `#[{helper}(excludes = {})]`",
                    of("pattern").unwrap_or_else(|| "\"…\"".to_owned())
                )
            }
            "custom" if self.is("input") => {
                let function =
                    of("function").or_else(|| text_of(key)).unwrap_or_else(|| "…".to_owned());
                format!("write `#[input(check = {})]`", function.trim_matches('"'))
            }
            "must_match" | "schema" if self.is("input") => {
                "write `#[input(check = …)]` above the struct, with a function of the whole input"
                    .to_owned()
            }
            "required" => {
                "take it without `Option`: what is not optional has to be there".to_owned()
            }
            "nested" | "dive" => "remove it: what is inside is checked by its own rules".to_owned(),
            "skip" => "remove it: each field has a bound".to_owned(),
            _ => return None,
        })
    }

    fn field_name(&self) -> String {
        let ident = self.field.and_then(|field| field.ident.as_ref());
        ident.map_or_else(|| "0".to_owned(), ToString::to_string)
    }
}

/// Returns the text of `key = "text"`.
fn text_of(key: &Key) -> Option<String> {
    match &key.value {
        KeyValue::Value(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => Some(text.value()),
        _ => None,
    }
}

/// Returns the value of one key in the parentheses of another, as written.
fn inner_of(key: &Key, name: &str) -> Option<String> {
    let KeyValue::List(tokens) = &key.value else { return None };
    let keys = key::keys_of(tokens.clone(), &mut Diagnostics::ignored());
    let key = keys.into_iter().find(|key| key.is(name))?;
    match key.value {
        KeyValue::Value(value) => Some(value.to_token_stream().to_string()),
        KeyValue::Flag | KeyValue::List(_) => None,
    }
}

fn is_named(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}
