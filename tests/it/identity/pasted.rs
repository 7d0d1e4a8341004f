//! The example `identity` as a process of its own: each line that it prints is pasted, and answered as it says.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use crate::support::Folder;

/// An example that runs until it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the program, which `cargo test` builds beside the tests.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("this program has a path");
    let program = tests.with_file_name("../examples/identity");
    assert!(program.exists(), "the example is not built: `cargo build --example identity`");
    program
}

/// Starts the example; returns it with all that it prints.
fn start(data: &Path) -> (Running, Vec<String>) {
    let mut process = Command::new(program())
        .env("IDENTITY_DATA", data)
        .env("IDENTITY_ADDR", "127.0.0.1:0")
        .env("IDENTITY_ISSUER_ADDR", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the example starts");
    let output = BufReader::new(process.stdout.take().expect("its output is piped"));
    let running = Running(process);
    let lines = output.lines().map(|line| line.expect("it prints text"));
    let lines: Vec<String> = lines.take_while(|line| !line.starts_with("Ctrl-C")).collect();
    (running, lines)
}

/// Pastes the lines into one shell, in which each `curl` tells its status beside its output.
fn paste(lines: &[&str]) -> Output {
    let curl = "curl() { command curl --no-progress-meter --noproxy '*' --max-time 20 \
                --write-out '%{stderr}status %{http_code}\\n' \"$@\"; }";
    let script = format!("{curl}\n{}\n", lines.join("\n"));
    Command::new("bash").args(["-c", &script]).output().expect("a shell")
}

// R1, R18, R25, R26, R27, R47, R113: whoever pastes what is printed sees each kind of credentials admitted, and refused.
#[test]
fn each_printed_line_is_answered_as_it_says() {
    let data = Folder::new("identity it's ");
    let (_running, printed) = start(data.path());
    let told = printed.iter().zip(&printed[1..]).filter_map(|(said, line)| {
        let (status, _) = said.split_once(", ")?;
        status.parse::<u16>().ok().map(|status| (format!("status {status}"), &**line))
    });
    let (wanted, lines): (Vec<String>, Vec<&str>) = told.unzip();
    assert_eq!(lines.len(), 16, "{printed:#?}");
    let output = paste(&lines);
    let errors = String::from_utf8(output.stderr).expect("text");
    assert_eq!(errors.lines().collect::<Vec<_>>(), wanted, "{lines:#?}");
    let answers = String::from_utf8(output.stdout).expect("text");
    for (kind, times) in [("Bearer", 2), ("ApiKey", 1), ("Session", 1)] {
        let kind = format!("\"kind\":\"{kind}\"");
        assert_eq!(answers.matches(&kind).count(), times, "{kind}: {answers}");
    }
}
