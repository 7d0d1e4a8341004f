//! The programs of the error book, and what is said of them, as its pages show them.

use std::collections::BTreeMap;

use super::{files_under, read, shown};

/// The prefix of the comment's last line, which names the wrong program.
const WRONG: &str = "Wrong: ";
/// The prefix of a program's import of roles, versions and resources: `tests/ui/shop.rs`, which the index shows.
const SHOP: &str = "use crate::shop::";

/// The parts of `tests/ui/right/saNNN.rs`.
pub(super) struct Right {
    /// The name of the file, as `sa101`.
    pub(super) name: String,
    /// The reason for the check.
    pub(super) why: String,
    /// The wrong program: a case of `tests/ui`, as `role/public_as_flag`; nothing if it is the function `wrong`.
    pub(super) case: Option<String>,
    /// Everything below the comment.
    pub(super) program: String,
}

impl Right {
    pub(super) fn all() -> BTreeMap<String, Self> {
        let files = files_under("tests/ui/right", ".rs");
        let others = ["mod.rs", "start.rs"];
        let names = files.iter().filter(|path| !others.iter().any(|other| path.ends_with(other)));
        let all = names.map(|path| Self::read(shown(path)));
        all.map(|right| (right.name.to_uppercase(), right)).collect()
    }

    fn read(path: String) -> Self {
        let text = read(&path);
        let is_comment = |line: &&str| line.starts_with("//!");
        let comment: Vec<_> = text.lines().take_while(is_comment).map(|line| &line[3..]).collect();
        // What the files share is not about any of them.
        let shows = |line: &&str| !line.starts_with("use super::");
        let program = text.lines().skip(comment.len()).filter(shows).collect::<Vec<_>>().join("\n");
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
            program: in_order(&program.trim().replace(SHOP, "use shop::")),
        }
    }

    /// Returns the wrong program, what is said of it, and the right program.
    pub(super) fn programs(&self) -> (String, String, String) {
        let Some(case) = &self.case else {
            let output = read(format!("tests/ui/right/{}.stderr", self.name));
            let (wrong, right) = (self.without("right"), self.without("wrong"));
            // The items above are those of the wrong program.
            let at = right.find("async fn start(").or_else(|| right.find("fn start("));
            let right = at.map_or(right.as_str(), |at| &right[at..]).to_owned();
            return (wrong, output.trim().to_owned(), right);
        };
        let output = read(format!("tests/ui/{case}.stderr"));
        let (wrong, above) = shown_case(&read(format!("tests/ui/{case}.rs")), &output);
        (wrong, shown_output(&output, case, above), self.program.clone())
    }

    /// Returns the program without one of its two functions; the other one is called `start`.
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
        // A test takes whichever port is free.
        let text = text.join("\n").replace("127.0.0.1:0\"", "127.0.0.1:8080\"");
        text.replace("\n\n\n", "\n\n").trim().to_owned()
    }
}

/// Returns the imports as the wrong program has them, where the shop is a module and not a crate.
fn in_order(program: &str) -> String {
    let mut lines: Vec<_> = program.lines().collect();
    let imports =
        lines.iter().take_while(|line| line.starts_with("use ") && line.ends_with(';')).count();
    lines[..imports].sort_unstable();
    lines.join("\n")
}

/// Returns a case as it is shown, and how many lines of its head are not: where the shop comes from, and `main`. The
/// API is left out where it is not what the output is about.
pub(super) fn shown_case(program: &str, output: &str) -> (String, usize) {
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

/// Returns the output as the compiler prints it to somebody whose program is what the page shows.
pub(super) fn shown_output(output: &str, case: &str, above: usize) -> String {
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

/// Returns the number of a line when those above the program are gone.
fn moved(number: &str, above: usize) -> String {
    number
        .parse::<usize>()
        .map_or_else(|_| number.to_owned(), |line| (line.saturating_sub(above)).to_string())
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
