use secure_api::{client::Webhook, prelude::*};

#[derive(Version)]
enum Version {
    V1,
}

/// The service that sends them.
struct Recorder;

type Recording = StreamedBody<4096>;
type Signed = Webhook<Recorder>;

/// Takes a recording.
#[put("/hooks/recorded", version = Version::V1, public = "the recorder signs what it sends", accepts("audio/flac"))]
async fn take_recording(_hook: Signed, _context: RequestContext, _recording: Recording) -> NoContent {
    NoContent
}

fn main() {}
