//! The bounds of a value, as the keys of `#[input(…)]` and `#[value(…)]` state them.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprLit, ExprUnary, Lit, LitBool, LitStr, RangeLimits, Type, UnOp};

use crate::{
    concern::pattern::{self, Pattern},
    diag::Diagnostics,
    key::{self, Key, amount},
    keys, message, path,
};

mod ends;
mod expand;
mod kinds;
mod numbers;
mod separator;

pub(in crate::concern) use self::kinds::{are_known, lent};

/// Bounds, each with the place of its key.
#[derive(Debug, Default)]
pub(crate) struct RuleSet {
    rules: Vec<(Span, Rule)>,
    /// `true` if some rule was written, also one with a mistake.
    stated: bool,
}

#[derive(Debug)]
enum Rule {
    Text,
    Email,
    MinLen(Expr),
    MaxLen(Expr),
    Pattern(Pattern),
    Contains(Expr),
    Excludes(Expr),
    MultipleOf(Expr),
    OneOf(Expr),
    Only(LitBool),
    Unique,
    Separated(LitStr),
    Json,
    MaxBytes(Expr),
    Kinds(Expr),
    Range { low: Expr, high: Expr, closed: bool },
    Items { fewest: Expr, most: Expr },
    Each(RuleSet),
    Keys(RuleSet),
    Depth(Expr),
}

impl RuleSet {
    /// Reads one key that is a rule; what is wrong with its value is reported.
    pub(crate) fn read(&mut self, key: &Key, diag: &mut Diagnostics) {
        let rule = match key.name.to_string().as_str() {
            "text" => key.flag(diag).then_some(Rule::Text),
            "email" => key.flag(diag).then_some(Rule::Email),
            "min_len" => number(key, diag).map(Rule::MinLen),
            "max_len" => number(key, diag).map(Rule::MaxLen),
            "pattern" => {
                key.text(diag).and_then(|text| pattern::parse(&text, diag)).map(Rule::Pattern)
            }
            "contains" => key.expr(diag).cloned().map(Rule::Contains),
            "excludes" => key.expr(diag).cloned().map(Rule::Excludes),
            "multiple_of" => key.expr(diag).cloned().map(Rule::MultipleOf),
            "one_of" => key.expr(diag).map(|list| match numbers::only(list) {
                Some(truth) => Rule::Only(truth),
                None => Rule::OneOf(list.clone()),
            }),
            "unique" => key.flag(diag).then_some(Rule::Unique),
            "separated" => separator::read(key, diag).map(Rule::Separated),
            "json" => key.flag(diag).then_some(Rule::Json),
            "max_bytes" => number(key, diag).map(Rule::MaxBytes),
            "kinds" => {
                key.expr(diag).filter(|list| kinds::are_known(list, diag)).cloned().map(Rule::Kinds)
            }
            "range" => ends(key, diag)
                .filter(|ends| are_numbers(ends, diag))
                .map(|Ends { low, high, closed }| Rule::Range { low, high, closed }),
            "items" => ends(key, diag).and_then(|Ends { low, high, closed }| {
                if !closed {
                    let help = "write `items = 1..=50`, the fewest and the most";
                    diag.report(
                        key.span(),
                        &message::GRAMMAR,
                        &["`items` includes its ends", help],
                    );
                    return None;
                }
                Some(Rule::Items { fewest: low, most: high })
            }),
            "depth" => number(key, diag).map(Rule::Depth),
            "keys" => inner(key, diag).map(Rule::Keys),
            _ => inner(key, diag).map(Rule::Each),
        };
        self.stated = true;
        self.rules.extend(rule.map(|rule| (key.span(), rule)));
    }

    /// Returns `true` if the levels of the field are stated.
    pub(crate) fn has_depth(&self) -> bool {
        self.rules.iter().any(|(_, rule)| matches!(rule, Rule::Depth(_)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Returns `true` if a rule was written, also one with a mistake.
    pub(crate) fn is_stated(&self) -> bool {
        self.stated
    }

    /// Returns `true` if one of the rules is for files only.
    pub(crate) fn is_of_file(&self) -> bool {
        self.rules.iter().any(|(_, rule)| match rule {
            Rule::MaxBytes(_) | Rule::Kinds(_) => true,
            Rule::Each(each) => each.is_of_file(),
            _ => false,
        })
    }

    /// Expands the checks of `field`, a variable's name: that each rule means something for the type, on the rule's
    /// key, and on the type what `check` asks: that every bound is there that the type needs.
    pub(crate) fn checks(&self, field: &Ident, ty: &Type, check: &str) -> TokenStream {
        let fits = self.checks_at(field, &[]);
        let bounds = asked_of(ty, check, field);
        quote!(#fits #bounds)
    }

    /// Returns `true` if the rules are those that a type of this name needs, and their numbers are literals that it holds.
    pub(crate) fn fit_by_name(&self, ty: &Type) -> bool {
        let ty = path::inside(ty, "Option").unwrap_or(ty);
        let Some(last) = path::last_of(ty).filter(|last| last.arguments.is_none()) else {
            return false;
        };
        let rules: Vec<_> = self.rules.iter().map(|(_, rule)| rule).collect();
        match (last.ident.to_string().as_str(), &rules[..]) {
            ("Uuid" | "bool", rules) => rules.is_empty(),
            ("String", [Rule::Email | Rule::Pattern(_)]) => true,
            ("String", [Rule::Text, Rule::MaxLen(most)] | [Rule::MaxLen(most), Rule::Text]) => {
                numbers::in_order(None, most)
            }
            ("String", [Rule::Text, Rule::MinLen(fewest), Rule::MaxLen(most)]) => {
                numbers::in_order(Some(fewest), most)
            }
            (name, [Rule::Range { low, high, closed }]) => numbers::fit(name, low, high, *closed),
            _ => false,
        }
    }

    fn checks_at(&self, field: &Ident, parts: &[&str]) -> TokenStream {
        let within = |part, rules: &Self| Some(rules.checks_at(field, &[parts, &[part]].concat()));
        let names = parts.iter().map(|part| Ident::new(part, Span::call_site()));
        let place: Vec<_> = names.collect();
        let checks = self.rules.iter().map(|(span, rule)| {
            let (name, inner) = match rule {
                Rule::Text => ("Text", None),
                Rule::Email => ("Email", None),
                Rule::MinLen(_) => ("MinLen", None),
                Rule::MaxLen(_) => ("MaxLen", None),
                Rule::Pattern(_) => ("Pattern", None),
                Rule::Contains(_) => ("Contains", None),
                Rule::Excludes(_) => ("Excludes", None),
                Rule::MultipleOf(_) => ("MultipleOf", None),
                Rule::OneOf(_) => ("OneOf", None),
                Rule::Only(_) => ("Only", None),
                Rule::Unique => ("Unique", None),
                Rule::Separated(_) => ("Separated", None),
                Rule::Json => ("Json", None),
                Rule::MaxBytes(_) => ("MaxBytes", None),
                Rule::Kinds(_) => ("Kinds", None),
                Rule::Range { .. } => ("Range", None),
                Rule::Items { .. } => ("Items", None),
                Rule::Each(each) => ("Each", within("Each", each)),
                Rule::Keys(keys) => ("Keys", within("Keys", keys)),
                Rule::Depth(_) => ("Depth", None),
            };
            let name = Ident::new(name, Span::call_site());
            let private = path::private_at(*span);
            quote_spanned!(*span=> #private::check_rule(#field, &[#(#private::Level::#place),*], #private::Rule::#name); #inner)
        });
        checks.collect()
    }
}

/// Expands a check of `field`, a variable's name, under its whole type: a call stands from the start of its path to its
/// parenthesis.
fn asked_of(ty: &Type, check: &str, field: &Ident) -> TokenStream {
    let (first, last) = ends_of(ty);
    let private = path::private_at(first);
    let check = Ident::new(check, first);
    let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#field));
    arguments.set_span(last);
    quote_spanned!(first=> #private::#check #arguments;)
}

/// Returns a value that is a number; one in quotes is reported, and so is a range.
fn number(key: &Key, diag: &mut Diagnostics) -> Option<Expr> {
    let expr = key.expr(diag)?;
    if let Expr::Range(range) = bare(expr) {
        let of = |end: &Option<Box<Expr>>, default: &str| {
            end.as_ref().map_or_else(|| default.to_owned(), |end| end.to_token_stream().to_string())
        };
        let text = format!("`{}` is one number", key.name);
        let (low, high) = (of(&range.start, "0"), of(&range.end, "80"));
        let help = format!("write `min_len = {low}, max_len = {high}`");
        diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
        return None;
    }
    if let Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr: number, .. }) = bare(expr)
        && let Expr::Lit(_) = bare(number)
    {
        let text = format!("`{}` is not below 0", key.name);
        let help = format!("write `{} = {}`", key.name, number.to_token_stream());
        diag.report_on(expr, &message::GRAMMAR, &[&text, &help]);
        return None;
    }
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = expr else { return Some(expr.clone()) };
    let number = amount::size(&text.value()).unwrap_or_else(|| "80".to_owned());
    let help = format!("write `{} = {number}`", key.name);
    diag.report_on(expr, &message::GRAMMAR, &["a number stands without quotes", &help]);
    None
}

/// Reads the rules of the parts of a list or map.
fn inner(key: &Key, diag: &mut Diagnostics) -> Option<RuleSet> {
    let tokens = key.list(diag).cloned()?;
    let keys = key::known_once(key::keys_of(tokens, diag), keys::RULES, diag);
    let mut rules = RuleSet::default();
    keys.iter().for_each(|key| rules.read(key, diag));
    Some(rules)
}

/// Returns the places of the first and the last token.
pub(crate) fn ends_of(tokens: &impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// The two ends of a range.
struct Ends {
    low: Expr,
    high: Expr,
    closed: bool,
}

fn ends(key: &Key, diag: &mut Diagnostics) -> Option<Ends> {
    let expr = key.expr(diag)?;
    if let Expr::Range(range) = bare(expr)
        && let (Some(low), Some(high)) = (&range.start, &range.end)
    {
        let closed = matches!(range.limits, RangeLimits::Closed(_));
        return Some(Ends { low: (**low).clone(), high: (**high).clone(), closed });
    }
    let name = key.name.to_string();
    diag.report_on(expr, &message::RANGE_OPEN, &[&name, &name]);
    None
}

/// Returns the expression without parentheses around it.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(paren) => bare(&paren.expr),
        Expr::Group(group) => bare(&group.expr),
        other => other,
    }
}

/// Returns `false` and reports it if an end of a range is a literal, but no number; all other expressions are left to
/// the compiler. Two such ends are one mistake.
fn are_numbers(ends: &Ends, diag: &mut Diagnostics) -> bool {
    let is_number = |end: &&Expr| match bare(end) {
        Expr::Lit(ExprLit { lit, .. }) => matches!(lit, Lit::Int(_) | Lit::Float(_)),
        _ => true,
    };
    let both = [&ends.low, &ends.high];
    let Some(wrong) = both.into_iter().find(|end| !is_number(end)) else { return true };
    let meant = |end: &Expr| match bare(end) {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => amount::decimal(&text.value()),
        other => Some(other.to_token_stream().to_string()),
    };
    let (low, high) = (meant(&ends.low), meant(&ends.high));
    let dots = if ends.closed { "..=" } else { ".." };
    let help = match (low, high) {
        (Some(low), Some(high)) => format!("write `range = {low}{dots}{high}`"),
        _ => "write `range = 1..=100`".to_owned(),
    };
    diag.report_on(wrong, &message::GRAMMAR, &["the ends of `range` are numbers", &help]);
    false
}
