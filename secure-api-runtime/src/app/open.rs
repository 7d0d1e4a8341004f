//! Answers that stay open: for how long each may go on.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{StreamExt, future::BoxFuture};
use http::{Method, Response, request::Parts};
use http_body::{Body, Frame};
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior, Sleep, interval_at, sleep},
};

mod opened;

pub(super) use opened::{OpenPlace, Opened};

use super::{
    admission::{admit, certificate},
    client::Client,
    place::Matched,
    record::Record,
    router::Places,
};
use crate::{
    error::{Problem, problem},
    identity::{Head, Identity},
    observe::RequestId,
    rendered::{ContentForm, OpenContent, Piece},
    route::Route,
    serve::{Connection, Content, EndsBy},
};

/// The time between two looks if an answer may go on.
const LOOK: Duration = Duration::from_secs(5);

/// The silence after which a comment keeps a connection alive: many proxies cut one at 30 seconds or a minute.
const SILENCE: Duration = Duration::from_secs(15);

/// The time in which the last of what was handed over is read.
const LATE: Duration = Duration::from_secs(1);

/// The comment that keeps it alive.
const COMMENT: Bytes = Bytes::from_static(b":\n\n");

/// Returns an answer with its content: most have it whole, and that of others is made while it is sent.
pub(super) fn content(
    places: &Arc<Places>,
    parts: Parts,
    record: &mut Record<'_>,
    answer: Response<Bytes>,
) -> Response<Content> {
    let Some(flow) = record.flow.take() else {
        return answer.map(|bytes| {
            let part = record.content(&places.shared, bytes.len());
            Content::Whole(bytes, part)
        });
    };
    // Nothing of it is sent to HEAD.
    let flow = Some(flow).filter(|_| parts.method != Method::HEAD);
    let stops = places.stops.subscribe();
    let open = Open::new(places, parts, record, flow, stops);
    let ends_by = EndsBy(open.ends.deadline() + LATE);
    let mut answer = answer.map(|_| Content::Made(axum::body::Body::new(open)));
    answer.extensions_mut().insert(ends_by);
    answer
}

/// The content of an answer that stays open.
struct Open {
    asked: Arc<Asked>,
    /// The rest of it; nothing once it is over.
    flow: Option<OpenContent>,
    /// The look that is under way.
    look: Option<BoxFuture<'static, Result<(), Problem>>>,
    looks: Pin<Box<Interval>>,
    /// The second of the last look.
    looked: i64,
    /// A piece that waits for a look.
    waits: Option<Bytes>,
    /// The time since which nothing was sent.
    silent: Instant,
    ends: Pin<Box<Sleep>>,
    stopped: BoxFuture<'static, ()>,
    _place: Option<OpenPlace>,
}

/// The request of an answer that stays open, as far as it is asked again.
struct Asked {
    places: Arc<Places>,
    parts: Parts,
    connection: Option<Connection>,
    client: Client,
    prefix: String,
    identity: Option<Arc<Identity>>,
    id: RequestId,
    operation: &'static str,
}

impl Open {
    /// Begins the content of an answer that was made of this request.
    fn new(
        places: &Arc<Places>,
        parts: Parts,
        record: &mut Record<'_>,
        flow: Option<OpenContent>,
        mut stopped: watch::Receiver<bool>,
    ) -> Self {
        let route = record.watched.route;
        let lasts = route.map_or(Duration::ZERO, Route::lasts);
        let asked = Asked {
            places: Arc::clone(places),
            parts,
            connection: record.connection,
            client: record.client,
            prefix: record.prefix.to_string(),
            identity: record.watched.identity.clone(),
            id: record.id,
            operation: route.map_or("", |route| route.name),
        };
        let mut looks = interval_at(Instant::now() + LOOK, LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            looked: asked.now(),
            asked: Arc::new(asked),
            flow,
            look: None,
            looks: Box::pin(looks),
            waits: None,
            silent: Instant::now(),
            ends: Box::pin(sleep(lasts)),
            stopped: Box::pin(async move {
                // Where nobody can tell, nobody stops it.
                if stopped.wait_for(|stopped| *stopped).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }),
            _place: record.open.take(),
        }
    }

    fn begin_look(&mut self) {
        self.looked = self.asked.now();
        self.look = Some(Box::pin(look(Arc::clone(&self.asked))));
    }

    /// Ends it, for this reason. Events end behind one; a part of another thing must not look as if it were all.
    fn end(&mut self, form: ContentForm, why: &str) -> Poll<Option<Piece>> {
        self.flow = None;
        let Asked { id, operation, .. } = &*self.asked;
        match form {
            ContentForm::Events => {
                tracing::info!(target: "secure_api::request", request_id = id.as_str(), operation, why, "events ended");
                Poll::Ready(None)
            }
            ContentForm::Whole => self.broken(why),
        }
    }

    /// Breaks off: the connection ends without the end of its content.
    fn broken(&mut self, why: &str) -> Poll<Option<Piece>> {
        self.flow = None;
        let Asked { id, operation, .. } = &*self.asked;
        tracing::error!(target: "secure_api::request", request_id = id.as_str(), operation, why, "an answer broke off");
        Poll::Ready(Some(Err("the answer broke off".into())))
    }

    /// Sends a piece.
    fn leaves(&mut self, piece: Bytes) -> Poll<Option<Piece>> {
        self.silent = Instant::now();
        Poll::Ready(Some(Ok(piece)))
    }

    fn poll_piece(&mut self, task: &mut Context<'_>) -> Poll<Option<Piece>> {
        loop {
            let Some(form) = self.flow.as_ref().map(|flow| flow.form) else {
                return Poll::Ready(None);
            };
            if form == ContentForm::Events && self.stopped.as_mut().poll(task).is_ready() {
                return self.end(form, "the server stops");
            }
            if self.ends.as_mut().poll(task).is_ready() {
                return self.end(form, "its time is over");
            }
            if let Some(look) = &mut self.look {
                match look.as_mut().poll(task) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(())) => self.look = None,
                    Poll::Ready(Err(problem)) => {
                        let why = format!("{}: {}", problem.kind().title(), problem.logged());
                        return self.end(form, &why);
                    }
                }
            }
            // It waited for a look that began behind it, however long that took.
            if let Some(piece) = self.waits.take() {
                return self.leaves(piece);
            }
            if self.looks.poll_tick(task).is_ready() {
                self.begin_look();
                continue;
            }
            let piece = match &mut self.flow {
                Some(flow) => flow.pieces.poll_next_unpin(task),
                None => Poll::Ready(None),
            };
            match piece {
                Poll::Ready(Some(Ok(piece))) => {
                    // What leaves was looked at within this second.
                    if self.looked == self.asked.now() {
                        return self.leaves(piece);
                    }
                    self.waits = Some(piece);
                    self.begin_look();
                }
                Poll::Ready(Some(Err(why))) => return self.broken(&why.to_string()),
                Poll::Ready(None) => {
                    self.flow = None;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    if form == ContentForm::Events && self.silent.elapsed() >= SILENCE {
                        self.silent = Instant::now();
                        return Poll::Ready(Some(Ok(COMMENT)));
                    }
                    return Poll::Pending;
                }
            }
        }
    }
}

impl Body for Open {
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.poll_piece(task).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

impl Asked {
    fn now(&self) -> i64 {
        self.places.shared.settings.clock.unix_seconds()
    }
}

/// Asks again what was asked when the answer began: if the operation is still there, and if its caller may still call it.
async fn look(asked: Arc<Asked>) -> Result<(), Problem> {
    let Asked { places, parts, connection, client, prefix, identity, .. } = &*asked;
    let shared = &*places.shared;
    let settings = &shared.settings;
    let (place, _) = places.find(parts);
    let Matched::Operation { operation, .. } = place.matched(parts, &settings.clock) else {
        return Err(Problem::new(&problem::SUNSET)
            .saying("the operation is past its sunset, or was closed"));
    };
    operation.is_out(&settings.clock)?;
    let Some(identity) = identity else { return Ok(()) };
    let now = settings.clock.unix_seconds();
    let has_expired = |one: &Arc<Identity>| now >= one.expires_at();
    if has_expired(identity) || identity.beside().iter().any(has_expired) {
        return Err(Problem::new(&problem::UNAUTHENTICATED).because("the credentials have expired"));
    }
    let certificate = certificate(shared, parts, *client)?;
    let peer = connection.map(|connection| connection.peer);
    let head = Head::new(parts, &settings.clock, peer, settings.base_url.as_ref(), prefix)
        .with_client(client.address())
        .with_certificate(certificate.as_ref());
    let left = shared.sources.still(Arc::clone(identity), &head, &operation.admits).await?;
    if left.roles() != identity.roles() {
        return Err(Problem::new(&problem::FORBIDDEN).because("the roles of the caller changed"));
    }
    admit(operation, Some(&left), &settings.clock)
}
