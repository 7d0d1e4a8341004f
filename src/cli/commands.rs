//! The commands of an app, as clap reads them.

mod logs;

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};
use clap_complete::Shell;

pub(crate) use self::logs::AgainstLogArgs;
use super::lint::Severity;

/// The commands that an app has besides serving.
#[derive(Subcommand)]
pub(crate) enum Commands {
    /// Serves until it is told to stop. That is also done without a command.
    Serve(CheckArgs),
    /// Prints every operation: who may call it, how often, and what it shows.
    Routes(Printed),
    /// Prints who may call what, and which view of it they see.
    Matrix(Printed),
    /// Prints the OpenAPI document of a version, or writes those of all.
    Openapi(OpenapiArgs),
    /// Compares what is declared with what was accepted, and accepts it.
    Contract(ContractArgs),
    /// Tries the limits against an access log: whom they would have refused, and how often callers really call.
    Limits(LimitsArgs),
    /// Prints every operation with the app's settings and every exception, or holds them against an OpenAPI document or an access log.
    Inventory(InventoryArgs),
    /// Looks for what scanners ask of an OpenAPI document: of each of this API, or of a file.
    Lint(LintArgs),
    /// Explains a code of the framework's errors.
    Explain(ExplainArgs),
    /// Prints an access token, for development.
    Token(TokenArgs),
    /// Prints completions for a shell.
    Completions(CompletionsArgs),
}

/// The check in place of serving.
#[derive(Default, Args)]
pub(crate) struct CheckArgs {
    /// Prints each setting that the app would be served with, from where it comes, and what keeps the app from starting; serves nothing.
    #[arg(long)]
    pub(crate) check: bool,
    /// Prints that as JSON.
    #[arg(long, requires = "check")]
    pub(crate) json: bool,
}

/// The form of what is printed.
#[derive(Args)]
pub(crate) struct Printed {
    /// Prints JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The documents to print.
#[derive(Args)]
pub(crate) struct OpenapiArgs {
    /// The version; not needed where there is one.
    #[arg(long)]
    pub(crate) version: Option<String>,
    /// Writes a file for each version into this folder, as `v1.json`, and prints their names.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Tells of the app's settings too: its URL, and where its callers sign in.
    #[arg(long)]
    pub(crate) served: bool,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The contract.
#[derive(Args)]
pub(crate) struct ContractArgs {
    #[command(subcommand)]
    pub(crate) act: ContractAct,
}

/// The act on the contract.
#[derive(Subcommand)]
pub(crate) enum ContractAct {
    /// Tells what has changed; ends with 1 where something breaks or loosens a promise, and with 2 where nobody can tell.
    Check(ContractFiles),
    /// Accepts what has changed, and writes the files.
    Accept(AcceptArgs),
}

/// The files of the contract.
#[derive(Args)]
pub(crate) struct ContractFiles {
    /// The folder of `api.lock` and `matrix.snap`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The changes to accept.
#[derive(Args)]
pub(crate) struct AcceptArgs {
    /// The changes, as `contract check` names them. What breaks nothing and loosens nothing needs no name.
    #[arg(value_name = "CHANGE")]
    pub(crate) changes: Vec<String>,
    /// The folder of `api.lock` and `matrix.snap`.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The log that limits are tried against.
#[derive(Args)]
pub(crate) struct LimitsArgs {
    /// The access log, in the common or the combined format, or in JSON of nginx or Caddy; it may be compressed by gzip. `-` for
    /// standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: PathBuf,
    /// Takes each request for a call of this operation, whatever its path: for the log of something else.
    #[arg(long = "as", value_name = "OPERATION")]
    pub(crate) only: Option<String>,
    /// Ends with 1 where a limit would have refused somebody, for a build that is to fail then.
    #[arg(long)]
    pub(crate) fail_on_refusal: bool,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The other side of a comparison.
#[derive(Args)]
pub(crate) struct InventoryArgs {
    /// An OpenAPI document, in JSON or YAML, or an access log, as `--log`; `-` for standard input. Ends with 1 where the document tells
    /// something else, or the log has what `--fail-on` names.
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    /// A live inventory, as an app keeps it in a file: how often each operation was called that the comparison with a document names.
    #[arg(long, value_name = "FILE", conflicts_with = "log")]
    pub(crate) live: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) log: AgainstLogArgs,
    #[command(flatten)]
    pub(crate) client: ClientArgs,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The callers whose hashes are looked for.
#[derive(Args)]
pub(crate) struct ClientArgs {
    /// Prints the hash by which the live inventory knows a caller, under the secret that the app's settings state: of a subject, as
    /// tokens have it, or of an address. Several may be.
    #[arg(long, value_name = "SUBJECT", conflicts_with_all = ["against", "live", "log", "fail_on"])]
    pub(crate) client: Vec<String>,
    /// The issuer that vouches for the subject; each that the app's settings name where it is not said.
    #[arg(long, value_name = "ISSUER", requires = "client")]
    pub(crate) issuer: Option<String>,
    /// The subject's tenant, where the API has tenants.
    #[arg(long, value_name = "TENANT", requires = "client")]
    pub(crate) tenant: Option<String>,
}

/// The document to look at.
#[derive(Args)]
pub(crate) struct LintArgs {
    /// An OpenAPI document 3.0 or 3.1, in JSON or YAML; `-` for standard input. Without one, each of this API's.
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: LintOptions,
}

/// The document to look at, which has to be named.
#[derive(Args)]
pub(crate) struct LintFileArgs {
    /// An OpenAPI document 3.0 or 3.1, in JSON or YAML; `-` for standard input.
    #[arg(required_unless_present = "rules")]
    pub(crate) file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: LintOptions,
}

/// The options of looking at a document.
#[derive(Args)]
pub(crate) struct LintOptions {
    /// The least severity of a finding for which it ends with 1.
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "low")]
    pub(crate) fail_on: FailOn,
    /// Lists the rules, and looks at nothing.
    #[arg(long, conflicts_with_all = ["file", "fail_on"])]
    pub(crate) rules: bool,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The severity that a build fails for.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FailOn {
    /// Any finding.
    Low,
    /// Findings that are more than a matter of order.
    Medium,
    /// Findings that an attacker can use.
    High,
    /// None.
    Never,
}

impl FailOn {
    /// Returns `true` if a build fails for this severity.
    pub(crate) fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Low => true,
            Self::Medium => severity >= Severity::Medium,
            Self::High => severity >= Severity::High,
            Self::Never => false,
        }
    }
}

/// The code to explain.
#[derive(Args)]
pub(crate) struct ExplainArgs {
    /// The code, as `SA701`; without one, all are listed.
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) code: Option<String>,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The bearer of a token.
#[derive(Args)]
pub(crate) struct TokenArgs {
    /// A role that the token gives. Several may be.
    #[arg(long, required = true)]
    pub(crate) role: Vec<String>,
    /// The subject that it speaks for.
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) subject: String,
    /// The lifetime in seconds, a year at most.
    #[arg(long, default_value = "600", value_parser = seconds)]
    pub(crate) ttl: Duration,
    /// An OAuth scope that it gives. Several may be.
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(crate) scope: Vec<String>,
    #[command(flatten)]
    pub(crate) printed: Printed,
}

/// The shell to complete for.
#[derive(Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    pub(crate) shell: Shell,
}

/// Reads a lifetime. One that is longer than a year is mistyped, and of none a token would have ended before it is printed.
fn seconds(text: &str) -> Result<Duration, String> {
    /// The seconds of a year.
    const YEAR: u64 = 366 * 86_400;

    match text.parse() {
        Ok(seconds @ 1..=YEAR) => Ok(Duration::from_secs(seconds)),
        _ => Err(format!("write a number of seconds from 1 to {YEAR}")),
    }
}
