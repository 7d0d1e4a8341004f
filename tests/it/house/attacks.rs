//! The page of attacks: each row names a test, and each name is a test. The page of providers: what the log says, it says.

use std::path::PathBuf;

use super::{files_under, read, shown};

/// Returns the cells of each row of the page's tables, without their heads.
fn rows(page: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let body = |line: &&str| line.starts_with("| ") && !line.starts_with("| threat |");
    page.lines().filter(body).map(cells).collect()
}

/// Returns the names in backticks that have a path.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).filter(|name| name.contains("::")).collect()
}

/// Returns `true` if one of these files is this module and has this test.
fn is_test(files: &[PathBuf], name: &str) -> bool {
    let Some((module, test)) = name.rsplit_once("::") else { return false };
    let module = format!("/{}", module.replace("::", "/"));
    let ends = [format!("{module}.rs"), format!("{module}/mod.rs")];
    let of_module = |path: &&PathBuf| ends.iter().any(|end| shown(path).ends_with(end.as_str()));
    files.iter().filter(of_module).any(|path| {
        let text = read(shown(path));
        let declared = [format!("\nfn {test}() "), format!("\nasync fn {test}() ")];
        declared.iter().any(|line| {
            let before = text.split_once(line.as_str()).map(|(before, _)| before.lines().last());
            before
                .flatten()
                .is_some_and(|line| line == "#[test]" || line.starts_with("#[tokio::test"))
        })
    })
}

#[test]
fn each_attack_has_a_test() {
    let mut files = files_under("tests/it", ".rs");
    files.extend(files_under("secure-api-runtime/src", ".rs"));
    let rows = rows(&read("book/src/attacks.md"));
    assert!(rows.len() > 60, "only {} attacks", rows.len());
    for row in rows {
        assert_eq!(row.len(), 3, "{row:?}");
        let named = names(&row[2]);
        assert!(!named.is_empty(), "no test is named: {row:?}");
        for name in named {
            assert!(is_test(&files, name), "{name} is no test");
        }
    }
    for none in ["token::attacks::is_taken", "token::nowhere", "nowhere::a_good_token_is_accepted"]
    {
        assert!(!is_test(&files, none), "{none} is taken for a test");
    }
}

#[test]
fn the_log_says_what_the_page_of_providers_quotes() {
    let page = read("book/src/providers.md");
    let refusals = read("secure-api-runtime/src/token/refusal.rs");
    let quoted: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| the token's ")?.split_once(" | "))
        .map(|(text, _)| format!("\"the token's {text}\""))
        .collect();
    assert!(quoted.len() > 3, "only {quoted:?}");
    for text in quoted {
        assert!(refusals.contains(&text), "no refusal says {text}");
    }
}
