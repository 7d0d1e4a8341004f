//! The tests of what a server asks of clients: handshakes in memory.

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType, IsCa, Issuer,
    KeyIdMethod, KeyPair, SerialNumber, date_time_ymd,
};
use rustls::{
    ClientConfig, ClientConnection, Connection, HandshakeKind, ServerConnection,
    SupportedProtocolVersion, pki_types::PrivateKeyDer,
};

use super::*;
use crate::secret::SecretBytes;

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn named(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([]).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// Returns a list of nobody.
    fn list(&self) -> Vec<u8> {
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 1),
            next_update: date_time_ymd(2035, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: Vec::new(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).expect("a list").der().to_vec()
    }
}

/// Makes a server's certificate, and what trusts it.
fn server() -> (Tls, RootCertStore) {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let mut roots = RootCertStore::empty();
    roots.add(pair.cert.der().clone()).expect("a certificate");
    let key = pair.signing_key.serialize_pem();
    (Tls::pem(pair.cert.pem().as_bytes(), SecretBytes::made_up(key)).expect("a certificate"), roots)
}

/// Returns what the second handshake of a client is.
fn again(
    tls: &Tls,
    roots: RootCertStore,
    ours: &Authority,
    version: &'static SupportedProtocolVersion,
) -> Option<HandshakeKind> {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new([]).expect("parameters");
    let own = params.signed_by(&key, &ours.issuer).expect("a certificate").der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_root_certificates(roots)
        .with_client_auth_cert(vec![own], key)
        .expect("a certificate");
    let config = Arc::new(config);
    let handshake = || {
        let name = "localhost".try_into().expect("a name");
        let client = ClientConnection::new(Arc::clone(&config), name).expect("a client");
        let server = ServerConnection::new(Arc::clone(&tls.config)).expect("a server");
        let (mut client, mut server) = (Connection::from(client), Connection::from(server));
        while client.wants_write() || server.wants_write() {
            pass(&mut client, &mut server);
            pass(&mut server, &mut client);
        }
        client.handshake_kind()
    };
    assert_eq!(handshake(), Some(HandshakeKind::Full));
    handshake()
}

fn pass(from: &mut Connection, to: &mut Connection) {
    let mut bytes = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut bytes).expect("bytes");
    }
    let mut rest = &bytes[..];
    while !rest.is_empty() {
        to.read_tls(&mut rest).expect("bytes");
        to.process_new_packets().expect("a handshake");
    }
}

// R47: a session that is resumed has the certificate of the handshake before, which nobody looks up again.
#[test]
fn no_session_is_resumed_where_certificates_are_revoked() {
    let ours = Authority::named("Clients");
    for version in [&TLS13, &TLS12] {
        let (tls, roots) = server();
        let tls = tls.clients(ours.pem.as_bytes()).expect("an authority");
        assert_eq!(again(&tls, roots.clone(), &ours, version), Some(HandshakeKind::Resumed));
        let tls = tls.revoked(&ours.list()).expect("a list");
        assert_eq!(again(&tls, roots, &ours, version), Some(HandshakeKind::Full));
    }
}

// R47, R38: a list names its authority, and of two of one name nobody knows which of them speaks.
#[test]
fn lists_are_of_authorities_that_have_names_of_their_own() {
    let (ours, again, other) =
        (Authority::named("Clients"), Authority::named("Clients"), Authority::named("Others"));
    let told = |authorities: &[&Authority], lists: &[&Authority]| {
        let pem = authorities.iter().map(|authority| &*authority.pem).collect::<String>();
        let clients = server().0.clients(pem.as_bytes())?;
        lists.iter().try_fold(clients, |tls, authority| tls.revoked(&authority.list()))
    };
    for (authorities, lists) in
        [(&[&ours, &again][..], &[&ours][..]), (&[&ours, &again], &[&ours, &again])]
    {
        assert_eq!(told(authorities, lists).expect_err("one name").code, "SA189");
    }
    // The same one twice is one, and without a list nobody has to be told apart.
    for (authorities, lists) in [
        (&[&ours, &ours][..], &[&ours][..]),
        (&[&ours, &again], &[]),
        (&[&ours, &other], &[&other, &ours]),
    ] {
        assert!(told(authorities, lists).is_ok());
    }
    // In whichever order they are named.
    let listed = server().0.clients(ours.pem.as_bytes()).and_then(|tls| tls.revoked(&ours.list()));
    let both = [&*ours.pem, &again.pem].concat();
    let listed = listed.and_then(|tls| tls.optional_clients(both.as_bytes()));
    assert_eq!(listed.expect_err("one name").code, "SA189");
}
