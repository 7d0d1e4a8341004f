//! The first word of each item's documentation: a noun, or a verb in the third person.

use super::{files_under, read, rust_files, shown};

/// The words that begin a paraphrase or no sentence: relative and interrogative ones, conjunctions, prepositions, adverbs,
/// and pronouns that point elsewhere.
const NEVER_FIRST: &[&str] = &[
    "about",
    "above",
    "after",
    "also",
    "although",
    "always",
    "and",
    "as",
    "at",
    "because",
    "before",
    "below",
    "beside",
    "between",
    "beyond",
    "but",
    "by",
    "for",
    "from",
    "here",
    "how",
    "however",
    "if",
    "in",
    "inside",
    "is",
    "it",
    "never",
    "not",
    "now",
    "of",
    "on",
    "once",
    "only",
    "or",
    "over",
    "since",
    "so",
    "than",
    "that",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "under",
    "unless",
    "until",
    "up",
    "was",
    "what",
    "whatever",
    "when",
    "whenever",
    "where",
    "wherever",
    "whether",
    "which",
    "whichever",
    "while",
    "who",
    "whoever",
    "whom",
    "whomever",
    "whose",
    "why",
    "with",
    "without",
];

#[test]
fn documentation_begins_with_a_noun_or_a_verb() {
    let (mut count, mut wrong) = (0, Vec::new());
    // The pages of errors are copies of programs.
    let mut samples = files_under("book/src", ".md");
    samples.retain(|path| !shown(path).starts_with("book/src/errors"));
    for path in rust_files().iter().chain(&samples).map(|path| shown(path)) {
        for (line, sentence) in documentation(&read(&path)) {
            count += 1;
            if let Some(word) = never_first(sentence) {
                wrong.push(format!("{path}:{line}: `{word}` begins \"{sentence}\""));
            }
        }
    }
    assert!(wrong.is_empty(), "begin with a noun or a verb:\n{}", wrong.join("\n"));
    assert!(count > 3000, "only {count} items have documentation");
}

/// Returns the first line of each block of item documentation, with its number.
fn documentation(text: &str) -> Vec<(usize, &str)> {
    let mut before = None;
    let lines = text.lines().enumerate().filter_map(|(index, line)| {
        let (mark, sentence) = documented(line.trim_start()).unzip();
        let begins = std::mem::replace(&mut before, mark) != mark;
        sentence.filter(|_| begins).map(|sentence| (index + 1, sentence.trim()))
    });
    lines.collect()
}

/// Splits a line of documentation into its mark and its text.
fn documented(line: &str) -> Option<(&str, &str)> {
    let (mark, text) = line.split_at_checked(3)?;
    (matches!(mark, "///" | "//!") && !text.starts_with('/')).then_some((mark, text))
}

/// Returns the first word if it may not be one. Names in code are nouns.
fn never_first(sentence: &str) -> Option<&str> {
    let end = sentence.find(|letter: char| !letter.is_alphabetic()).unwrap_or(sentence.len());
    let word = &sentence[..end];
    NEVER_FIRST.iter().any(|never| word.eq_ignore_ascii_case(never)).then_some(word)
}

#[test]
fn the_first_word_of_each_block_is_read() {
    let text = "//! What it is.\n\n/// A limit.\n/// Which one?\nstruct A {\n    /// Where's it?\n    a: u8,\n}\n\
                //// How\n/// `If-Match` names a state.\n";
    let blocks = documentation(text);
    assert_eq!(blocks.len(), 4, "{blocks:?}");
    let found: Vec<_> = blocks
        .iter()
        .filter_map(|(line, sentence)| Some((*line, never_first(sentence)?)))
        .collect();
    assert_eq!(found, [(1, "What"), (6, "Where")]);
}
