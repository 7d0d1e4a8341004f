//! The way of a request through order and repetition, where its operation has either, and to the end of what it began.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use http::request::Parts;
use tracing::Instrument;

use super::{
    deadline::{Deadline, too_late},
    operation::Operation,
    shared::Shared,
};
use crate::{
    error::{Problem, discard_panic, problem},
    flow::{Held, IdempotencyKey, Passage},
    identity::Identity,
    ledger::Attempt,
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
        ledger: shared.ledger.clone(),
        flow,
        operation: route.step(),
        precedes,
        identity: Arc::clone(identity),
        head,
        deadline: operation.deadline,
        key,
        version: version.segment,
        query: {
            let mut target = parts.uri.query().unwrap_or_default().as_bytes().to_vec();
            if let Some(head) = &operation.reads_head {
                head.write(&parts.headers, &mut target);
            }
            target.into()
        },
        held: Held::default(),
    })))
}

/// The time in which a ledger is told the outcome of a request, before its caller is answered all the same.
const SETTLED: Duration = Duration::from_secs(10);

/// Runs an operation with an order, a key, a webhook or an upload to its end, even if its caller hangs up: a caller that asks again
/// gets the answer, what was done is known to have been, and a file stays where a row may name it by now.
pub(super) async fn to_the_end(
    (passage, attempt): (Option<Arc<Passage>>, Option<Attempt>),
    mut deadline: Deadline,
    time: Duration,
    run: impl Future<Output = Answered> + Send + 'static,
) -> Answered {
    let task = async move {
        // A panic is caught here, so that what the request held is given back before it is answered.
        let run = AssertUnwindSafe(run).catch_unwind();
        let (outcome, cut) = match deadline.within(time, run).await {
            Some(Ok(outcome)) => (outcome, false),
            Some(Err(panic)) => {
                discard_panic(panic);
                (failed("the handler panicked"), false)
            }
            None => (too_late(), true),
        };
        if let Some(passage) = passage {
            let settled =
                async { if cut { passage.cut().await } else { passage.leave(&outcome).await } };
            if deadline.within(SETTLED, Box::pin(settled)).await.is_none() {
                let operation = passage.operation.name;
                tracing::error!(
                    target: "secure_api::request",
                    operation,
                    "the ledger was not told the outcome in time: what the request held stays held"
                );
            }
        }
        if let Some(attempt) = attempt.filter(|_| is_failure(&outcome)) {
            let forgotten = deadline.within(SETTLED, Box::pin(attempt.fail())).await;
            if !matches!(forgotten, Some(Ok(()))) {
                tracing::error!(
                    target: "secure_api::request",
                    "a webhook that was not handled stays remembered: sent again as it is, it is refused"
                );
            }
        }
        outcome
    };
    tokio::spawn(task.in_current_span()).await.unwrap_or_else(|failure| {
        if let Ok(panic) = failure.try_into_panic() {
            discard_panic(panic);
        }
        failed("the server stops")
    })
}

/// Returns `true` where the server failed, so that the request was not handled.
fn is_failure(outcome: &Answered) -> bool {
    let status = match outcome {
        Ok(answer) => answer.status(),
        Err(problem) => problem.kind().status(),
    };
    status.is_server_error()
}

fn failed(why: &'static str) -> Answered {
    Err(Problem::new(&problem::INTERNAL).because(why))
}
