//! The authentication that a route asks for, as the model has it.

use std::time::Duration;

use super::super::StepUpModel;
use crate::route::RouteOptions;

impl StepUpModel {
    /// Returns what a route asks for, if it does.
    pub(super) fn of(options: &RouteOptions) -> Option<Self> {
        let RouteOptions { acr, amr, max_age, .. } = options;
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let asked = !acr.is_empty() || !amr.is_empty() || max_age.is_some();
        asked.then(|| Self {
            acr: owned(acr),
            amr: owned(amr),
            max_age_seconds: max_age.as_ref().map(Duration::as_secs),
        })
    }
}
