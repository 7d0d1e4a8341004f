//! The compile-time check of a rule: it applies to the field's type, and leaves some values.

use crate::compose::{self, same};

use crate::input::{
    Field, FileKind, Level, Needs, Range, Rule, Rules,
    rules::{Levels, bounds::fail, listed},
};

/// Checks that a stated rule means something for the type and leaves some values. `levels` lead to what
/// it is about.
#[track_caller]
pub const fn check_rule(field: &Field, levels: &[Level], rule: Rule) {
    let mut needs = &field.ty.needs;
    let mut rules: &Rules = &field.rules;
    let mut index = 0;
    while index < levels.len() {
        match (needs, levels[index]) {
            (Needs::List(item) | Needs::Map(_, item), Level::Each) => {
                needs = item;
                rules = rules.of_items();
            }
            (Needs::Map(key, _), Level::Keys) => {
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
        let help = [", which is ", needs.is_what(), "\n  help: ", in_place_of(rule, needs, rules)];
        fail(&start, field, levels, &help)
    }
    match rule {
        Rule::MinLen | Rule::MaxLen | Rule::Pattern => {
            if let Some(longest) = rules.longest() {
                leaves_some(rules.shortest() <= longest, field, levels);
                check_form(field, levels, needs, longest);
            }
        }
        Rule::Range => {
            if let Some(range) = &rules.range {
                check_range(field, levels, needs, range);
            }
        }
        Rule::Items => {
            if let Some((fewest, most)) = rules.items {
                leaves_some(fewest <= most, field, levels);
            }
        }
        Rule::Contains | Rule::Excludes => check_part(field, levels, rules, rule),
        Rule::MultipleOf => {
            if let Some(factor) = rules.multiple_of {
                check_factor(field, levels, rules, factor);
            }
        }
        Rule::OneOf => listed::check(field, levels, needs, rules),
        Rule::MaxBytes => {
            if rules.most_bytes() == 0 {
                let help =
                    " leave nothing\n  help: write more than 0 bytes, as `max_bytes = 5 * MIB`";
                fail(&["SA505: the bounds of "], field, levels, &[help])
            }
        }
        Rule::Kinds => check_kinds(field, levels, rules),
        Rule::Depth => {
            if matches!(rules.depth, Some(Levels { most: 0, .. })) {
                let help = " leave nothing\n  help: write 1 at least: `depth = 5`";
                fail(&["SA505: the bounds of "], field, levels, &[help])
            }
        }
        Rule::Text
        | Rule::Email
        | Rule::Only
        | Rule::Unique
        | Rule::Each
        | Rule::Keys
        | Rule::Separated
        | Rule::Json => {}
    }
}

#[track_caller]
const fn leaves_some(some: bool, field: &Field, levels: &[Level]) {
    if !some {
        let help = " leave nothing\n  help: write the smaller end first";
        fail(&["SA505: the bounds of "], field, levels, &[help])
    }
}

/// Checks that a text of a form of its own is bounded further, and that some texts of the form are left.
#[track_caller]
const fn check_form(field: &Field, levels: &[Level], needs: &Needs, most: usize) {
    let Needs::Formed { shortest, longest } = needs else { return };
    if most < *shortest {
        let help = " leave nothing\n  help: write `max_len = 100`, or remove it";
        fail(&["SA505: the bounds of "], field, levels, &[help])
    }
    if most >= *longest {
        let help = ", which is a value that is never longer\n  help: remove it, or change the type";
        fail(&["SA504: `max_len` has no meaning for "], field, levels, &[help])
    }
}

/// Checks that a part of a text is one, and that there is room for it; that not everything has it in it.
#[track_caller]
const fn check_part(field: &Field, levels: &[Level], rules: &Rules, rule: Rule) {
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
        fail(&["SA505: the bounds of "], field, levels, &[help])
    }
}

/// Returns the number of characters of a text.
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
const fn check_factor(field: &Field, levels: &[Level], rules: &Rules, factor: i64) {
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
        fail(&["SA505: the bounds of "], field, levels, &[help])
    }
}

/// Checks that a file is of some kind, and that there is a reason for kinds that can act.
#[track_caller]
const fn check_kinds(field: &Field, levels: &[Level], rules: &Rules) {
    if rules.of_kinds().is_empty() {
        let help = " is a file of no kind\n  help: name those that are wanted, as `kinds = [FileKind::Png, \
                    FileKind::Jpeg]`";
        fail(&["SA527: "], field, levels, &[help])
    }
    if FileKind::have_active(rules.of_kinds()) && !allows(field, "active_content") {
        let help = " admits files that can carry scripts\n  help: leave that kind out, or write \
                    `allow(active_content, reason = \"…\")`";
        fail(&["SA531: "], field, levels, &[help])
    }
}

/// Returns `true` if the field states an exception to the rule.
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
    let (own, items) = (field.rules.of_kinds(), field.rules.of_items().of_kinds());
    if !FileKind::have_active(own) && !FileKind::have_active(items) {
        compose::fail(&[
            "SA524: `active_content` is not forbidden here\n  help: remove the exception: it would hide a later \
             mistake",
        ]);
    }
}

#[track_caller]
const fn check_range(field: &Field, levels: &[Level], needs: &Needs, range: &Range) {
    let (low, high) = (range.low, range.high);
    // A bound that is no number compares as neither.
    let ordered = if range.closed { low.float <= high.float } else { low.float < high.float };
    leaves_some(ordered, field, levels);
    if !low.float.is_finite() || !high.float.is_finite() {
        let help = " is a number whose range has no end\n  help: write `range = 0.0..=100.0`, the smallest and the \
                    greatest";
        fail(&["SA503: "], field, levels, &[help])
    }
    if let Needs::Whole { lowest, highest } = needs {
        let whole = low.whole as f64 == low.float && high.whole as f64 == high.float;
        if !whole || low.whole < *lowest || range.highest() > *highest {
            let help = " does not fit its type\n  help: write whole numbers that the type can hold";
            let all = match (*lowest, *highest) {
                (0, 0xff) => ": `range = 0..=255` is all of them",
                (0, 0xffff) => ": `range = 0..=65_535` is all of them",
                (0, 0xffff_ffff) => ": `range = 0..=4_294_967_295` is all of them",
                (-0x80, _) => ": `range = -128..=127` is all of them",
                (-0x8000, _) => ": `range = -32_768..=32_767` is all of them",
                (-0x8000_0000, _) => ": `range = -2_147_483_648..=2_147_483_647` is all of them",
                (0, _) => ", from 0 on",
                _ => "",
            };
            fail(&["SA506: the range of "], field, levels, &[help, all])
        }
    }
}

/// Returns what to write in place of a rule that does not fit: of a bound, the one that the type has and that is not stated.
const fn in_place_of(rule: Rule, needs: &Needs, rules: &Rules) -> &'static str {
    let is_bound = matches!(
        rule,
        Rule::MinLen | Rule::MaxLen | Rule::Range | Rule::Items | Rule::MaxBytes | Rule::Kinds
    );
    match needs {
        Needs::Text | Needs::Secret if is_bound && rules.longest().is_none() => {
            "write `max_len = 80`, or change the type"
        }
        Needs::Whole { .. } | Needs::Float if is_bound && rules.range.is_none() => {
            "write `range = 0..=100`, or change the type"
        }
        Needs::List(item) | Needs::Map(_, item) if item.fits(rule) => each(rule, rules),
        Needs::List(_) | Needs::Map(..) if is_bound && rules.items.is_none() => {
            "write `items = 0..=50`, or change the type"
        }
        _ => "remove it, or change the type",
    }
}

/// Returns what to write for a rule that is about each item.
const fn each(rule: Rule, rules: &Rules) -> &'static str {
    match (rule, rules.items.is_none()) {
        (Rule::MaxLen, true) => "write `items = 0..=50, each(max_len = 80)`",
        (Rule::MaxLen, false) => "write `each(max_len = 80)`",
        (Rule::Range, true) => "write `items = 0..=50, each(range = 0..=100)`",
        (Rule::Range, false) => "write `each(range = 0..=100)`",
        _ => "write it in `each(…)`, which is about each item",
    }
}
