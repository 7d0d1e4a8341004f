//! The keys of attributes and derives: one list in the macros, one table in the documentation, one page of the book.

use std::collections::{BTreeMap, BTreeSet};

use super::{compare_or_bless, files_under, read, shown, source::Source};

const LISTS: &str = "secure-api-macros/src/keys.rs";

/// The page of the book, and the tables that it is made of.
const PAGE: &str = "book/src/keys.md";

/// The tables in the order of the page, each with its title and the macros that show it.
const TABLES: &[(&str, &str, &[&str])] = &[
    ("route", "`#[get]`, `#[post]`, `#[put]`, `#[patch]`, `#[delete]`, `#[query]`", VERBS),
    ("api", "`#[api]`", &["api"]),
    ("routes", "`#[routes]`", &["routes"]),
    ("defaults", "`defaults!`", &["defaults"]),
    ("object", "`#[object]`", &["object"]),
    ("role", "`#[derive(Role)]`", &["Role"]),
    ("version", "`#[derive(Version)]`", &["Version"]),
    ("value", "`#[derive(Value)]`", &["Value"]),
    ("input", "`#[derive(Input)]`", &["Input"]),
    ("resource", "`#[derive(Resource)]`", &["Resource"]),
    ("header", "`#[derive(ResponseHeaders)]`", &["ResponseHeaders"]),
    ("problem", "`#[derive(ApiError)]`", &["ApiError"]),
];

const VERBS: &[&str] = &["get", "post", "put", "patch", "delete", "query"];

/// Lists that are parts of others, and stand in their tables.
const PARTS: &[&str] = &["VALUE_MARK", "RULES"];

/// Returns the lists of the macros: name and keys.
fn lists() -> BTreeMap<String, BTreeSet<String>> {
    let text = read(LISTS);
    let lists = text.split("pub(crate) const ").skip(1).map(|list| {
        let (name, rest) = list.split_once(':').expect("a type");
        let keys = rest.split_once(';').expect("an end").0;
        (name.to_owned(), keys.split('"').skip(1).step_by(2).map(str::to_owned).collect())
    });
    lists.collect()
}

/// Returns the tables of a text that are marked: name and the keys of the first column, `#[key(…)]`, `#[key]` or `key`.
fn tables(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for part in text.split("<!-- ").skip(1) {
        let (name, rest) = part.split_once(" -->").expect("an end of the mark");
        let rows = rest.trim_start().lines().take_while(|line| line.starts_with('|')).skip(2);
        let first = rows.filter_map(|row| row.split('`').nth(1));
        let bare = |key: &str| {
            let key = key.trim_start_matches("#[").trim_end_matches(']');
            key.trim_end_matches("(…)").to_owned()
        };
        let first = first.map(bare);
        let again = found.insert(name.to_owned(), first.collect());
        assert!(again.is_none(), "two tables of {name}");
    }
    found
}

#[test]
fn each_key_that_a_macro_takes_is_in_its_table() {
    let mut tabled = BTreeMap::new();
    for (file, ..) in TABLES {
        tabled.extend(tables(&read(format!("src/keys/{file}.md"))));
    }
    let mut lists = lists();
    assert!(lists.len() > 20, "only {} lists", lists.len());
    lists.retain(|name, _| !PARTS.contains(&name.as_str()));
    for (name, keys) in &lists {
        assert_eq!(tabled.get(name), Some(keys), "the table of {name} in src/keys");
    }
    let without: Vec<_> = tabled.keys().filter(|name| !lists.contains_key(*name)).collect();
    assert!(without.is_empty(), "no macro takes {without:?}");
}

/// A list anywhere else would have no table.
#[test]
fn no_macro_lists_its_keys_by_itself() {
    for path in files_under("secure-api-macros/src", ".rs") {
        let file = shown(&path);
        let code = Source::read(&path).with_texts;
        for call in ["known_once(", "helper_keys(", "rules.keys(", "exception::parse("] {
            for (at, _) in code.match_indices(call) {
                let is_declared = code[..at].ends_with("fn ") || file.ends_with("src/key.rs");
                let arguments = &code[at..code.len().min(at + 160)];
                let arguments = arguments.split_once(';').map_or(arguments, |(call, _)| call);
                // What is handed on was listed by the caller.
                let is_handed = arguments.contains(" known, ") && code.contains("known: &[&str],");
                assert!(
                    is_declared || is_handed || arguments.contains("keys::"),
                    "{file}: `{arguments}` takes keys that {LISTS} does not list"
                );
            }
        }
    }
}

#[test]
fn each_macro_shows_its_table_and_an_example() {
    let macros = read("secure-api-macros/src/lib.rs");
    let declared = macros.split("pub fn ").skip(1).count();
    let shown_by: usize = TABLES.iter().map(|(.., macros)| macros.len()).sum();
    // `beside` is for generated code, `view` is that of the derive, and `question` takes no keys.
    assert_eq!(declared - 3, shown_by, "each macro stands in one line of TABLES");
    let facade: String =
        files_under("src/macros", ".rs").iter().map(|path| read(shown(path))).collect();
    for (file, _, names) in TABLES {
        for name in *names {
            let end = format!("pub use secure_api_macros::{name};");
            let (before, _) = facade.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
            let docs = before.rsplit_once("pub use ").map_or(before, |(_, docs)| docs);
            for part in [&format!("include_str!(\"../keys/{file}.md\")"), "/// ```"] {
                assert!(docs.contains(part), "{name} does not have {part}");
            }
        }
    }
}

/// The keys of `caller!` are the setters of what it makes up.
#[test]
fn the_keys_of_a_made_up_caller_are_told() {
    let doorway = read("secure-api-runtime/src/testing/doorway.rs");
    let (_, made_up) = doorway.split_once("MadeUp<R> {").expect("the caller");
    let (_, made_up) = made_up.split_once("impl<R: Roles> MadeUp<R> {").expect("its functions");
    let setters = made_up.split("pub fn ").skip(1).map_while(|rest| {
        let (name, _) = rest.split_once('(').expect("arguments");
        (name != "caller").then_some(name)
    });
    let setters: Vec<_> = setters.filter(|name| *name != "new").collect();
    assert_eq!(setters.len(), 5, "{setters:?}");
    let book = read("book/src/testing.md");
    let row = book.lines().find(|line| line.starts_with("| `Caller<Role>` |")).expect("its row");
    let docs = read("secure-api-runtime/src/testing/made_up.rs");
    let (docs, _) = docs.split_once("macro_rules! __testing_caller").expect("its macro");
    for setter in setters {
        for text in [row, docs] {
            let is_told = [format!("`{setter}`"), format!("`{setter}(")];
            assert!(is_told.iter().any(|told| text.contains(told.as_str())), "{setter}: {text}");
        }
    }
}

#[test]
fn the_page_of_all_keys_is_made_of_the_tables() {
    let mut page = "# All keys\n\n<!-- Written from src/keys by `BLESS=1 cargo test --test it house`. -->\n\n\
        Every attribute and derive with all of its keys: what each is, and what holds where it is left out, with the reason.\n"
        .to_owned();
    page += &format!("\n{}", read("src/keys/crate.md"));
    for (file, title, _) in TABLES {
        page += &format!("\n## {title}\n\n{}", read(format!("src/keys/{file}.md")));
    }
    compare_or_bless(PAGE, &page);
}

#[test]
fn the_keys_of_a_table_are_those_of_its_first_column() {
    let text =
        "<!-- ONE -->\n\n| key | value |\n|---|---|\n| `a` | `b` |\n| `#[c(…)]` | |\n\ntext\n";
    assert_eq!(tables(text)["ONE"], ["a", "c"].map(str::to_owned).into());
}
