//! The line that a panic leaves in the log.

use std::panic::{self, PanicHookInfo};

/// Has each panic logged from now on: alone, or besides what was done before.
pub(super) fn log(alone: bool) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        panicked(panic);
        if !alone {
            before(panic);
        }
    }));
}

/// Logs a panic with its place, and with its message where that is a literal of the program: what is formatted has values in it, and
/// one may be a secret or a stranger's text.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(tracing::field::display);
    let message = panic.payload().downcast_ref::<&'static str>();
    tracing::error!(target: "secure_api::panic", place, panic = message, "a thread panicked");
}
