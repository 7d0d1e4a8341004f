//! The trace of a request, which its calls are part of.

use reqwest::Method;
use secure_api::{
    client::{SafeClient, Upstream, UpstreamError},
    prelude::*,
};

use super::{
    Peer, Rates,
    peer::{REASON, json},
};
use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
};

const STATED: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// The addresses that users give.
struct Pictures;

/// Asks for a rate.
#[post("/asked", version = Version::V1.., public = "the rates are for everybody")]
async fn ask_rates(
    context: RequestContext,
    rates: SafeClient<Rates>,
) -> Result<NoContent, UpstreamError> {
    assert!(context.trace().parent_id().is_some());
    rates.get(["rates"]).done().await?;
    rates.apart().get(["later"]).done().await?;
    Ok(NoContent)
}

#[derive(Input)]
struct Given {
    url: WebUrl,
}

/// Asks an address that somebody gives.
#[post("/given", version = Version::V1.., public = "anybody may give an address")]
async fn ask_given(
    pictures: SafeClient<Pictures>,
    Json(given): Json<Given>,
) -> Result<NoContent, UpstreamError> {
    pictures.get_from(&given.url).done().await?;
    Ok(NoContent)
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(), allow(unused_role, reason = "rates are for everybody"), routes(ask_rates, ask_given))]
struct Asker;

async fn traced(server: &TestServer, path: &str, body: Option<String>) {
    let request = server.request(Method::POST, path);
    let request = request.header("traceparent", STATED).header("tracestate", "a=1,b=2");
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request,
    };
    Answer::of(request).await.has_status(204);
}

// R117 in part: what is called is part of the trace.
#[tokio::test]
async fn a_call_is_part_of_its_requests_trace() {
    let peer = Peer::start(|_, _| json("{}")).await;
    let users = Upstream::<Pictures>::of_users();
    let server =
        TestServer::of(Asker::app().upstream(peer.upstream::<Rates>()).upstream(users)).await;
    traced(&server, "/v1/asked", None).await;
    let [asked, later] = &peer.asked()[..] else { panic!("{:#?}", peer.asked()) };
    let parent = asked.header("traceparent").expect("a trace");
    assert_eq!((&parent[..36], &parent[52..]), (&STATED[..36], "-01"));
    // The parent of the call is the request, and not whoever called that.
    assert_ne!(&parent[36..52], &STATED[36..52]);
    assert_eq!(asked.header("tracestate"), Some("a=1,b=2"));
    assert_eq!(later.header("traceparent"), None);
}

// Whoever gives an address learns nothing of the trace, and of who else is in it.
#[tokio::test]
async fn an_address_that_a_user_gives_is_told_of_no_trace() {
    let (peer, certificate) = Peer::named("pictures.example", |_, _| json("{}")).await;
    let address = peer.address;
    let users = Upstream::<Pictures>::of_users().resolving(move |_| vec![address]);
    let users = users.internal("pictures.example", REASON).root_certificate(&certificate);
    let server =
        TestServer::of(Asker::app().upstream(peer.upstream::<Rates>()).upstream(users)).await;
    traced(&server, "/v1/given", Some("{\"url\":\"https://pictures.example/x\"}".to_owned())).await;
    let [asked] = &peer.asked()[..] else { panic!("{:#?}", peer.asked()) };
    assert_eq!((asked.header("traceparent"), asked.header("tracestate")), (None, None));
}

// The client states the trace, and nobody beside it.
#[tokio::test]
async fn a_handler_states_no_trace_of_its_own() {
    let peer = Peer::start(|_, _| json("{}")).await;
    let rates = peer.client::<Rates>(|upstream| upstream);
    for name in ["traceparent", "tracestate"] {
        let refused = rates.get(["rates"]).header(name, STATED).done().await;
        assert!(refused.expect_err("it is not sent").to_string().contains("the client sets"));
    }
    assert_eq!(peer.times(), 0);
}
