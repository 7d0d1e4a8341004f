//! The audit stream of an app: stated, made ready when the app is checked, begun when it is built, and written to its end when the server has stopped.

use super::{AppBuilder, Settings};
use crate::{
    error::StartProblem,
    ledger::AppLedger,
    observe::{Audit, Audited, Event},
};

impl AppBuilder {
    /// Writes each event that concerns security to a stream of its own, beside the log: refusals, sign-ins, what was done on the
    /// management listener. By default there is none.
    ///
    /// An app that has one has a [`secret`](Self::secret), by which the hashes of subjects and addresses are the same on each machine
    /// and after a restart (SA238).
    #[must_use]
    pub fn audit(mut self, audit: Audit) -> Self {
        self.audit = Some(audit);
        self
    }
}

/// Makes the stream, where one is stated, which is begun when nothing is wrong. What is wrong with it is added to the builder's
/// problems.
pub(super) fn ready(builder: &mut AppBuilder, ledger: &AppLedger) {
    let Some(audit) = builder.audit.take() else { return };
    if builder.secret.is_none() {
        builder.problems.push(StartProblem {
            code: "SA238",
            text: "the app has an audit stream, and no secret to make the hashes in it with".to_owned(),
            help: "add `.secret(SecretBytes::env(\"APP_SECRET\").base64())` to the app, with the name of your variable: 32 random bytes",
        });
    }
    let (names, clock) = (ledger.clone(), builder.settings.clock.clone());
    let hash = move |texts: &[&str]| names.name(texts).to_string();
    match audit.ready(builder.api.name, clock, hash) {
        Ok(audited) => {
            builder.state.set_audited(&audited);
            builder.settings.audited = audited;
        }
        Err(problem) => builder.problems.push(problem),
    }
}

/// Tells the stream that the server begins.
pub(super) fn started(settings: &Settings) {
    told(&settings.audited, "sys_startup", "the server begins");
}

/// Tells the stream that the server has stopped, and writes it to its end.
pub(super) async fn last(settings: &Settings) {
    told(&settings.audited, "sys_shutdown", "the server has stopped");
    settings.audited.close().await;
}

/// Tells the stream that the app is gone, where a server of somebody else's had it and tells nobody that it stops.
pub(super) fn gone(settings: &Settings) {
    told(&settings.audited, "sys_shutdown", "the app is gone");
}

fn told(audited: &Audited, event: &'static str, description: &str) {
    audited.tell(&Event { event, description, ..Event::default() });
}
