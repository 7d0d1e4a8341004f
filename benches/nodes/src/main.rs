//! Machines that count limits together: what their store is asked, where one Redis ends, and what the outage of a slot means.

mod chance;
mod report;
mod simulate;
mod slot;
mod world;

use std::{env, fs, path::Path, process::ExitCode};

/// The folder of the tables.
const BOOK: &str = "book/src/scale";
/// The scripts that one Redis is taken to run in a second.
const CAPACITY: u64 = 50_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        [] => print(CAPACITY),
        ["--capacity", number] => match number.parse() {
            Ok(capacity) if capacity > 0 => print(capacity),
            _ => return wrong(),
        },
        ["--bless"] => {
            for (name, text) in report::tables(CAPACITY) {
                if let Err(error) = fs::write(Path::new(BOOK).join(name), text) {
                    eprintln!("{name}: {error}");
                    return ExitCode::FAILURE;
                }
            }
        }
        ["--check"] => {
            let mut differ = 0;
            for (name, text) in report::tables(CAPACITY) {
                let book = fs::read_to_string(Path::new(BOOK).join(name)).unwrap_or_default();
                if book != text {
                    eprintln!("{BOOK}/{name} is not what the simulation makes of it");
                    differ += 1;
                }
            }
            if differ > 0 {
                eprintln!("run `benches/nodes/run --bless`");
                return ExitCode::FAILURE;
            }
        }
        _ => return wrong(),
    }
    ExitCode::SUCCESS
}

fn print(capacity: u64) {
    for (name, text) in report::tables(capacity) {
        println!("{name}\n\n{text}");
    }
}

fn wrong() -> ExitCode {
    eprintln!("--bless, --check, --capacity N, or nothing");
    ExitCode::from(2)
}
