//! Reading the arguments of a program, and running what they ask for.

use std::{ffi::OsString, path::Path, process::ExitCode};

use clap::{
    Arg, Args, Command, FromArgMatches, Subcommand, builder::PossibleValuesParser, error::ErrorKind,
};

use super::{
    Cli, check,
    commands::{CheckArgs, Commands, CompletionsArgs},
    contract, explain, facts, lint, terminal,
    terminal::{Ended, Failure, Outcome},
    token,
};
use crate::inventory::ApiModel;

impl<O: Args + 'static> Cli<O> {
    /// Runs what the arguments of this program ask for, and returns its code: 0 where all is fine, 1 for findings and where the app
    /// did not serve, 2 where it cannot tell and for arguments that are wrong.
    pub async fn run(self) -> ExitCode {
        let model = (self.app)().model();
        let mut command = self.command(&model);
        let matches = match command.try_get_matches_from_mut(std::env::args_os()) {
            Ok(matches) => matches,
            Err(error) => return refused(&error),
        };
        let read = O::from_arg_matches(&matches).and_then(|options| {
            let is_command = matches.subcommand_name().is_some();
            let asked = is_command.then(|| Commands::from_arg_matches(&matches)).transpose()?;
            let root = CheckArgs::from_arg_matches(&matches)?;
            match asked {
                None => Ok((options, Commands::Serve(root))),
                Some(Commands::Serve(_)) if root.check => Ok((options, Commands::Serve(root))),
                Some(_) if root.check => {
                    let why = "--check is for serving, and stands beside no other command";
                    Err(clap::Error::raw(ErrorKind::ArgumentConflict, format!("{why}\n")))
                }
                Some(asked) => Ok((options, asked)),
            }
        });
        match read {
            Ok((options, asked)) => match asked {
                Commands::Serve(CheckArgs { check: true, json }) => {
                    terminal::end(check::run(self, options, json).await)
                }
                Commands::Serve(_) => self.served(options).await,
                asked => terminal::end(self.told(options, asked, model)),
            },
            Err(error) => refused(&error.format(&mut command)),
        }
    }

    async fn served(self, options: O) -> ExitCode {
        let Some(serve) = self.serve else {
            let failure = Failure::new("this program does not serve")
                .help("write `.serve(async |app, options| …)` after `secure_api::cli(…)`");
            return terminal::end(Err(failure));
        };
        let app = (self.settings)((self.app)(), &options);
        match serve(app, options).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(text) => {
                terminal::tell(&Failure::new(text));
                ExitCode::from(1)
            }
        }
    }

    /// Runs a command that tells something.
    fn told(self, options: O, asked: Commands, api: ApiModel) -> Outcome {
        let app = (self.settings)((self.app)(), &options).configured();
        // The same on each machine, so it can be kept in a repository.
        let declared = ApiModel { settings: None, ..api.clone() };
        match asked {
            Commands::Serve(_) => Ok(Ended::Fine),
            Commands::Routes(printed) => facts::routes(&declared, &printed),
            Commands::Matrix(printed) => facts::matrix(&declared, &printed),
            Commands::Openapi(args) if args.served => facts::openapi(&app.model(), &args),
            Commands::Openapi(args) => facts::openapi(&declared, &args),
            Commands::Contract(args) => contract::run(&app.model(), &args),
            Commands::Limits(args) => facts::limits(&app, &args),
            Commands::Inventory(args) => facts::inventory(&app, &args),
            Commands::Lint(args) => lint::run(Some(&declared), args.file.as_deref(), &args.common),
            Commands::Explain(args) => explain::run(&args),
            Commands::Token(args) => match self.sign {
                Some(sign) => {
                    let may_sign = cfg!(debug_assertions) || self.release;
                    token::run(args, may_sign, |request| sign(request, options))
                }
                None => Err(token::unsigned()),
            },
            // One that is not built yet: its commands are still called after the program.
            Commands::Completions(args) => completions(&mut self.unbuilt(&api), &args),
        }
    }

    /// Makes the whole command line, in which each command tells its own options only.
    fn command(&self, model: &ApiModel) -> Command {
        let called = self.called.clone().unwrap_or_else(program);
        let mut command = self.unbuilt(model).bin_name(called);
        let own = command.get_arguments().filter(|arg| arg.is_global_set());
        let own: Vec<String> = own.map(|arg| arg.get_id().to_string()).collect();
        // Each command has the options of serving from here on.
        command.build();
        command.mut_subcommands(|one| match one.get_name() {
            "serve" | "help" => one,
            _ => one.mut_args(|arg| hidden(arg, &own)),
        })
    }

    /// Makes the command line: the app's own options, and the commands with the names of the API.
    fn unbuilt(&self, model: &ApiModel) -> Command {
        let (about, details) =
            model.description.split_once("\n\n").unwrap_or((&model.description, ""));
        let serving = "Without a command, it serves.";
        let texts = [about, details, serving];
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let command = Commands::augment_subcommands(O::augment_args(Command::new(program())));
        // Their place is before or after the command.
        let command = command.mut_args(|arg| match arg.is_positional() || arg.is_required_set() {
            true => arg,
            false => arg.global(true),
        });
        let command = CheckArgs::augment_args(command)
            .about(format!("{about}\n\n{serving}"))
            .long_about(texts.join("\n\n"));
        let versions = model.versions.iter().map(|version| &*version.segment);
        let command = named(command, "openapi", "version", versions);
        let command = named(command, "token", "role", model.roles.iter().map(|role| &*role.name));
        let signs = self.sign.is_some();
        command.mut_subcommand("token", |token| token.hide(!signs))
    }
}

fn hidden(arg: Arg, own: &[String]) -> Arg {
    let is_own = own.iter().any(|id| arg.get_id() == id.as_str());
    if is_own { arg.hide(true) } else { arg }
}

/// Admits these values only for an argument of a command.
fn named<'a>(
    command: Command,
    subcommand: &str,
    argument: &str,
    values: impl Iterator<Item = &'a str>,
) -> Command {
    let parser = PossibleValuesParser::new(values.map(str::to_owned).collect::<Vec<_>>());
    let argument = argument.to_owned();
    command.mut_subcommand(subcommand, |one| one.mut_arg(argument, |arg| arg.value_parser(parser)))
}

/// Returns the name of the program, as it was started.
pub(crate) fn program() -> String {
    let started = std::env::args_os().next().unwrap_or_else(|| OsString::from("app"));
    let name = Path::new(&started).file_stem().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "app".to_owned())
}

/// Prints the help that was asked for, or what is wrong with the arguments.
pub(crate) fn refused(error: &clap::Error) -> ExitCode {
    // Whoever reads may be gone.
    let _ = error.print();
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Prints completions for a shell.
pub(crate) fn completions(command: &mut Command, args: &CompletionsArgs) -> Outcome {
    let mut written = Vec::new();
    clap_complete::generate(args.shell, command, program(), &mut written);
    terminal::print(String::from_utf8_lossy(&written))?;
    Ok(Ended::Fine)
}
