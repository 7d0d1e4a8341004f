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
        }
    }
}

/// A diagnostic about a field, or about the items of the list it is.
#[track_caller]
const fn fail(start: &[&str], field: &Field, level: usize, rest: &[&str]) -> ! {
    let mut text = Text::new();
    text.push_all(start);
    text.push_all(&["`", field.name]);
    let mut index = 0;
    while index < level {
        text.push("[]");
        index += 1;
    }
    text.push("`");
    text.push_all(rest);
    text.fail()
}

/// Checks that a stated rule means something for the type and leaves some values. `level` counts the lists
/// around what it is about.
#[track_caller]
pub const fn check_rule(field: &Field, level: usize, rule: Rule) {
    let mut needs = &field.ty.needs;
    let mut rules: &Rules = &field.rules;
    let mut index = 0;
    while index < level {
        match needs {
            Needs::List(item) => needs = item,
            // The `each` around this rule is refused already.
            _ => return,
        }
        rules = rules.of_items();
        index += 1;
    }
    if !needs.fits(rule) {
        let start = ["SA504: `", rule.name(), "` has no meaning for "];
        let help = [", which is ", needs.is_what(), "\n  help: remove it, or change the type"];
        fail(&start, field, level, &help)
    }
    match rule {
        Rule::MinLen | Rule::MaxLen | Rule::Pattern => {
            if let Some(longest) = rules.longest() {
                leaves_some(rules.shortest() <= longest, field, level);
            }
        }
        Rule::Range => {
            if let Some(range) = &rules.range {
                check_range(field, level, needs, range);
            }
        }
        Rule::Items => {
            if let Some((fewest, most)) = rules.items {
                leaves_some(fewest <= most, field, level);
            }
        }
        Rule::Text | Rule::Email | Rule::Each => {}
    }
}

#[track_caller]
const fn leaves_some(some: bool, field: &Field, level: usize) {
    if !some {
        let help = " leave nothing\n  help: write the smaller end first";
        fail(&["SA505: the bounds of "], field, level, &[help])
    }
}

#[track_caller]
const fn check_range(field: &Field, level: usize, needs: &Needs, range: &Range) {
    let (low, high) = (range.low, range.high);
    // A bound that is no number compares as neither.
    let ordered = if range.closed { low.float <= high.float } else { low.float < high.float };
    leaves_some(ordered, field, level);
    if let Needs::Whole { lowest, highest } = needs {
        let whole = low.whole as f64 == low.float && high.whole as f64 == high.float;
        if !whole || low.whole < *lowest || range.highest() > *highest {
            let help = " does not fit its type\n  help: write whole numbers that the type can hold";
            fail(&["SA506: the range of "], field, level, &[help])
        }
    }
}

/// Checks that a field has the bounds its type needs, and its items have theirs.
#[track_caller]
pub const fn check_bounds(field: &Field) {
    let mut needs = &field.ty.needs;
    let mut rules: &Rules = &field.rules;
    let mut level = 0;
    loop {
        match needs {
            Needs::Nothing | Needs::Object => return,
            Needs::Text | Needs::Secret => {
                if rules.longest().is_none() {
                    let help = " is text without a bound\n  help: write `max_len = …`, or a `pattern` or `email` \
                                that implies one; for the items of a list inside `each(…)`";
                    fail(&["SA501: "], field, level, &[help])
                }
                return;
            }
            Needs::Whole { .. } | Needs::Float => {
                if rules.range.is_none() {
                    let help = " is a number without a range\n  help: write `range = 0..=…`, the smallest and \
                                the greatest; for the items of a list inside `each(…)`";
                    fail(&["SA503: "], field, level, &[help])
                }
                return;
            }
            Needs::List(item) => {
                if rules.items.is_none() {
                    let help = " is a list without a bound\n  help: write `items = 0..=…`, the fewest and the most";
                    fail(&["SA502: "], field, level, &[help])
                }
                needs = item;
                rules = rules.of_items();
                level += 1;
            }
        }
    }
}

/// How an argument reads the fields of its input, where that asks something of them.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// As they are.
    Freely,
    /// As names and texts of one level: a query string.
    Flat(&'static [Field]),
}

/// Checks that the fields of an argument's input can be read in the way the argument does.
#[track_caller]
pub const fn check_reads(reads: Reads) {
    match reads {
        Reads::Freely => {}
        Reads::Flat(fields) => check_query(fields),
    }
}

/// Checks that an input can come from a query string: every field is one value.
#[track_caller]
pub const fn check_query(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if matches!(field.ty.needs, Needs::List(_) | Needs::Object) {
            let help = " cannot come from a query string\n  help: a query parameter is one value: name a scalar, or take \
                        the input as `Json`";
            fail(&["SA512: "], field, 0, &[help]);
        }
        index += 1;
    }
}
