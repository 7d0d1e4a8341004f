//! The reasons that keep an app from starting.

use std::fmt;

use crate::secret::SecretFault;

/// One reason why an app does not start. All of them are reported together, before a socket opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartProblem {
    /// The diagnostic's code, as `SA201`.
    pub code: &'static str,
    /// The mistake, in one line.
    pub text: String,
    /// The remedy.
    pub help: &'static str,
}

impl StartProblem {
    /// Returns the problem of a secret that is not used.
    pub(crate) fn of(fault: SecretFault) -> Self {
        match fault {
            SecretFault::Unread(place) => Self {
                code: "SA177",
                text: format!("the secret cannot be read from {place}"),
                help: "put it there, where the server's user may read it, or name another place",
            },
            SecretFault::Guessed(place) => Self {
                code: "SA178",
                text: format!("the secret can be guessed that comes from {place}"),
                help: "put the text there that `openssl rand -base64 32` prints, and keep it out of the repository",
            },
        }
    }
}

impl fmt::Display for StartProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  help: {}", self.code, self.text, self.help)
    }
}

impl std::error::Error for StartProblem {}

/// Everything that keeps an app from starting.
#[derive(PartialEq, Eq)]
pub struct StartError(pub(crate) Vec<StartProblem>);

impl StartError {
    /// Returns the reasons, in the order they were found.
    pub fn problems(&self) -> &[StartProblem] {
        &self.0
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "the app does not start: {count} problem{}", if count == 1 { "" } else { "s" })?;
        for problem in &self.0 {
            write!(f, "\n{problem}")?;
        }
        Ok(())
    }
}

// `fn main() -> Result<(), StartError>` prints the `Debug` form, so that one is for people too.
impl fmt::Debug for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartError {}

impl From<StartProblem> for StartError {
    fn from(problem: StartProblem) -> Self {
        Self(vec![problem])
    }
}
