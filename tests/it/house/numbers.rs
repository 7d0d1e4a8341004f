//! The numbers of the book: each that a reader relies on is that of the code, by `tests/numbers.txt`.

use super::{files_under, lines_of, read};

const LIST: &str = "tests/numbers.txt";

#[test]
fn a_number_of_the_book_is_that_of_the_code() {
    let (list, mut wrong, mut count) = (read(LIST), Vec::new(), 0);
    for line in lines_of(&list) {
        let cells: Vec<_> = line.splitn(4, " | ").collect();
        let [page, words, file, code] = cells[..] else { panic!("{LIST}: four columns: {line}") };
        // On a page words may go on in the next line.
        let page = format!("book/src/{page}.md");
        let told = read(&page).split_whitespace().collect::<Vec<_>>().join(" ");
        let file = format!("secure-api-runtime/src/{file}");
        // Of a folder any file may have it.
        let is_there = if file.ends_with('/') {
            files_under(&file, ".rs").iter().any(|path| read(path).contains(code))
        } else {
            read(&file).contains(code)
        };
        count += 1;
        if !told.contains(words) {
            wrong.push(format!("{page} does not say `{words}`"));
        }
        if !is_there {
            wrong.push(format!("{page} says `{words}`, and {file} has no `{code}`"));
        }
    }
    assert!(wrong.is_empty(), "{LIST}:\n{}", wrong.join("\n"));
    assert!(count > 60, "only {count} numbers");
}

/// The quickstart and the tour name each feature, and say which are on.
#[test]
fn features_are_those_of_the_package() {
    let manifest = read("Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let (features, _) = features.split_once("\n[").expect("what comes behind them");
    let (page, tour) = (read("book/src/quickstart.md"), read("src/tour.md"));
    let (_, told) = page.split_once("The features ").expect("the sentence");
    let (on, rest) = told.split_once(" are on by default; ").expect("those that are on");
    let (off, _) = rest.split_once(" are not.").expect("those that are off");
    let (_, defaults) = features.split_once("default = [").expect("the default");
    let (defaults, _) = defaults.split_once(']').expect("an end");
    let named = |line: &str| line.split_once(" = [").map(|(name, _)| name.to_owned());
    let names: Vec<String> =
        features.lines().filter(|line| !line.starts_with(' ')).filter_map(named).collect();
    for name in names.iter().filter(|name| *name != "default") {
        let is_on = defaults.contains(&format!("\"{name}\""));
        let place = if is_on { on } else { off };
        assert!(
            place.contains(&format!("`{name}`")),
            "the quickstart does not say that {name} is {is_on}"
        );
        let state = if is_on { "on" } else { "off" };
        assert!(
            tour.contains(&format!("| `{name}` | {state} |")),
            "the tour does not say that {name} is {state}"
        );
    }
    assert!(names.len() > 8, "{names:?}");
    let rust = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .expect("a version");
    let rust = rust.trim_end_matches('"');
    for page in ["README.md", "book/src/quickstart.md"] {
        assert!(
            read(page).contains(&format!("{rust} or newer")),
            "{page} does not say Rust {rust}"
        );
    }
}

/// The table of signals has a row for each, with the weight and the half-life that are enforced.
#[test]
fn weights_of_signals_are_those_of_the_code() {
    let code = read("secure-api-runtime/src/behavior/score.rs");
    let (_, code) = code.split_once("const PUBLISHED").expect("the scoring");
    let list = |name: &str| -> Vec<f64> {
        let (_, rest) = code.split_once(name).unwrap_or_else(|| panic!("{name}"));
        let inside =
            rest.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("a list");
        inside.0.split(',').filter_map(|number| number.trim().parse().ok()).collect()
    };
    let (weights, half_lives) = (list("weights:"), list("half_lives:"));
    let page = read("book/src/behavior.md");
    let (_, table) = page.split_once("| signal | what it is |").expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let told: Vec<(f64, f64)> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let (number, unit) = cells[3].split_once(' ').expect("a number and a unit");
            let unit = if unit == "h" { 3600.0 } else { 60.0 };
            (cells[2].parse().expect("a weight"), number.parse::<f64>().expect("a time") * unit)
        })
        .collect();
    let enforced: Vec<_> = weights.into_iter().zip(half_lives).collect();
    assert_eq!(told, enforced);
    assert_eq!(told.len(), 11);
}
