//! Requests that take their time between two limits: each limit is charged when its request comes to it, and what came back by
//! itself is not given back again.

use std::{sync::Arc, time::Duration};

use secure_api::{
    app::AppBuilder,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Semaphore,
};

use crate::support::{
    Answer, TestServer,
    client::parse,
    server::{START, stocked},
};

#[derive(Role)]
enum Role {
    Visitor,
}

#[derive(Version)]
enum Version {
    V1,
}

const TEN_SECONDS: Duration = Duration::from_secs(10);

/// A wish.
#[derive(Input)]
struct NewWish {
    #[input(max_len = 20, name = "wish")]
    _wish: String,
}

/// Makes a wish, of which each is made twice in ten seconds.
#[post("/wishes", version = Version::V1, public = "whoever wishes is nobody yet",
       limit = [Limit::per_address(100).per_minute(), Limit::per_field("wish", 2).per(TEN_SECONDS)])]
async fn wish(Json(_new): Json<NewWish>) -> Accepted {
    Accepted
}

/// Makes a wish that nobody made this hour.
#[post("/dreams", version = Version::V1, public = "whoever dreams is nobody yet",
       limit = [Limit::per_address(2).per(TEN_SECONDS), Limit::per_field("wish", 1).per_hour()])]
async fn dream(Json(_new): Json<NewWish>) -> Accepted {
    Accepted
}

/// Knows who knocks.
#[post("/door", version = Version::V1, role = Role::Visitor, by = Knock,
       limit = Limit::per_principal(2).per(TEN_SECONDS))]
async fn door() -> Accepted {
    Accepted
}

/// A knock, which somebody has to listen to.
enum Knock {}

impl Credential for Knock {
    const KIND: Kind = Kind::header("Knock", "x-knock");
}

/// Somebody who listens to as many knocks as there are permits.
struct Porter(Arc<Semaphore>);

impl Source for Porter {
    type Kind = Knock;

    async fn identify(&self, knock: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        let permit = self.0.acquire().await.map_err(|_| Refused::invalid("nobody is there"))?;
        permit.forget();
        Ok(Principal::new("porter", String::from_utf8_lossy(knock)).roles(["visitor"]))
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), routes(wish, dream, door))]
struct Fountain;

fn fountain(clock: &Clock, porter: &Arc<Semaphore>) -> AppBuilder {
    let porter = Porter(Arc::clone(porter));
    Fountain::app().source(porter).clock(clock.clone())
}

async fn start() -> (TestServer, Arc<Semaphore>) {
    let (clock, porter) = (Clock::manual(START), Arc::new(Semaphore::new(0)));
    let app = fountain(&clock, &porter).build().expect("an app that starts");
    (TestServer::run(app, stocked(), clock).await, porter)
}

/// A request whose body is waited for.
struct Waiting {
    stream: TcpStream,
    body: String,
}

impl Waiting {
    /// Sends the head of a request, and returns when its body is asked for.
    async fn send(server: &TestServer, path: &str, wish: &str) -> Self {
        let body = format!(r#"{{"wish":"{wish}"}}"#);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nexpect: 100-continue\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        let mut asked = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
        stream.read_exact(&mut asked).await.expect("an answer");
        assert!(asked.starts_with(b"HTTP/1.1 100 "), "{}", String::from_utf8_lossy(&asked));
        Self { stream, body }
    }

    async fn end(mut self) -> Answer {
        self.stream.write_all(self.body.as_bytes()).await.expect("it is sent");
        let mut text = String::new();
        self.stream.read_to_string(&mut text).await.expect("an answer");
        parse(&text).expect("an answer")
    }
}

async fn whole(server: &TestServer, path: &str, wish: &str) -> u16 {
    Waiting::send(server, path, wish).await.end().await.status
}

// R60: whoever sends its body late is counted when it is read, and not when it began.
#[tokio::test]
async fn a_late_body_is_counted_when_it_is_there() {
    let (server, _) = start().await;
    let mut late = Vec::new();
    for _ in 0..4 {
        late.push(Waiting::send(&server, "/v1/wishes", "gold").await);
        server.clock.advance(Duration::from_secs(3));
    }
    server.clock.advance(TEN_SECONDS);
    let mut statuses = Vec::new();
    for one in late {
        statuses.push(one.end().await.status);
    }
    statuses.push(whole(&server, "/v1/wishes", "gold").await);
    assert_eq!(statuses, [202, 202, 429, 429, 429]);
}

// R60: whoever has to be looked up is counted when that was done.
#[tokio::test]
async fn whoever_is_looked_up_slowly_is_counted_afterwards() {
    let (server, porter) = start().await;
    let knock = || {
        let request = server.request(reqwest::Method::POST, "/v1/door").header("x-knock", "alice");
        tokio::spawn(async move { Answer::of(request).await.status })
    };
    let mut asked = Vec::new();
    for _ in 0..3 {
        asked.push(knock());
        // Each has begun before the clock goes on.
        tokio::time::sleep(Duration::from_millis(200)).await;
        server.clock.advance(Duration::from_secs(11));
    }
    porter.add_permits(3);
    let mut passed = 0;
    for one in asked {
        passed += u32::from(one.await.expect("no panic") == 202);
    }
    assert_eq!(passed, 2);
}

// R60: what came back by itself is not given back again, and not out of what others were charged since.
#[tokio::test]
async fn what_has_come_back_is_not_given_back_again() {
    let (server, _) = start().await;
    assert_eq!(whole(&server, "/v1/dreams", "gold").await, 202);
    let late = Waiting::send(&server, "/v1/dreams", "gold").await;
    server.clock.advance(TEN_SECONDS + Duration::from_secs(1));
    for other in ["silver", "bronze"] {
        assert_eq!(whole(&server, "/v1/dreams", other).await, 202);
    }
    late.end().await.is_problem(429);
    let late = server.send(reqwest::Method::POST, None, "/v1/dreams", r#"{"wish":"iron"}"#).await;
    late.is_problem(429);
}
