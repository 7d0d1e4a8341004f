//! A page of the book as a text for a terminal: what its marks mean, without the marks.

use crate::cli::terminal::{BOLD, CODE, ERROR, HELP};

/// Returns the text of a page. Its last line, which leads to other pages, is left out.
pub(super) fn page(page: &str) -> String {
    let mut text = String::new();
    let mut is_code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        let shown = match line {
            line if is_code => code(line),
            line if line.starts_with("<!--") || is_navigation(line) => continue,
            line => prose(line),
        };
        // Of lines that are left out no blank one stays.
        if !shown.is_empty() || !text.ends_with("\n\n") {
            text.push_str(shown.trim_end());
            text.push('\n');
        }
    }
    format!("{}\n", text.trim_end())
}

/// Returns `true` for the line of links that a page ends with.
fn is_navigation(line: &str) -> bool {
    line.starts_with('[') && line.contains("](../")
}

fn code(line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    if line.starts_with("error") {
        return format!("    {ERROR}{line}{ERROR:#}");
    }
    format!("    {CODE}{line}{CODE:#}")
}

fn prose(line: &str) -> String {
    if let Some(help) = line.strip_prefix("> **help:** ") {
        return format!("{HELP}help{HELP:#}: {}", without_links(help));
    }
    match line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
        Some(heading) => format!("{BOLD}{heading}{BOLD:#}"),
        None => without_links(line),
    }
}

/// Returns a line in which links within the book are their texts, and others have their address behind them.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, name, target, after)) = link(rest) {
        text.push_str(before);
        text.push_str(name);
        if target.contains("://") {
            text.push_str(&format!(" ({target})"));
        }
        rest = after;
    }
    text + rest
}

/// Splits a line at its first link: what is before, its text, its address, what is after.
fn link(line: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = line.find("](")?;
    let start = line[..middle].rfind('[')?;
    let end = middle + line[middle..].find(')')?;
    Some((&line[..start], &line[start + 1..middle], &line[middle + 2..end], &line[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_code_stays() {
        let text = page(
            "# SA1: a title\n\n<!-- made -->\n\n> **help:** see [it](../a.md)\n\n## Wrong\n\n```rs\nlet a = b[0](c);\n```\n\n\
             A [page](https://a.example/b) of it.\n\n[view](../view.md) · [all](../errors.md)\n",
        );
        let text = anstream::adapter::strip_str(&text).to_string();
        assert_eq!(
            text,
            "SA1: a title\n\nhelp: see it\n\nWrong\n\n    let a = b[0](c);\n\nA page (https://a.example/b) of it.\n"
        );
    }
}
