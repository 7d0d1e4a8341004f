//! The way of a request through order and repetition, where its operation has either.

use std::{future::Future, sync::Arc, time::Duration};

use http::request::Parts;
use tracing::Instrument;

use super::{
    deadline::{Deadline, too_late},
    operation::{Operation, Shared},
};
use crate::{
    error::{Problem, problem},
    flow::{Held, IdempotencyKey, Passage},
    route::Answered,
    token::Identity,
};

/// Returns the passage of a request. An anonymous caller did nothing before and does nothing again, so it has none.
///
/// # Errors
///
/// 400 where the operation needs a key and the request has none, or no valid one.
pub(super) fn passage(
    shared: &Shared,
    operation: &Operation,
    parts: &Parts,
    identity: Option<&Arc<Identity>>,
) -> Result<Option<Arc<Passage>>, Problem> {
    let Operation { route, version, .. } = operation;
    let flow = &route.flow;
    // HEAD shows nothing, so nothing can come after it.
    let head = parts.method == http::Method::HEAD;
    let precedes = operation.precedes.filter(|_| !head);
    if !flow.is_stated() && precedes.is_none() {
        return Ok(None);
    }
    let key = if flow.idempotency_key { Some(IdempotencyKey::of(&parts.headers)?) } else { None };
    let Some(identity) = identity else { return Ok(None) };
    Ok(Some(Arc::new(Passage {
        store: Arc::clone(&shared.flow),
        flow,
        operation: route.step(),
        precedes,
        identity: Arc::clone(identity),
        head,
        key,
        version: version.segment,
        query: parts.uri.query().unwrap_or_default().into(),
        held: Held::default(),
    })))
}

/// Runs an operation with an order or a key to its end, even if its caller hangs up: a caller that asks again gets the
/// answer, and what was done is known to have been.
pub(super) async fn to_the_end(
    passage: Arc<Passage>,
    mut deadline: Deadline,
    time: Duration,
    run: impl Future<Output = Answered> + Send + 'static,
) -> Answered {
    let task = async move {
        match deadline.within(time, run).await {
            Some(outcome) => passage.leave(outcome).await,
            None => {
                passage.cut().await;
                too_late()
            }
        }
    };
    tokio::spawn(task.in_current_span()).await.unwrap_or_else(|failure| {
        let why = if failure.is_panic() { "the handler panicked" } else { "the server stops" };
        Err(Problem::new(&problem::INTERNAL).because(why))
    })
}
