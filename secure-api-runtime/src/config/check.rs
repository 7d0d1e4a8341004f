//! A look at a configuration: the settings that an app would run with, and what keeps it from starting.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Serialize;

use super::{
    form::UNTOLD,
    node::{Origin, Place},
};
use crate::error::StartProblem;

/// A setting with the value that an app would run with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EffectiveSetting {
    /// The name, as a file has it. A variable that is the app's own has `app`: which field of it is meant, only the program
    /// that reads it knows.
    pub name: Cow<'static, str>,
    /// The value in TOML; of a secret the place that it comes from, and never its content; `(not shown)` for one that no text
    /// states, or that is the app's own. `None` where there is none.
    pub value: Option<String>,
    /// The origin: `default`, `program`, `shop.toml:12` or `SHOP_DEADLINE`. `None` where there is no value. What the program
    /// states as the default has it is `default`.
    pub from: Option<String>,
}

impl EffectiveSetting {
    pub(crate) fn new(name: &'static str, value: Option<String>, origin: &Origin) -> Self {
        let from = value.as_ref().map(|_| origin.to_string());
        Self { name: name.into(), value, from }
    }

    /// Makes one of the app's own, of which nobody here knows whether it is a secret.
    pub(crate) fn own(name: String, place: Place) -> Self {
        let from = Some(Origin::Stated(place).to_string());
        Self { name: name.into(), value: Some(UNTOLD.to_owned()), from }
    }
}

/// The settings that an app would run with, and all that keeps it from starting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveConfig {
    /// The settings, in the order of their table; behind them those of the app's own that are stated.
    pub settings: Vec<EffectiveSetting>,
    /// The problems, in the order in which they were found.
    pub problems: Vec<StartProblem>,
}

/// A place that an app is checked into, in place of being built: by [`check_into`](crate::app::AppBuilder::check_into). Clones
/// are the same place.
#[derive(Debug, Clone, Default)]
pub struct ConfigCheck(Arc<Mutex<Option<EffectiveConfig>>>);

impl ConfigCheck {
    /// Begins one that nothing was checked into.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what was found, once an app was checked into it.
    pub fn take(&self) -> Option<EffectiveConfig> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn put(&self, found: EffectiveConfig) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
    }
}
