//! The deadlines of one request: the body has one, and then the handler. One timer serves both.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::{Problem, problem};

/// The waits of one request that each have its operation's deadline: for what was ended, for who is calling, for the limits of
/// the caller, for the body, for what still counts, and for the answer.
pub(super) const WAITS: u32 = 6;

/// The timer of a request. There is none until something has to be waited for: most requests are answered at once, and
/// registering a timer takes a lock that all requests share.
#[derive(Default)]
pub(super) struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    /// Returns `true` if something was waited for so far.
    pub(super) fn has_waited(&self) -> bool {
        self.0.is_some()
    }

    /// Runs a future; `None` if it takes longer than `time` from its first wait on.
    pub(super) async fn within<T>(
        &mut self,
        time: Duration,
        future: impl Future<Output = T>,
    ) -> Option<T> {
        let mut future = pin!(future);
        let mut waits = false;
        poll_fn(|task| {
            if let Poll::Ready(output) = future.as_mut().poll(task) {
                return Poll::Ready(Some(output));
            }
            let sleep = match &mut self.0 {
                Some(sleep) => {
                    if !waits {
                        sleep.as_mut().reset(end(time));
                    }
                    sleep
                }
                none => none.insert(Box::pin(sleep_until(end(time)))),
            };
            waits = true;
            sleep.as_mut().poll(task).map(|()| None)
        })
        .await
    }
}

/// Returns the time so far from now; one that no clock reaches is a year from now.
fn end(time: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 86_400);

    let now = Instant::now();
    now.checked_add(time).unwrap_or(now + YEAR)
}

/// Refuses a request whose body did not arrive in time (RFC 9110, section 15.5.9).
pub(super) fn too_slow<T>() -> Result<T, Problem> {
    Err(Problem::new(&problem::REQUEST_TIMEOUT).saying("the body did not arrive in time"))
}

/// Refuses a request that took too long to be answered.
pub(super) fn too_late<T>() -> Result<T, Problem> {
    Err(Problem::unavailable("the deadline passed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_deadline_beyond_all_clocks_is_none() {
        let slow = tokio::time::sleep(SECOND);
        assert!(Deadline::default().within(Duration::MAX, slow).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn each_future_has_its_own_time_and_the_timer_is_made_when_it_is_needed() {
        let mut deadline = Deadline::default();
        assert_eq!(deadline.within(SECOND, async { 1 }).await, Some(1));
        assert!(deadline.0.is_none());
        let slow = |seconds: f32| tokio::time::sleep(SECOND.mul_f32(seconds));
        assert!(deadline.within(SECOND, slow(0.9)).await.is_some());
        assert!(deadline.within(SECOND, slow(0.9)).await.is_some());
        let start = Instant::now();
        assert!(deadline.within(SECOND, slow(5.0)).await.is_none());
        assert_eq!(start.elapsed().as_secs(), 1);
    }
}
