//! The glossary: each term once, in the order of the alphabet, with a link to a heading that is there.

use std::collections::BTreeSet;

use super::{files_under, read, root, shown};

/// One entry: its term and its text, with links.
struct Entry {
    term: String,
    text: String,
}

impl Entry {
    fn links(&self) -> impl Iterator<Item = &str> {
        self.text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
    }
}

fn entries() -> Vec<Entry> {
    let page = read("book/src/glossary.md");
    let entry = |item: &str| {
        let (term, text) = item.split_once("**: ").expect("a term, `**: ` and its text");
        Entry { term: term.replace('`', ""), text: text.to_owned() }
    };
    page.split("\n- **").skip(1).map(entry).collect()
}

#[test]
fn terms_are_in_the_order_of_the_alphabet() {
    let entries = entries();
    assert!(entries.len() > 60, "only {} terms", entries.len());
    for pair in entries.windows(2) {
        let [one, next] = [&pair[0].term, &pair[1].term].map(|term| term.to_lowercase());
        assert!(one < next, "`{next}` stands below `{one}`");
    }
}

#[test]
fn a_term_is_explained_shortly_and_leads_to_its_heading() {
    for entry in entries() {
        let (links, term) = (entry.links().collect::<Vec<_>>(), &entry.term);
        assert!(!links.is_empty(), "`{term}` links to no page");
        assert!(entry.text.len() < 420, "`{term}` is a page, not a sentence");
        for link in links {
            let (page, anchor) = link.split_once('#').unwrap_or((link, ""));
            let text = read(format!("book/src/{page}"));
            let headings = text.lines().filter_map(|line| line.strip_prefix("## ")).map(anchor_of);
            let found = anchor.is_empty() || headings.into_iter().any(|own| own == anchor);
            assert!(found, "`{term}` links to {link}, which is no heading");
        }
    }
}

/// A page of a practice whose words are in no entry would not be found by its words.
#[test]
fn every_practice_has_a_term() {
    let entries = entries();
    let linked: BTreeSet<_> =
        entries.iter().flat_map(Entry::links).filter_map(|link| link.split('#').next()).collect();
    for path in files_under("book/src", ".md") {
        let name = shown(&path);
        let concern = name.trim_start_matches("book/src/").trim_end_matches(".md");
        let runtime = root().join("secure-api-runtime/src");
        let is_concern =
            runtime.join(concern).is_dir() || runtime.join(format!("{concern}.rs")).is_file();
        assert!(
            !is_concern || linked.contains(&*format!("{concern}.md")),
            "no term leads to {name}"
        );
    }
}

/// Returns the anchor that mdBook gives a heading.
pub(super) fn anchor_of(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || "-_ ".contains(*letter);
    heading.trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn anchors_are_those_of_the_book() {
    assert_eq!(anchor_of("Mine and others'"), "mine-and-others");
    assert_eq!(anchor_of("A rule, and a handler"), "a-rule-and-a-handler");
}
