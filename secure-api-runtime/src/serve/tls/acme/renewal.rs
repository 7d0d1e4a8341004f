//! The renewal of a certificate while it is served, and the first order where there is none.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{task::spawn_blocking, time::sleep};

use super::{
    super::pairs::{Kept, Pairs, now},
    Ordering,
    order::Fault,
    window::Due,
};
use crate::error::discard_panic;

/// The wait after an attempt that failed, which doubles with each further one. Let's Encrypt takes five failed validations of a host
/// in an hour.
const FIRST: Duration = Duration::from_secs(2 * 60);
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);
/// The longest time that an authority is left alone where it asks for it.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The time between two looks at the clock and at the folder: machines sleep, and another process may have renewed.
const LOOK: i64 = 60 * 60;

/// Orders and renews a certificate, for as long as it is served.
pub(in crate::serve::tls) async fn keep(pairs: Pairs, kept: Arc<Kept>, ordering: Arc<Ordering>) {
    let mut due = None;
    let mut failed = 0;
    if kept.with(|_| ()).is_none() {
        let host = ordering.host();
        tracing::warn!(target: "secure_api::tls", host, "there is no certificate yet; until it is issued, each handshake is refused");
    }
    loop {
        take_over(&pairs, &kept, &ordering).await;
        if let Some(wait) = wait(&kept, &ordering, &mut due).await {
            sleep(wait).await;
            continue;
        }
        let mut nothing = None;
        let replaces = due.as_mut().map_or(&mut nothing, Due::replaced);
        // What it said before is not of this order.
        ordering.exchange.take_asked();
        match caught(ordering.order(&pairs, replaces)).await {
            Ok(pair) => {
                due = Some(Due::new(&pair, Some(now()), random()));
                pairs.issued(&kept, pair);
                failed = 0;
            }
            Err(why) => {
                let again = back_off(failed, ordering.exchange.take_asked(), random());
                failed += 1;
                pairs.counts.unusable.add();
                tracing::error!(
                    target: "secure_api::tls",
                    host = ordering.host(),
                    %why,
                    again_in_seconds = again.as_secs(),
                    served = if kept.with(|_| ()).is_some() { "the one from before" } else { "none" },
                    "no certificate could be had by ACME"
                );
                sleep(again).await;
            }
        }
    }
}

/// Completes with what was asked for. The client of ACME panics at some answers, as one that says when to come back in so many seconds
/// that no time has room for them: whoever answers so ends no renewal.
pub(super) async fn caught<T>(asked: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    AssertUnwindSafe(asked).catch_unwind().await.unwrap_or_else(|panic| {
        discard_panic(panic);
        Err(Fault::unreadable())
    })
}

/// Returns the time for which nothing is due; none where it is.
async fn wait(kept: &Kept, ordering: &Ordering, due: &mut Option<Due>) -> Option<Duration> {
    let at_once = || kept.with(|pair| ordering.covers(pair)) != Some(true);
    if at_once() {
        return None;
    }
    if !kept.with(|pair| due.as_ref().is_some_and(|due| due.is_of(pair))).unwrap_or(false) {
        *due = kept.with(|pair| Due::new(pair, None, random()));
    }
    let due = due.as_mut()?;
    let now_is = now();
    if due.asks() <= now_is {
        due.ask(ordering, now_is).await;
    }
    let left = due.at().min(due.asks()) - now();
    if due.at() <= now() {
        return None;
    }
    Some(Duration::from_secs(left.clamp(1, LOOK).unsigned_abs()))
}

/// Serves what another process of the same folder has ordered.
pub(super) async fn take_over(pairs: &Pairs, kept: &Kept, ordering: &Arc<Ordering>) {
    let ordering = Arc::clone(ordering);
    let read = spawn_blocking(move || ordering.kept(now()).filter(|pair| ordering.covers(pair)));
    // A read that panics has found nothing.
    let Ok(Some(other)) = read.await else { return };
    if kept.with(|served| served.ends >= other.ends) != Some(true) {
        pairs.issued(kept, other);
    }
}

/// Returns the wait after so many attempts that failed: half of it at random, so that those who failed together do not come back
/// together; at least what the authority asks for.
fn back_off(failed: u32, asked: Option<Duration>, random: f64) -> Duration {
    let longest = FIRST.saturating_mul(1 << failed.min(16)).min(LONGEST);
    let wait = longest.mul_f64(0.5 + random / 2.0);
    asked.map_or(wait, |asked| wait.max(asked.min(DAY)))
}

/// Returns a number from 0 to 1.
fn random() -> f64 {
    let mut bytes = [0; 4];
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_hours_and_differs() {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        for (failed, longest) in [(0, 2), (1, 4), (2, 8), (7, 256), (8, 360), (u32::MAX, 360)] {
            assert_eq!(back_off(failed, None, 1.0), minutes(longest), "{failed}");
            assert_eq!(back_off(failed, None, 0.0), minutes(longest) / 2, "{failed}");
        }
        assert_eq!(back_off(0, Some(minutes(30)), 0.5), minutes(30));
        assert_eq!(back_off(8, Some(minutes(30)), 1.0), minutes(360));
        assert_eq!(back_off(0, Some(minutes(1_000_000)), 0.5), DAY);
        assert_ne!(random(), random());
    }
}
