//! A Rust file as these tests read it: without comments, without its own tests, with or without its texts.

use super::{read, shown};
use std::path::Path;

/// The rest of a file when comments and test modules are blanked out. Both forms have the same length.
pub(crate) struct Source {
    /// String literals are blanked out too.
    pub(crate) code: String,
    /// String literals are as written.
    pub(crate) with_texts: String,
}

impl Source {
    pub(crate) fn read(path: &Path) -> Self {
        Self::parse(&read(shown(path)))
    }

    fn parse(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let (mut code, mut with_texts) = (letters.clone(), letters.clone());
        let mut at = 0;
        while at < letters.len() {
            let (end, is_text) = token_end(&letters, at);
            if end > at + 1 {
                blank(&mut code[at..end]);
                if !is_text {
                    blank(&mut with_texts[at..end]);
                }
            }
            at = end;
        }
        for (start, end) in test_items(&code) {
            blank(&mut code[start..end]);
            blank(&mut with_texts[start..end]);
        }
        Self { code: code.into_iter().collect(), with_texts: with_texts.into_iter().collect() }
    }

    /// Returns every string literal, as written between its quotes, with the number of its line.
    pub(super) fn texts(&self) -> Vec<(usize, String)> {
        let letters: Vec<char> = self.with_texts.chars().collect();
        let mut texts = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let (end, is_text) = token_end(&letters, at);
            if is_text {
                let line = 1 + letters[..at].iter().filter(|letter| **letter == '\n').count();
                let text: String = letters[at..end].iter().collect();
                let text = text.trim_start_matches(['b', 'r', '#']).trim_end_matches('#');
                texts.push((line, unescaped(text.trim_matches('"'))));
            }
            at = end;
        }
        texts
    }
}

/// Returns every comment of a program with the index of its line. What looks like one in a text is none.
pub(super) fn comments(text: &str) -> Vec<(usize, String)> {
    let letters: Vec<char> = text.chars().collect();
    let (mut found, mut at, mut line) = (Vec::new(), 0, 0);
    while at < letters.len() {
        let (end, _) = token_end(&letters, at);
        let token = &letters[at..end];
        if token.starts_with(&['/', '/']) {
            found.push((line, token.iter().collect()));
        }
        line += token.iter().filter(|letter| **letter == '\n').count();
        at = end;
    }
    found
}

/// Returns a text as the program sees it, where only quotes and continued lines matter.
fn unescaped(text: &str) -> String {
    let mut lines = text.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    let joined = lines.fold(first, |text, line| text + line.trim_start());
    joined.replace("\\\"", "\"")
}

/// Blanks letters; line ends stay, so that lines keep their numbers.
fn blank(letters: &mut [char]) {
    letters.iter_mut().filter(|letter| **letter != '\n').for_each(|letter| *letter = ' ');
}

/// Returns the end of the comment or literal that starts at `at`, and `true` if it is a text; else the index of the
/// next letter.
fn token_end(letters: &[char], at: usize) -> (usize, bool) {
    let rest = &letters[at..];
    let after = |found: Option<usize>| at + found.unwrap_or(rest.len());
    let word_before = at > 0
        && letters.get(at - 1).is_some_and(|letter| letter.is_alphanumeric() || *letter == '_');
    match rest {
        ['/', '/', ..] => (after(rest.iter().position(|letter| *letter == '\n')), false),
        ['/', '*', ..] => {
            let end = rest.windows(2).position(|pair| pair == ['*', '/']);
            (after(end.map(|end| end + 2)), false)
        }
        ['r', '"' | '#', ..] if !word_before => {
            let hashes = rest[1..].iter().take_while(|letter| **letter == '#').count();
            if rest.get(1 + hashes) != Some(&'"') {
                return (at + 1, false);
            }
            let close: Vec<char> =
                std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let end = rest[2 + hashes..].windows(close.len()).position(|window| window == close);
            (after(end.map(|end| 2 + hashes + end + close.len())), true)
        }
        ['"', ..] => {
            let mut end = 1;
            while end < rest.len() && rest[end] != '"' {
                end += if rest[end] == '\\' { 2 } else { 1 };
            }
            (at + (end + 1).min(rest.len()), true)
        }
        // A letter in quotes, not a lifetime.
        ['\'', '\\', _, ..] => (
            after(rest.iter().skip(3).position(|letter| *letter == '\'').map(|end| end + 4)),
            false,
        ),
        ['\'', _, '\'', ..] => (at + 3, false),
        _ => (at + 1, false),
    }
}

/// Returns the ranges of items under `#[cfg(test)]`.
fn test_items(code: &[char]) -> Vec<(usize, usize)> {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(found) = code[at..].windows(mark.len()).position(|window| window == mark) {
        let start = at + found;
        let mut depth = 0_usize;
        let mut end = start + mark.len();
        while end < code.len() {
            match code[end] {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            end += 1;
            if depth == 0 && matches!(code[end - 1], ';' | '}') {
                break;
            }
        }
        items.push((start, end));
        at = end;
    }
    items
}

#[test]
fn comments_texts_and_tests_are_told_apart() {
    let source = Source::parse(
        "use a; // use b\n/* c */ let d = \"e // \\\" e\"; let f: &'static str = r#\"g \" g\"#; 'h'\n\
         #[cfg(test)]\nmod i {\n fn j() { k() }\n}\nfn l() {}\n",
    );
    for gone in ["b", "c */", "e", "g", "h", "j", "k"] {
        assert!(!source.code.contains(&format!(" {gone}")), "{gone} in {}", source.code);
    }
    for kept in ["use a", "&'static str", "fn l"] {
        assert!(source.code.contains(kept), "{kept} in {}", source.code);
    }
    assert_eq!(source.texts(), [(2, "e // \" e".to_owned()), (2, "g \" g".to_owned())]);
}
