//! Server-sent events as an answer: each is shown through the view of the caller when it is sent.

use std::{convert::Infallible, fmt, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream::BoxStream};
use http::{HeaderValue, StatusCode};
use tokio::sync::mpsc;

use super::{Answer, Answered, Arms, Outcome, Shown, projection::fitting_of};
use crate::{
    input::Leaf,
    rendered::{ContentForm, OpenContent, Piece, Rendered},
    route::{
        call::Context,
        facts::{AnswerInfo, Content},
    },
    verb::Verb,
    view::{Fields, Output},
};

/// 200 with server-sent events (`text/event-stream`), for as long as the route and its caller's credentials let them last.
///
/// The data of each is JSON through the view that fits the caller, as that of any answer; what may not leave to it is left out. The
/// route says by `open = …` how many a caller may have open at one time. While nothing happens a comment keeps the connection alive.
/// They end behind an event: when the credentials of the caller end or are revoked, when its roles change, with the sunset of the
/// operation, when the server stops, and after `lasts`, an hour where nothing else is stated. A client that comes back is asked for
/// its credentials anew, and says by `Last-Event-ID` what it has seen: a field of a [`Headers`](crate::input::Headers) input.
///
/// ```
/// # mod app {
/// use secure_api::{prelude::*, route::{Event, Events}};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// #[derive(Resource)]
/// #[view(NoteView, role = Role::Member, fields(text))]
/// pub struct Note { text: String }
///
/// #[derive(Input)]
/// pub struct Seen {
///     /// The last note that was seen.
///     #[input(name = "Last-Event-ID", range = 0..=1_000_000)]
///     last: Option<u32>,
/// }
///
/// /// Tells of new notes.
/// #[get("/notes/events", version = Version::V1.., role = Role::Member, view = NoteView, open = 2)]
/// pub async fn watch_notes(Headers(seen): Headers<Seen>) -> Events<Note> {
///     let (notes, events) = Events::channel(16);
///     let next = seen.last.map_or(1, |last| last + 1);
///     tokio::spawn(async move {
///         let note = Note { text: format!("note {next}") };
///         // The error is that nobody listens any more.
///         let _ = notes.send(Event::new(note).id(&next).named("note")).await;
///     });
///     events
/// }
/// # }
/// ```
pub struct Events<T> {
    events: BoxStream<'static, Event<T>>,
    retry: Option<Duration>,
}

/// One event: a resource, and what tells of it.
pub struct Event<T> {
    data: T,
    id: Option<String>,
    name: Option<&'static str>,
}

/// The sender of events, as long as somebody listens. Clones send to the same caller.
pub struct EventSender<T>(mpsc::Sender<Event<T>>);

impl<T> Event<T> {
    /// Tells of this.
    pub fn new(data: T) -> Self {
        Self { data, id: None, name: None }
    }

    /// Adds the id by which a client says what it has seen last. Its text is one line of 1 to 1024 visible ASCII characters; at any other
    /// the answer breaks off. An empty one would by the standard have the client forget what it has seen, and is no way to say so.
    #[must_use]
    pub fn id<I: Leaf>(mut self, id: &I) -> Self {
        self.id = Some(id.to_text());
        self
    }

    /// Adds the name of what happened: 1 to 64 letters, digits, `-`, `_` and `.`.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }
}

impl<T: Send + 'static> Events<T> {
    /// Answers with the events of a stream, until it ends.
    pub fn new(events: impl Stream<Item = Event<T>> + Send + 'static) -> Self {
        Self { events: events.boxed(), retry: None }
    }

    /// Answers with the events that are sent, until nobody is left that sends any. So many wait to be sent; whoever sends one more
    /// waits.
    pub fn channel(room: usize) -> (EventSender<T>, Self) {
        let (sender, mut receiver) = mpsc::channel(room.max(1));
        let events = futures_util::stream::poll_fn(move |task| receiver.poll_recv(task));
        (EventSender(sender), Self::new(events))
    }
}

impl<T> Events<T> {
    /// States the time after which a client that was cut off comes back.
    #[must_use]
    pub fn retry(mut self, after: Duration) -> Self {
        self.retry = Some(after);
        self
    }
}

impl<T> EventSender<T> {
    /// Sends an event, when there is room for it.
    ///
    /// # Errors
    ///
    /// The event, where nobody listens any more.
    pub async fn send(&self, event: Event<T>) -> Result<(), Event<T>> {
        self.0.send(event).await.map_err(|unsent| unsent.0)
    }

    /// Waits until nobody listens any more.
    pub async fn closed(&self) {
        self.0.closed().await;
    }
}

impl<T> Clone for EventSender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Outcome for Events<T> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<T> Answer for Events<T> {
    type Inner = T;
    const INFO: AnswerInfo = AnswerInfo::new("`Events`", &[Verb::Get], 200, Content::Events);

    fn answer(self, context: &Context, arms: Arms<T>) -> Answered
    where
        T: Shown,
    {
        let Self { events, retry } = self;
        let (identity, version) = (context.identity.clone(), context.version_index);
        let only = context.only.clone();
        let first = retry.map(|after| Ok(format!("retry: {}\n\n", after.as_millis()).into()));
        let pieces = events.filter_map(move |event: Event<T>| {
            let shown = event.data.read(identity.as_ref()).map(|resource| {
                let arm = fitting_of(identity.as_deref(), arms, resource)?;
                let mut output = Output::new(version, identity.as_ref(), 256);
                let only = only.as_deref();
                Fields::object_of(&mut output, only, |fields| (arm.project)(resource, fields));
                output.into_bytes()
            });
            let piece = shown.map(|shown| match shown {
                Ok(json) => written(event.id.as_deref(), event.name, &json),
                Err(problem) => Err(problem.logged().into()),
            });
            std::future::ready(piece)
        });
        let pieces = futures_util::stream::iter(first).chain(pieces).boxed();
        let media = HeaderValue::from_static("text/event-stream");
        let flow = OpenContent { pieces, form: ContentForm::Events, held: None };
        Ok(Rendered::of(StatusCode::OK, media, Bytes::new()).flowing(flow))
    }
}

/// Returns an event as it is sent. No text of it ends its line: data is JSON, in whose texts line breaks are escaped.
fn written(id: Option<&str>, name: Option<&str>, json: &[u8]) -> Piece {
    let mut event = Vec::with_capacity(json.len() + 64);
    if let Some(id) = id {
        let is_line = id.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if !(1..=1024).contains(&id.len()) || !is_line || id.trim() != id {
            return Err("the id of an event is no line of visible ASCII".into());
        }
        event.extend_from_slice(b"id: ");
        event.extend_from_slice(id.as_bytes());
        event.push(b'\n');
    }
    if let Some(name) = name {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if !(1..=64).contains(&name.len()) || !name.bytes().all(is_name) {
            return Err("the name of an event is none".into());
        }
        event.extend_from_slice(b"event: ");
        event.extend_from_slice(name.as_bytes());
        event.push(b'\n');
    }
    event.extend_from_slice(b"data: ");
    // Free JSON may have line breaks between its values, where a space is as good.
    event.extend(json.iter().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte }));
    event.extend_from_slice(b"\n\n");
    Ok(event.into())
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("retry", &self.retry).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it tells is not for logs.
        f.debug_struct("Event").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for EventSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSender").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: Option<&str>, name: Option<&str>, json: &str) -> Result<String, String> {
        let piece = written(id, name, json.as_bytes()).map_err(|why| why.to_string())?;
        Ok(String::from_utf8(piece.to_vec()).expect("a text"))
    }

    #[test]
    fn nothing_splits_an_event() {
        let whole = text(Some("7"), Some("note"), "{\"a\":\"b\\n\"}");
        assert_eq!(whole.as_deref(), Ok("id: 7\nevent: note\ndata: {\"a\":\"b\\n\"}\n\n"));
        assert_eq!(text(None, None, "[1,\r\n2]").as_deref(), Ok("data: [1,  2]\n\n"));
        for id in ["", "a\nb", "a\rb", "a\0", " a", "ä", &"a".repeat(1025)] {
            assert!(text(Some(id), None, "1").is_err(), "{id:?}");
        }
        for name in ["", "a b", "a\ndata: x", "a:b", &"a".repeat(65)] {
            assert!(text(None, Some(name), "1").is_err(), "{name:?}");
        }
    }
}
