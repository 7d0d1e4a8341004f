//! The parts that pages are made of: tables that a phone shows as cards, lists of facts, times, links.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::html::{Attributes, Html, all, element, text};
use crate::{
    error::stage_of,
    version::{Brownout, Day},
};

/// Returns a paragraph.
pub(super) fn paragraph(words: &str) -> Html {
    element("p", &[], text(words))
}

/// Returns a heading of a part, which links lead to by its id.
pub(super) fn heading(id: &str, words: &str) -> Html {
    element("h2", &[("id", id)], text(words))
}

/// Returns a text of the program, as a name.
pub(super) fn code(words: &str) -> Html {
    element("code", &[], text(words))
}

/// Returns a link.
pub(super) fn link(href: &str, words: &str) -> Html {
    element("a", &[("href", href)], text(words))
}

/// Returns a number, with its digits in threes.
pub(super) fn number(number: u64) -> Html {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    text(&grouped)
}

/// Returns a time, to the minute.
pub(super) fn time(seconds: i64) -> Html {
    let Ok(time) = Timestamp::from_second(seconds) else { return text("never") };
    let shown = time.strftime("%Y-%m-%d %H:%M UTC").to_string();
    element("time", &[("datetime", &time.to_string())], text(&shown))
}

/// Returns a time, or a dash.
pub(super) fn maybe_time(seconds: Option<i64>) -> Html {
    seconds.map_or_else(|| text("–"), time)
}

/// Returns a day, or a dash.
pub(super) fn maybe_day(day: Option<Day>) -> Html {
    text(&day.map_or_else(|| "–".to_owned(), |day| day.to_string()))
}

/// Returns the outages that are announced, or a dash.
pub(super) fn outages(all: &[Brownout]) -> Html {
    match all.is_empty() {
        true => text("–"),
        false => list(all.iter().map(|one| text(&one.to_string()))),
    }
}

/// Returns the name of an operation in a version.
pub(super) fn versioned(version: &str, operation: &str) -> Html {
    code(&format!("{version} {operation}"))
}

/// Returns a mark: a word that stands out by its frame and, for those who see color, by that.
pub(super) fn mark(kind: &'static str, words: &str) -> Html {
    let class = format!("mark {kind}");
    element("span", &[("class", &class)], text(words))
}

/// Returns a list.
pub(super) fn list(entries: impl IntoIterator<Item = Html>) -> Html {
    element("ul", &[], entries.into_iter().map(|entry| element("li", &[], entry)))
}

/// Returns facts, each with its name.
pub(super) fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, Html)>) -> Html {
    let fact = |(name, told)| [element("dt", &[], text(name)), element("dd", &[], told)];
    element("dl", &[], facts.into_iter().flat_map(fact))
}

/// Returns the counts of problems, each with the stage that refuses by it.
pub(super) fn refusals(refused: &BTreeMap<String, u64>) -> Html {
    let line = |(problem, count): (&String, &u64)| {
        let stage = stage_of(problem);
        let name = problem.rsplit([':', '#', '/']).next().unwrap_or(problem);
        all([number(*count), text(" "), code(name), text(&format!(" – {stage}"))])
    };
    match refused.is_empty() {
        true => text("none"),
        false => list(refused.iter().map(line)),
    }
}

/// Returns a table, or these words where it has no rows. The first cell of each row names it. Its roles are stated, since a
/// browser forgets those of a table whose rows are shown as cards.
pub(super) fn table(caption: &str, heads: &[&str], rows: Vec<Vec<Html>>, none: &str) -> Html {
    if rows.is_empty() {
        return element("p", &[("class", "none")], text(none));
    }
    tabled(&[("class", "cards"), ("role", "table")], caption, heads, rows)
}

/// Returns a table that stays one on a phone, and is scrolled in its place.
pub(super) fn wide_table(caption: &str, heads: &[&str], rows: Vec<Vec<Html>>) -> Html {
    let scroll =
        [("class", "scroll"), ("role", "region"), ("aria-label", caption), ("tabindex", "0")];
    element("div", &scroll, tabled(&[("role", "table")], caption, heads, rows))
}

fn tabled(attributes: Attributes<'_>, caption: &str, heads: &[&str], rows: Vec<Vec<Html>>) -> Html {
    let head =
        |head: &&str| element("th", &[("scope", "col"), ("role", "columnheader")], text(head));
    let row = |row: Vec<Html>| {
        let cells =
            row.into_iter().zip(heads).enumerate().map(|(place, (cell, head))| match place {
                0 => element("th", &[("scope", "row"), ("role", "rowheader")], cell),
                _ => element("td", &[("role", "cell"), ("data-label", head)], cell),
            });
        element("tr", &[("role", "row")], cells)
    };
    let group = ("role", "rowgroup");
    element(
        "table",
        attributes,
        [
            element("caption", &[], text(caption)),
            element("thead", &[group], element("tr", &[("role", "row")], heads.iter().map(head))),
            element("tbody", &[group], rows.into_iter().map(row)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_shown_for_people() {
        for (count, shown) in
            [(0, "0"), (999, "999"), (1000, "1\u{a0}000"), (1_234_567, "1\u{a0}234\u{a0}567")]
        {
            assert_eq!(number(count), text(shown));
        }
        let html = time(1_790_000_000).document();
        assert!(
            html.contains("<time datetime=\"2026-09-21T14:13:20Z\">2026-09-21 14:13 UTC</time>"),
            "{html}"
        );
        assert_eq!(time(i64::MAX), text("never"));
    }
}
