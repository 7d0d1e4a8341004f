//! The name of a project: one that cargo takes, and that is nobody else's in it.

use crate::cli::terminal::Failure;

/// The longest name that is taken.
const LONGEST: usize = 64;

/// The names of packages that the project depends on, and of crates that every program has.
const TAKEN: [&str; 12] = [
    "alloc",
    "core",
    "deps",
    "examples",
    "build",
    "incremental",
    "rcgen",
    "secure-api",
    "std",
    "test",
    "tokio",
    "proc-macro",
];

/// The words that are no names in Rust.
pub(crate) const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The names that Windows keeps for devices.
const DEVICES: [&str; 6] = ["aux", "com1", "con", "lpt1", "nul", "prn"];

/// Refuses a name that the project could not have, and proposes one.
pub(super) fn check(name: &str) -> Result<(), Failure> {
    let Some(mistake) = mistake(name) else { return Ok(()) };
    let proposed = proposed(name);
    Err(Failure::new(format!("`{name}` is no name for a project: {mistake}"))
        .help(format!("write `secure-api new {proposed}`")))
}

fn mistake(name: &str) -> Option<&'static str> {
    let is_letter = |letter: char| letter.is_ascii_lowercase();
    let is_inside = |letter: char| {
        is_letter(letter) || letter.is_ascii_digit() || letter == '-' || letter == '_'
    };
    if name.is_empty() {
        Some("it is empty")
    } else if name.len() > LONGEST {
        Some("it is longer than 64 letters")
    } else if !name.starts_with(is_letter) {
        Some("it does not begin with a small letter of ASCII")
    } else if !name.chars().all(is_inside) {
        Some("it has more than small letters, digits, `-` and `_`")
    } else if name.ends_with(['-', '_']) || name.contains("--") || name.contains("__") {
        Some("its words are not apart by one `-`")
    } else if KEYWORDS.contains(&name) {
        Some("it is a word of Rust")
    } else if DEVICES.contains(&name) {
        Some("Windows has a device of this name")
    } else if TAKEN.contains(&&*name.replace('_', "-")) {
        Some("a crate of the project has it")
    } else {
        None
    }
}

/// Returns a name that is like this one.
pub(super) fn proposed(name: &str) -> String {
    let kept = name.chars().map(|letter| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }
    });
    let kept: String = kept.take(LONGEST - "-api".len()).collect();
    let words: Vec<&str> = kept.split('-').filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    let joined = joined.trim_start_matches(|letter: char| !letter.is_ascii_lowercase());
    match joined {
        "" => "notes".to_owned(),
        joined if mistake(joined).is_some() => format!("{joined}-api"),
        joined => joined.to_owned(),
    }
}

/// Returns the name of the API's type: `my-notes` and `my-notes-api` have `MyNotesApi`.
pub(super) fn type_name(name: &str) -> String {
    let mut words: Vec<&str> = name.split(['-', '_']).collect();
    if words.len() > 1 && words.last() == Some(&"api") {
        words.pop();
    }
    let pascal = words.iter().map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    format!("{}Api", pascal.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_proposed_is_a_name() {
        for name in [
            "",
            "1a",
            "My Notes",
            "a--b",
            "a_",
            "fn",
            "con",
            "secure_api",
            "tokio",
            "é",
            "-x",
            &"a".repeat(99),
            "../x",
            "a/b",
        ] {
            assert!(mistake(name).is_some(), "{name}");
            assert_eq!(mistake(&proposed(name)), None, "{name}: {}", proposed(name));
        }
        assert_eq!(proposed("My Notes"), "my-notes");
        for name in ["notes", "my-notes", "my_notes2", "a"] {
            assert_eq!(mistake(name), None, "{name}");
        }
    }

    #[test]
    fn the_type_has_the_words_of_the_name() {
        for (name, type_of) in
            [("notes", "NotesApi"), ("my-notes_api", "MyNotesApi"), ("api", "ApiApi")]
        {
            assert_eq!(type_name(name), type_of);
        }
    }
}
