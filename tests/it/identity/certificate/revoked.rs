//! Client certificates that their authority has revoked, by its lists.

use secure_api::{Tls, error::StartProblem};

use super::{
    guest,
    pki::{Authority, Server},
};

const BILLING: &[&str] = &["spiffe://lodge.example/billing"];

// R47: what is on the list of its authority has no connection, over any version of TLS.
#[tokio::test]
async fn a_certificate_that_was_revoked_has_no_connection() {
    let ours = Authority::new();
    let (good, stolen) = (ours.issue("a", BILLING, &[], 2035), ours.issue("b", BILLING, &[], 2035));
    let list = ours.revoke(&[&stolen], 2035);
    let (pem, der) = (list.pem().expect("a list"), list.der().to_vec());
    for lists in [pem.as_bytes(), &der] {
        for optional in [false, true] {
            let ask = |tls: Tls| match optional {
                false => tls.clients(ours.pem())?.revoked(lists),
                true => tls.optional_clients(ours.pem())?.revoked(lists),
            };
            let server = Server::start(&ask, |app| app).await;
            assert!(server.hangs_up(Some(&stolen)).await);
            let client = server.client(Some(&good));
            for _ in 0..2 {
                let answer = server.get(&client, "/v1/machine", &[]).await;
                assert_eq!(answer.json(), guest("billing", "Certificate"));
            }
            assert_eq!(server.hangs_up(None).await, !optional);
        }
    }
    // Without the list nobody knew.
    let server = Server::start(&|tls| tls.clients(ours.pem()), |app| app).await;
    assert!(!server.hangs_up(Some(&stolen)).await);
}

// R47, R38: of whom nobody can tell, nobody is let in.
#[tokio::test]
async fn a_certificate_without_a_list_of_its_authority_has_no_connection() {
    let (ours, others) = (Authority::new(), Authority::named("Others"));
    let (own, other) = (ours.issue("a", BILLING, &[], 2035), others.issue("a", BILLING, &[], 2035));
    let both = [ours.pem(), others.pem()].concat();
    let (list, others_list) = (ours.revoke(&[], 2035), others.revoke(&[], 2035));
    let (list, others_list) = (list.der().to_vec(), others_list.der().to_vec());
    let server = Server::start(&|tls| tls.clients(&both)?.revoked(&list), |app| app).await;
    assert!(server.hangs_up(Some(&other)).await);
    assert!(!server.hangs_up(Some(&own)).await);
    let ask = |tls: Tls| tls.clients(&both)?.revoked(&list)?.revoked(&others_list);
    let server = Server::start(&ask, |app| app).await;
    assert!(!server.hangs_up(Some(&other)).await && !server.hangs_up(Some(&own)).await);
    // A list that somebody else signed in its name is none.
    let (impostor, client) = (Authority::new(), ours.issue("a", BILLING, &[], 2035));
    let forged = impostor.revoke(&[], 2035).der().to_vec();
    let server = Server::start(&|tls| tls.clients(ours.pem())?.revoked(&forged), |app| app).await;
    assert!(server.hangs_up(Some(&client)).await);
}

// R47, R38: of two lists of one authority the newest tells, in whatever order they are given.
#[tokio::test]
async fn an_older_list_hides_no_revocation() {
    let ours = Authority::new();
    let stolen = ours.issue("a", BILLING, &[], 2035);
    let of = |clients: &[_], day, number| {
        ours.revoke_on(clients, 2035, day, number).pem().expect("a list")
    };
    let old = of(&[], 1, 200);
    // Of a later day, and of the same one with a greater number.
    for new in [of(&[&stolen], 2, 1), of(&[&stolen], 1, 300)] {
        for lists in [[&old, &new], [&new, &old]] {
            let together = lists.map(|list| list.as_str()).concat();
            let ask = |tls: Tls| tls.clients(ours.pem())?.revoked(together.as_bytes());
            let server = Server::start(&ask, |app| app).await;
            assert!(server.hangs_up(Some(&stolen)).await, "in one text");
            let [first, second] = lists.map(String::as_bytes);
            let ask = |tls: Tls| tls.clients(ours.pem())?.revoked(first)?.revoked(second);
            let server = Server::start(&ask, |app| app).await;
            assert!(server.hangs_up(Some(&stolen)).await, "one after the other");
        }
    }
}

#[test]
fn lists_that_tell_nothing_keep_an_app_from_starting() {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a pair");
    let (chain, key) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    let tls = || {
        Tls::pem(chain.as_bytes(), secure_api::testing::secret!(key.as_str()))
            .expect("a certificate")
    };
    let ours = Authority::new();
    let told = |asked: Result<Tls, StartProblem>| {
        let problem = asked.expect_err("no list");
        assert_eq!(problem.code, "SA188");
        problem.text
    };
    let list = ours.revoke(&[], 2035);
    let (pem, der) = (list.pem().expect("a list"), list.der().to_vec());
    let half =
        [pem.as_bytes(), b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n"].concat();
    let longer = [&*der, b"and more"].concat();
    for wrong in [&b""[..], b"nothing", ours.pem(), &half, &der[..der.len() - 1], &longer] {
        let text = told(tls().clients(ours.pem()).and_then(|tls| tls.revoked(wrong)));
        assert!(text.contains("cannot be read"), "{text}");
    }
    let old = ours.revoke(&[], 2021).der().to_vec();
    let text = told(tls().clients(ours.pem()).and_then(|tls| tls.revoked(&old)));
    assert!(text.contains("has ended"), "{text}");
    assert!(told(tls().revoked(&der)).contains("no client is asked"));
    // Of two authorities of one name nobody knows whose it is.
    let both = [ours.pem(), Authority::new().pem()].concat();
    let shared = tls().clients(&both).and_then(|tls| tls.revoked(&der));
    assert_eq!(shared.expect_err("one name").code, "SA189");
}
