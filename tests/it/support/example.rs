//! An example as a process of its own, and the lines that it prints, which are pasted into a shell.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

/// An example that runs until it is dropped.
pub(crate) struct Example {
    process: Child,
    /// All that it prints when it starts.
    pub(crate) printed: Vec<String>,
}

impl Drop for Example {
    fn drop(&mut self) {
        // It is asked, since it may have processes of its own to end.
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        let ended = |process: &mut Child| !matches!(process.try_wait(), Ok(None));
        for _ in 0..200 {
            if asked.is_err() || ended(&mut self.process) {
                break;
            }
            thread::sleep(Duration::from_millis(25));
        }
        // It may have ended by then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the program, which `cargo test` builds beside the tests.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this program has a path");
    let program = tests.with_file_name(format!("../examples/{name}"));
    assert!(program.exists(), "it is not built: `cargo build --example {name}`");
    program
}

impl Example {
    /// Starts one that says at last how it is ended.
    pub(crate) fn start(command: &mut Command) -> Self {
        // Its log is looked through with all others, where they are kept.
        if let Some(file) = super::log::kept("example.log") {
            command.stderr(file);
        }
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the example starts");
        let output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let mut example = Self { process, printed: Vec::new() };
        let lines = output.lines().map(|line| line.expect("it prints text"));
        example.printed = lines.take_while(|line| !line.starts_with("Ctrl-C")).collect();
        example
    }

    /// Returns the number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Kills it, with no time to end anything.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it has ended");
    }

    /// Returns the lines to paste, each with the status that is told before it.
    pub(crate) fn lines(&self) -> (Vec<String>, Vec<&str>) {
        let told =
            self.printed.iter().zip(self.printed.iter().skip(1)).filter_map(|(said, line)| {
                let (status, _) = said.split_once(", ")?;
                status.parse::<u16>().ok().map(|status| (format!("status {status}"), &**line))
            });
        told.unzip()
    }
}

/// Pastes the lines into one shell, in which each `curl` tells its status beside its output.
pub(crate) fn paste(lines: &[&str]) -> Output {
    let curl = "curl() { command curl --no-progress-meter --noproxy '*' --max-time 20 \
                --write-out '%{stderr}status %{http_code}\\n' \"$@\"; }";
    let script = format!("{curl}\n{}\n", lines.join("\n"));
    Command::new("bash").args(["-c", &script]).output().expect("a shell")
}
