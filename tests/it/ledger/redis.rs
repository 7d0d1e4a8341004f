//! What a Redis is asked beyond that: it is another process, which may be gone, forget, or know nobody.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use reqwest::StatusCode;
use secure_api::{
    clock::Clock,
    error::StartError,
    ledger::{Bound, Charge, Ledger, Points, Record, Redis},
    prelude::*,
};

use super::{
    machine,
    pair::{charge, in_seconds, name, window},
    secret,
};
use crate::support::{
    Log, RedisServer,
    redis::PATIENT,
    server::{app, stocked},
};

/// Longer than the longest pause between two attempts to connect, by what is added to it.
const BACK: Duration = Duration::from_secs(4);

/// Does each thing that a ledger does once.
async fn all_of_it(ledger: &impl Ledger) {
    let (group, until) = (name(), in_seconds(60));
    assert!(ledger.first(name(), until).await.expect("an answer"));
    let revoked = [name(), name()];
    ledger.revoke(revoked[0], 7, until).await.expect("an answer");
    assert_eq!(ledger.revoked(&revoked).await.expect("an answer"), [Some(7), None]);
    let record = |value: &[u8]| Record { value: value.to_vec(), until, group: Some(group) };
    let key = name();
    assert!(ledger.insert(key, record(b"one")).await.expect("an answer"));
    let version = ledger.get(key).await.expect("an answer").expect("a record").version;
    assert!(ledger.replace(key, version, record(b"two")).await.expect("an answer"));
    assert_eq!(ledger.group(group).await.expect("an answer").len(), 1);
    let hour = Duration::from_secs(3600);
    let charges = [
        charge(window(16, 3600)),
        charge(Bound::Spaced { interval: hour, burst: 3 }),
        charge(Bound::AtOnce { count: 3, lease: hour }),
    ];
    let charged = ledger.charge(&charges).await.expect("an answer");
    assert!(charged.admitted);
    ledger.refund(&charges[2..], charged.at).await.expect("an answer");
    assert!(ledger.charge(&charges).await.expect("an answer").admitted);
    let scores =
        ["a", "b"].map(|_| Points { name: name(), slot: name(), points: 1.0, half_life: hour });
    assert_eq!(ledger.add(&scores).await.expect("an answer"), [1.0, 1.0]);
    let removed = name();
    assert!(ledger.insert(removed, record(b"three")).await.expect("an answer"));
    assert!(ledger.remove(removed).await.expect("an answer"));
}

#[tokio::test]
async fn one_that_forgot_its_scripts_is_told_them_again() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    assert_eq!(server.told(&["SCRIPT", "FLUSH"]), "OK");
    all_of_it(&ledger).await;
    // Each of the eight came as a text after each time, for three slots at once those of charges, for two those of scores.
    let calls = |command: &str| {
        let (stats, begin) =
            (server.told(&["INFO", "commandstats"]), format!("cmdstat_{command}:calls="));
        let line = stats.lines().find_map(|line| line.strip_prefix(&begin)).expect("a line");
        let calls = line.split(',').next().map(str::parse::<u32>);
        calls.and_then(Result::ok).expect("a number")
    };
    assert_eq!(calls("eval"), 2 * (8 + 2 + 1));
    assert!(calls("evalsha") > calls("eval"));
}

#[tokio::test]
async fn nothing_lives_for_ever() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    let endless = Record { value: Vec::new(), until: i64::MAX, group: Some(name()) };
    assert!(ledger.insert(name(), endless).await.expect("an answer"));
    ledger.revoke(name(), i64::MAX, i64::MAX).await.expect("an answer");
    let keys = server.told(&["KEYS", "*"]);
    assert!(keys.lines().count() > 10, "{keys}");
    for key in keys.lines() {
        assert!(key.starts_with("sa:{"), "{key}");
        let ends: i64 = server.told(&["PTTL", key]).parse().expect("a number");
        assert!(ends > 0, "{key} ends in {ends}");
    }
}

/// In a cluster a script that names keys of two slots is refused.
#[tokio::test]
async fn the_keys_of_a_script_are_in_one_slot() {
    let Some(server) = RedisServer::with(&["--cluster-enabled", "yes"]) else { return };
    assert_eq!(server.told(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]), "OK");
    for _ in 0..500 {
        if server.told(&["CLUSTER", "INFO"]).starts_with("cluster_state:ok") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    all_of_it(&server.ledger()).await;
    // The cells of one slot are one script.
    let slot = name();
    let charges = [charge(window(5, 60)), charge(window(5, 60))];
    let charges = charges.map(|charge| Charge { slot, ..charge });
    assert!(server.ledger().charge(&charges).await.expect("an answer").admitted);
}

// R38
#[tokio::test]
async fn one_that_was_killed_and_is_back_has_lost_nothing() {
    let Some(mut server) = RedisServer::start() else { return };
    let ledger = server.ledger();
    let (seen, revoked, key, until) = (name(), name(), name(), in_seconds(600));
    let limit = charge(window(3, 3600));
    for remaining in [2, 1] {
        let charged = ledger.charge(&[limit]).await.expect("an answer");
        assert_eq!(charged.left[0].remaining, remaining);
    }
    assert!(ledger.first(seen, until).await.expect("an answer"));
    ledger.revoke(revoked, 7, until).await.expect("an answer");
    let record = Record { value: b"kept".to_vec(), until, group: None };
    assert!(ledger.insert(key, record).await.expect("an answer"));

    server.kill();
    // The first may find a line that is just being made again; then everybody is told at once.
    let _ = ledger.charge(&[limit]).await;
    let begun = Instant::now();
    for _ in 0..100 {
        assert!(ledger.charge(&[limit]).await.is_err());
        assert!(ledger.revoked(&[revoked]).await.is_err());
        assert!(ledger.first(seen, until).await.is_err());
    }
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());

    server.run();
    let begun = Instant::now();
    while ledger.get(key).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(ledger.get(key).await.expect("an answer").expect("a record").value, b"kept");
    assert!(!ledger.first(seen, until).await.expect("an answer"));
    assert_eq!(ledger.revoked(&[revoked]).await.expect("an answer"), [Some(7)]);
    let last = ledger.charge(&[limit]).await.expect("an answer");
    assert!(last.admitted && last.left[0].remaining == 0);
    assert!(!ledger.charge(&[limit]).await.expect("an answer").admitted);
}

#[tokio::test]
async fn one_that_is_silent_is_waited_for_a_few_times_and_then_not() {
    let Some(server) = RedisServer::start() else { return };
    let deadline = Duration::from_millis(50);
    let ledger = Redis::connect(server.url()).deadline(deadline);
    let limit = [charge(window(1000, 3600))];
    // A machine under load may be late.
    while ledger.charge(&limit).await.is_err() {}
    server.pause();
    let mut took = Vec::new();
    for _ in 0..20 {
        let begun = Instant::now();
        assert!(ledger.charge(&limit).await.is_err());
        took.push(begun.elapsed());
    }
    assert!(took[0] >= deadline, "{took:?}");
    let waited = took.iter().filter(|took| **took >= deadline).count();
    assert!(waited <= 6, "{took:?}");
    server.resume();
    let begun = Instant::now();
    while ledger.charge(&limit).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn while_it_is_gone_one_attempt_is_made_at_a_time() {
    let Some(mut server) = RedisServer::start() else { return };
    let log = Log::capture();
    let ledger = server.ledger();
    all_of_it(&ledger).await;
    server.kill();
    // In its place somebody who takes each connection, and closes it.
    std::fs::remove_file(server.socket()).expect("a socket");
    let stranger = tokio::net::UnixListener::bind(server.socket()).expect("a socket");
    let (mut attempts, until) = (0, Instant::now() + Duration::from_millis(600));
    while Instant::now() < until {
        let asked = join_all((0..20).map(|_| ledger.first(name(), in_seconds(9))));
        let pause = Duration::from_millis(5);
        let accepted = tokio::time::timeout(pause, stranger.accept());
        let (answers, accepted) = tokio::join!(asked, accepted);
        assert!(answers.iter().all(Result::is_err));
        attempts += u32::from(accepted.is_ok());
    }
    // After 50, 100, 200 milliseconds, each by a half shorter or longer.
    assert!((2..10).contains(&attempts), "{attempts}");
    drop(stranger);
    std::fs::remove_file(server.socket()).expect("a socket");
    server.run();
    let begun = Instant::now();
    while ledger.first(name(), in_seconds(9)).await.is_err() {
        assert!(begun.elapsed() < BACK, "it is not asked again");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(log.lines_with(&["WARN", "cannot be reached"]).len(), 1, "{}", log.text());
    assert_eq!(log.lines_with(&["INFO", "answers again"]).len(), 1, "{}", log.text());
}

/// Starts an app with this ledger, as far as the socket, and returns the problems.
async fn start(ledger: Redis) -> Vec<(&'static str, String)> {
    let bound = async {
        let clock = Clock::system();
        let app = app(&stocked(), &clock).secret(secret()).ledger(ledger).build()?;
        app.bind("127.0.0.1:0").await.map(|_| ())
    };
    let problems = |error: StartError| {
        error.problems().iter().map(|problem| (problem.code, problem.text.clone())).collect()
    };
    bound.await.map_err(problems).err().unwrap_or_default()
}

#[tokio::test]
async fn an_app_does_not_start_with_one_that_cannot_be_used() {
    let Some(mut server) = RedisServer::start() else { return };
    assert_eq!(start(server.ledger()).await, []);
    let refused = async |ledger: Redis, why: &str| {
        let problems = start(ledger).await;
        assert!(matches!(&problems[..], [("SA135", text)] if text.contains(why)), "{problems:?}");
    };
    assert_eq!(start(Redis::connect("http://redis.example")).await[0].0, "SA134");

    for policy in ["allkeys-lru", "volatile-ttl"] {
        server.told(&["CONFIG", "SET", "maxmemory-policy", policy]);
        refused(server.ledger(), policy).await;
    }
    server.told(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
    server.told(&["REPLICAOF", "127.0.0.1", "1"]);
    refused(server.ledger(), "it is a replica").await;
    server.told(&["REPLICAOF", "NO", "ONE"]);

    let with =
        |password: &'static str| server.ledger().password(secure_api::testing::secret!(password));
    server.told(&["CONFIG", "SET", "requirepass", "secret"]);
    refused(server.ledger(), "NOAUTH").await;
    refused(with("wrong"), "Password authentication failed").await;
    assert_eq!(start(with("secret")).await, []);
    assert!(!format!("{:?}", with("secret")).contains("secret"));

    server.kill();
    refused(server.ledger(), "Connection refused").await;
}

#[tokio::test]
async fn a_user_needs_the_rights_of_its_scripts() {
    let Some(server) = RedisServer::start() else { return };
    let ledger = |rules: &str| {
        let told = format!("ACL SETUSER shop reset on >right ~sa:* {rules}");
        assert_eq!(server.told(&told.split(' ').collect::<Vec<_>>()), "OK");
        server.ledger().user("shop").password(secure_api::testing::secret!("right"))
    };
    let rights = "+ping +info +eval +evalsha +time +get +set +del +pttl +expireat +expiretime +zadd +zrem +zcard +zrange +zremrangebyscore";
    assert_eq!(start(ledger(rights)).await, []);
    all_of_it(&ledger(rights)).await;
    let log = Log::capture();
    assert_eq!(start(ledger(&rights.replace("+info ", ""))).await, []);
    assert_eq!(log.lines_with(&["WARN", "does not say if it evicts"]).len(), 1, "{}", log.text());
    for less in ["+evalsha ", "+zadd ", "+set "] {
        let problems = start(ledger(&rights.replace(less, ""))).await;
        let told =
            |text: &str| text.contains("can't run this command") || text.contains("no permissions");
        assert!(matches!(&problems[..], [("SA135", text)] if told(text)), "{problems:?}");
    }
}

#[tokio::test]
async fn one_that_never_answers_keeps_an_app_from_starting() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = silent.local_addr().expect("an address");
    // The kernel takes the connection, and nobody says anything.
    let problems = start(Redis::connect(format!("redis://{address}"))).await;
    let text = format!("the ledger's Redis at {address} cannot be used: it does not answer");
    assert_eq!(problems, [("SA135", text)]);
}

#[tokio::test]
async fn over_tls_its_certificate_is_verified() {
    let mut params = CertificateParams::new([]).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
    let authority = authority.expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let names = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let certificate = names.signed_by(&key, &authority).expect("a certificate");
    let folder = crate::support::Folder::made("redis-tls-");
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    };
    let (certificate, key) =
        (file("cert.pem", certificate.pem()), file("key.pem", key.serialize_pem()));
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    let port = port.expect("a port").port().to_string();
    let arguments = [
        ["--tls-port", &port],
        ["--tls-cert-file", &certificate],
        ["--tls-key-file", &key],
        ["--tls-auth-clients", "no"],
    ];
    let Some(_server) = RedisServer::with(arguments.as_flattened()) else { return };
    let ledger = |host: &str| Redis::connect(format!("rediss://{host}:{port}")).deadline(PATIENT);
    let trusted = ledger("localhost").authorities(authority.pem());
    assert_eq!(start(trusted.clone()).await, []);
    all_of_it(&trusted).await;
    for untrusted in [ledger("localhost"), ledger("127.0.0.1").authorities(authority.pem())] {
        let problems = start(untrusted).await;
        assert!(
            matches!(&problems[..], [("SA135", text)] if text.contains("certificate")),
            "{problems:?}"
        );
    }
    let problems = start(ledger("localhost").authorities("none")).await;
    assert_eq!(problems[0].0, "SA134");
}

/// The variable that tells a process of this binary where the Redis of its parent is, and what it charges.
const OF_CHILD: &str = "SECURE_API_TEST_CHARGES";

/// Charges, in a process of its own, where its parent asks for it.
#[tokio::test]
async fn charges_of_another_process() {
    let Ok(asked) = std::env::var(OF_CHILD) else { return };
    let (url, cell) = asked.split_once(' ').expect("a URL and a name");
    let limit = limit_of(cell);
    let ledger = Redis::connect(url).deadline(PATIENT);
    let mut passed = 0;
    for _ in 0..200 {
        passed += u32::from(ledger.charge(&[limit]).await.expect("an answer").admitted);
    }
    println!("passed {passed}.");
}

fn limit_of(cell: &str) -> Charge {
    let cell = cell.parse::<uuid::Uuid>().expect("a name").into_bytes().into();
    Charge { limit: cell, name: cell, slot: cell, bound: window(150, 3600), weight: 1 }
}

// R60
#[tokio::test]
async fn of_several_processes_as_many_pass_as_may() {
    let Some(server) = RedisServer::start() else { return };
    let cell = uuid::Uuid::new_v4().to_string();
    let this = std::env::current_exe().expect("this binary");
    let child = || {
        Command::new(&this)
            .args(["--exact", "ledger::redis::charges_of_another_process", "--nocapture"])
            .env(OF_CHILD, format!("{} {cell}", server.url()))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it starts")
    };
    let children = [child(), child(), child()];
    let passed = children.map(|child| {
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let passed = text.split("passed ").nth(1).and_then(|rest| rest.split('.').next());
        passed.and_then(|passed| passed.parse::<u32>().ok()).unwrap_or_else(|| panic!("{text}"))
    });
    assert_eq!(passed.iter().sum::<u32>(), 150, "{passed:?}");
    assert!(!server.ledger().charge(&[limit_of(&cell)]).await.expect("an answer").admitted);
}

// R19
#[tokio::test]
async fn what_one_machine_revokes_the_others_refuse() {
    let Some(redis) = RedisServer::start() else { return };
    let clock = Clock::manual(Clock::system().unix_seconds());
    let (one, _) = machine(&clock, redis.ledger()).await;
    let (two, revocations) = machine(&clock, redis.ledger()).await;
    let (alice, bob) = (one.token("alice", &["customer"]), one.token("bob", &["customer"]));
    for server in [&one, &two] {
        for token in [&alice, &bob] {
            assert_eq!(server.get_as(token, "/v2/orders").await.status, StatusCode::OK);
        }
    }
    let ended = one.send(reqwest::Method::DELETE, Some(&alice), "/v2/session", String::new()).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    let (issuer, now) = ("https://login.depot.example", clock.unix_seconds());
    revocations.revoke_subject(issuer, "bob", now + 1).await.expect("the ledger answers");
    for server in [&one, &two] {
        server.get_as(&alice, "/v2/orders").await.is_problem(401);
        server.get_as(&bob, "/v2/orders").await.is_problem(401);
    }
}
