//! What the compiler checks of an input: that everything has a bound, and each bound fits its type.
//!
//! The checks run in constants of the generated code, one for each field, and stop the compilation with a
//! sentence about that field. So they see through type aliases and `Option`.

use crate::compose::{Text, same};

use super::{Field, Range, Rules};

/// Which bounds a type has to be given.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// None: it brings its own.
    Nothing,
    /// None: its fields have theirs.
    Object,
    /// None: its fields have theirs, and some of them are files.
    Upload,
    /// A largest number of bytes, and kinds.
    File,
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
    /// `contains`
    Contains,
    /// `excludes`
    Excludes,
    /// `multiple_of`
    MultipleOf,
    /// `unique`
    Unique,
    /// `max_bytes`
    MaxBytes,
    /// `kinds`
    Kinds,
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
            Self::Contains => "contains",
            Self::Excludes => "excludes",
            Self::MultipleOf => "multiple_of",
            Self::Unique => "unique",
            Self::MaxBytes => "max_bytes",
            Self::Kinds => "kinds",
            Self::Items => "items",
            Self::Each => "each",
            Self::Keys => "keys",
        }
    }
}

impl Needs {
    const fn fits(&self, rule: Rule) -> bool {
        match self {
            Self::Nothing | Self::Object | Self::Upload => false,
            Self::File => matches!(rule, Rule::MaxBytes | Rule::Kinds),
            Self::Text => {
                matches!(
                    rule,
                    Rule::Text
                        | Rule::Email
                        | Rule::MinLen
                        | Rule::MaxLen
                        | Rule::Pattern
                        | Rule::Contains
                        | Rule::Excludes
                )
            }
            Self::Secret => matches!(rule, Rule::MinLen | Rule::MaxLen | Rule::Pattern),
            Self::Whole { .. } => matches!(rule, Rule::Range | Rule::MultipleOf),
            Self::Float => matches!(rule, Rule::Range),
            // Two files of the same bytes are two files.
            Self::List(Self::File) => matches!(rule, Rule::Items | Rule::Each),
            Self::List(_) => matches!(rule, Rule::Items | Rule::Each | Rule::Unique),
            Self::Map(..) => matches!(rule, Rule::Items | Rule::Each | Rule::Keys),
        }
    }

    const fn is_what(&self) -> &'static str {
        match self {
            Self::Nothing => "a value that brings its own bounds",
            Self::Object => "an object",
            Self::Upload => "an object with files",
            Self::File => "a file",
            Self::Text => "text",
            Self::Secret => "a secret, which is taken as it was sent",
            Self::Whole { .. } => "a whole number",
            Self::Float => "a number",
            Self::List(Self::File) => "a list of files",
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
        Rule::Contains | Rule::Excludes => check_part(field, parts, rules, rule),
        Rule::MultipleOf => {
            if let Some(factor) = rules.multiple_of {
                check_factor(field, parts, rules, factor);
            }
        }
        Rule::MaxBytes => {
            if rules.most_bytes() == 0 {
                let help =
                    " leave nothing\n  help: write more than 0 bytes, as `max_bytes = 5 * MIB`";
                fail(&["SA505: the bounds of "], field, parts, &[help])
            }
        }
        Rule::Kinds => check_kinds(field, parts, rules),
        Rule::Text | Rule::Email | Rule::Unique | Rule::Each | Rule::Keys => {}
    }
}

#[track_caller]
const fn leaves_some(some: bool, field: &Field, parts: &[Part]) {
    if !some {
        let help = " leave nothing\n  help: write the smaller end first";
        fail(&["SA505: the bounds of "], field, parts, &[help])
    }
}

/// Checks that a part of a text is one, and that there is room for it; that not everything has it in it.
#[track_caller]
const fn check_part(field: &Field, parts: &[Part], rules: &Rules, rule: Rule) {
    let part = match rule {
        Rule::Contains => rules.contains,
        _ => rules.excludes,
    };
    let Some(part) = part else { return };
    let some = match (rule, rules.longest()) {
        (Rule::Contains, Some(longest)) => count(part) <= longest,
        _ => true,
    };
    // What contains one text and not another is none where the first has the second in it: that is left to tests.
    if part.is_empty() || !some {
        let help = " leave nothing\n  help: write a text of at least one character, and not longer than the field";
        fail(&["SA505: the bounds of "], field, parts, &[help])
    }
}

/// How many characters a text has.
const fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut index, mut count) = (0, 0);
    while index < bytes.len() {
        // Bytes of the form 10xxxxxx go on with a character.
        if bytes[index] & 0b1100_0000 != 0b1000_0000 {
            count += 1;
        }
        index += 1;
    }
    count
}

/// Checks that a factor is one, and that some number of the range is a multiple of it.
#[track_caller]
const fn check_factor(field: &Field, parts: &[Part], rules: &Rules, factor: i64) {
    let some = match &rules.range {
        _ if factor < 1 => false,
        // The greatest multiple that is not above the range is not below it either.
        Some(range) => {
            let highest = range.highest();
            highest.saturating_sub(highest.rem_euclid(factor as i128)) >= range.low.whole
        }
        None => true,
    };
    if !some {
        let help = " leave nothing\n  help: write a factor above 0 that some number of the range is a multiple of";
        fail(&["SA505: the bounds of "], field, parts, &[help])
    }
}

/// Checks that a file is of some kind, and that there is a reason for kinds that can act.
#[track_caller]
const fn check_kinds(field: &Field, parts: &[Part], rules: &Rules) {
    if rules.of_kinds().is_empty() {
        let help = " is a file of no kind\n  help: name those that are wanted, as `kinds = [FileKind::Png, \
                    FileKind::Jpeg]`";
        fail(&["SA527: "], field, parts, &[help])
    }
    if has_active(rules) && !allows(field, "active_content") {
        let help = " admits files that can carry scripts\n  help: leave that kind out, or write \
                    `allow(active_content, reason = \"…\")`";
        fail(&["SA531: "], field, parts, &[help])
    }
}

const fn has_active(rules: &Rules) -> bool {
    let kinds = rules.of_kinds();
    let mut index = 0;
    while index < kinds.len() {
        if kinds[index].is_active() {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether a field is excepted from a rule.
const fn allows(field: &Field, rule: &str) -> bool {
    let mut index = 0;
    while index < field.allowed.len() {
        if same(field.allowed[index].rule, rule) {
            return true;
        }
        index += 1;
    }
    false
}

/// Checks that a field which is allowed active content has some.
#[track_caller]
pub const fn check_active(field: &Field) {
    if !has_active(&field.rules) && !has_active(field.rules.of_items()) {
        crate::compose::fail(&[
            "SA524: `active_content` is not forbidden here\n  help: remove the exception: it would hide a later \
             mistake",
        ]);
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
        Needs::Upload => {
            let help = " puts files below the first level of an input\n  help: an upload has one level: name the file \
                        in the input that is uploaded";
            fail(&["SA530: "], field, parts, &[help])
        }
        Needs::File => {
            if rules.max_bytes.is_none() || rules.kinds.is_none() {
                let help = " is a file without a bound\n  help: write `max_bytes = 5 * MIB` and `kinds = \
                            [FileKind::Png]`: how large, and of which kinds; for the items of a list inside `each(…)`";
                fail(&["SA526: "], field, parts, &[help])
            }
        }
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
    /// None.
    Freely,
    /// As they are: JSON.
    Whole(&'static [Field]),
    /// As parts with names: an upload.
    Parts(&'static [Field]),
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
        Reads::Whole(fields) => check_no_files(fields),
        Reads::Parts(fields) => check_upload(fields),
        Reads::Flat(fields) => {
            check_no_files(fields);
            check_query(fields);
        }
        Reads::Merging(fields) => {
            check_no_files(fields);
            check_patch(fields);
        }
    }
}

const fn is_file(field: &Field) -> bool {
    matches!(field.ty.needs, Needs::File | Needs::List(Needs::File))
}

/// Checks that an input that is no upload has no files.
#[track_caller]
const fn check_no_files(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        if is_file(&fields[index]) {
            let help = " is a file, and only an upload carries files\n  help: take the input as `Upload<…>`";
            fail(&["SA528: "], &fields[index], &[], &[help]);
        }
        index += 1;
    }
}

/// Checks that an upload has a file, and besides files single values.
#[track_caller]
const fn check_upload(fields: &[Field]) {
    let (mut index, mut files) = (0, 0);
    while index < fields.len() {
        if is_file(&fields[index]) {
            files += 1;
        } else {
            let help = " cannot be a part of an upload\n  help: a part is one value: name a scalar, or a list of files";
            check_single(&fields[index], help);
        }
        index += 1;
    }
    if files == 0 {
        crate::compose::fail(&[
            "SA529: an upload carries files, and this input has none\n  help: take the input as `Form<…>` or \
             `Json<…>`",
        ]);
    }
}

/// Checks that an input can come from a query string or a form: every field is one value.
#[track_caller]
pub const fn check_query(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let help = " cannot come from a query string or a form\n  help: a parameter is one value: name a scalar, or take \
                    the input as `Json`";
        check_single(&fields[index], help);
        index += 1;
    }
}

#[track_caller]
const fn check_single(field: &Field, help: &str) {
    if matches!(field.ty.needs, Needs::List(_) | Needs::Map(..) | Needs::Object) {
        fail(&["SA512: "], field, &[], &[help]);
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
