//! `--check`: the settings that the app would be served with, from where each comes, and what keeps the app from starting.

use clap::Args;
use serde::Serialize;

use super::{
    Cli,
    terminal::{self, Ended, Failure, Outcome},
};
use crate::{
    config::{ConfigCheck, EffectiveConfig, EffectiveSetting},
    error::StartProblem,
};

/// The report, as JSON has it.
#[derive(Serialize)]
struct Report<'r> {
    settings: &'r [EffectiveSetting],
    problems: Vec<Problem<'r>>,
    /// The reason for which the function of `serve` did not come to build the app.
    failure: Option<&'r str>,
}

/// A problem, as JSON has it.
#[derive(Serialize)]
struct Problem<'r> {
    code: &'static str,
    text: &'r str,
    help: &'static str,
}

/// Runs what serves up to where it builds the app, which is checked there and not built.
pub(super) async fn run<O: Args + 'static>(cli: Cli<O>, options: O, json: bool) -> Outcome {
    let app = || (cli.settings)((cli.app)(), &options);
    let (found, failure) = match cli.serve {
        None => (app().check(), None),
        Some(serve) => {
            let check = ConfigCheck::new();
            let (checked, unserved) = (app().check_into(&check), app());
            let served = serve(checked, options).await;
            match check.take() {
                Some(found) => (found, None),
                None => {
                    let failure = served.err();
                    let failure = failure.unwrap_or_else(|| {
                        "it built no app of the one that it was given".to_owned()
                    });
                    // What else is wrong nobody knows: some of the app was not stated yet.
                    let found = EffectiveConfig { problems: Vec::new(), ..unserved.check() };
                    (found, Some(failure))
                }
            }
        }
    };
    let EffectiveConfig { settings, problems, .. } = &found;
    if json {
        let problems = problems.iter().map(Problem::of).collect();
        terminal::json(&Report { settings, problems, failure: failure.as_deref() })?;
    } else {
        let rows: Vec<Vec<String>> = settings.iter().map(row).collect();
        terminal::print(terminal::plain(&terminal::table(&rows)))?;
        for StartProblem { code, text, help, .. } in problems {
            terminal::tell(&Failure::new(format!("{code}: {text}")).help(*help));
        }
        if let Some(failure) = &failure {
            terminal::tell(&Failure::new(format!("the app was not built: {failure}")));
        }
    }
    Ok(Ended::found(failure.is_some() || !problems.is_empty()))
}

fn row(setting: &EffectiveSetting) -> Vec<String> {
    let cell = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    vec![setting.name.clone().into_owned(), cell(&setting.value), cell(&setting.from)]
}

impl<'r> Problem<'r> {
    fn of(StartProblem { code, text, help, .. }: &'r StartProblem) -> Self {
        Self { code, text, help }
    }
}
