//! Accepting connections, through errors: none of them ends the server.

use std::{
    future::Future,
    io::{self, ErrorKind},
    iter,
    net::SocketAddr,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};

/// A source of connections: a listener, or a failing one in tests.
pub(super) trait Listen {
    /// Waits for the next connection.
    fn next(&self) -> impl Future<Output = io::Result<(TcpStream, SocketAddr)>> + Send;
}

impl Listen for TcpListener {
    fn next(&self) -> impl Future<Output = io::Result<(TcpStream, SocketAddr)>> + Send {
        self.accept()
    }
}

const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Waits for the next connection, however many errors come before it.
///
/// A client that went away before it was accepted costs nothing. Anything else, such as no file descriptor
/// being left (EMFILE), will be so again at once: it is logged and waited out, longer each time up to a
/// second.
pub(super) async fn accept(listener: &impl Listen) -> (TcpStream, SocketAddr) {
    let mut pause = FIRST_PAUSE;
    loop {
        match listener.next().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections, trying again");
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// The connections that wait in the queue of a listener at most: what Linux has for one.
const QUEUE: usize = 4096;

/// Ends a listener, and returns the connections that wait in its queue: their clients may have sent requests.
pub(super) fn queued(listener: TcpListener) -> impl Iterator<Item = (TcpStream, SocketAddr)> {
    // What cannot be handed over has no queue that could be read.
    let listener = listener.into_std().ok();
    let arrivals = iter::from_fn(move || {
        // It does not wait, and an error is the end of the queue or as good as that, but for clients that left.
        let (stream, peer) = loop {
            match listener.as_ref()?.accept() {
                Err(error) if is_of_the_client(&error) => {}
                accepted => break accepted.ok()?,
            }
        };
        stream.set_nonblocking(true).ok()?;
        Some((TcpStream::from_std(stream).ok()?, peer))
    });
    arrivals.take(QUEUE)
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::time::Instant;

    use super::*;

    /// Fails with each of these, then accepts.
    struct Failing(Mutex<Vec<io::Error>>, TcpListener);

    impl Listen for Failing {
        async fn next(&self) -> io::Result<(TcpStream, SocketAddr)> {
            let error = self.0.lock().expect("no panic under the lock").pop();
            match error {
                Some(error) => Err(error),
                None => self.1.accept().await,
            }
        }
    }

    async fn accepted_after(errors: Vec<io::Error>) -> Duration {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let _client = TcpStream::connect(address).await.expect("a connection");
        let start = Instant::now();
        accept(&Failing(Mutex::new(errors), listener)).await;
        start.elapsed()
    }

    // R49
    #[tokio::test]
    async fn no_file_descriptors_left_is_waited_out() {
        const EMFILE: i32 = 24;
        let errors = (0..4).map(|_| io::Error::from_raw_os_error(EMFILE)).collect();
        // 10 + 20 + 40 + 80 ms.
        assert!(accepted_after(errors).await >= Duration::from_millis(150));
    }

    // R49
    #[tokio::test]
    async fn those_who_wait_in_the_queue_are_accepted_when_it_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut clients = Vec::new();
        for _ in 0..3 {
            clients.push(TcpStream::connect(address).await.expect("a connection"));
        }
        assert_eq!(queued(listener).count(), 3);
        assert!(TcpStream::connect(address).await.is_err(), "nobody listens");
    }

    #[tokio::test]
    async fn clients_that_went_away_are_not_waited_for() {
        let errors = (0..1000).map(|_| io::Error::from(ErrorKind::ConnectionAborted)).collect();
        assert!(accepted_after(errors).await < Duration::from_secs(5));
    }
}
