//! An app whose ledger is a Redis that cannot be used: it does not start.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use secure_api::{clock::Clock, error::StartError, ledger::Redis};

use super::{super::secret, all_of_it};
use crate::support::{
    Log, RedisServer,
    redis::PATIENT,
    server::{app, stocked},
};

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
