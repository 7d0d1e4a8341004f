//! Credentials of two kinds that are demanded together: both hold, both are of one tenant, and both count to the end.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use reqwest::Method;
use secure_api::{
    identity::{
        AccountStatus, Credential, Head, Holder, Kind, Principal, Refused, Source, Standing,
    },
    prelude::*,
    testing::{self, Check},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// A machine, by the name of its site.
enum Machine {}

impl Credential for Machine {
    const KIND: Kind = Kind::header("Machine", "x-machine");
}

/// Knows machines by their site, which is their tenant.
struct Machines;

impl Source for Machines {
    type Kind = Machine;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        match std::str::from_utf8(presented) {
            Ok(site @ ("north" | "south")) => {
                Ok(Principal::new("https://machines.example", "press")
                    .tenant(site)
                    .roles(["admin"]))
            }
            _ => Err(Refused::invalid("no such machine")),
        }
    }
}

#[derive(Resource)]
#[view(WhoView, public, fields(id))]
struct Who {
    id: String,
}

#[derive(Input)]
struct Job {
    #[input(max_len = 9)]
    label: String,
}

/// Starts a job of somebody at a machine.
#[post("/jobs", version = Version::V1.., role = Role::Customer, by = all(Bearer, Machine), view = WhoView)]
async fn start(caller: Caller<Role>, Json(job): Json<Job>) -> Performed<Who> {
    drop(job.label);
    Performed(Who { id: caller.id().as_str().to_owned() })
}

/// Shows the machine to itself.
#[get("/machine", version = Version::V1.., role = Role::Admin, by = Machine, view = WhoView)]
async fn machine(caller: Caller<Role>) -> Who {
    Who { id: caller.id().as_str().to_owned() }
}

/// A plant.
#[api(roles = Role, versions = Version, tenants, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a plant is for customers, from the first"),
      routes(start, machine))]
struct Plant;

/// Serves it. Machines are gone once this is set.
async fn plant() -> (TestServer, Arc<AtomicBool>) {
    let gone = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&gone);
    let hook = move |holder: Holder| {
        let is_gone = holder.kind().name() == "Machine" && asked.load(Ordering::SeqCst);
        async move {
            let status = if is_gone { AccountStatus::Gone } else { AccountStatus::Unchanged };
            Ok::<_, StoreError>(status)
        }
    };
    let clock = Clock::manual(START);
    let app = Plant::app()
        .tokens(token::issuer().tenant_claim("site"))
        .source(Machines)
        .standing(Standing::new(hook).remembered(Duration::ZERO))
        .clock(clock.clone());
    let app = app.build().expect("an app that starts");
    (TestServer::run(app, Default::default(), clock).await, gone)
}

fn token_of(server: &TestServer, site: &str) -> String {
    let claims = token::claims("alice", &["customer"]).claim("site", site);
    token::sign(&claims, &server.clock)
}

async fn job(server: &TestServer, token: Option<&str>, machine: Option<&str>) -> Answer {
    let request =
        server.request(Method::POST, "/v1/jobs").header("content-type", "application/json");
    let request = token.iter().fold(request, |request, token| request.bearer_auth(token));
    let request = machine.iter().fold(request, |request, name| request.header("x-machine", *name));
    Answer::of(request.body(r#"{"label":"x"}"#)).await
}

// R54 R29: who calls by credentials of two tenants is a caller of neither.
#[tokio::test]
async fn both_are_of_one_tenant() {
    let (server, _) = plant().await;
    let (north, south) = (token_of(&server, "north"), token_of(&server, "south"));
    let both = job(&server, Some(&north), Some("north")).await;
    assert_eq!(both.status, 200, "{both:#?}");
    // The first says who is calling, with the roles of the first alone.
    assert!(both.body.contains("alice") && !both.body.contains("press"), "{}", both.body);
    assert_eq!(job(&server, Some(&south), Some("south")).await.status, 200);
    for (token, machine) in [
        (Some(&north), Some("south")),
        (Some(&south), Some("north")),
        (Some(&north), Some("east")),
        (Some(&north), Some("")),
        (Some(&north), None),
        (None, Some("north")),
        (None, None),
    ] {
        let refused = job(&server, token.map(String::as_str), machine).await;
        refused.is_problem(401);
        // A stranger is told of both kinds at once.
        let challenges = refused.headers.get_all("www-authenticate").iter();
        let challenges: Vec<_> = challenges.filter_map(|value| value.to_str().ok()).collect();
        let both = token.is_none() || machine.is_none();
        assert_eq!(challenges.len(), if both { 2 } else { 1 }, "{challenges:?}");
    }
}

// R19: an account of either ends while the body is on its way.
#[tokio::test]
async fn both_count_until_the_body_is_there() {
    const BODY: &str = r#"{"label":"x"}"#;
    let (server, gone) = plant().await;
    let token = token_of(&server, "north");
    for (ends, status) in [(false, "200"), (true, "401")] {
        let mut stream = TcpStream::connect(server.address).await.expect("a connection");
        let head = format!(
            "POST /v1/jobs HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
             x-machine: north\r\ncontent-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            BODY.len()
        );
        stream.write_all(head.as_bytes()).await.expect("sent");
        // Whoever is asked for the body was let in.
        let mut asked = [0; 25];
        stream.read_exact(&mut asked).await.expect("an interim answer");
        gone.store(ends, Ordering::SeqCst);
        server.clock.advance(Duration::from_secs(1));
        stream.write_all(BODY.as_bytes()).await.expect("sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("an answer");
        assert_eq!(text.split(' ').nth(1), Some(status), "{text}");
    }
}

// R95
#[tokio::test]
async fn a_verification_tries_each_of_them() {
    let app = Plant::app().tokens(testing::issuer()).source(Machines);
    let north =
        Principal::new("https://machines.example", "press").tenant("north").roles(["admin"]);
    let verified = testing::verify(app).holder("Machine", north, "north").report().await;
    let verified = verified.expect("an app that starts");
    let told = verified.to_string();
    assert!(verified.kept(Check::Together) > 0, "{told}");
}
