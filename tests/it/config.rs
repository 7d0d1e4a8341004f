//! The configuration of an app in text: what is stated in a file and in the environment, and what counts of it.

mod check;
mod garbage;
mod mistakes;
mod own;
mod precedence;
mod secrets;
mod settings;
mod together;

use std::fs;

use secure_api::{
    app::AppBuilder,
    clock::Clock,
    config::{Config, EffectiveConfig},
    error::StartProblem,
};

use crate::support::{
    Folder,
    server::{START, app, stocked},
};

/// A folder with one configuration file.
struct Written(Folder);

impl Written {
    fn new(text: impl AsRef<[u8]>) -> Self {
        let folder = Folder::made("config-");
        fs::write(folder.path().join("shop.toml"), text).expect("a file");
        Self(folder)
    }

    fn path(&self) -> String {
        self.0.path().join("shop.toml").display().to_string()
    }

    fn config(&self) -> Config {
        Config::named("shop").file(self.path())
    }

    /// Returns a text without the folder, whose name is another one each time.
    fn short(&self, text: &str) -> String {
        text.replace(&self.path(), "shop.toml")
    }

    /// Returns what is told of an app with this file.
    fn told(&self) -> String {
        self.short(&told(self.config()))
    }
}

/// Returns an app of the sample API that starts.
fn sample() -> AppBuilder {
    app(&stocked(), &Clock::manual(START))
}

/// Returns a configuration of these variables.
fn variables(variables: &[(&str, &str)]) -> Config {
    Config::named("shop").variables(variables.iter().copied())
}

/// Returns the problems of an app with a configuration, each in a line.
fn told(config: Config) -> String {
    lines(&sample().config(config).check().problems)
}

fn lines(problems: &[StartProblem]) -> String {
    let lines = problems.iter().map(|problem| format!("{}: {}", problem.code, problem.text));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the value of a setting and its origin, with `-` for none.
fn effective(found: &EffectiveConfig, name: &str) -> (String, String) {
    let setting = found.settings.iter().find(|setting| setting.name == name);
    let setting = setting.unwrap_or_else(|| panic!("there is no {name}"));
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    (shown(&setting.value), shown(&setting.from))
}
