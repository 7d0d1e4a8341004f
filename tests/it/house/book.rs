//! The book and the README: every page is listed and compiled, every link leads somewhere, samples are the files.

use std::collections::BTreeSet;

use super::{compare_or_bless, files_under, glossary::anchor_of, read, root, shown};

/// The first program that anybody sees.
const HELLO: &str = "examples/hello.rs";

#[test]
fn every_page_is_in_the_summary_and_its_samples_are_compiled() {
    let summary = read("book/src/SUMMARY.md");
    let compiled = read("src/book.rs");
    for path in files_under("book/src", ".md") {
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // The programs of the error book are compiled where they are; `house/pages.rs` lists its pages.
        if name == "SUMMARY.md" || shown(&path).starts_with("book/src/errors/") {
            continue;
        }
        assert!(summary.contains(&format!("({name})")), "{name} is not in the summary");
        assert!(compiled.contains(&format!("/{name}\"")), "{name} is not compiled by src/book.rs");
    }
}

#[test]
fn a_sample_is_never_excused_from_compiling() {
    let mut pages = files_under("book/src", ".md");
    let inner = ["secure-api-macros/README.md", "secure-api-runtime/README.md"];
    pages.extend(
        ["README.md", "ARCHITECTURE.md"].into_iter().chain(inner).map(|name| root().join(name)),
    );
    for path in pages {
        for (number, line) in read(shown(&path)).lines().enumerate() {
            let excused = line.starts_with("```rust") && line.contains("ignore");
            assert!(!excused, "{}:{}: {line}", shown(&path), number + 1);
        }
    }
}

// Samples are one program, which compiles in a third of the time. One that names its crate's root breaks that of all, and stands alone.
#[test]
fn a_sample_that_names_its_root_stands_alone() {
    let pages = files_under("book/src", ".md").into_iter().chain(files_under("src", ".rs"));
    let mut alone = 0;
    for path in pages {
        let (mut opened, mut number) = (None::<String>, 0);
        for line in read(shown(&path)).lines() {
            let documents = !shown(&path).ends_with(".rs") || line.trim_start().starts_with("//");
            let text = line.trim_start().trim_start_matches(['/', '!']).trim_start();
            number += 1;
            match (text.strip_prefix("```"), &opened) {
                _ if !documents => {}
                (Some(kind), None) => opened = Some(kind.to_owned()),
                (Some(_), Some(_)) => opened = None,
                (None, Some(kind)) if text.trim_start_matches("# ").starts_with("use crate::") => {
                    let stands = kind.contains("standalone_crate");
                    assert!(stands, "{}:{number}: {line}", shown(&path));
                    alone += 1;
                }
                (None, _) => {}
            }
        }
    }
    assert!(alone > 0, "no sample was found that names its root");
}

/// Returns the text of a page without its samples, whose brackets are no links.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut pages = files_under("book/src", ".md");
    let top = ["README", "ARCHITECTURE", "SECURITY", "CONTRIBUTING", "CHANGELOG"];
    pages.extend(top.map(|name| root().join(name).with_extension("md")));
    for path in pages {
        let text = read(shown(&path));
        let folder = path.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        for target in prose(&text).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            let elsewhere =
                target.contains("://") || target.starts_with("mailto:") || file.is_empty();
            assert!(
                elsewhere || folder.join(file).exists(),
                "{} links to {target}, which is not there",
                shown(&path)
            );
        }
    }
}

#[test]
fn every_link_to_a_heading_leads_to_one() {
    let mut lost = Vec::new();
    for path in files_under("book/src", ".md") {
        let text = read(shown(&path));
        let folder = path.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for (file, anchor) in targets.filter_map(|target| target.split_once('#')) {
            let to = if file.is_empty() { path.clone() } else { folder.join(file) };
            let is_page = to.extension().is_some_and(|ending| ending == "md");
            if !file.contains("://") && is_page && !anchors(&read(shown(&to))).contains(anchor) {
                lost.push(format!("{}: {file}#{anchor}", shown(&path)));
            }
        }
    }
    assert!(lost.is_empty(), "no such heading:\n{}", lost.join("\n"));
}

/// Returns the anchors of a page's headings. A line in a program is none.
fn anchors(page: &str) -> BTreeSet<String> {
    let outside = page.split("\n```").step_by(2);
    let headings = outside.flat_map(str::lines).filter(|line| line.starts_with('#'));
    headings.map(|line| anchor_of(line.trim_start_matches('#'))).collect()
}

#[test]
fn hello_is_short() {
    let hello = read("examples/hello.rs");
    assert!(hello.lines().count() < 40, "examples/hello.rs is {} lines", hello.lines().count());
}

/// The block after a file's name in a comment is that file.
#[test]
fn what_is_shown_of_a_file_is_the_file() {
    for (page, files) in [
        (
            "README.md",
            &[
                HELLO,
                "tests/ui/view/wider_than_role.stderr",
                "tests/ui/object/returned_without_proof.stderr",
            ][..],
        ),
        ("book/src/quickstart.md", &[HELLO]),
        ("book/src/api_key.md", &["examples/shop/migrations/0007_api_keys.sql"]),
    ] {
        let mut text = read(page);
        for file in files {
            let mark = format!("<!-- {file} -->\n\n```");
            let parts = text.split_once(&mark).and_then(|(before, rest)| {
                let (fence, rest) = rest.split_once('\n')?;
                let (_, after) = rest.split_once("```\n")?;
                Some((before, fence, after))
            });
            let Some((before, fence, after)) = parts else { panic!("{page} does not show {file}") };
            text = format!("{before}{mark}{fence}\n{}\n```\n{after}", read(file).trim_end());
        }
        compare_or_bless(page, &text);
    }
}

/// An excerpt of an example stands in it, piece by piece and in its order, so it is compiled there. Its block is no sample of its
/// own: its fence is written as no doc test's is.
#[test]
fn an_excerpt_stands_in_its_file() {
    let readme = read("README.md");
    let excerpts: Vec<_> = readme.split("<!-- in ").skip(1).collect();
    assert_eq!(readme.matches("```Rust\n").count(), excerpts.len(), "an excerpt names its file");
    for excerpt in excerpts {
        let (file, rest) = excerpt.split_once(" -->\n\n```Rust\n").expect("a block after the name");
        let (shown, _) = rest.split_once("\n```\n").expect("the end of the block");
        let text = read(file);
        let mut left = &*text;
        for piece in shown.split("\n\n") {
            let found = left.find(&format!("\n\n{piece}\n\n"));
            let found =
                found.unwrap_or_else(|| panic!("{file} has no such piece, or not here:\n{piece}"));
            left = &left[found + piece.len() + 2..];
        }
    }
}

/// Two commands: the example that serves, and every check.
#[test]
fn the_readme_has_two_commands() {
    let readme = read("README.md");
    let in_shell = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let commands: Vec<_> = in_shell.flat_map(str::lines).collect();
    assert_eq!(commands, ["cargo run --example shop", "./scripts/test --install"]);
}
