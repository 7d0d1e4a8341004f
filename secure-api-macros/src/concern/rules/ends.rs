//! `min` and `max`, and `len = 1..=80`, as other libraries state the ends of a range or of a length: both are one mistake.

use quote::ToTokens;
use syn::Type;

use super::RuleSet;
use crate::{
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    message::{self, Message},
    path,
    typed::typed,
};

/// Both ends at once.
const BOTH: &[&str] = &["len", "length", "size", "char_length"];
const LOW: &[&str] = &["min", "minimum", "ge", "gte", "min_value"];
/// The same of a length.
const MIN_LENGTH: &[&str] = &["min_length", "minlength"];
const MAX_LENGTH: &[&str] = &["max_length", "maxlength"];
const HIGH: &[&str] = &["max", "maximum", "le", "lte", "max_value"];

impl RuleSet {
    /// Reads the keys of a field or value, known and each once. Ends that are stated alone are reported with the rule that
    /// states both.
    pub(crate) fn keys(
        &mut self,
        attributes: &[syn::Attribute],
        helper: &str,
        known: &[&str],
        ty: &Type,
        diag: &mut Diagnostics,
    ) -> Vec<Key> {
        let keys = key::written_keys(attributes, helper, diag);
        // Whoever gives a number a length means its value.
        let is_number = is_number(ty);
        let is_end = |key: &Key| {
            let lengths = [MIN_LENGTH, MAX_LENGTH].concat();
            LOW.iter().chain(HIGH).any(|name| key.is(name))
                || is_number && lengths.iter().any(|name| key.is(name))
        };
        let (ends, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(is_end);
        let of_both = |key: &Key| {
            let both = BOTH.iter().any(|name| key.is(name));
            both.then(|| both_ends(key)).flatten()
        };
        let (both, keys): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|key| of_both(key).is_some());
        for key in &both {
            let (low, high) = of_both(key).unwrap_or_default();
            let help = of_length(ty, low.as_deref(), high.as_deref());
            diag.report(key.span(), &message::UNKNOWN_KEY, &[&key.name.to_string(), &help]);
            self.stated = true;
        }
        if let Some(first) = ends.first() {
            let end = |names: &[&str]| {
                let key = ends.iter().find(|key| names.iter().any(|name| key.is(name)))?;
                match &key.value {
                    KeyValue::Value(value) => Some(value.to_token_stream().to_string()),
                    KeyValue::Flag | KeyValue::List(_) => None,
                }
            };
            let low = end(LOW).or_else(|| end(MIN_LENGTH));
            let help = help(ty, low, end(HIGH).or_else(|| end(MAX_LENGTH)));
            diag.report(first.span(), &message::UNKNOWN_KEY, &[&first.name.to_string(), &help]);
            self.stated = true;
        }
        let keys = self.of_items(keys, ty, diag);
        key::known_once(keys, known, diag)
    }

    /// Takes out the rules of an item that stand on a list, and reports them with what states them of each.
    fn of_items(&mut self, keys: Vec<Key>, ty: &Type, diag: &mut Diagnostics) -> Vec<Key> {
        const SCALAR: &[&str] =
            &["max_len", "min_len", "pattern", "text", "email", "range", "contains", "excludes"];
        let list = path::inside(ty, "Option").unwrap_or(ty);
        let is_list = path::inside(list, "Vec").is_some();
        let is_stated = keys.iter().any(|key| key.is("each"));
        let is_of_item = |key: &Key| SCALAR.iter().any(|name| key.is(name));
        if !is_list || is_stated {
            return keys;
        }
        let (of_items, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(is_of_item);
        let written = |key: &Key| match &key.value {
            KeyValue::Flag => key.name.to_string(),
            KeyValue::Value(value) => {
                format!("{} = {}", key.name, typed(&value.to_token_stream()))
            }
            KeyValue::List(list) => format!("{}({})", key.name, typed(list)),
        };
        let rules: Vec<String> = of_items.iter().map(written).collect();
        if let Some(first) = of_items.first() {
            let rules = format!("each({})", rules.join(", "));
            let help = match keys.iter().any(|key| key.is("items")) {
                true => format!("write `{rules}`"),
                false => format!("write `items = 0..=50, {rules}`"),
            };
            let message = Message { text: "`{}` has no meaning for a list", ..message::RULE_UNFIT };
            diag.report_with(&first.name, &message, &[&first.name.to_string()], &help);
            self.stated = true;
        }
        keys
    }
}

fn help(ty: &Type, low: Option<String>, high: Option<String>) -> String {
    let (low, high) = (low.as_deref(), high.as_deref());
    if is_list(ty) || is_text(ty) {
        return of_length(ty, low, high);
    }
    format!("write `range = {}..={}`", low.unwrap_or("0"), high.unwrap_or("1_000_000"))
}

fn is_number(ty: &Type) -> bool {
    const NUMBERS: &[&str] =
        &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64", "Decimal", "Money"];
    let text = ty.to_token_stream().to_string();
    let text = text.trim_start_matches("Option < ").trim_end_matches(" >");
    NUMBERS.contains(&text)
}

fn is_text(ty: &Type) -> bool {
    let text = ty.to_token_stream().to_string();
    !text.contains("NumberText") && (text.contains("String") || text.contains("Text"))
}

fn is_list(ty: &Type) -> bool {
    let text = ty.to_token_stream().to_string();
    text.starts_with("Vec") || text.contains("BTreeMap")
}

/// Returns the rule of a length: of a list its entries, of anything else its characters.
fn of_length(ty: &Type, low: Option<&str>, high: Option<&str>) -> String {
    if is_list(ty) {
        return format!("write `items = {}..={}`", low.unwrap_or("0"), high.unwrap_or("100"));
    }
    let bounds =
        [low.map(|low| format!("min_len = {low}")), high.map(|high| format!("max_len = {high}"))];
    let bounds: Vec<_> = bounds.into_iter().flatten().collect();
    match &bounds[..] {
        [] => "write `max_len = 80`".to_owned(),
        bounds => format!("write `{}`", bounds.join(", ")),
    }
}

/// Returns the ends of `len = 1..=80` and of `length(min = 1, max = 80)`.
fn both_ends(key: &Key) -> Option<(Option<String>, Option<String>)> {
    let text = |value: &syn::Expr| value.to_token_stream().to_string();
    match &key.value {
        KeyValue::Value(syn::Expr::Range(range)) => {
            Some((range.start.as_deref().map(text), range.end.as_deref().map(text)))
        }
        KeyValue::List(list) => {
            let keys = key::keys_of(list.clone(), &mut Diagnostics::ignored());
            let end = |names: &[&str]| {
                let key = keys.iter().find(|key| names.iter().any(|name| key.is(name)))?;
                match &key.value {
                    KeyValue::Value(value) => Some(text(value)),
                    KeyValue::Flag | KeyValue::List(_) => None,
                }
            };
            let ends = (end(LOW), end(HIGH));
            (ends != (None, None)).then_some(ends)
        }
        KeyValue::Value(_) | KeyValue::Flag => None,
    }
}
