//! The parts of an app that all its operations share, made once when it is built.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use http::{HeaderValue, header};

use super::{
    Settings, Vary, apart, behavior::Watch, cors::may_send, deadline::WAITS, head::all_headers,
    load::Load, open::Opened,
};
use crate::{
    dpop::Nonces,
    error::StartProblem,
    identity::Sources,
    inventory::live::{Keeper, Live},
    ledger::AppLedger,
    limit::{APP, Counting, LimitArms, LimitSet, Machines},
    metrics::Metrics,
    route::{Api, ArgumentInfo, RawFacts, RawForm, Route, State},
};

/// The parts of an app that all its operations share.
pub(super) struct Shared {
    pub(super) api: &'static Api,
    pub(super) state: Arc<State>,
    pub(super) sources: Sources,
    /// The nonces of proofs, where they are demanded.
    pub(super) nonces: Option<Arc<Nonces>>,
    /// The fields of a request that the pages of other origins may set.
    pub(super) may_send: HeaderValue,
    pub(super) vary: Vary,
    /// The parameters of the query that are credentials.
    pub(super) in_query: Box<[&'static str]>,
    pub(super) settings: Settings,
    /// The end of challenges for tokens, by which a client finds out about the app; empty where nothing can be found out.
    pub(super) further: String,
    /// The limit of an address over the whole app, unmatched paths included.
    pub(super) address: Arc<LimitSet>,
    /// The place where limits are counted.
    counting: Arc<Counting>,
    /// The behavior of callers, where it is weighed.
    pub(super) watch: Option<Watch>,
    pub(super) metrics: Arc<Metrics>,
    /// The live inventory, and the keeper of it where it is kept.
    pub(super) live: Arc<Live>,
    pub(super) keeper: Option<Keeper>,
    /// The ledger, in which steps and keys are remembered.
    pub(super) ledger: AppLedger,
    /// The answers that are open.
    pub(super) opened: Arc<Opened>,
    pub(super) load: Load,
    /// Told once that the server does not say who is connected.
    pub(super) unaddressed: AtomicBool,
}

impl Shared {
    pub(super) fn new(
        api: &'static Api,
        state: State,
        (sources, nonces, ledger): (Sources, Option<Arc<Nonces>>, AppLedger),
        settings: Settings,
    ) -> Result<Self, StartProblem> {
        let Settings { address_limit, limit_scale, clock, .. } = &settings;
        let machines =
            (!ledger.is_here()).then(|| Arc::new(Machines::new(ledger.clone(), clock.clone())));
        let counting = Arc::new(Counting::new(clock, *limit_scale, machines));
        let address = LimitSet::new(APP, &[APP], &[*address_limit], &counting);
        let address = Arc::new(address);
        let state = state.with_clock(clock.clone());
        let metrics = Arc::new(Metrics::new(Arc::clone(ledger.counts())));
        let keeper = Keeper::of(&settings.inventory, &ledger);
        let parts = keeper.as_ref().map_or(1, Keeper::parts);
        let live = Arc::new(Live::new(
            clock.unix_seconds(),
            Arc::clone(&metrics),
            parts,
            settings.audited.clone(),
        ));
        if let Some(keeper) = &keeper {
            keeper.begin(&live)?;
        }
        Ok(Self {
            api,
            state: Arc::new(state),
            may_send: {
                let mut read = all_headers(api);
                read.extend(settings.gzip.then_some(header::CONTENT_ENCODING));
                may_send(sources.kinds(), &read)
            },
            vary: Vary::of(sources.kinds(), api, !settings.origins.is_empty()),
            in_query: apart::parameters(sources.kinds()),
            sources,
            nonces,
            further: String::new(),
            watch: Watch::of(&settings, &ledger),
            opened: Arc::new(Opened::new(settings.most_open)),
            load: Load::new(
                &settings.server,
                largest_body(api, &settings),
                Arc::clone(&metrics.shed),
            ),
            settings,
            address,
            counting,
            metrics,
            live,
            keeper,
            ledger,
            unaddressed: AtomicBool::new(false),
        })
    }

    pub(super) fn limits(&self, route: &'static Route) -> LimitArms {
        let scope = [route.verb.as_str(), route.path_shape, route.module, route.name];
        let outage = self.api.outage(route);
        let deadline = route.options.timeout.unwrap_or(self.settings.deadline);
        let open = if route.answer.flows() { route.lasts() } else { Duration::ZERO };
        LimitArms::new(route.name, &scope, &route.limits_in(self.api), outage, &self.counting)
            .lasting(deadline.saturating_mul(WAITS).saturating_add(open))
    }
}

/// Returns the bytes of the largest body that an operation takes in memory.
fn largest_body(api: &Api, settings: &Settings) -> usize {
    let of = |route: &'static Route| route.body_limit().unwrap_or(settings.body_limit);
    let is_in_file = |route: &Route| {
        route.arguments.iter().any(|describe| {
            matches!(describe(), ArgumentInfo::RawBody(RawFacts { form: RawForm::File, .. }))
        })
    };
    api.routes().filter(|route| !is_in_file(route)).map(of).max().unwrap_or_default()
}
