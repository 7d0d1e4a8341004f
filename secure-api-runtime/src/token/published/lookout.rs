//! The task that fetches keys when they are due.

use std::{sync::Weak, time::Duration};

use tokio::sync::watch;

use super::{LOOK, Published};

/// Fetches keys when it is due, as long as somebody has them.
pub(super) async fn look_out(published: Weak<Published>, _ending: watch::Sender<()>) {
    loop {
        let Some(published) = published.upgrade() else { return };
        let wait = {
            let now = published.now();
            let mut state = published.state();
            if now >= state.due {
                _ = published.fetch(&mut state, now);
            }
            state.due.saturating_sub(now).clamp(1, LOOK)
        };
        drop(published);
        tokio::time::sleep(Duration::from_secs(wait.unsigned_abs())).await;
    }
}
