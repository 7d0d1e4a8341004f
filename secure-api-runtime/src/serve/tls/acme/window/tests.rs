//! The times of renewals, and the question that an authority answers with a window.

use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response};
use instant_acme::{Account, BodyWrapper, BytesResponse, HttpClient, Key};
use rcgen::{CertificateParams, Issuer, KeyPair, SerialNumber, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;

use super::*;

const BEGINS: i64 = 1_790_000_000;

fn due(issued: Option<i64>, window: Option<Range<i64>>, place: f64) -> Due {
    Due {
        of: CertificateDer::from(Vec::new()),
        begins: BEGINS,
        ends: BEGINS + 90 * DAY,
        issued,
        place,
        window,
        asks: i64::MIN,
        replaces: None,
    }
}

// R48
#[test]
fn a_certificate_is_renewed_at_two_thirds_or_in_the_window_of_its_authority() {
    let day = |day: i64| BEGINS + day * DAY;
    assert_eq!(due(None, None, 0.5).at(), day(60));
    assert_eq!(due(Some(BEGINS), None, 0.5).at(), day(60));
    for (place, at) in [(0.0, 20), (0.5, 21), (1.0, 22)] {
        assert_eq!(due(None, Some(day(20)..day(22)), place).at(), day(at));
    }
    // A window that leaves no time is not waited for; one that is over is now.
    assert_eq!(due(None, Some(day(88)..day(90)), 0.5).at(), day(75));
    assert_eq!(due(None, Some(day(-9)..day(-8)), 0.0).at(), day(-9));
    // An authority that says so of each that it issues is not asked without end.
    let issued = day(1);
    assert_eq!(due(Some(issued), Some(day(-9)..day(-8)), 0.0).at(), issued + HOUR);
    let short = Due { ends: BEGINS + HOUR, ..due(Some(BEGINS), Some(day(-9)..day(-8)), 0.0) };
    assert_eq!(short.at(), BEGINS + HOUR / 2);
}

#[test]
fn an_authority_is_asked_again_when_it_says_within_bounds() {
    let name = || CertificateIdentifier::new(Der::from_slice(&[1]), Der::from_slice(&[2]));
    for (says, wait) in [(0, 60), (3600, 3600), (u64::MAX, DAY)] {
        let mut due = due(None, None, 0.5);
        due.told(name(), 7..9, Duration::from_secs(says), BEGINS);
        assert_eq!((due.asks(), due.window.clone()), (BEGINS + wait, Some(7..9)));
        assert!(due.replaced().is_some());
    }
    let mut due = due(None, None, 0.5);
    due.told(name(), Range { start: 9, end: 7 }, Duration::ZERO, BEGINS);
    assert_eq!(due.window, None);
}

/// Makes the example of RFC 9773, section 4.1, with its number and the key that signed it.
fn certificate() -> CertificateDer<'static> {
    let key = || KeyPair::generate().expect("a key");
    let mut params = CertificateParams::default();
    params.key_identifier_method = rcgen::KeyIdMethod::PreSpecified(vec![
        0x69, 0x88, 0x5b, 0x6b, 0x87, 0x46, 0x40, 0x41, 0xe1, 0xb3, 0x7b, 0x84, 0x7b, 0xa0, 0xae,
        0x2c, 0xde, 0x01, 0xc8, 0xd4,
    ]);
    let issuer = Issuer::new(params, key());
    let mut params = CertificateParams::new(["example.com".to_owned()]).expect("a host");
    params.serial_number = Some(SerialNumber::from(vec![0x00, 0x87, 0x65, 0x43, 0x21]));
    params.use_authority_key_identifier_extension = true;
    params.not_after = date_time_ymd(2027, 1, 1);
    params.signed_by(&key(), &issuer).expect("a certificate").der().clone()
}

/// A directory that tells of one renewal, and when to ask again.
struct Authority(&'static str);

impl HttpClient for Authority {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let body = match request.uri().path() {
            "/directory" => {
                r#"{"newNonce":"https://ca/nonce","newAccount":"https://ca/account","newOrder":"https://ca/order",
                    "renewalInfo":"https://ca/renewal"}"#
            }
            "/renewal/aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE" => {
                r#"{"suggestedWindow":{"start":"2026-09-21T14:13:20Z","end":"2026-09-22T14:13:20Z"}}"#
            }
            other => panic!("{other} is not asked for"),
        };
        let answer = Response::builder().header("retry-after", self.0).body(Bytes::from(body));
        let (parts, body) = answer.expect("an answer").into_parts();
        Box::pin(async move { Ok(BytesResponse { parts, body: Box::new(body) }) })
    }
}

/// Returns an account there.
async fn account(again: &'static str) -> Result<Account, Error> {
    let (_, key) = Key::generate_pkcs8().expect("a key");
    let key = PrivatePkcs8KeyDer::from(key.secret_pkcs8_der());
    let builder = Account::builder_with_http(Box::new(Authority(again)));
    builder.from_parts("https://ca/account/1".into(), key, "https://ca/directory".into()).await
}

// A time that no clock has room for is no answer, and the certificate is renewed at its time.
#[tokio::test]
async fn a_time_beyond_all_clocks_is_no_answer() {
    let mut due = due(None, None, 0.0);
    due.of = certificate();
    due.ask_of(account("18446744073709551615"), BEGINS).await;
    assert_eq!((due.asks(), due.at()), (BEGINS + HOUR, BEGINS + 60 * DAY));
}

// RFC 9773, sections 4.1 and 4.2.
#[tokio::test]
async fn a_certificate_is_named_to_its_authority_as_the_standard_has_it() {
    let certificate = certificate();
    let name = identified(&certificate).expect("it has both parts");
    assert_eq!(name.to_string(), "aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE");
    let mut due = due(None, None, 0.0);
    due.of = certificate;
    due.ask_of(account("21600"), BEGINS).await;
    assert_eq!(due.at(), BEGINS);
    // It is told as a time, of which a moment is over.
    assert!((21_500..=21_600).contains(&(due.asks() - BEGINS)), "{}", due.asks() - BEGINS);
    // Another certificate has no such name.
    let own = rcgen::generate_simple_self_signed(["example.com".to_owned()]).expect("a pair");
    assert!(identified(own.cert.der()).is_none());
}
