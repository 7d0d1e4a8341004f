//! The bounds of a server, each with its default and the reason for it.

use std::time::Duration;

use crate::error::StartProblem;

/// The resources that a server spends on its clients at most.
///
/// ```
/// use secure_api::serve::ServerSettings;
/// let settings = ServerSettings { max_connections: 500, ..ServerSettings::default() };
/// assert_eq!(settings.max_header_bytes, 32 * 1024);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// The time that a TLS handshake may take. Default: 10 s. It is two round trips; what takes longer than ten seconds
    /// holds a place on purpose.
    pub handshake_timeout: Duration,
    /// The time that a client may take to send the header section of a request, counted from when the connection is
    /// ready for one. Default: 10 s, so that slow headers hold a place for no longer than that.
    ///
    /// On HTTP/1.1 it is also the time a connection may rest between two requests; on HTTP/2 it is that until the first
    /// request. It is looked at four times in this time, so a connection ends up to a quarter later.
    pub header_timeout: Duration,
    /// The time that a connection may be without a request, and an answer without being read further. Default: 60 s, the
    /// common idle time of proxies and clients. It ends idle HTTP/2 connections, whatever frames keep arriving on them, and those
    /// with an answer that nobody reads, whatever else is asked there. Of a large answer over HTTP/2 64 KiB are to be read in it.
    pub idle_timeout: Duration,
    /// The largest header section, in bytes; beyond it the answer is 431. Default: 32 KiB, room for two
    /// tokens of 8 KiB and what browsers add. At least 8 KiB, which HTTP/1.1 needs to work. More than 100
    /// fields are answered by 431 too.
    pub max_header_bytes: u32,
    /// The largest number of connections; more wait to be accepted. Default: 10 000, which is some 200 to 500 MB with
    /// buffers in use, and under the file limit of a service that raised its own.
    ///
    /// One address, or one /64 of IPv6, has no more of them than are left for others: half of all, the next one half of the
    /// rest. What it opens beyond is closed at once. Those of a proxy that the app trusts are many callers', and are not
    /// shared out; one that it passes on by the PROXY protocol is its client's.
    pub max_connections: usize,
    /// The largest number of open requests on one HTTP/2 connection. Default: 100, the least that RFC 9113, section
    /// 6.5.2, recommends.
    pub max_concurrent_streams: u32,
    /// The largest number of requests that run at one time, from their head to their answer; beyond it is 503. Default: 4000: where
    /// each takes a tenth of a second that is 40 000 in a second, more than one process answers, and each holds some 20 KiB.
    ///
    /// One address has no more of them than are left for others, as of connections; the last quarter is for callers that proved who
    /// they are, and who has less of its limits for its [behavior](crate::behavior) has half. An answer that stays open is none of
    /// them any more.
    pub max_concurrent_requests: usize,
    /// The largest number of bytes that bodies have which are read, and answers until they are sent; beyond it is 503, and one address
    /// has no more of them than are left for others. Default: 256 MiB, so that they fit beside all else in a small container. It is
    /// twice the largest body that an operation takes, where that is more.
    ///
    /// An answer that finds no room is 503 in its place. One of a request that changed something is sent in any case, and so is the
    /// first of an address where anything is left: the sum may be more, and then nothing new begins. What is in a file does not count,
    /// nor does what is made while it is sent, of which one piece is held.
    pub max_buffered_bytes: usize,
    /// The time within which an operation answers where there is no queue behind it. Default: half a second, which people notice.
    ///
    /// Where its answers take longer, and three times as long as they do while few requests run, as many run from then on as are
    /// answered in time, at least 16; beyond it is 503. [`Duration::MAX`] bounds nothing.
    pub latency_target: Duration,
    /// `true` if the proxies that the app trusts speak the PROXY protocol, version 2. Default: no. Then each connection from their
    /// networks begins with its header, within [`header_timeout`](Self::header_timeout) and before TLS, or ends; one from elsewhere
    /// does not speak it.
    pub proxy_protocol: bool,
    /// The time between two looks at the files of the certificates. Default: 10 s: a certificate is renewed days before it ends, and
    /// whoever waits to see the new one does not wait long. Two small files are read.
    pub certificate_interval: Duration,
    /// The time between the signal to stop and the end of the listener. Default: none, so that whoever starts it by hand need not wait.
    ///
    /// In it everything is answered as before, but that `/readyz` of the [management listener](crate::manage) says 503. Behind a load
    /// balancer it is as long as that takes to notice, so that nobody is sent where nobody listens: of Kubernetes some 5 to 10 s.
    pub shutdown_delay: Duration,
    /// The time that requests in progress may take to finish at shutdown. Default: 30 s, which is also how long
    /// Kubernetes waits before it kills.
    pub shutdown_deadline: Duration,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            handshake_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            max_header_bytes: 32 * 1024,
            max_connections: 10_000,
            max_concurrent_streams: 100,
            max_concurrent_requests: 4000,
            max_buffered_bytes: 256 * 1024 * 1024,
            latency_target: Duration::from_millis(500),
            proxy_protocol: false,
            certificate_interval: Duration::from_secs(10),
            shutdown_delay: Duration::ZERO,
            shutdown_deadline: Duration::from_secs(30),
        }
    }
}

impl ServerSettings {
    /// Returns the bounds that nobody could be served within. A shutdown without a deadline is one that waits for nobody.
    pub(crate) fn problems(&self) -> impl Iterator<Item = StartProblem> {
        let Self {
            handshake_timeout,
            header_timeout,
            idle_timeout,
            max_header_bytes,
            max_connections,
            max_concurrent_streams,
            max_concurrent_requests,
            max_buffered_bytes,
            latency_target,
            proxy_protocol: _,
            certificate_interval,
            shutdown_delay: _,
            shutdown_deadline: _,
        } = self;
        let nothing = [
            ("handshake_timeout", handshake_timeout.is_zero()),
            ("header_timeout", header_timeout.is_zero()),
            ("idle_timeout", idle_timeout.is_zero()),
            ("certificate_interval", certificate_interval.is_zero()),
            ("max_header_bytes", *max_header_bytes == 0),
            ("max_connections", *max_connections == 0),
            ("max_concurrent_streams", *max_concurrent_streams == 0),
            ("max_concurrent_requests", *max_concurrent_requests == 0),
            ("max_buffered_bytes", *max_buffered_bytes == 0),
            ("latency_target", latency_target.is_zero()),
        ];
        nothing.into_iter().filter(|(_, nothing)| *nothing).map(|(name, _)| without_room(name))
    }
}

/// Returns the problem of a bound that admits nothing.
pub(crate) fn without_room(bound: &str) -> StartProblem {
    StartProblem {
        code: "SA224",
        text: format!("`{bound}` is 0, so nobody could be served"),
        help: "leave it at its default, or state more than nothing",
    }
}
