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

/// Nouns that end like a verb in the third person.
const NO_VERBS: &[&str] = &["as", "its", "keys", "nanoseconds", "seconds", "texts", "this"];

#[test]
fn documentation_of_functions_begins_with_a_verb() {
    let (mut count, mut wrong) = (0, Vec::new());
    for folder in ["src", "secure-api-macros/src", "secure-api-runtime/src", "examples", "benches"]
    {
        for path in files_under(folder, ".rs") {
            let path = shown(&path);
            if path.split('/').any(|folder| folder == "target") {
                continue;
            }
            for (line, sentence) in of_functions(&read(&path)) {
                count += 1;
                if !sentence.is_empty() && !is_verb(first_word(sentence)) {
                    wrong.push(format!("{path}:{line}: \"{sentence}\""));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "begin with a verb in the third person:\n{}", wrong.join("\n"));
    assert!(count > 1000, "only {count} functions have documentation");
}

/// Returns the first line of the documentation of each function that is no test, with its number.
fn of_functions(text: &str) -> Vec<(usize, &str)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_function = |first: &(usize, &str)| {
        let below = lines[first.0 - 1..].iter().skip_while(|line| line.starts_with("///"));
        let (mut depth, mut is_test) = (0_i32, false);
        let item = below.skip_while(|line| {
            let is_attribute = depth > 0 || line.starts_with("#[");
            is_test |= is_attribute && line.ends_with("test]");
            let brackets = |bracket: char| line.matches(bracket).count() as i32;
            depth += if is_attribute { brackets('[') - brackets(']') } else { 0 };
            is_attribute
        });
        let item = item.copied().next().unwrap_or_default();
        let name = item.split_once("fn ").map(|(before, _)| before);
        !is_test && name.is_some_and(|before| before.split(' ').all(is_qualifier))
    };
    documentation(text).into_iter().filter(is_function).collect()
}

/// Returns `true` for the words before `fn`.
fn is_qualifier(word: &str) -> bool {
    ["", "async", "const"].contains(&word) || word.starts_with("pub") || word.ends_with(')')
}

/// Returns `true` for a verb in the third person, by its ending.
fn is_verb(word: &str) -> bool {
    word.ends_with('s') && !NO_VERBS.iter().any(|noun| word.eq_ignore_ascii_case(noun))
}

/// Returns the letters that a sentence begins with; none for a name in code.
fn first_word(sentence: &str) -> &str {
    let end = sentence.find(|letter: char| !letter.is_alphabetic()).unwrap_or(sentence.len());
    &sentence[..end]
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
    let word = first_word(sentence);
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
    let text = "/// Of a test.\n#[tokio::test]\nasync fn a() {}\n/// Returns it.\n#[allow(\n    b[\"fn \"],\n)]\n\
                pub(crate) const fn c() {}\n/// The field.\n pub fn_like: u8,\n/// Its name.\nfn d() {}\n";
    let found: Vec<_> = of_functions(text);
    assert_eq!(found, [(4, "Returns it."), (11, "Its name.")]);
    assert!(is_verb("Returns") && !is_verb("Its") && !is_verb("The"));
}
