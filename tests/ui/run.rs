//! What does not compile, and what the compiler says of it: one mistake, one error, on the user's own token.
//! And beside it what does compile, in forms that are easy to get wrong in generated code.

#[path = "pass/mod.rs"]
mod pass;
#[path = "shop.rs"]
mod shop;

/// A folder for each concern; `pass` holds modules of this file.
const CONCERNS: &[&str] = &[
    "api", "error", "flow", "input", "limit", "module", "object", "role", "route", "verb",
    "version", "view",
];

#[test]
fn mistakes_are_told_on_the_users_tokens() {
    let cases = trybuild::TestCases::new();
    for concern in CONCERNS {
        cases.compile_fail(format!("{concern}/*.rs"));
    }
}

/// What the compiler says stays within what the user wrote: no name that only generated code has.
#[test]
fn messages_name_nothing_of_the_generated_code() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for concern in CONCERNS {
        let files = std::fs::read_dir(folder.join(concern)).expect("a folder for each concern");
        for file in files.map(|file| file.expect("a file").path()) {
            if file.extension().is_none_or(|extension| extension != "stderr") {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a text");
            // The compiler underlines with `_` too, so a name is told by the letter that follows.
            let ours = text.match_indices("__").find(|(place, _)| {
                text[place + 2..].starts_with(|letter: char| letter.is_ascii_alphabetic())
            });
            assert!(ours.is_none(), "{}: {ours:?}", file.display());
            assert!(!text.contains("secure-api-macros"), "{}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 100, "the outputs are there");
}
