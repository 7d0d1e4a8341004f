//! The program `secure-api`: what needs no API of one's own.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::{
    against,
    commands::{AgainstLogArgs, CompletionsArgs, ExplainArgs, LintFileArgs, Printed},
    contract, explain, import, lint, project, run,
    terminal::{self, Outcome},
};

/// Begins projects with secure-api, and looks at OpenAPI documents.
///
/// What there is to know of an API that is written with it, its own program tells: `cargo api routes`, `cargo api lint`.
#[derive(Parser)]
#[command(name = "secure-api", version, arg_required_else_help = true, subcommand_required = true)]
struct Tool {
    #[command(subcommand)]
    command: ToolCommand,
}

#[derive(Subcommand)]
enum ToolCommand {
    /// Writes a project that runs: one owned resource with its input, views, limit and tests.
    New(NewArgs),
    /// Makes a project of an OpenAPI document that somebody else wrote.
    Import(ImportArgs),
    /// Looks for what scanners ask of an OpenAPI document.
    Lint(LintFileArgs),
    /// Explains a code of the framework's errors.
    Explain(ExplainArgs),
    /// Holds an OpenAPI document against access logs: what is called, by how many, and what is called that it does not have.
    Inventory(DocumentArgs),
    /// Compares two OpenAPI documents: ends with 1 where something breaks, with 2 where it cannot tell.
    Diff(DiffArgs),
    /// Prints completions for a shell.
    Completions(CompletionsArgs),
}

/// The project to write.
#[derive(Args)]
pub(super) struct NewArgs {
    /// The name of the project, and of the folder that it is written into.
    pub(super) name: String,
    /// The folder to write it into, in place of one of its name.
    #[arg(long, value_name = "DIR")]
    pub(super) into: Option<PathBuf>,
    /// A copy of secure-api to depend on, in place of the published one.
    #[arg(long, value_name = "DIR")]
    pub(super) path: Option<PathBuf>,
    #[command(flatten)]
    pub(super) printed: Printed,
}

/// The document to import.
#[derive(Args)]
pub(super) struct ImportArgs {
    /// An OpenAPI document 3.0 or 3.1, in JSON or YAML; `-` for standard input.
    pub(super) file: PathBuf,
    /// The folder to write the project into. Without it nothing is written, and the report is all.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// The name of the project, in place of one that the folder has.
    #[arg(long, requires = "out")]
    pub(super) name: Option<String>,
    /// A file with answers to what the document leaves open, in JSON or YAML.
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(super) answers: Option<PathBuf>,
    /// A copy of secure-api to depend on, in place of the published one.
    #[arg(long, value_name = "DIR", requires = "out")]
    pub(super) path: Option<PathBuf>,
    /// The file to write the report into, as JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    #[command(flatten)]
    pub(super) printed: Printed,
}

/// The document, and the logs to hold it against.
#[derive(Args)]
struct DocumentArgs {
    /// An OpenAPI document, in JSON or YAML; `-` for standard input.
    file: PathBuf,
    /// An access log, as `--log`; `-` for standard input.
    #[arg(long, value_name = "LOG")]
    against: Option<PathBuf>,
    #[command(flatten)]
    log: AgainstLogArgs,
    #[command(flatten)]
    printed: Printed,
}

/// The documents to compare.
#[derive(Args)]
struct DiffArgs {
    /// The older document.
    old: PathBuf,
    /// The newer one.
    new: PathBuf,
    #[command(flatten)]
    printed: Printed,
}

/// Runs what the arguments of this program ask for.
pub fn main() -> ExitCode {
    let mut command = Tool::command();
    let read = command.try_get_matches_from_mut(std::env::args_os());
    match read.and_then(|matches| Tool::from_arg_matches(&matches)) {
        Ok(tool) => terminal::end(tool.command.run(&mut command)),
        Err(error) => run::refused(&error.format(&mut command)),
    }
}

impl ToolCommand {
    fn run(self, command: &mut clap::Command) -> Outcome {
        match self {
            Self::New(args) => project::write(&args),
            Self::Import(args) => import::run(&args),
            Self::Lint(args) => lint::run(None, args.file.as_deref(), &args.common),
            Self::Explain(args) => explain::run(&args),
            Self::Inventory(DocumentArgs { file, against, log, printed }) => {
                against::document_against_log(&file, against.as_deref(), &log, &printed)
            }
            Self::Diff(DiffArgs { old, new, printed }) => contract::diff(&old, &new, &printed),
            Self::Completions(args) => run::completions(command, &args),
        }
    }
}
