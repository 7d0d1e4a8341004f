//! What the compiler checks of an input: that everything has a bound, and each bound fits its type.
//!
//! The checks run in constants of the generated code, one for each field, and stop the compilation with a
//! sentence about that field. So they see through type aliases and `Option`.

use crate::compose::Text;

use super::{Field, Range, Rules};

/// Which bounds a type has to be given.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// None: it brings its own.
    Nothing,
    /// None: its fields have theirs.
    Object,
    /// A longest text.
    Text,
    /// A longest text; it is not cleaned.
    Secret,
    /// A range of whole numbers, within those the type holds.
    Whole {
        /// The smallest number the type holds.
        lowest: i128,
        /// The greatest number the type holds.
        highest: i128,
    },
    /// A range of numbers.
    Float,
    /// A number of items, and what each item needs.
    List(&'static Needs),
    /// A number of entries, and what each name and each value needs.
    Map(&'static Needs, &'static Needs),
}

/// One rule, by the name of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `text`
    Text,
    /// `email`
    Email,
    /// `min_len`
    MinLen,
    /// `max_len`
    MaxLen,
    /// `pattern`
    Pattern,
    /// `range`
    Range,
    /// `items`
    Items,
    /// `each`
    Each,
    /// `keys`
    Keys,
}

impl Rule {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::MinLen => "min_len",
            Self::MaxLen => "max_len",
            Self::Pattern => "pattern",
            Self::Range => "range",
            Self::Items => "items",
            Self::Each => "each",
            Self::Keys => "keys",
        }
    }
}

impl Needs {
    const fn fits(&self, rule: Rule) -> bool {
        match self {
            Self::Nothing | Self::Object => false,
            Self::Text => {
                matches!(
                    rule,
                    Rule::Text | Rule::Email | Rule::MinLen | Rule::MaxLen | Rule::Pattern
                )
            }
            Self::Secret => matches!(rule, Rule::MinLen | Rule::MaxLen | Rule::Pattern),
            Self::Whole { .. } | Self::Float => matches!(rule, Rule::Range),
            Self::List(_) => matches!(rule, Rule::Items | Rule::Each),
            Self::Map(..) => matches!(rule, Rule::Items | Rule::Each | Rule::Keys),
        }
    }

    const fn is_what(&self) -> &'static str {
        match self {
            Self::Nothing => "a value that brings its own bounds",
            Self::Object => "an object",
            Self::Text => "text",
            Self::Secret => "a secret, which is taken as it was sent",
            Self::Whole { .. } => "a whole number",
            Self::Float => "a number",
            Self::List(_) => "a list",
            Self::Map(..) => "a map",
        }
    }
}

/// Where in a field something is: from the outside in, the items of a list or the values and names of a map.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The items of a list, the values of a map.
    Each,
    /// The names of a map.
    Keys,
}

/// A diagnostic about a field, or about a part of it.
#[track_caller]
const fn fail(start: &[&str], field: &Field, parts: &[Part], rest: &[&str]) -> ! {
    let mut text = Text::new();
    text.push_all(start);
    text.push_all(&["`", field.name]);
    let mut index = 0;
    while index < parts.len() {
        text.push(match parts[index] {
            Part::Each => "[]",
            Part::Keys => "{}",
        });
        index += 1;
    }
    text.push("`");
    text.push_all(rest);
    text.fail()
}

/// Checks that a stated rule means something for the type and leaves some values. `parts` lead to what
/// it is about.
#[track_caller]
pub const fn check_rule(field: &Field, parts: &[Part], rule: Rule) {
    let mut needs = &field.ty.needs;
    let mut rules: &Rules = &field.rules;
    let mut index = 0;
    while index < parts.len() {
        match (needs, parts[index]) {
            (Needs::List(item) | Needs::Map(_, item), Part::Each) => {
                needs = item;
                rules = rules.of_items();
            }
            (Needs::Map(key, _), Part::Keys) => {
                needs = key;
                rules = rules.of_keys();
            }
            // The `each` or `keys` around this rule is refused already.
            _ => return,
        }
        index += 1;
    }
    if !needs.fits(rule) {
        let start = ["SA504: `", rule.name(), "` has no meaning for "];
        let help = [", which is ", needs.is_what(), "\n  help: remove it, or change the type"];
        fail(&start, field, parts, &help)
    }
    match rule {
        Rule::MinLen | Rule::MaxLen | Rule::Pattern => {
            if let Some(longest) = rules.longest() {
                leaves_some(rules.shortest() <= longest, field, parts);
            }
        }
        Rule::Range => {
            if let Some(range) = &rules.range {
                check_range(field, parts, needs, range);
            }
        }
        Rule::Items => {
            if let Some((fewest, most)) = rules.items {
                leaves_some(fewest <= most, field, parts);
            }
        }
        Rule::Text | Rule::Email | Rule::Each | Rule::Keys => {}
    }
}

#[track_caller]
const fn leaves_some(some: bool, field: &Field, parts: &[Part]) {
    if !some {
        let help = " leave nothing\n  help: write the smaller end first";
        fail(&["SA505: the bounds of "], field, parts, &[help])
    }
}

#[track_caller]
const fn check_range(field: &Field, parts: &[Part], needs: &Needs, range: &Range) {
    let (low, high) = (range.low, range.high);
    // A bound that is no number compares as neither.
    let ordered = if range.closed { low.float <= high.float } else { low.float < high.float };
    leaves_some(ordered, field, parts);
    if let Needs::Whole { lowest, highest } = needs {
        let whole = low.whole as f64 == low.float && high.whole as f64 == high.float;
        if !whole || low.whole < *lowest || range.highest() > *highest {
            let help = " does not fit its type\n  help: write whole numbers that the type can hold";
            fail(&["SA506: the range of "], field, parts, &[help])
        }
    }
}

/// Checks that a field has the bounds its type needs, and its parts have theirs.
#[track_caller]
pub const fn check_bounds(field: &Field) {
    bounded(field, &field.ty.needs, &field.rules, &mut [Part::Each; MOST_PARTS], 0);
}

/// As many lists and maps as a field has around a value; a request nests no deeper.
const MOST_PARTS: usize = 32;

#[track_caller]
const fn bounded(
    field: &Field,
    needs: &Needs,
    rules: &Rules,
    path: &mut [Part; MOST_PARTS],
    depth: usize,
) {
    let (parts, _) = path.split_at(depth);
    match needs {
        Needs::Nothing | Needs::Object => {}
        Needs::Text | Needs::Secret => {
            if rules.longest().is_none() {
                let help = " is text without a bound\n  help: write `max_len = …`, or a `pattern` or `email` \
                            that implies one; for the items of a list inside `each(…)`";
                fail(&["SA501: "], field, parts, &[help])
            }
        }
        Needs::Whole { .. } | Needs::Float => {
            if rules.range.is_none() {
                let help = " is a number without a range\n  help: write `range = 0..=…`, the smallest and \
                            the greatest; for the items of a list inside `each(…)`";
                fail(&["SA503: "], field, parts, &[help])
            }
        }
        Needs::List(_) | Needs::Map(..) => {
            if rules.items.is_none() {
                let help = " is a list without a bound\n  help: write `items = 0..=…`, the fewest and the most";
                fail(&["SA502: "], field, parts, &[help])
            }
            if let Needs::Map(key, _) = needs {
                path[depth] = Part::Keys;
                bounded(field, key, rules.of_keys(), path, depth + 1);
            }
            if let Needs::List(item) | Needs::Map(_, item) = needs {
                path[depth] = Part::Each;
                bounded(field, item, rules.of_items(), path, depth + 1);
            }
        }
    }
}

/// Checks that a field whose name is that of a secret is one.
#[track_caller]
pub const fn check_secret(field: &Field) {
    if let Needs::Text = field.ty.needs {
        let help = " looks like a secret and is plain text\n  help: take `Secret<String>`, or write \
                    `#[input(allow(plain_secret, reason = \"…\"))]`";
        fail(&["SA521: "], field, &[], &[help])
    }
}

/// How an argument reads the fields of its input, where that asks something of them.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// As they are.
    Freely,
    /// As names and texts of one level: a query string or a form.
    Flat(&'static [Field]),
    /// Those that are there: a merge patch.
    Merging(&'static [Field]),
}

/// Checks that the fields of an argument's input can be read in the way the argument does.
#[track_caller]
pub const fn check_reads(reads: Reads) {
    match reads {
        Reads::Freely => {}
        Reads::Flat(fields) => check_query(fields),
        Reads::Merging(fields) => check_patch(fields),
    }
}

/// Checks that an input can come from a query string or a form: every field is one value.
#[track_caller]
pub const fn check_query(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if matches!(field.ty.needs, Needs::List(_) | Needs::Map(..) | Needs::Object) {
            let help = " cannot come from a query string or a form\n  help: a parameter is one value: name a scalar, or take \
                        the input as `Json`";
            fail(&["SA512: "], field, &[], &[help]);
        }
        index += 1;
    }
}

/// Checks that an input can be a merge patch: every field may be left out.
#[track_caller]
pub const fn check_patch(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if !field.ty.optional {
            let help = " has to be there, in a patch too\n  help: make it `Option<…>`, which may be left as it is, or \
                        `Patched<…>`, which may be removed too";
            fail(&["SA522: "], field, &[], &[help]);
        }
        index += 1;
    }
}
