//! The server's log during one test, and with `SECURE_API_LOGS` that of all tests in a folder, for whoever looks for secrets in it.

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex, Once},
};

use tracing_subscriber::{
    EnvFilter, Layer, filter::LevelFilter, fmt, fmt::MakeWriter, layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Everything that is logged on this thread while it lives, from the finest level on.
pub(crate) struct Log {
    text: Text,
    _guard: Box<dyn std::any::Any>,
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

/// Returns the folder in which all logs are kept, where there is one.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os("SECURE_API_LOGS").map(PathBuf::from)
}

/// Returns a file of this process in that folder.
pub(crate) fn kept(kind: &str) -> Option<File> {
    let path = folder()?.join(format!("{}.{kind}", std::process::id()));
    Some(File::options().append(true).create(true).open(path).expect("a file of the log"))
}

/// The lines of all tests. They are written whole: two threads may write at once.
#[derive(Clone, Copy)]
struct Everything;

static EVERYTHING: LazyLock<Option<File>> = LazyLock::new(|| kept("log"));

/// Listens everywhere, and writes nothing unless it is all to be kept. Without that, what is first said on a thread that nobody listens
/// to can be taken for something that nobody will ever want to hear, just while another thread begins to listen.
pub(crate) fn listen_everywhere() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let kept = EVERYTHING.is_some().then(everything);
        let set =
            tracing::subscriber::set_global_default(tracing_subscriber::registry().with(kept));
        set.expect("nobody else listens everywhere");
    });
}

/// Returns what writes all lines of the framework to the folder, and those of others but for their finest.
fn everything<S>() -> impl Layer<S>
where
    S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    let filter = EnvFilter::new("debug,secure_api=trace,secure_api_runtime=trace");
    fmt::layer().with_ansi(false).with_writer(|| Everything).with_filter(filter)
}

impl Log {
    /// Begins to listen. For tests on one thread, as `#[tokio::test]` makes them.
    pub(crate) fn capture() -> Self {
        listen_everywhere();
        let text = Text::default();
        let own = fmt::layer().with_ansi(false).with_writer(text.clone());
        let kept = EVERYTHING.is_some().then(everything);
        let guard = tracing_subscriber::registry()
            .with(own.with_filter(LevelFilter::TRACE))
            .with(kept)
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

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic under the lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Everything {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &*EVERYTHING {
            Some(file) => {
                // A file that is shared is written through a reference.
                let mut file: &File = file;
                file.write(bytes)
            }
            None => Ok(bytes.len()),
        }
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
