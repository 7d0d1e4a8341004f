//! The other services that an app calls: registered, checked against the routes that call them, counted with all else.

use std::{any::TypeId, sync::Arc};

use super::{AppBuilder, shared::Shared};
use crate::{
    client::{Connector, Credential, Facts, SafeClient, Upstream},
    error::StartProblem,
    identity::{Bearer, By, Credential as _, DPOP, Kind},
    inventory::{Exception, UpstreamSettings, UpstreamToken},
    route::{Access, Apart, ArgumentInfo},
};

/// A service that is called, by the type of its client.
pub(super) struct Called {
    type_id: TypeId,
    connector: Arc<Connector>,
}

impl Called {
    fn facts(&self) -> Facts<'_> {
        self.connector.facts()
    }
}

impl AppBuilder {
    /// Declares another service that handlers call, at most one of each type: they take the [`SafeClient`] of it.
    #[must_use]
    pub fn upstream<T: 'static>(mut self, mut upstream: Upstream<T>) -> Self {
        self.problems.extend(upstream.problems());
        let (client, connector) = SafeClient::unclocked(upstream);
        let type_id = TypeId::of::<Apart<SafeClient<T>>>();
        self.upstreams.push(Called { type_id, connector });
        let new = self.state.add_argument(client);
        self.registered::<Upstream<T>>(new)
    }
}

impl AppBuilder {
    /// Returns `true` if a caller may be known by something else than a token; one that is bound to a key counts where it is said to.
    fn may_lack_token(&self, by: By, bound: bool) -> bool {
        let is_token = |kind: &Kind| kind.is(&Bearer::KIND) || (bound && kind.is(&DPOP));
        match by.sets() {
            // The first says who is calling.
            Some(sets) => !sets.iter().filter_map(|set| set.first()).all(is_token),
            None => {
                let others = !self.sources.is_empty() || self.sessions.is_some();
                others || (self.dpop.is_some() && !bound)
            }
        }
    }

    /// Returns the services that are called, with what they are sent.
    pub(super) fn called(&self) -> Vec<UpstreamSettings> {
        self.upstreams.iter().map(|called| settings(called.facts())).collect()
    }
}

fn settings(facts: Facts<'_>) -> UpstreamSettings {
    let Facts { name, url, credential, internal } = facts;
    let exception = |(rule, reason): (String, &str)| Exception { rule, reason: reason.to_owned() };
    UpstreamSettings {
        name: name.to_owned(),
        url: url.map(ToString::to_string),
        token: match credential {
            Credential::None => UpstreamToken::None,
            Credential::Passed => UpstreamToken::Passed,
            Credential::Exchanged(_) => UpstreamToken::Exchanged,
            Credential::Own(_, reason) => UpstreamToken::Own((*reason).to_owned()),
        },
        internal: internal.into_iter().map(exception).collect(),
    }
}

/// Adds to the builder's problems the routes whose callers may have no token that a service is sent.
pub(super) fn without_token(builder: &mut AppBuilder) {
    let mut problems = Vec::new();
    for route in builder.api.routes() {
        for describe in route.arguments {
            let ArgumentInfo::Upstream(type_id, _) = describe() else { continue };
            let called = builder.upstreams.iter().find(|called| called.type_id == type_id);
            let Some(Facts { name, credential, .. }) = called.map(Called::facts) else { continue };
            let takes_bound = match credential {
                Credential::Passed => false,
                Credential::Exchanged(_) => true,
                Credential::None | Credential::Own(..) => continue,
            };
            let is_public = matches!(route.access, Access::Public(_));
            if is_public || builder.may_lack_token(builder.api.by(route), takes_bound) {
                problems.push(StartProblem {
                    code: "SA213",
                    text: format!(
                        "`{}` calls {} with the token of its caller, who may have none",
                        route.name, name
                    ),
                    help: "write `role = Role::…` and `by = Bearer` on the route, or declare the service without `.passes_token()`",
                });
            }
        }
    }
    builder.problems.append(&mut problems);
}

/// Tells all of them the clock, and counts their calls.
pub(super) fn begin(called: &[Called], shared: &Shared) {
    for Called { connector, .. } in called {
        connector.set_clock(&shared.settings.clock);
        shared.metrics.call(connector.counts());
    }
}
