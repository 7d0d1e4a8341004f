//! The configuration of an app in text: taking it, applying it to the builder, and telling what it makes.

mod docs;
mod draft;
mod fit;
mod keys;
mod previews;
#[cfg(feature = "tls")]
mod tls;

use self::{draft::Draft, keys::KEYS};
use super::{App, AppBuilder};
use crate::{
    config::{
        Config, ConfigCheck, ConfigKey, EffectiveConfig, EffectiveSetting, Key, Origin, Place,
        UNTOLD, Unfit,
    },
    error::StartError,
};

/// The beginnings of names that belong to a feature which is off.
const ABSENT: &[(&str, &str)] = &[
    #[cfg(not(feature = "acme"))]
    ("tls.acme.", "acme"),
    #[cfg(not(feature = "tls"))]
    ("tls.", "tls"),
    #[cfg(not(feature = "redis"))]
    ("ledger.", "redis"),
    #[cfg(not(feature = "discovery"))]
    ("tokens.", "discovery"),
];

/// The configuration of an app, before and after it is applied.
#[derive(Default)]
pub(super) struct Configuration {
    /// The one that is not applied yet.
    given: Option<Config>,
    /// The settings that were applied: each with its name, its value as it is shown, and its place.
    stated: Vec<(&'static str, String, Place)>,
    /// The settings of the app's own that are stated.
    own: Vec<(String, Place)>,
    check: Option<ConfigCheck>,
}

impl AppBuilder {
    /// Takes settings from a file and from the environment: what they state counts more than what the program states, before or
    /// after this call. They are applied when the app is built. The last call counts.
    ///
    /// The names of settings are those of this builder's methods; [`config_keys`](Self::config_keys) lists them.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.configuration.given = Some(config);
        self
    }

    /// Lists the settings that a [`Config`] can state, with the features that are on.
    pub fn config_keys() -> Vec<ConfigKey> {
        KEYS.iter().map(|key| key.described()).collect()
    }

    /// Checks the app in place of building it: [`build`](Self::build) puts the settings that it would run with, and all that
    /// keeps it from starting, into `check`, and fails. So whoever would serve it does not.
    #[must_use]
    pub fn check_into(mut self, check: &ConfigCheck) -> Self {
        self.configuration.check = Some(check.clone());
        self
    }

    /// Applies the configuration that was taken, as [`build`](Self::build) does: for what reads the settings of an app that is
    /// not built, as its [`model`](Self::model).
    #[must_use]
    pub fn configured(self) -> Self {
        let mut draft = Draft::of(self);
        let Some(config) = draft.builder.configuration.given.take() else { return draft.builder };
        let (stated, mut problems) = config.read(KEYS, ABSENT);
        let mut applied = Vec::new();
        for one in stated {
            let (name, place) = (one.key.name, one.place.clone());
            let shown = one.shown.clone();
            match one.apply(&mut draft) {
                Ok(()) => applied.push((name, shown, place)),
                Err(problem) => {
                    // What did not fit may be a secret.
                    applied.push((name, UNTOLD.to_owned(), place));
                    problems.push(problem);
                }
            }
        }
        let (mut builder, unfit) = draft.finish();
        for (name, unfit) in unfit {
            // What it is stated without was told of by itself.
            if matches!(unfit, Unfit::Without(other) if applied.iter().any(|(one, ..)| *one == other))
            {
                continue;
            }
            if let Some((name, shown, place)) = applied.iter_mut().find(|(one, ..)| *one == name) {
                UNTOLD.clone_into(shown);
                problems.push(unfit.problem(place, name));
            }
        }
        builder.problems.extend(problems);
        builder.configuration.stated = applied;
        builder.configuration.own = config.own();
        builder
    }

    /// Tells the settings that the app would run with, and all that keeps it from starting; builds nothing that serves.
    pub fn check(self) -> EffectiveConfig {
        let builder = self.configured();
        let (builder, settings) = builder.effective();
        let problems = builder.sound().err().map_or_else(Vec::new, |StartError(problems)| problems);
        EffectiveConfig { settings, problems }
    }

    /// Makes the app, or checks it in place of that.
    pub(super) fn made_or_checked(mut self) -> Result<App, StartError> {
        match self.configuration.check.take() {
            None => self.configured().made(),
            Some(check) => {
                let found = self.check();
                let problems = found.problems.clone();
                check.put(found);
                Err(StartError(problems))
            }
        }
    }

    fn effective(self) -> (Self, Vec<EffectiveSetting>) {
        let defaults = Draft::of(Self::new(self.api));
        let draft = Draft::of(self);
        let stated = &draft.builder.configuration.stated;
        let is_excluded = |key: &Key<Draft>| {
            let mut others = KEYS.iter().filter(|other| other.excludes(key));
            others.any(|other| stated.iter().any(|(name, ..)| *name == other.name))
        };
        let settings = KEYS.iter().map(|key| {
            let (value, origin) = match stated.iter().find(|(name, ..)| *name == key.name) {
                None if is_excluded(key) => (None, Origin::Default),
                Some((_, shown, place)) => (Some(shown.clone()), Origin::Stated(place.clone())),
                None => {
                    let value = (key.shows)(&draft);
                    let is_default = value == (key.shows)(&defaults);
                    (value, if is_default { Origin::Default } else { Origin::Program })
                }
            };
            EffectiveSetting::new(key.name, value, &origin)
        });
        let own = draft.builder.configuration.own.iter().cloned();
        let own = own.map(|(name, place)| EffectiveSetting::own(name, place));
        let settings = settings.chain(own).collect();
        (draft.builder, settings)
    }
}
