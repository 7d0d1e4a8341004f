//! The queue of an audit stream, and the thread that writes it.
//!
//! It is bounded, and a request never waits for it: what fills it is what strangers do, and whoever could make others wait for a slow
//! disk would have more than a gap in a file. So there may be a gap, which is never silent: the events that found no room are counted
//! by their name, and told in the stream itself, in the log and in the metrics. The last part of the room is for those whose caller is
//! known, so that a flood by nobody hides nobody's acts.

use std::{
    collections::BTreeMap,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use tokio::{sync::oneshot, time::timeout};

use super::{event::Event, place::Place};
use crate::{error::discard_panic, metrics::AuditCounts};

/// The events that wait to be written at most, some two megabytes.
pub(super) const ROOM: usize = 4096;

/// The room that no request of a stranger takes.
pub(super) const RESERVED: usize = ROOM / 4;

/// The time between two attempts to write.
const AGAIN: Duration = Duration::from_millis(500);

/// The time in which a stream is to be written to its end when the server stops.
const ENDING: Duration = Duration::from_secs(5);

/// Makes the line of an event.
pub(super) type Writes = Box<dyn Fn(&Event<'_>) -> String + Send + Sync>;

/// The stream. When it is dropped, what it holds is written still, for as long as the process runs.
pub(super) struct Stream {
    shared: Arc<Shared>,
    /// Ends when its writer does.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

struct Shared {
    queue: Mutex<Queue>,
    told: Condvar,
    line: Writes,
    counts: AuditCounts,
}

#[derive(Default)]
struct Queue {
    lines: Vec<String>,
    /// The lines that are being written.
    writing: usize,
    lost: BTreeMap<&'static str, u64>,
    /// The time by which it has to be over, once it ends.
    until: Option<Instant>,
}

impl Queue {
    /// Tells if there is room for one more.
    fn has_room(&self, event: &Event<'_>) -> bool {
        let is_strangers = event.request_id.is_some() && event.subject.is_none();
        let room = if is_strangers { ROOM - RESERVED } else { ROOM };
        self.until.is_none() && self.lines.len() + self.writing < room
    }
}

impl Stream {
    pub(super) fn begin(place: Place, line: Writes) -> io::Result<Self> {
        let (queue, told, counts) = (Mutex::default(), Condvar::new(), AuditCounts::default());
        let shared = Arc::new(Shared { queue, told, line, counts });
        let own = Arc::clone(&shared);
        let name = "secure-api-audit".to_owned();
        let (ends, ended) = oneshot::channel::<()>();
        thread::Builder::new().name(name).spawn(move || {
            own.write_all(place);
            drop(ends);
        })?;
        Ok(Self { shared, ended: Mutex::new(Some(ended)) })
    }

    /// Returns what was counted of it.
    #[cfg(any(test, feature = "metrics"))]
    pub(super) fn counts(&self) -> &AuditCounts {
        &self.shared.counts
    }

    /// Adds an event, or counts it as lost.
    pub(super) fn tell(&self, event: &Event<'_>) {
        let line = (self.shared.line)(event);
        let mut queue = self.shared.queue();
        if queue.has_room(event) {
            queue.lines.push(line);
        } else {
            *queue.lost.entry(event.event).or_default() += 1;
            self.shared.counts.lost.add();
        }
        drop(queue);
        self.shared.told.notify_one();
    }

    /// Writes what is left, and returns when that is done or takes too long.
    pub(super) async fn close(&self) {
        self.end();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(ended) = ended else { return };
        // A writer of the app's own may hang. Nobody joins its thread, which would keep the process as well.
        if timeout(ENDING * 2, ended).await.is_err() {
            tracing::error!(target: "secure_api::audit", "the audit stream was not written to its end");
        }
    }

    fn end(&self) {
        self.shared.queue().until.get_or_insert_with(|| Instant::now() + ENDING);
        self.shared.told.notify_one();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        // A queue is whole after every change.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes all that comes, until the stream has ended.
    fn write_all(&self, mut place: Place) {
        loop {
            let mut queue = self.queue();
            while queue.lines.is_empty() && queue.lost.is_empty() && queue.until.is_none() {
                queue = self.told.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            let (lines, lost) = (std::mem::take(&mut queue.lines), std::mem::take(&mut queue.lost));
            queue.writing = lines.len();
            drop(queue);
            if lines.is_empty() && lost.is_empty() {
                return;
            }
            let mut number = lines.len() as u64;
            let mut bytes = lines.concat();
            if !lost.is_empty() {
                // Behind those that came before there was no room.
                bytes += &self.gap(&lost);
                number += 1;
            }
            match self.write(&mut place, bytes.as_bytes()) {
                Ok(()) => self.counts.written.add_all(number),
                Err(error) => {
                    self.counts.lost.add_all(number);
                    let lost = number;
                    tracing::error!(target: "secure_api::audit", %error, lost, "the end of the audit stream cannot be written");
                    return;
                }
            }
            self.queue().writing = 0;
        }
    }

    /// Returns the line that tells of events which have none.
    fn gap(&self, lost: &BTreeMap<&'static str, u64>) -> String {
        let count = lost.values().sum();
        tracing::error!(target: "secure_api::audit", lost = count, "events of the audit stream were lost: there was no room");
        (self.line)(&Event {
            event: "sys_monitor_disabled",
            description: "events were lost: there was no room",
            count: Some(count),
            lost: Some(lost),
            ..Event::default()
        })
    }

    /// Writes some lines, again and again until it is done.
    ///
    /// # Errors
    ///
    /// What keeps them from being written when the stream has to be over.
    fn write(&self, place: &mut Place, bytes: &[u8]) -> io::Result<()> {
        let (mut done, mut failed) = (0, false);
        loop {
            let attempt = catch_unwind(AssertUnwindSafe(|| {
                // What was begun in another file is no line there. Where nothing can be looked at, the file that is open is there still.
                if let Ok(true) = place.look() {
                    done = whole_lines(&bytes[..done]);
                }
                place.write(bytes, &mut done)
            }));
            let outcome = attempt.unwrap_or_else(|panic| {
                discard_panic(panic);
                Err(io::Error::other("its writer panicked"))
            });
            let Err(error) = outcome else {
                if failed {
                    tracing::info!(target: "secure_api::audit", "the audit stream is written again");
                }
                return Ok(());
            };
            if !failed {
                failed = true;
                tracing::error!(target: "secure_api::audit", %error, "the audit stream cannot be written, and waits");
            }
            if self.queue().until.is_some_and(|until| Instant::now() >= until) {
                return Err(error);
            }
            thread::sleep(AGAIN);
        }
    }
}

/// Returns the length of the lines that are whole.
pub(super) fn whole_lines(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}
