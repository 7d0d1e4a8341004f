//! The wrong programs, and the compiler's messages: one mistake, one error, on the user's own token. And beside it what
//! does compile, in forms that are easy to get wrong in generated code.

#[path = "diamond.rs"]
mod diamond;
#[path = "pass/mod.rs"]
mod pass;
#[path = "paste.rs"]
mod paste;
#[path = "right/mod.rs"]
mod right;
#[path = "shop.rs"]
mod shop;
#[path = "tools.rs"]
mod tools;

/// A folder for each concern; `pass` holds modules of this file.
const CONCERNS: &[&str] = &[
    "api", "client", "error", "flow", "identity", "input", "limit", "module", "object", "role",
    "route", "serve", "testing", "verb", "version", "view",
];

#[test]
fn mistakes_are_told_on_the_users_tokens() {
    let cases = trybuild::TestCases::new();
    for concern in CONCERNS {
        cases.compile_fail(format!("{concern}/*.rs"));
    }
}

/// Wrong programs with more mistakes than one, and how many; and some where the compiler says one mistake twice.
const SEVERAL: &[(&str, usize)] = &[
    ("flow/after_in_public", 2),
    ("flow/after_no_step", 2),
    ("flow/key_of_a_verb_that_repeats", 2),
    ("input/allow_of_nothing", 4),
    ("input/body_limit_without_body", 2),
    ("input/bound_on_typed_value", 3),
    ("input/check_of_another_type", 2),
    // Of six: rustc says of a private field that it is one, and that its value is none for it.
    ("identity/secret_by_a_conversion", 7),
    // Of four: rustc says twice that it does not know what a text is to become.
    ("identity/secret_by_inference", 5),
    ("identity/secret_in_every_form", 14),
    ("identity/secret_of_each_kind", 5),
    ("input/enum_with_mistakes", 7),
    ("input/enum_without_bounds", 3),
    ("input/field_names", 3),
    ("input/map_without_bounds", 5),
    ("input/mass_assignment", 9),
    ("input/read_only_field", 3),
    ("input/rules_of_a_file_on_text", 2),
    ("input/secret_as_text", 2),
    ("input/several_mistakes", 3),
    ("input/two_mistakes_in_numbers", 2),
    ("input/value_names", 2),
    ("input/value_with_a_mistake_in_use", 2),
    ("limit/by_role_unreached", 2),
    // One mistake: rustc says that the name is taken, and then that the module is no type.
    ("module/module_and_route_of_one_name", 2),
    ("module/route_and_module_beside", 2),
    ("object/attribute_with_mistakes", 3),
    ("object/keys_in_another_order", 2),
    ("object/unrelated_twice", 2),
    ("role/scope_in_list", 2),
    ("route/key_of_a_later_release", 2),
    ("route/two_mistakes_at_once", 2),
    ("version/operation_brownout_without_sunset", 2),
    ("version/operation_instead_deprecated", 2),
    ("version/three_handlers_for_one_request", 2),
    ("input/content_named_as_the_tag", 3),
    ("input/names_rewritten_alike", 7),
    // The type of a number's two functions is told on each.
    ("input/value_read_and_not_written", 4),
    ("view/content_named_as_the_tag", 4),
    ("view/names_rewritten", 7),
    ("view/optional_of_a_computed_number", 3),
    ("view/header_max_len_of_nothing", 3),
    ("view/header_names", 5),
    ("view/variant_fields_in_parentheses", 2),
    ("view/page_names", 2),
    // One mistake: rustc says that the name is ambiguous, and that it is used before it is introduced.
    ("view/helper_above_its_derive", 2),
];

#[test]
fn each_mistake_is_one_error() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut others = Vec::new();
    for concern in CONCERNS {
        let files = std::fs::read_dir(folder.join(concern)).expect("a folder for each concern");
        for file in files.map(|file| file.expect("a file").path()) {
            if file.extension().is_none_or(|extension| extension != "stderr") {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a text");
            let starts = |what: &str| text.lines().filter(|line| line.starts_with(what)).count();
            let name = file.file_stem().expect("a name").to_string_lossy();
            let name = format!("{concern}/{name}");
            let expected = SEVERAL.iter().find(|(several, _)| *several == name);
            let expected = expected.map_or(1, |(_, count)| *count);
            if starts("error") != expected || starts("warning") != 0 {
                others.push((name, starts("error"), starts("warning")));
            }
        }
    }
    assert!(others.is_empty(), "errors and warnings of each: {others:#?}");
}

/// Messages stay within the program that the user wrote: no name that only generated code has.
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
                let name = &text[place + 2..];
                // The prefix of a cookie's name is the field's term (RFC 6265bis).
                name.starts_with(|letter: char| letter.is_ascii_alphabetic())
                    && !name.starts_with("Host-")
            });
            assert!(ours.is_none(), "{}: {ours:?}", file.display());
            assert!(!text.contains("secure-api-macros"), "{}", file.display());
            seen += 1;
        }
    }
    assert!(seen > 100, "the outputs are there");
}
