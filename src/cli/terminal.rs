//! The terminal: what a command prints and how it ends. Nothing here fails because whoever reads has stopped to.

use std::{
    fmt::Display,
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

/// The style of the word `error` and of findings that are severe.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The style of findings that are less so.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The style of the word `help`, and of what is least severe.
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// The style of headings and names.
pub(crate) const BOLD: Style = Style::new().bold();

/// The style of code.
pub(crate) const CODE: Style = AnsiColor::Green.on_default();

/// The end of a command that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Nothing is wrong: 0.
    Fine,
    /// Something was found: 1.
    Found,
    /// Nobody can tell whether something is wrong: 2.
    Undecided,
}

impl Ended {
    /// Returns `Found` if anything was.
    pub(crate) const fn found(any: bool) -> Self {
        if any { Self::Found } else { Self::Fine }
    }
}

/// The reason for which a command could not do its work: 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    text: String,
    help: Option<String>,
}

/// The end of a command.
pub(crate) type Outcome = Result<Ended, Failure>;

impl Failure {
    /// Makes one of the mistake, in one line.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), help: None }
    }

    /// Adds what to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Ends a command: tells why it could not, and returns its code.
pub(crate) fn end(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(Ended::Fine) => ExitCode::SUCCESS,
        Ok(Ended::Found) => ExitCode::from(1),
        Ok(Ended::Undecided) => ExitCode::from(2),
        Err(failure) => {
            tell(&failure);
            ExitCode::from(2)
        }
    }
}

/// Tells a failure on standard error.
pub(crate) fn tell(Failure { text, help }: &Failure) {
    let mut told = format!("{ERROR}error{ERROR:#}: {}\n", plain(text));
    if let Some(help) = help {
        told.push_str(&format!("\n  {HELP}help{HELP:#}: {}\n", plain(help)));
    }
    // Nobody may be there to read it, and the code tells it too.
    let _ = anstream::stderr().write_all(told.as_bytes());
}

/// Tells on standard error what does not keep a command from its work.
pub(crate) fn warn(text: &str) {
    let told = format!("{WARNING}warning{WARNING:#}: {}\n", plain(text));
    // As above: nobody may be there to read it.
    let _ = anstream::stderr().write_all(told.as_bytes());
}

/// Prints a text. Colours go to a terminal only, and nowhere with `NO_COLOR`.
pub(crate) fn print(text: impl Display) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    written(out.write_all(text.to_string().as_bytes()).and_then(|()| out.flush()))
}

/// Prints a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(format!("it is no JSON: {error}")))?;
    let mut out = io::stdout().lock();
    written(writeln!(out, "{text}").and_then(|()| out.flush()))
}

/// Reads of a closed pipe that whoever reads has enough.
fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write: {error}")))
        }
        _ => Ok(()),
    }
}

/// Returns a text without what a terminal would obey: it may come from a document that somebody else wrote.
pub(crate) fn plain(text: &str) -> String {
    let is_kept = |letter: char| letter == '\n' || !is_obeyed(letter);
    text.chars().map(|letter| if is_kept(letter) { letter } else { '\u{fffd}' }).collect()
}

/// Returns `true` for controls, and for marks that change the order in which a line is read.
fn is_obeyed(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The width of a column at most: a cell that is longer moves those behind it in its own row alone.
const WIDEST: usize = 200;

/// Writes columns as wide as their widest cell, two spaces apart.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0).min(WIDEST)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Returns the names that somebody may have meant, the nearest first.
pub(crate) fn near<'a>(meant: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let scored = names.into_iter().map(|name| (strsim::jaro_winkler(meant, name), name));
    let mut scored: Vec<(f64, &str)> = scored.filter(|(score, _)| *score > 0.8).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}
