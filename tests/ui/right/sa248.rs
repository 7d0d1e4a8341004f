//! The signature of a webhook is checked of content that is in memory. A body that goes to a file as it arrives is not there, so what
//! somebody signed without any content would stand for a file of anything. This holds at compile time.
//!
//! Wrong: client/webhook_of_a_file

use crate::shop::*;
use secure_api::{client::Webhook, prelude::*};

/// The service that sends them.
struct Recorder;

/// Takes a recording.
#[post("/hooks/recorded", version = Version::V1, public = "the recorder signs what it sends", accepts("audio/flac"))]
async fn take_recording(_hook: Webhook<Recorder>, _recording: RawBody<4096>) -> NoContent {
    NoContent
}
