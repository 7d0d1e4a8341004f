//! The command `explain`: the page of an error, in the terminal.

mod pages;
mod shown;

use serde_json::{Value, json};

use super::{
    commands::ExplainArgs,
    terminal::{self, Ended, Failure, Outcome, table},
};
use pages::PAGES;

/// The codes that are proposed for one that there is none of.
const MOST_NEAR: usize = 5;

/// Prints the page of a code, or the list of codes.
pub(crate) fn run(ExplainArgs { code, printed }: &ExplainArgs) -> Outcome {
    let Some(code) = code else {
        let titles = PAGES.iter().map(|(code, page)| (*code, title(page)));
        if printed.json {
            let codes: Vec<Value> =
                titles.map(|(code, title)| json!({ "code": code, "title": title })).collect();
            terminal::json(&codes)?;
        } else {
            let rows: Vec<_> =
                titles.map(|(code, title)| vec![code.to_owned(), title.to_owned()]).collect();
            terminal::print(table(&rows))?;
        }
        return Ok(Ended::Fine);
    };
    let (code, page) = find(code)?;
    if printed.json {
        terminal::json(&json!({ "code": code, "title": title(page), "page": page }))?;
    } else {
        terminal::print(shown::page(page))?;
    }
    Ok(Ended::Fine)
}

/// Returns the page of a code, however it is written: `SA701`, `sa701` or `701`.
fn find(asked: &str) -> Result<(&'static str, &'static str), Failure> {
    let asked = asked.trim();
    let is_code = asked.get(..2).is_some_and(|first| first.eq_ignore_ascii_case("sa"));
    let digits = if is_code { &asked[2..] } else { asked };
    let code = format!("SA{digits:0>3}");
    if let Some((code, page)) = PAGES.iter().find(|(known, _)| *known == code) {
        return Ok((*code, *page));
    }
    let failure = Failure::new(format!("there is no code `{asked}`"));
    // Those that begin so, or else those in which one digit is another.
    let near = |is_near: &dyn Fn(&str) -> bool| {
        let near = PAGES.iter().filter(|(code, _)| is_near(&code[2..])).take(MOST_NEAR);
        near.map(|(code, page)| format!("{code}: {}", title(page))).collect::<Vec<_>>()
    };
    let begins = near(&|known| !digits.is_empty() && known.starts_with(digits));
    let titled = match begins.is_empty() {
        true => near(&|known| strsim::levenshtein(known, digits) <= 1),
        false => begins,
    };
    Err(match titled.is_empty() {
        true => failure.help("`explain` without a code lists all of them"),
        false => failure.help(format!("did you mean one of these?\n    {}", titled.join("\n    "))),
    })
}

/// Returns the title of a page, without its code.
fn title(page: &str) -> &str {
    let first = page.lines().next().unwrap_or_default().trim_start_matches("# ");
    first.split_once(": ").map_or(first, |(_, title)| title)
}
