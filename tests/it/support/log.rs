//! The server's log during one test.

use std::{
    io,
    sync::{Arc, Mutex, Once},
};

use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter, util::SubscriberInitExt};

/// Everything that is logged on this thread while it lives, from the finest level on.
pub(crate) struct Log {
    text: Text,
    _guard: Box<dyn std::any::Any>,
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

/// Listens everywhere, and writes nothing. Without that, what is first said on a thread that nobody listens to can be
/// taken for something that nobody will ever want to hear, just while another thread begins to listen.
pub(crate) fn listen_everywhere() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let set = tracing::subscriber::set_global_default(tracing_subscriber::registry());
        set.expect("nobody else listens everywhere");
    });
}

impl Log {
    /// Begins to listen. For tests on one thread, as `#[tokio::test]` makes them.
    pub(crate) fn capture() -> Self {
        listen_everywhere();
        let text = Text::default();
        let guard = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(text.clone())
            .finish()
            .set_default();
        Self { text, _guard: Box::new(guard) }
    }

    /// Returns all lines so far.
    pub(crate) fn text(&self) -> String {
        let text = self.text.0.lock().expect("no panic under the lock");
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Returns the lines that have all of these parts.
    pub(crate) fn lines_with(&self, parts: &[&str]) -> Vec<String> {
        let has_all = |line: &&str| parts.iter().all(|part| line.contains(part));
        self.text().lines().filter(has_all).map(str::to_owned).collect()
    }
}

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic under the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Text {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
