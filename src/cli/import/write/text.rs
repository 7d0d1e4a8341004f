//! Texts of the document in Rust: literals and comments that nothing can break out of.

/// The longest comment that is taken over, in characters.
const LONGEST: usize = 300;

/// The width of a line of a comment.
const WIDTH: usize = 110;

/// Returns a text as a literal of Rust.
pub(super) fn literal(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                written.push('\\');
                written.push(letter);
            }
            ' '..='~' => written.push(letter),
            // Controls, marks of direction and letters that look like others are told by their numbers.
            _ if letter.is_alphanumeric() => written.push(letter),
            _ => written.extend(letter.escape_unicode()),
        }
    }
    written.push('"');
    written
}

/// Returns a text in one line: no control, no mark of direction, words one blank apart.
pub(super) fn line(text: &str) -> String {
    let mut words = String::new();
    let mut count = 0;
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let word: String = word.chars().filter(|letter| is_plain(*letter)).collect();
        // Code between marks would be compiled as a test where the project is a library.
        let is_fence = ["```", "~~~"].iter().any(|fence| word.contains(fence));
        let word = if is_fence { word.replace(['`', '~'], "") } else { word };
        if word.is_empty() {
            continue;
        }
        count += word.chars().count() + 1;
        if count > LONGEST {
            words.push_str(" …");
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&word);
    }
    words
}

/// Returns `true` for what a line of a comment may have: nothing that changes the order in which it is read, and nothing unseen.
fn is_plain(letter: char) -> bool {
    matches!(letter, '!'..='~') || letter.is_alphanumeric() || "–—…’‘“”€£§°×·éß".contains(letter)
}

/// Returns a text as a comment with this mark, `///` or `//!` or `//`, of lines with this indentation; nothing of no text.
pub(super) fn comment(indent: &str, mark: &str, text: &str) -> String {
    let text = line(text);
    let mut written = String::new();
    let mut row = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !row.is_empty() && row.chars().count() + word.chars().count() >= WIDTH {
            written.push_str(&format!("{indent}{mark} {row}\n"));
            row.clear();
        }
        if !row.is_empty() {
            row.push(' ');
        }
        row.push_str(word);
    }
    if !row.is_empty() {
        written.push_str(&format!("{indent}{mark} {row}\n"));
    }
    written
}

/// Returns documentation of an item: the text, or else a sentence of its own.
pub(super) fn doc(indent: &str, text: &str, otherwise: &str) -> String {
    let written = comment(indent, "///", text);
    if written.is_empty() { comment(indent, "///", otherwise) } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that would be code if anything of them got out of its place.
    const HOSTILE: [&str; 11] = [
        "\"; fn main() { panic!() } //",
        "a\n#![allow(x)]\nfn f() {}",
        "*/ fn f() {} /*",
        "a\r\nfn f() {}",
        "a\u{2028}fn f() {}",
        "\\",
        "\\\"",
        "\u{202e}} fn f() {",
        "```\nfn f() {}\n```",
        "~~~\nfn f() {}\n~~~",
        "``\u{200b}`\nfn f() {}",
    ];

    #[test]
    fn a_literal_is_one_token_that_says_what_was_said() {
        for text in HOSTILE {
            let literal = literal(text);
            let read: syn::LitStr = syn::parse_str(&literal).expect("a literal");
            assert_eq!(read.value(), text);
            let inside = &literal[1..literal.len() - 1];
            let mut escaped = false;
            for letter in inside.chars() {
                assert!(!letter.is_control(), "{literal}");
                assert!(escaped || letter != '"', "{literal}");
                escaped = !escaped && letter == '\\';
            }
            assert!(!escaped, "{literal}");
        }
    }

    #[test]
    fn every_line_of_a_comment_begins_as_one() {
        for text in HOSTILE {
            for row in comment("    ", "///", text).lines() {
                assert!(row.starts_with("    /// "), "{row:?}");
                assert!(!row.contains(['\r', '\u{2028}', '\u{202e}']), "{row:?}");
            }
            let told = doc("", text, "It.");
            assert!(!told.contains("```") && !told.contains("~~~"), "{text}");
        }
        assert_eq!(comment("", "///", " \n "), "");
        assert!(comment("", "///", &"a ".repeat(10_000)).len() < 1000);
    }
}
