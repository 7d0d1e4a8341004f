//! Making an app of its parts, once they are found to be sound.

use std::mem;

use super::{
    App, AppBuilder, Settings, challenge, ended, live, router::Endpoint, shared::Shared, verify,
};
use crate::{
    docs::{self, ResourceMetadata},
    error::{StartError, StartProblem},
    inventory::ApiModel,
};

impl AppBuilder {
    /// Checks everything that only start-up can see, and makes the app. All problems come together.
    pub fn build(self) -> Result<App, StartError> {
        self.made_or_checked()
    }

    /// Checks what is stated, and makes what the requests of the app share. Nothing that it writes to is begun.
    pub(super) fn sound(mut self) -> Result<(Self, ApiModel, Shared), StartError> {
        let model = self.model();
        let (sources, ledger) = verify::verify(&mut self, &model);
        #[cfg(feature = "tls")]
        if let Some(Err(StartError(problems))) = &self.tls {
            self.problems.extend(problems.iter().cloned());
        }
        if !self.problems.is_empty() {
            return Err(StartError(each_once(self.problems)));
        }
        let (mut state, settings) = (mem::take(&mut self.state), mem::take(&mut self.settings));
        state.add_operations(self.api.routes());
        let sources = (sources, self.nonces.take(), ledger);
        match Shared::new(self.api, state, sources, settings) {
            Ok(shared) => Ok((self, model, shared)),
            Err(problem) => Err(StartError(vec![problem])),
        }
    }

    /// Makes the app of what is stated.
    pub(super) fn made(self) -> Result<App, StartError> {
        let tested = self.issuers.iter().any(|issuer| issuer.name_in_tests().is_some());
        let (builder, model, mut shared) = self.sound()?;
        let Self { api, own_keys, remembers, .. } = builder;
        let Settings { clock, limit_scale, server, audited, .. } = &shared.settings;
        audited.begin().map_err(|problem| StartError(vec![problem]))?;
        ended::log(api, clock);
        let (scaled, server) = (*limit_scale != 1, server.clone());
        #[cfg(feature = "client")]
        super::upstreams::begin(&builder.upstreams, &shared);
        let revocations = shared.sources.revocations().clone();
        let metadata = docs::resource(&model).map(|ResourceMetadata { url, document }| {
            shared.further = challenge::further(&url);
            document
        });
        let endpoint = Endpoint::new(shared, (docs::documents(&model), metadata), own_keys);
        live::configure(&endpoint, &builder.closed);
        Ok(App {
            api,
            model,
            endpoint,
            revocations,
            ledger: remembers,
            manage: builder.manage,
            changed: None,
            #[cfg(feature = "tls")]
            tls: builder.tls.and_then(Result::ok),
            server,
            scaled,
            tested,
        })
    }
}

/// Returns the problems without those that were told before: a configuration is read by the program and by the app.
fn each_once(problems: Vec<StartProblem>) -> Vec<StartProblem> {
    let mut told: Vec<StartProblem> = Vec::new();
    for problem in problems {
        if !told.contains(&problem) {
            told.push(problem);
        }
    }
    told
}
