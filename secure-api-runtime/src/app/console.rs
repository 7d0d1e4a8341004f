//! An app as its console sees it: what it was declared to be, what it does, and closing its operations by hand.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::{manage::Readiness, router::Endpoint, shared::Shared};
use crate::{
    behavior::{FACTORS, Scored, Term},
    inventory::{
        ApiModel,
        live::{Act, Keeper, Unchanged},
    },
    manage::console::{Look, Points, Score, Source},
};

/// The callers whose scores are shown.
const SCORES: usize = 100;

/// An app under the eyes of those who run it.
pub(super) struct Overseen {
    pub(super) endpoint: Endpoint,
    pub(super) model: Arc<ApiModel>,
    pub(super) readiness: Arc<Readiness>,
}

impl Source for Overseen {
    fn look(&self) -> BoxFuture<'_, Look> {
        Box::pin(async {
            let unready = self.readiness.reasons().await;
            let shared = self.endpoint.shared();
            Look {
                now: shared.settings.clock.unix_seconds(),
                model: Arc::clone(&self.model),
                live: self.endpoint.current().await,
                scores: scores(shared),
                limited_elsewhere: shared.metrics.unmatched.limited.get(),
                unready,
                unkept: shared.keeper.as_ref().and_then(Keeper::failure),
                is_kept: shared.keeper.is_some(),
                is_shared: shared.keeper.as_ref().is_some_and(Keeper::is_shared),
            }
        })
    }

    fn act<'a>(&'a self, act: Act<'a>, opens: bool) -> BoxFuture<'a, Result<bool, Unchanged>> {
        Box::pin(async move {
            let shared = self.endpoint.shared();
            let now = shared.settings.clock.unix_seconds();
            match opens {
                true => shared.live.open(act, now)?,
                false => shared.live.close(act, now)?,
            }
            // Kept before it is told to be done: a crash undoes no act that somebody has seen.
            let Some(keeper) = shared.keeper.clone() else { return Ok(true) };
            Ok(keeper.keep(&shared.live).await)
        })
    }
}

/// Returns the callers with the highest scores; none where nobody is weighed.
fn scores(shared: &Shared) -> Option<Vec<Score>> {
    let watch = shared.watch.as_ref()?;
    let names = shared.live.names();
    let score = |Scored { subject, step, explained }: Scored| {
        let name = names.get(&subject.0);
        let terms = explained.terms.into_iter().map(|Term { signal, count, points }| Points {
            signal: signal.name(),
            count,
            points,
        });
        Score {
            client: name.cloned().unwrap_or_else(|| format!("{:016x}", subject.0)),
            is_known: name.is_some(),
            step,
            share: FACTORS[usize::from(step).min(FACTORS.len() - 1)],
            score: explained.score,
            terms: terms.collect(),
        }
    };
    Some(watch.callers.heaviest(SCORES, watch.now()).into_iter().map(score).collect())
}
