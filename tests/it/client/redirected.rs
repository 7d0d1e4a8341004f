//! Redirects: none are followed, unless a service is declared so, and then no further than a call may lead.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::{
    Peer, Rates, ask,
    peer::{REASON, json},
};

fn to(location: String) -> Response {
    (StatusCode::FOUND, [("location", location)]).into_response()
}

// R92
#[tokio::test]
async fn a_redirect_is_a_failure() {
    let other = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let location = format!("http://{}/rates", other.address);
    let peer = Peer::start(move |_, _| to(location.clone())).await;
    let rates = peer.client(|upstream| upstream.internal(other.address.to_string(), REASON));
    assert_eq!(ask(&rates).await.expect_err("it is not followed").status(), Some(302));
    assert_eq!((peer.times(), other.times()), (1, 0));
}

// R92
#[tokio::test]
async fn each_hop_is_judged_and_counted() {
    let other = Peer::start(|_, _| json("{\"cents\":1}")).await;
    let inside = other.address;
    for location in [
        format!("http://{inside}/"),
        format!("https://{inside}/"),
        format!("//{inside}/"),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://[::ffff:169.254.169.254]/".to_owned(),
        "https://2852039166/".to_owned(),
        "http://rates.example/".to_owned(),
        "https://me:pw@rates.example/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let told = location.clone();
        let peer = Peer::start(move |_, _| to(told.clone())).await;
        let refused = ask(&peer.client(|upstream| upstream.redirects(3))).await;
        assert!(refused.expect_err("it leads inside").leads_inside(), "{location}");
    }
    assert_eq!(other.times(), 0);

    let circle = Peer::start(|_, _| to("again".to_owned())).await;
    let refused = ask(&circle.client(|upstream| upstream.redirects(3))).await;
    assert_eq!(refused.expect_err("it never ends").status(), Some(302));
    assert_eq!(circle.times(), 4);
}

// R43 in part
// R92
#[tokio::test]
async fn another_host_is_sent_nothing_but_the_url() {
    let other = Peer::start(|_, _| json("{\"cents\":7}")).await;
    let location = format!("http://{}/rates", other.address);
    let peer = Peer::start(move |number, _| match number {
        0 => to("/base/moved".to_owned()),
        _ => to(location.clone()),
    })
    .await;
    let token = secure_api::testing::secret!("a-token-of-the-app");
    let rates = peer.client::<Rates>(|upstream| {
        let upstream = upstream.internal(other.address.to_string(), REASON).redirects(2);
        upstream.own_token(token, "the rates are the same for everybody")
    });
    let answer = rates.get(["rates"]).header("x-secret", "s").json::<super::RateAnswer>().await;
    assert_eq!(answer.expect("it is followed").cents, 7);
    for asked in peer.asked() {
        assert_eq!(asked.header("authorization"), Some("Bearer a-token-of-the-app"));
        assert_eq!(asked.header("x-secret"), Some("s"));
    }
    let asked = other.asked();
    assert_eq!((peer.times(), asked.len()), (2, 1));
    let sent: Vec<_> = asked[0].headers.keys().map(|name| name.as_str()).collect();
    assert_eq!(sent, ["accept", "host"]);
}

// R92
#[tokio::test]
async fn what_changes_something_is_not_sent_elsewhere() {
    let peer = Peer::start(|_, _| to("/base/other".to_owned())).await;
    let rates = peer.client::<Rates>(|upstream| upstream.redirects(3));
    let refused = rates.post(["rates"]).send(&"a").done().await;
    assert_eq!(refused.expect_err("a POST is not followed").status(), Some(302));
    assert_eq!(peer.times(), 1);
}
