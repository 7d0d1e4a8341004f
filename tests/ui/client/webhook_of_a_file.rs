use secure_api::{client::Webhook, prelude::*};

#[derive(Version)]
enum Version {
    V1,
}

/// The service that sends them.
struct Recorder;

/// Takes a recording.
#[post("/hooks/recorded", version = Version::V1, public = "the recorder signs what it sends", accepts("audio/flac"))]
async fn take_recording(_hook: Webhook<Recorder>, _recording: StreamedBody<4096>) -> NoContent {
    NoContent
}

fn main() {}
