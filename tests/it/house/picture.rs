//! The picture of a compile error that the README shows: drawn from a wrong program and from what the compiler says of it.

use std::fmt::Write as _;

use super::{compare_or_bless, program, read};

/// A program with two mistakes, which are told at once.
const CASE: &str = "route/two_mistakes_at_once";
const PICTURE: &str = "book/src/compile-error.svg";

/// Points between two lines, and the width of a letter. Each run of letters is given its width, whatever font there is.
const LINE: usize = 19;
const LETTER: f64 = 7.8;
/// Points around the text.
const MARGIN: usize = 18;

/// The colors of the words of a terminal.
const PLAIN: &str = "#d6deeb";
const STRONG: &str = "#ffffff";
const ERROR: &str = "#ff6b6b";
const PLACE: &str = "#6cb6ff";
const HELP: &str = "#7ee0c0";

/// Letters of one line that have one color.
type Run<'a> = (&'a str, &'a str);

#[test]
fn the_picture_of_an_error_is_what_the_compiler_says() {
    let output = read(format!("tests/ui/{CASE}.stderr"));
    let (case, above) = program::shown_case(&read(format!("tests/ui/{CASE}.rs")), &output);
    let said = program::shown_output(&output, CASE, above);
    let lines: Vec<_> = ["$ cargo check"].into_iter().chain(said.lines()).collect();
    assert!(case.contains("#[get(") && lines.len() > 10, "{CASE} shows a route");
    compare_or_bless(PICTURE, &drawn(&lines));
}

fn drawn(lines: &[&str]) -> String {
    let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let width = (widest as f64 * LETTER) as usize + 2 * MARGIN;
    let height = lines.len() * LINE + 2 * MARGIN;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>What the compiler says of a route with two mistakes</title>\n\
         <desc>{}</desc>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#10151f\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"13\" xml:space=\"preserve\">\n",
        escaped(&lines.join("\n"))
    );
    for (number, line) in lines.iter().enumerate() {
        let mut column = 0;
        for (text, color) in runs(line) {
            let length = text.chars().count();
            // Blanks are places, and no letters: not every reader of pictures keeps them.
            let blanks = text.chars().take_while(|letter| *letter == ' ').count();
            let (x, y) =
                (MARGIN as f64 + (column + blanks) as f64 * LETTER, MARGIN + number * LINE + 13);
            let shown = text.trim();
            column += length;
            if shown.is_empty() {
                continue;
            }
            let wide = shown.chars().count() as f64 * LETTER;
            let weight = if color == PLAIN { "" } else { " font-weight=\"600\"" };
            let _ = writeln!(
                picture,
                "<text x=\"{x:.1}\" y=\"{y}\" fill=\"{color}\"{weight} textLength=\"{wide:.1}\" \
                 lengthAdjust=\"spacingAndGlyphs\">{}</text>",
                escaped(shown)
            );
        }
    }
    picture + "</g>\n</svg>\n"
}

/// Parts a line of the compiler's into runs, as a terminal colors them.
fn runs(line: &str) -> Vec<Run<'_>> {
    if line.starts_with('$') {
        return vec![(line, PLAIN)];
    }
    if line.starts_with("error") {
        let (head, message) =
            line.split_once(':').map_or((line, ""), |(head, _)| line.split_at(head.len()));
        return vec![(head, ERROR), (message, STRONG)];
    }
    if line.trim_start().starts_with("help:") {
        return vec![(line, HELP)];
    }
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    let at = line.len() - digits.len();
    if digits.starts_with("-->") {
        let (place, rest) = line.split_at(at + 3);
        return vec![(place, PLACE), (rest, PLAIN)];
    }
    if digits.starts_with('|') {
        let (place, rest) = line.split_at(at + 1);
        let color = if rest.trim_start().starts_with('^') { ERROR } else { PLAIN };
        return vec![(place, PLACE), (rest, color)];
    }
    vec![(line, STRONG)]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn a_line_is_parted_as_a_terminal_colors_it() {
    assert_eq!(runs("error[E1]: a: b"), [("error[E1]", ERROR), (": a: b", STRONG)]);
    assert_eq!(runs("  --> a.rs:1:2"), [("  -->", PLACE), (" a.rs:1:2", PLAIN)]);
    assert_eq!(runs("12 | let a | b"), [("12 |", PLACE), (" let a | b", PLAIN)]);
    assert_eq!(runs("   |   ^^^ c"), [("   |", PLACE), ("   ^^^ c", ERROR)]);
    assert!(
        drawn(&["a < b"])
            .contains("textLength=\"39.0\" lengthAdjust=\"spacingAndGlyphs\">a &lt; b</text>")
    );
}
