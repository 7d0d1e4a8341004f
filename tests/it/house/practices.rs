//! The pages of the practices: each that the table names tells a breach with its day and source, tries it again in a test, and gives
//! the same five answers.

use super::read;

const TABLE: &str = "book/src/practices.md";
const HEADING: &str = "a-breach-and-what-meets-it";
const ANSWERS: [&str; 5] = ["enforced", "documented", "tested", "let out by", "listed then as"];

/// The pages that the table leads to, for eight practices: one has two, since authentication is not authorization.
const PAGES: usize = 9;

#[test]
fn each_practice_has_a_breach_a_program_and_five_answers() {
    let table = read(TABLE);
    let mark = format!(".md#{HEADING})");
    // What stands before the mark, back to the bracket of the link, is the page.
    let before = table.match_indices(&mark).map(|(at, _)| &table[..at]);
    let pages: Vec<_> = before.filter_map(|text| text.rsplit('(').next()).collect();
    assert_eq!(pages.len(), PAGES, "{pages:?}");
    for page in pages {
        let text = read(format!("book/src/{page}.md"));
        let (_, after) = text
            .split_once("\n## A breach, and what meets it\n\n")
            .unwrap_or_else(|| panic!("{page}"));
        let piece = after.split("\n## ").next().unwrap_or_default();
        let (told, program) =
            piece.split_once("```rust,test_harness\n").unwrap_or_else(|| panic!("{page}: a test"));
        assert!(told.contains("](https://"), "{page} names no source");
        let is_year = |word: &str| word.len() == 4 && word.starts_with("20");
        assert!(told.split(|letter: char| !letter.is_ascii_digit()).any(is_year), "{page}: when?");
        assert!(program.contains("#[tokio::test]"), "{page} tries nothing");
        let rows = piece.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
        let answers: Vec<_> =
            rows.map(|(answer, _)| answer).filter(|answer| *answer != "|").collect();
        assert_eq!(answers, ANSWERS, "{page}");
    }
}
