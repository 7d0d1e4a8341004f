//! The error book: a page for each code, made of a wrong program, what is said of it, and a right program.
//!
//! `tests/ui/right/saNNN.rs` says why in its first comment, names the wrong program, and is the right one; the wrong
//! program and its output are a case of `tests/ui`. What only the start can see has both programs in that file, as
//! functions, and its output beside it. So nothing on a page is written by hand, and everything of it is compiled.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bless, codes,
    codes::{GROUPS, Message},
    compare_or_bless, files_under, only_listed,
    program::Right,
    read, root, shown,
};

/// Mistakes that rustc tells before anything of ours can, by a wrong program for each, and what is behind them here.
const COMPILERS_OWN: &[(&str, &str)] = &[
    (
        "api/plain_fn",
        "`routes(…)` lists a function that has no `#[get]`, `#[post]`, `#[put]`, `#[patch]` or `#[delete]` above it.",
    ),
    (
        "api/misspelt_route",
        "`routes(…)` lists a name that is not there: a typo, or a handler that was not imported.",
    ),
    (
        "api/module_without_attribute",
        "`routes(…)` lists a module that has neither `#[routes]` above it nor `defaults!` at its top.",
    ),
    (
        "api/handler_not_listed",
        "A handler is in no `routes(…)`, so nobody can call it. It is a warning, unless `dead_code` is denied.",
    ),
    (
        "module/module_and_route_of_one_name",
        "The name of a handler is a type too, so a module beside it cannot have the same one. Rename one of the two.",
    ),
    (
        "flow/after_a_plain_function",
        "`after`, `if_match` and `instead` name a route, and this function has no verb above it.",
    ),
    (
        "view/missing_derive",
        "`#[view]` and `#[sensitive]` belong to `#[derive(Resource)]`, which is missing.",
    ),
    ("view/helper_above_its_derive", "The attributes of a derive stand below it."),
    (
        "route/not_send",
        "A handler holds something across an `.await` that only one thread may have, as an `Rc` or a lock's guard.",
    ),
    (
        "error/missing_conversion",
        "`?` needs a variant made from this error: add one, as `#[problem(internal)] Io(std::io::Error)`.",
    ),
    (
        "object/authorized_made_by_hand",
        "`Authorized` is a proof, and only the owner's rule makes one: take it as an argument, or from `Scoped`.",
    ),
    (
        "object/load_in_a_handler",
        "Only the framework loads an object, since only it makes a `Loading`. Take the object as `Authorized<…>`, ask the \
         store for what `Scoped<…>` may list, or take `Unchecked<…>` with `allow(unchecked, reason = \"…\")`.",
    ),
    (
        "object/writer_of_a_reader",
        "Only `Writer` has the writing half of a store: take it, on a route whose verb changes state.",
    ),
    (
        "object/loading_made_by_hand",
        "`Loading` is the framework's leave to load an object, and a handler has none.",
    ),
];

fn page(message: &Message, right: &Right, concerns: &[&str]) -> String {
    let Message { code, text, help } = message;
    let (text, help) = (text.replace("{}", "…"), help.replace("{}", "…"));
    // Where the words depend on the case, the output shows them.
    let title = if text == "…" { String::new() } else { format!(": {text}") };
    let help = if help == "…" { String::new() } else { format!("> **help:** {help}\n\n") };
    let source = match &right.case {
        Some(case) => format!("tests/ui/{case}.rs and tests/ui/right/{}.rs", right.name),
        None => format!("tests/ui/right/{}.rs", right.name),
    };
    let (wrong, output, fixed) = right.programs();
    let said = if right.case.is_some() {
        "What the compiler says"
    } else {
        "What the app says when it is built"
    };
    let mut links: Vec<_> = concerns.iter().map(|name| format!("[{name}](../{name}.md)")).collect();
    if format!("{wrong}{fixed}").contains("use shop::") {
        links.push("[the shop of these programs](../errors.md#the-shop-of-these-pages)".to_owned());
    }
    links.push("[all codes](../errors.md)".to_owned());
    format!(
        "# {code}{title}\n\n<!-- Written from {source} by `BLESS=1 cargo test --test it house`. -->\n\n{help}\
         ## Wrong\n\n```rs\n{wrong}\n```\n\n## {said}\n\n```text\n{output}\n```\n\n## Why\n\n{}\n\n\
         ## Right\n\n```rs\n{fixed}\n```\n\n{}\n",
        right.why,
        links.join(" · "),
    )
}

/// Returns the page that lists the codes, with the shop that the programs stand on.
fn index(rights: &BTreeMap<String, Right>) -> String {
    let mut page = String::from(
        "# Errors\n\n<!-- Written from secure-api-macros/src/message.rs by `BLESS=1 cargo test --test it house`. -->\n\n\
         Every mistake that secure-api finds in a program has a code. The compiler prints it on your own token, with\n\
         what is wrong and what to write instead. What only the start can see is marked so; it is reported all together,\n\
         before a socket opens. A `…` stands for what the message is about.\n\n\
         The page of a code has a program with the mistake, what is said of it, why it is refused, and the program put\n\
         right. The programs use the roles, versions and resources of [one small shop](#the-shop-of-these-pages). They\n\
         leave out `main`, and the `#[api]` that lists their routes where it is not what the page is about.\n\n\
         `cargo check`, `cargo build` and doc tests print the same. `cargo doc` expands attributes and derives, and reads no\n\
         bodies and no constants, so it prints what those two see by themselves.\n",
    );
    let start = codes::start_codes();
    let outputs = files_under("tests/ui", ".stderr").into_iter().map(|path| shown(&path));
    let told_by_compiler: String =
        outputs.filter(|path| !path.starts_with("tests/ui/right/")).map(read).collect();
    for (digit, name, pages) in GROUPS {
        if codes::group(*digit).next().is_none() {
            continue;
        }
        page.push_str(&format!("\n## SA{digit}xx: {name}\n\n"));
        if !pages.is_empty() {
            let links: Vec<_> = pages.iter().map(|name| format!("[{name}]({name}.md)")).collect();
            page.push_str(&format!("Explained in {}.\n\n", links.join(", ")));
        }
        for message in codes::group(*digit) {
            let code = message.code;
            let text = match message.text.replace("{}", "…") {
                text if text == "…" => "the words depend on what was written".to_owned(),
                text => text,
            };
            let code = match rights.contains_key(code) {
                true => format!("[{code}]({})", message.page()),
                false => code.to_owned(),
            };
            let by_compiler = told_by_compiler.contains(&format!("{}:", message.code));
            let when = match (start.contains(message.code), by_compiler) {
                (true, false) => "*(at start)* ",
                (true, true) => "*(at start too)* ",
                (false, _) => "",
            };
            page.push_str(&format!("- {code}: {when}{text}\n"));
        }
    }
    page.push_str("\n## What the compiler says in its own words\n\n\
         Names, types and places are the compiler's own business, so these have no code of ours:\n\n");
    for (case, meaning) in COMPILERS_OWN {
        let output = read(format!("tests/ui/{case}.stderr"));
        let first = output.lines().next().unwrap_or_default();
        let marked = output.lines().find(|line| line.contains('^')).unwrap_or_default();
        // What stands under the mark, where that says more.
        let label = match marked.rsplit('^').next().unwrap_or_default().trim() {
            label if label.starts_with("expected") => format!(": {label}"),
            _ => String::new(),
        };
        page.push_str(&format!("- `` {first}{label} ``\n\n  {meaning}\n"));
    }
    let shop = read("tests/ui/shop.rs");
    let shop = shop
        .split_once("use std::sync")
        .map_or_else(|| shop.clone(), |(_, rest)| format!("use std::sync{rest}"));
    page.push_str(&format!("\n## The shop of these pages\n\n```rs\n{}\n```\n", shop.trim()));
    page
}

/// The book's error index is written from the table, and each page from its programs.
#[test]
fn the_error_book_is_what_its_programs_make_of_it() {
    let rights = Right::all();
    compare_or_bless("book/src/errors.md", &index(&rights));
    let mut gaps = BTreeSet::new();
    for (digit, _, concerns) in GROUPS {
        for message in codes::group(*digit) {
            match rights.get(message.code) {
                Some(right) => compare_or_bless(&path_of(message), &page(message, right, concerns)),
                None => drop(gaps.insert(message.code.to_owned())),
            }
        }
    }
    only_listed("codes_without_page.txt", &gaps);
}

fn path_of(message: &Message) -> String {
    format!("book/src/{}", message.page())
}

#[test]
fn every_page_of_the_error_book_has_a_code() {
    let pages: BTreeSet<_> = codes::ALL.iter().map(|message| path_of(message)).collect();
    for path in files_under("book/src/errors", ".md") {
        let is_of_code = pages.contains(&shown(&path));
        if !is_of_code && bless() {
            std::fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
        }
        assert!(is_of_code || bless(), "{} is of no code", shown(&path));
    }
    for code in Right::all().keys() {
        assert!(
            codes::ALL.iter().any(|message| message.code == *code),
            "{code} is not in the table"
        );
    }
}

/// mdBook makes a page of what the summary lists. The codes are folded below their index.
#[test]
fn the_summary_lists_the_error_book() {
    let rights = Right::all();
    let mut list = String::new();
    for (digit, name, _) in GROUPS {
        let mut pages =
            codes::group(*digit).filter(|message| rights.contains_key(message.code)).peekable();
        if pages.peek().is_some() {
            list.push_str(&format!("  - [SA{digit}xx: {name}]()\n"));
        }
        for message in pages {
            list.push_str(&format!("    - [{}]({})\n", message.code, message.page()));
        }
    }
    let summary = read("book/src/SUMMARY.md");
    let above = "- [Errors by code](errors.md)\n";
    let Some((before, after)) = summary.split_once(above) else {
        panic!("the summary has no errors")
    };
    let after: Vec<_> = after.lines().skip_while(|line| line.starts_with("  ")).collect();
    let after = after.join("\n") + "\n";
    compare_or_bless("book/src/SUMMARY.md", &format!("{before}{above}{list}{after}"));
}

/// A page says who is protected from what: two to five sentences, and no code that nobody compiles.
#[test]
fn a_page_says_why_in_a_few_sentences() {
    for (code, right) in Right::all() {
        let sentences = right.why.split(['.', '?']).filter(|part| part.contains(' ')).count();
        assert!((2..=6).contains(&sentences), "{code}: {sentences} sentences");
        assert!(!right.why.contains("```"), "{code}: programs are below the comment");
        assert!(!right.program.is_empty(), "{code} has no right program");
        let output = match &right.case {
            Some(case) => format!("tests/ui/{case}.stderr"),
            None => format!("tests/ui/right/{}.stderr", right.name),
        };
        assert!(read(&output).contains(&format!("{code}:")), "{output} does not say {code}");
        let listed = read("tests/ui/right/mod.rs");
        assert!(listed.contains(&format!("mod {};", right.name)), "{code} is not compiled");
        assert!(root().join(&output).exists(), "{output}");
    }
}
