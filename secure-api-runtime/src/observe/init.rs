//! The log's way out, in one line: a subscriber of `tracing`.

use std::io::{self, IsTerminal};

use tracing_subscriber::{
    EnvFilter, Layer, filter::LevelFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

/// Writes the log to the standard error: as text in a debug build, for whoever develops, and as a line of JSON each in a release
/// build, for a machine that collects. `RUST_LOG` says what of it, and by default it is everything from INFO on.
///
/// It stands at the beginning of `main`. Where the program has a subscriber already, that one stays.
///
/// With the feature `otel` it exports the spans of requests too, where the environment says to where
/// (`OTEL_EXPORTER_OTLP_ENDPOINT`).
///
/// ```
/// secure_api::observe::init();
/// ```
pub fn init() {
    let info = LevelFilter::INFO.into();
    // What it cannot read of `RUST_LOG` it tells, and the rest counts.
    let filter = EnvFilter::builder().with_default_directive(info).from_env_lossy();
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = if cfg!(debug_assertions) {
        lines.with_ansi(io::stderr().is_terminal()).boxed()
    } else {
        lines.json().flatten_event(true).with_span_list(false).boxed()
    };
    let subscriber = tracing_subscriber::registry().with(lines.with_filter(filter));
    #[cfg(feature = "otel")]
    let (subscriber, failure) = {
        let (layer, failure) = match super::otel::layer() {
            Ok(layer) => (layer, None),
            Err(failure) => (None, Some(failure)),
        };
        (subscriber.with(layer), failure)
    };
    // The error is that there is one already.
    let _ = subscriber.try_init();
    #[cfg(feature = "otel")]
    if let Some(error) = failure {
        tracing::error!(target: "secure_api::start", %error, "spans are not exported");
    }
}
