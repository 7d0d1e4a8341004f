//! Work that takes a while: it runs on a thread that answers nobody meanwhile.

use std::{any::Any, panic::resume_unwind, sync::LazyLock, thread::available_parallelism};

use tokio::{
    sync::Semaphore,
    task::{JoinHandle, spawn_blocking},
};
use tracing::Span;

use crate::error::Problem;

/// Most bytes of a body that are read where they arrive, which takes a millisecond or a few.
pub(super) const LONG: usize = 16 * 1024;

/// The result of any work.
type Made = Box<dyn Any + Send>;

/// The places for work: one for each processor, so that a flood of long bodies leaves time and threads for all else.
static PLACES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)));

/// Runs work beside the threads that answer requests, once there is a place for it. It runs to its end, also where nobody waits
/// for it any more.
///
/// # Errors
///
/// 503 where the server stops before it begins.
///
/// # Panics
///
/// If the work does.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    // What it says to the log is of this request.
    let span = Span::current();
    let place = PLACES.acquire().await.map_err(Problem::unavailable)?;
    let work = move || -> Made {
        let made = Box::new(span.in_scope(work));
        drop(place);
        made
    };
    let made = begin(Box::new(work)).await;
    match made {
        Ok(made) => match made.downcast() {
            Ok(made) => Ok(*made),
            Err(_) => unreachable!("work makes what it says"),
        },
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(stopped) => Err(Problem::unavailable(stopped)),
        },
    }
}

/// Begins work whose type was forgotten, so that there is one of this, and not one of each route.
fn begin(work: Box<dyn FnOnce() -> Made + Send>) -> JoinHandle<Made> {
    spawn_blocking(work)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[tokio::test]
    async fn work_runs_on_another_thread() {
        let own = thread::current().id();
        let other = aside(|| thread::current().id()).await.expect("it runs");
        assert_ne!(own, other);
    }

    #[tokio::test]
    #[should_panic(expected = "of the work")]
    async fn a_panic_is_that_of_whoever_waits() {
        let _ = aside(|| panic!("of the work")).await;
    }
}
