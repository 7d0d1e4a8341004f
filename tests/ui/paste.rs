//! Help is pasted: what a message says to write is put where it points, and the program compiles.
//!
//! The page of each code has a wrong program, and its output says where and what. An output is read as a person reads
//! it: the text in backquotes is what to write, and it goes to the token that is underlined, into the attribute that the
//! token stands in, or above the item; or where a sentence says, as "in place of" and "above". A `…` in a type or a call is
//! what stands there, and a sentence stands for `"…"`, since nobody can give another's reasons. What takes more than that,
//! as a name that only its author knows, is in `paste/by_hand.txt` with a reason; that list only shrinks.
//! `PASTE_ALL=1` tries what is listed too, and fails where it pastes by now; each takes some runs of the compiler more.
//! `PASTE_ALL=SA005,SA006` tries these alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Mutex,
};

use crate::tools::{told, tool};

#[path = "paste/edit.rs"]
mod edit;
#[path = "paste/form.rs"]
mod form;
#[path = "paste/output.rs"]
mod output;

use output::Output;

#[test]
fn help_is_pasted_and_compiles() {
    let listed = listed();
    let all = std::env::var("PASTE_ALL").unwrap_or_default();
    let one = |code: &str| all.starts_with("SA") && !all.contains(code);
    let cases = cases()
        .into_iter()
        .filter(|(code, _)| !one(code) && (!all.is_empty() || !listed.contains_key(code)));
    let cases = Mutex::new(cases);
    let (pasted, by_hand) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (cases, pasted, by_hand) = (&cases, &pasted, &by_hand);
            scope.spawn(move || {
                let work = std::env::temp_dir()
                    .join(format!("secure-api-paste-{}-{worker}", std::process::id()));
                std::fs::create_dir_all(&work).expect("a folder");
                while let Some((code, case)) = next(cases) {
                    let (program, output) = (read(&case, "rs"), read(&case, "stderr"));
                    let output = Output::read(&output, &code);
                    let tried = edit::candidates(&program, &output);
                    match tried.iter().any(|edited| compiles(edited, &work)) {
                        true => drop(locked(pasted).insert(code)),
                        false => drop(locked(by_hand).insert(code, (case, output.help))),
                    }
                }
                drop(std::fs::remove_dir_all(&work));
            });
        }
    });
    let (pasted, by_hand) = (locked(&pasted).clone(), locked(&by_hand).clone());
    let new: Vec<_> = by_hand.iter().filter(|(code, _)| !listed.contains_key(*code)).collect();
    let closed: Vec<_> = listed.keys().filter(|code| pasted.contains(*code)).collect();
    assert!(
        new.is_empty(),
        "{} of {} cannot be pasted: {new:#?}",
        new.len(),
        pasted.len() + by_hand.len()
    );
    assert!(closed.is_empty(), "paste/by_hand.txt lists what is pasted by now: {closed:?}");
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn next<T>(all: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    locked(all).next()
}

/// Returns each code with the wrong program of its page. What only the start can see has none.
fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("right");
    let mut cases = Vec::new();
    for file in
        std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path())
    {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().to_uppercase();
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let case = text.lines().find_map(|line| line.strip_prefix("//! Wrong: "));
        if let Some(case) = case.filter(|case| *case != "below") {
            cases.push((name, case.to_owned()));
        }
    }
    cases.sort();
    assert!(cases.len() > 150, "the pages name their programs");
    cases
}

fn read(case: &str, extension: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(case).with_extension(extension);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compiles(program: &str, work: &Path) -> bool {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("shop.rs");
    let program = program.replace("../shop.rs", &shop.to_string_lossy());
    let file = work.join("pasted.rs");
    std::fs::write(&file, program).expect("written");
    let mut rustc = tool("rustc", work);
    rustc.args(["--crate-type=bin", "--crate-name=pasted", "--emit=metadata", "--cap-lints=allow"]);
    told(rustc.arg("--out-dir").arg(work).arg(&file), "pasted").is_empty()
}

/// Returns the codes whose help is not pasted, each with the reason.
fn listed() -> BTreeMap<String, String> {
    let lines = include_str!("paste/by_hand.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &str| {
        let (code, reason) = line.split_once(' ').unwrap_or((line, ""));
        assert!(reason.split(' ').count() > 2, "{code} is listed without a reason");
        (code.to_owned(), reason.to_owned())
    };
    lines.map(entry).collect()
}
