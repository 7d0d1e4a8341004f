//! `min` and `max`, as other libraries state the ends of a range or of a length: both are one mistake.

use quote::ToTokens;
use syn::Type;

use super::RuleSet;
use crate::{
    diag::Diagnostics,
    key::{self, Key, KeyValue},
    message,
};

const LOW: &[&str] = &["min", "minimum", "ge", "gte", "min_value"];
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
        let is_end = |key: &Key| LOW.iter().chain(HIGH).any(|name| key.is(name));
        let (ends, keys): (Vec<_>, Vec<_>) = keys.into_iter().partition(is_end);
        if let Some(first) = ends.first() {
            let end = |names: &[&str]| {
                let key = ends.iter().find(|key| names.iter().any(|name| key.is(name)))?;
                match &key.value {
                    KeyValue::Value(value) => Some(value.to_token_stream().to_string()),
                    KeyValue::Flag | KeyValue::List(_) => None,
                }
            };
            let help = help(ty, end(LOW), end(HIGH));
            diag.report(first.span(), &message::UNKNOWN_KEY, &[&first.name.to_string(), &help]);
            self.stated = true;
        }
        key::known_once(keys, known, diag)
    }
}

fn help(ty: &Type, low: Option<String>, high: Option<String>) -> String {
    let text = ty.to_token_stream().to_string();
    let (low, high) = (low.as_deref(), high.as_deref());
    if text.starts_with("Vec") || text.contains("BTreeMap") {
        return format!("write `items = {}..={}`", low.unwrap_or("0"), high.unwrap_or("100"));
    }
    if text.contains("String") || text.contains("Text") {
        let bounds = [
            low.map(|low| format!("min_len = {low}")),
            high.map(|high| format!("max_len = {high}")),
        ];
        let mut bounds: Vec<_> = bounds.into_iter().flatten().collect();
        if bounds.is_empty() {
            bounds.push("max_len = 100".to_owned());
        }
        return format!("write `{}`", bounds.join(", "));
    }
    format!("write `range = {}..={}`", low.unwrap_or("0"), high.unwrap_or("1_000_000"))
}
