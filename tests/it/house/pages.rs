//! The error book: a page for each code, made of a wrong program, what is said of it, and a right program.
//!
//! `tests/ui/right/saNNN.rs` says why in its first comment, names the wrong program, and is the right one; the wrong
//! program and its output are a case of `tests/ui`. What only the start can see has both programs in that file, as
//! functions, and its output beside it. So nothing on a page is written by hand, and everything of it is compiled.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bless, codes,
    codes::{GROUPS, Message},
    compare_or_bless, files_under, only_listed, read, root, shown,
};

/// How the last line of the comment names the wrong program.
const WRONG: &str = "Wrong: ";
/// Where a program names its roles, versions and resources: `tests/ui/shop.rs`, which the index shows.
const SHOP: &str = "use crate::shop::";

/// What `tests/ui/right/saNNN.rs` holds.
struct Right {
    /// The name of the file, as `sa101`.
    name: String,
    /// Why the check is there.
    why: String,
    /// The wrong program: a case of `tests/ui`, as `role/public_as_flag`; nothing if it is the function `wrong`.
    case: Option<String>,
    /// Everything below the comment.
    program: String,
}

impl Right {
    fn all() -> BTreeMap<String, Self> {
        let files = files_under("tests/ui/right", ".rs");
        let names = files.iter().filter(|path| !path.ends_with("mod.rs"));
        let all = names.map(|path| Self::read(shown(path)));
        all.map(|right| (right.name.to_uppercase(), right)).collect()
    }

    fn read(path: String) -> Self {
        let text = read(&path);
        let is_comment = |line: &&str| line.starts_with("//!");
        let comment: Vec<_> = text.lines().take_while(is_comment).map(|line| &line[3..]).collect();
        let program = text.lines().skip(comment.len()).collect::<Vec<_>>().join("\n");
        let Some((last, why)) = comment.split_last() else { panic!("{path} does not say why") };
        let Some(wrong) = last.trim().strip_prefix(WRONG) else {
            panic!("{path}: the comment ends with `{WRONG}role/public_as_flag`, or `{WRONG}below`")
        };
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        Self {
            name: name.to_owned(),
            why: why
                .iter()
                .map(|line| line.trim())
                .collect::<Vec<_>>()
                .join("\n")
                .trim()
                .to_owned(),
            case: (wrong != "below").then(|| wrong.to_owned()),
            program: program.trim().replace(SHOP, "use shop::"),
        }
    }

    /// The wrong program, what is said of it, and the right program.
    fn programs(&self) -> (String, String, String) {
        let Some(case) = &self.case else {
            let output = read(format!("tests/ui/right/{}.stderr", self.name));
            let (wrong, right) = (self.without("right"), self.without("wrong"));
            // The items above are those of the wrong program.
            let right =
                right.find("fn start(").map_or(right.as_str(), |at| &right[at..]).to_owned();
            return (wrong, output.trim().to_owned(), right);
        };
        let output = read(format!("tests/ui/{case}.stderr"));
        let (wrong, above) = shown_case(&read(format!("tests/ui/{case}.rs")), &output);
        (wrong, shown_output(&output, case, above), self.program.clone())
    }

    /// The program without one of its two functions; the other one is called `start`.
    fn without(&self, function: &str) -> String {
        let mut text = Vec::new();
        let mut inside = false;
        for line in self.program.lines() {
            let name = line.strip_prefix("pub(super) ").unwrap_or_default();
            let name = name.trim_start_matches("async ");
            inside |= name.starts_with(&format!("fn {function}("));
            if !inside {
                let line = line.replace("fn wrong(", "fn start(").replace("fn right(", "fn start(");
                text.push(line.trim_start_matches("pub(super) ").to_owned());
            }
            inside &= line != "}";
        }
        let text = text.join("\n");
        text.replace("\n\n\n", "\n\n").trim().to_owned()
    }
}

/// A case as it is shown, and how many lines of its head are not: where the shop comes from, and `main`. The API is
/// left out where it is not what the output is about.
fn shown_case(program: &str, output: &str) -> (String, usize) {
    let is_head = |line: &&str| {
        line.is_empty() || ["#[path", "mod shop;", "// R"].iter().any(|head| line.starts_with(head))
    };
    let above = program.lines().take_while(is_head).count();
    let body = program.lines().skip(above).collect::<Vec<_>>().join("\n");
    let body = body.split("\nfn main() {").next().unwrap_or_default();
    let api =
        body.rfind("\n#[api(").filter(|_| !output.contains("Shop") && !output.contains("#[api"));
    (body[..api.unwrap_or(body.len())].trim_end().to_owned(), above)
}

/// The output as the compiler prints it to somebody whose program is what the page shows.
fn shown_output(output: &str, case: &str, above: usize) -> String {
    let folder = case.split('/').next().unwrap_or_default();
    let place = format!("{case}.rs:");
    let mut lines = Vec::new();
    for line in output.lines() {
        let line = line.replace(&format!("{folder}/../shop.rs"), "src/shop.rs");
        let line = line.replace("$WORKSPACE/", "").replace("$CRATE::", "app::");
        let line = line.replace("and $N others", "and others");
        let digits = line.trim_start().chars().take_while(char::is_ascii_digit).count();
        if let Some((before, rest)) = line.split_once(&place) {
            let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
            lines.push(format!(
                "{before}src/main.rs:{}{}",
                moved(&rest[..end], above),
                &rest[end..]
            ));
        } else if digits > 0
            && line.trim_start()[digits..].trim_start().starts_with(['|', '-', '+', '~'])
        {
            let start = line.len() - line.trim_start().len();
            let number = moved(&line[start..start + digits], above);
            lines.push(format!("{}{number:<digits$}{}", &line[..start], &line[start + digits..]));
        } else {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The number of a line when those above the program are gone.
fn moved(number: &str, above: usize) -> String {
    number
        .parse::<usize>()
        .map_or_else(|_| number.to_owned(), |line| (line.saturating_sub(above)).to_string())
}

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
    let mut links: Vec<_> =
        concerns.iter().map(|name| format!("[The page of `{name}`](../{name}.md)")).collect();
    links.push("[All codes](../errors.md)".to_owned());
    format!(
        "# {code}{title}\n\n<!-- Written from {source} by `BLESS=1 cargo test --test it house`. -->\n\n{help}\
         ## Wrong\n\n```rs\n{wrong}\n```\n\n## {said}\n\n```text\n{output}\n```\n\n## Why\n\n{}\n\n\
         ## Right\n\n```rs\n{fixed}\n```\n\n{}\n",
        right.why,
        links.join(" · "),
    )
}

/// The page that lists the codes, with the shop that the programs stand on.
fn index(rights: &BTreeMap<String, Right>) -> String {
    let mut page = String::from(
        "# Errors\n\n<!-- Written from secure-api-macros/src/message.rs by `BLESS=1 cargo test --test it house`. -->\n\n\
         Every mistake that secure-api finds in a program has a code. The compiler prints it on your own token, with\n\
         what is wrong and what to write instead. What only the start can see is marked so; it is reported all together,\n\
         before a socket opens. A `…` stands for what the message is about.\n\n\
         The page of a code has a program with the mistake, what is said of it, why it is refused, and the program put\n\
         right. The programs use the roles, versions and resources of [one small shop](#the-shop-of-these-pages).\n",
    );
    let start = codes::start_codes();
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
            let when = if start.contains(message.code) { "*(at start)* " } else { "" };
            page.push_str(&format!("- {code}: {when}{text}\n"));
        }
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

#[test]
fn an_output_is_told_by_the_lines_that_are_shown() {
    let case = "#[path = \"../shop.rs\"]\nmod shop;\nuse a;\n\nb\n\n#[api(c)]\npub struct Shop;\n\nfn main() {}\n";
    let output = "error: d\n  --> e/f.rs:12:3\n   |\n12 | b\n   ::: e/../shop.rs\n";
    let (wrong, above) = shown_case(case, output);
    assert_eq!((wrong.as_str(), above), ("use a;\n\nb", 2));
    let told = "error: d\n  --> src/main.rs:10:3\n   |\n10 | b\n   ::: src/shop.rs";
    assert_eq!(shown_output(output, "e/f", above), told);
}
