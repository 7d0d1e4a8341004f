//! Runs that are cut before their handlers begin: they have used up nothing. Nor has HEAD, wherever it is cut.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use reqwest::Method;
use secure_api::{clock::Clock, prelude::*};

use crate::support::{Answer, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Printer,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A press that is slow until it is warm.
#[derive(Clone, Default)]
struct Press(Arc<Running>);

#[derive(Default)]
struct Running {
    warm: AtomicBool,
    prints: AtomicUsize,
}

impl Press {
    async fn waits(&self) {
        if !self.0.warm.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
    }
}

#[derive(Value)]
#[value(max_len = 9, unowned = "plates are everybody's")]
struct Name(String);

#[derive(Resource)]
#[view(PlateView, role = Role::Printer, fields(prints))]
struct Plate {
    prints: u32,
}

impl Plate {
    fn of(press: &Press) -> Self {
        Self { prints: press.0.prints.load(Ordering::SeqCst) as u32 }
    }
}

/// Shows a plate, slowly.
#[get("/plates/{name}", version = Version::V1.., role = Role::Printer, view = PlateView)]
async fn get_plate(Unowned(_name): Unowned<Name>, press: Service<Press>) -> Plate {
    press.waits().await;
    Plate::of(&press)
}

/// Prints.
#[post("/plates/{name}", version = Version::V1.., role = Role::Printer, view = PlateView, idempotency_key,
       after(begin, within = Duration::from_secs(600)))]
async fn print(Unowned(_name): Unowned<Name>, press: Service<Press>) -> Performed<Plate> {
    press.0.prints.fetch_add(1, Ordering::SeqCst);
    Performed(Plate::of(&press))
}

/// Begins.
#[post("/plates/{name}/beginning", version = Version::V1.., role = Role::Printer)]
async fn begin(Unowned(_name): Unowned<Name>) -> Accepted {
    Accepted
}

/// Shows the proof, once, slowly.
#[get("/plates/{name}/proof", version = Version::V1.., role = Role::Printer, view = PlateView,
      after(begin, within = Duration::from_secs(600)))]
async fn get_proof(Unowned(_name): Unowned<Name>, press: Service<Press>) -> Plate {
    press.waits().await;
    Plate::of(&press)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(get_plate, print, begin, get_proof))]
struct Shop;

async fn start() -> (TestServer, Press, String) {
    let (press, clock) = (Press::default(), Clock::manual(START));
    let app = Shop::app().service(press.clone()).tokens(token::issuer()).clock(clock.clone());
    let app = app.deadline(Duration::from_millis(250)).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let token = server.token("paula", &["printer"]);
    (server, press, token)
}

async fn ask(server: &TestServer, token: &str, method: Method, path: &str) -> Answer {
    let request = server.request(method, path).bearer_auth(token);
    Answer::of(request.header("idempotency-key", "\"k\"").header("if-match", "*")).await
}

// R116: the read that a condition waits for met the deadline, and nothing was printed.
#[tokio::test]
async fn a_condition_that_took_too_long_leaves_key_and_step() {
    let (server, press, token) = start().await;
    let begun = server.request(Method::POST, "/v1/plates/a/beginning").bearer_auth(&token);
    assert_eq!(Answer::of(begun).await.status, 202);
    for _ in 0..2 {
        ask(&server, &token, Method::POST, "/v1/plates/a").await.is_problem(503);
    }
    assert_eq!(press.0.prints.load(Ordering::SeqCst), 0);
    press.0.warm.store(true, Ordering::SeqCst);
    assert_eq!(ask(&server, &token, Method::POST, "/v1/plates/a").await.status, 200);
    assert_eq!(press.0.prints.load(Ordering::SeqCst), 1);
}

// R68: HEAD shows nothing, so it uses nothing up, also where it is cut.
#[tokio::test]
async fn a_head_that_was_cut_has_used_no_step() {
    let (server, press, token) = start().await;
    let get = async |method: Method| {
        Answer::of(server.request(method, "/v1/plates/a/proof").bearer_auth(&token)).await.status
    };
    let begun = server.request(Method::POST, "/v1/plates/a/beginning").bearer_auth(&token);
    assert_eq!(Answer::of(begun).await.status, 202);
    assert_eq!(get(Method::HEAD).await, 503);
    press.0.warm.store(true, Ordering::SeqCst);
    assert_eq!(get(Method::GET).await, 200);
    assert_eq!(get(Method::GET).await, 409);
}
