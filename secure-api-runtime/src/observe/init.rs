//! The log's way out, in one line: a subscriber of `tracing`.

mod line;
mod panics;

use std::io::{self, IsTerminal};

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::LevelFilter,
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use self::line::Line;

/// Writes the log to the standard error: as text in a debug build, for whoever develops, and as a line of JSON each in a release
/// build, for a machine that collects. `RUST_LOG` says what of it, and by default it is everything from INFO on.
///
/// It stands at the beginning of `main`. Where the program has a subscriber already, that one stays.
///
/// With the feature `otel` it exports the spans of requests too, where the environment says to where
/// (`OTEL_EXPORTER_OTLP_ENDPOINT`).
///
/// A panic leaves an ERROR line with its place in the program, within the span of its request. In a release build that is all: what
/// Rust writes otherwise is no line of JSON, and has values in it as soon as the message is formatted. So the line has the message
/// only where it is a literal. It is done by the [hook of panics](std::panic::set_hook), in place of one that was set before; one
/// that is set later counts.
///
/// ```
/// secure_api::observe::init();
/// ```
pub fn init() {
    let info = LevelFilter::INFO.into();
    // What it cannot read of `RUST_LOG` it tells, and the rest counts.
    let filter = EnvFilter::builder().with_default_directive(info).from_env_lossy();
    let lines = lines(!cfg!(debug_assertions), io::stderr().is_terminal(), io::stderr);
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
    if subscriber.try_init().is_ok() {
        panics::log(!cfg!(debug_assertions));
    }
    #[cfg(feature = "otel")]
    if let Some(error) = failure {
        tracing::error!(target: "secure_api::start", %error, "spans are not exported");
    }
}

/// Returns what writes lines, each with the fields of the span that it is in.
fn lines<S, W>(json: bool, ansi: bool, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let lines = fmt::layer().with_writer(writer);
    match json {
        true => lines.json().event_format(Line::new()).boxed(),
        false => lines.with_ansi(ansi).boxed(),
    }
}

#[cfg(test)]
mod tests;
