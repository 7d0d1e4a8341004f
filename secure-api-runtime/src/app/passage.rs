//! The way of a request through order and repetition, where its operation has either, and to the end of what it began.

use std::{future::Future, sync::Arc, time::Duration};

use http::request::Parts;
use tracing::Instrument;

use super::{
    deadline::{Deadline, too_late},
    operation::{Operation, Shared},
};
use crate::{
    error::{Problem, discard_panic, problem},
    flow::{Held, IdempotencyKey, Passage},
    identity::Identity,
    route::Answered,
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

/// Runs an operation with an order, a key or an upload to its end, even if its caller hangs up: a caller that asks again
/// gets the answer, what was done is known to have been, and a file stays where a row may name it by now.
pub(super) async fn to_the_end(
    passage: Option<Arc<Passage>>,
    mut deadline: Deadline,
    time: Duration,
    run: impl Future<Output = Answered> + Send + 'static,
) -> Answered {
    let task = async move {
        match (deadline.within(time, run).await, passage) {
            (Some(outcome), Some(passage)) => passage.leave(outcome).await,
            (Some(outcome), None) => outcome,
            (None, Some(passage)) => {
                passage.cut().await;
                too_late()
            }
            (None, None) => too_late(),
        }
    };
    tokio::spawn(task.in_current_span()).await.unwrap_or_else(|failure| {
        let why = match failure.try_into_panic() {
            Ok(panic) => {
                discard_panic(panic);
                "the handler panicked"
            }
            Err(_) => "the server stops",
        };
        Err(Problem::new(&problem::INTERNAL).because(why))
    })
}
