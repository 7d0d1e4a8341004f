//! The arguments of what is held against access logs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{cli::terminal::Failure, inventory::LoggedTraffic};

/// The access logs, and what is found in them.
#[derive(Args)]
pub(crate) struct AgainstLogArgs {
    /// An access log, in the common or the combined format, or in JSON of nginx or Caddy; it may be compressed by gzip. Several may be.
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Vec<PathBuf>,
    /// The kinds of findings in a log for which it ends with 1: all where it is not said. A comparison with a document has none.
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    pub(crate) fail_on: Vec<Found>,
}

impl AgainstLogArgs {
    /// Returns the kinds of findings for which it ends with 1.
    pub(crate) fn kinds(&self) -> Result<&[Found], Failure> {
        let is_never = |one: &&Found| matches!(one, Found::Never);
        let other = self.fail_on.iter().find(|one| !is_never(one));
        match (self.fail_on.iter().find(is_never), other.and_then(Found::to_possible_value)) {
            (Some(_), Some(other)) => {
                let told = format!("`--fail-on` names `never`, and `{}` besides", other.get_name());
                Err(Failure::new(told).help("leave out one of both"))
            }
            _ if self.fail_on.is_empty() => Ok(&Found::ALL),
            _ => Ok(&self.fail_on),
        }
    }
}

/// A kind of what is found in a log.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Found {
    /// Operations that are deprecated or past their sunset, and called all the same.
    Zombie,
    /// Paths that nobody declared, and that something answers or several clients ask for.
    Shadow,
    /// Operations that are declared, and never called.
    Orphan,
    /// None of these.
    Never,
}

impl Found {
    /// The kinds for which it ends with 1 where nothing else is said.
    pub(crate) const ALL: [Self; 3] = [Self::Zombie, Self::Shadow, Self::Orphan];

    /// Returns `true` if a log has any.
    pub(crate) fn is_in(self, traffic: &LoggedTraffic) -> bool {
        match self {
            Self::Zombie => traffic.zombies().next().is_some(),
            Self::Shadow => traffic.shadows().next().is_some(),
            Self::Orphan => traffic.orphans().next().is_some(),
            Self::Never => false,
        }
    }
}
