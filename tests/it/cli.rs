//! The command lines: that of the program `secure-api`, and that which an app has of itself.

mod against;
mod arguments;
mod bounds;
mod clean;
mod client;
mod contract;
mod explain;
mod import;
mod lint;
mod logs;
mod plants;
mod project;
mod severity;
mod terminal;
mod traffic;

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use crate::support::example;

/// Returns the program `secure-api`, which `cargo test` builds beside the tests.
pub(crate) fn tool() -> Command {
    let tests = std::env::current_exe().expect("this program has a path");
    let program: PathBuf = tests.with_file_name("../secure-api");
    assert!(program.exists(), "it is not built: `cargo build --all-features --bin secure-api`");
    Command::new(program)
}

/// Returns the shop, whose command line is an app's.
fn shop() -> Command {
    Command::new(example::program("shop"))
}

/// Runs a command to its end, with this on its standard input.
pub(crate) fn run(mut command: Command, arguments: &[&str], input: &str) -> Output {
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("it starts");
    // One that does not read it has ended.
    let _ = process.stdin.take().expect("its input is piped").write_all(input.as_bytes());
    process.wait_with_output().expect("it ends")
}

/// Returns the code of what has ended, its output and its errors.
pub(crate) fn told(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("a text");
    (output.status.code().expect("it ended by itself"), text(output.stdout), text(output.stderr))
}
