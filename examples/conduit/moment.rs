//! A time as the contract writes it: with milliseconds, also where there are none.

use secure_api::prelude::*;

/// A time with milliseconds, as `2026-11-30T12:00:00.000Z`.
#[derive(Value, Clone, Copy)]
#[value(
    pattern = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{3}Z",
    parse = read,
    write = write
)]
pub(crate) struct Moment(Timestamp);

impl Moment {
    /// Returns the time that it is.
    pub(crate) fn now(clock: &Clock) -> Self {
        Self(clock.now())
    }
}

fn read(text: &str) -> Result<Timestamp, InvalidValue> {
    text.parse().map_err(|_| InvalidValue::new("time", "a time with milliseconds is expected"))
}

fn write(time: &Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
