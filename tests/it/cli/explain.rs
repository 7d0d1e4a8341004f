//! The pages of the error book in the terminal.

use serde_json::Value;

use super::{run, shop, told, tool};

#[test]
fn a_page_of_the_book_is_told_however_its_code_is_written() {
    let (code, page, _) = told(run(tool(), &["explain", "SA701"], ""));
    assert_eq!(code, 0);
    assert!(page.starts_with("SA701: the route returns `…` and states no view\n"), "{page}");
    for part in ["help: write `view = …`", "Wrong\n", "    error[E0277]: SA701", "Right\n"] {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert!(!page.contains("```") && !page.contains("<!--") && !page.contains("](../"), "{page}");
    for other in ["sa701", "701"] {
        assert_eq!(told(run(tool(), &["explain", other], "")).1, page);
    }
    assert_eq!(told(run(shop(), &["explain", "SA701"], "")).1, page, "an app tells the same");
}

#[test]
fn a_code_that_there_is_none_of_gives_those_that_may_be_meant() {
    for (asked, wanted) in
        [("SA70", "SA701: the route returns"), ("SA799", "SA709: "), ("E0277", "lists all of them")]
    {
        let (code, text, errors) = told(run(tool(), &["explain", asked], ""));
        assert_eq!((code, &*text), (2, ""));
        assert!(errors.starts_with(&format!("error: there is no code `{asked}`")), "{errors}");
        assert!(errors.contains(wanted), "{errors}");
    }
}

#[test]
fn all_codes_are_listed_and_each_has_a_page() {
    let (_, list, _) = told(run(tool(), &["explain", "--json"], ""));
    let list: Vec<Value> = serde_json::from_str(&list).expect("JSON");
    let index = include_str!("../../../book/src/errors.md");
    assert!(list.len() > 250, "only {}", list.len());
    for entry in &list {
        let code = entry["code"].as_str().expect("a code");
        assert!(index.contains(&format!("(errors/{code}.md)")), "{code}");
    }
    let (_, page, _) = told(run(tool(), &["explain", "SA701", "--json"], ""));
    let page: Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(page["page"], include_str!("../../../book/src/errors/SA701.md"));
}
