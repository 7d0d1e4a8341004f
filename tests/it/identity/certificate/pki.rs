//! Authorities, certificates, and a lodge that opens to them.

use std::net::SocketAddr;

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, RevokedCertParams, SanType,
    SerialNumber, date_time_ymd,
};
use reqwest::{Certificate as Trusted, Identity, Method, redirect::Policy};
use secure_api::{
    Tls,
    app::{App, AppBuilder},
    client_certificate::Certificates,
    error::StartProblem,
    identity::Principal,
    prelude::*,
};
use tokio::sync::oneshot;

use crate::support::{
    Answer,
    model::{Role, Version},
    server::START,
    token,
};

/// The authority that vouches for principals.
pub(super) const PKI: &str = "https://pki.example";

/// An authority that issues certificates of clients.
pub(super) struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate with its key.
pub(super) struct Client {
    pub(super) pem: String,
    pub(super) der: Vec<u8>,
    pub(super) key: String,
    serial: SerialNumber,
}

impl Authority {
    pub(super) fn new() -> Self {
        Self::named("Clients")
    }

    pub(super) fn named(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([]).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    /// Issues a certificate for these names, good to the end of a year.
    pub(super) fn issue(&self, name: &str, uris: &[&str], hosts: &[&str], last: i32) -> Client {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([]).expect("parameters");
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        let uri = |uri: &&str| SanType::URI((*uri).try_into().expect("ASCII"));
        let host = |host: &&str| SanType::DnsName((*host).try_into().expect("ASCII"));
        params.subject_alt_names = uris.iter().map(uri).chain(hosts.iter().map(host)).collect();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(last, 12, 31);
        let serial = SerialNumber::from_slice(&key.public_key_raw()[1..17]);
        params.serial_number = Some(serial.clone());
        let issued = params.signed_by(&key, &self.issuer).expect("a certificate");
        Client { pem: issued.pem(), der: issued.der().to_vec(), key: key.serialize_pem(), serial }
    }

    /// Lists these certificates as revoked, until the end of a year.
    pub(super) fn revoke(
        &self,
        clients: &[&Client],
        last: i32,
    ) -> rcgen::CertificateRevocationList {
        self.revoke_on(clients, last, 1, 1)
    }

    /// Lists these certificates as revoked, in the list of a day with a number.
    pub(super) fn revoke_on(
        &self,
        clients: &[&Client],
        last: i32,
        day: u8,
        number: u64,
    ) -> rcgen::CertificateRevocationList {
        let revoked = |client: &&Client| RevokedCertParams {
            serial_number: client.serial.clone(),
            revocation_time: date_time_ymd(2020, 2, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 2, day),
            next_update: date_time_ymd(last, 12, 31),
            crl_number: SerialNumber::from(number),
            issuing_distribution_point: None,
            revoked_certs: clients.iter().map(revoked).collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).expect("a list")
    }

    pub(super) fn pem(&self) -> &[u8] {
        self.pem.as_bytes()
    }
}

/// The name of somebody.
#[derive(Resource)]
#[view(GuestView, public, fields(id, kind))]
struct Guest {
    id: String,
    kind: String,
}

fn guest(caller: &Caller<Role>) -> Guest {
    let identity = caller.identity();
    Guest { id: identity.subject().to_owned(), kind: identity.kind().name().to_owned() }
}

/// Tells who came, by whatever credentials.
#[get("/any", version = Version::V1.., role = Role::Customer, view = GuestView)]
async fn any(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Tells who came with a certificate.
#[get("/machine", version = Version::V1.., role = Role::Customer, by = Certificate, view = GuestView)]
async fn machine(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Tells who came with a token.
#[get("/person", version = Version::V1.., role = Role::Customer, by = Bearer, view = GuestView)]
async fn person(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Tells who came with both.
#[get("/both", version = Version::V1.., role = Role::Customer, by = all(Bearer, Certificate), view = GuestView)]
async fn both(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Begins something.
#[post("/machine", version = Version::V1.., role = Role::Customer, by = Certificate)]
async fn begin() -> Accepted {
    Accepted
}

/// Begins something by both, the certificate first.
#[post("/both", version = Version::V1.., role = Role::Customer, by = all(Certificate, Bearer))]
async fn begin_by_both() -> Accepted {
    Accepted
}

/// Shows the lodge to everybody.
#[get("/open", version = Version::V1.., public = "everybody may look at the lodge", view = GuestView)]
async fn open(caller: Option<Caller<Role>>) -> Guest {
    caller.map_or(Guest { id: String::new(), kind: String::new() }, |caller| guest(&caller))
}

/// The lodge.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "a lodge is for customers, from the first"),
      routes(any, machine, person, both, begin, begin_by_both, open))]
pub(super) struct Lodge;

pub(super) fn principal(name: &str) -> Principal {
    Principal::new(PKI, name).roles(["customer"])
}

/// Returns a list of those whose certificates are known.
pub(super) fn known() -> Certificates {
    Certificates::new()
        .uri("spiffe://lodge.example/billing", principal("billing"))
        .dns("mail.lodge.example", principal("mail"))
        .subject("CN=Printer", principal("printer"))
}

pub(super) fn app(clock: &Clock, source: Certificates) -> AppBuilder {
    Lodge::app().tokens(token::issuer()).source(source).clock(clock.clone())
}

/// A running server over TLS. It stops when dropped.
pub(super) struct Server {
    address: SocketAddr,
    certificate: String,
    pub(super) clock: Clock,
    _stop: oneshot::Sender<()>,
}

/// The way in which a server asks for certificates.
pub(super) type Ask<'a> = &'a dyn Fn(Tls) -> Result<Tls, StartProblem>;

impl Server {
    /// Starts a server of the lodge that asks clients for certificates in this way.
    pub(super) async fn start(ask: Ask<'_>, change: impl FnOnce(AppBuilder) -> AppBuilder) -> Self {
        let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
        let certificate = pair.cert.pem();
        let tls = Tls::pem(
            certificate.as_bytes(),
            secure_api::testing::secret!(pair.signing_key.serialize_pem()),
        );
        let clock = Clock::manual(START);
        let app = change(app(&clock, known()).tls(tls.and_then(ask)));
        Self::run(app.build().expect("an app that starts"), certificate, clock).await
    }

    async fn run(app: App, certificate: String, clock: Clock) -> Self {
        let bound = app.bind("127.0.0.1:0").await.expect("a port");
        let address = bound.local_addr();
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(bound.run(async {
            let _ = stopped.await;
        }));
        Self { address, certificate, clock, _stop: stop }
    }

    /// Returns the client of HTTP that presents a certificate, or none.
    pub(super) fn client(&self, own: Option<&Client>) -> reqwest::Client {
        let trusted = Trusted::from_pem(self.certificate.as_bytes()).expect("a certificate");
        let client = reqwest::Client::builder().no_proxy().redirect(Policy::none());
        let client = client.tls_certs_only([trusted]).resolve("localhost", self.address);
        let client = match own {
            Some(Client { pem, key, .. }) => {
                let identity = format!("{pem}{key}");
                client.identity(Identity::from_pem(identity.as_bytes()).expect("an identity"))
            }
            None => client,
        };
        client.build().expect("a client")
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.address.port())
    }

    /// Returns the answer to a request by this client, with these headers.
    pub(super) async fn ask(
        &self,
        client: &reqwest::Client,
        (method, path): (Method, &str),
        headers: &[(&str, &str)],
    ) -> Answer {
        let request = client.request(method, self.url(path));
        let add = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
            request.header(*name, *value)
        };
        Answer::of(headers.iter().fold(request, add)).await
    }

    /// Returns the answer to a GET.
    pub(super) async fn get(
        &self,
        client: &reqwest::Client,
        path: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        self.ask(client, (Method::GET, path), headers).await
    }

    /// Returns `true` if nothing is answered to who presents this.
    pub(super) async fn hangs_up(&self, own: Option<&Client>) -> bool {
        self.client(own).get(self.url("/v1/open")).send().await.is_err()
    }
}
