//! The pages of the error book that the command `explain` has in it: all of them.

use super::{compare_or_bless, files_under};

/// The file that lists them.
const LIST: &str = "src/cli/explain/pages.rs";

/// The columns of a line.
const WIDTH: usize = 100;

#[test]
fn each_page_of_an_error_is_in_the_program() {
    let before = super::read(LIST);
    let (head, _) = before.split_once("pages! {\n").expect("a list");
    let mut text = format!("{head}pages! {{\n   ");
    let mut column = 3;
    let pages = files_under("book/src/errors", ".md");
    assert!(pages.len() > 250, "only {} pages", pages.len());
    for page in pages {
        let code = page.file_stem().expect("a name").to_string_lossy();
        if column + 1 + code.len() > WIDTH {
            text.push_str("\n   ");
            column = 3;
        }
        text.push_str(&format!(" {code}"));
        column += 1 + code.len();
    }
    compare_or_bless(LIST, &format!("{text}\n}}\n"));
}
