//! Numbers in an answer: what JSON does not have is no answer.

use std::collections::BTreeMap;

use secure_api::{clock::Clock, prelude::*};

use crate::support::{Log, TestServer, server::START, token};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A share, which its module makes of anything.
#[derive(Value, Clone, Copy)]
#[value(range = 0.0..=1.0)]
struct Share(f64);

#[derive(Resource)]
#[view(MeasureView, public, fields(number, single, share, list, map, maybe))]
struct Measure {
    number: f64,
    single: f32,
    share: Share,
    list: Vec<f64>,
    map: BTreeMap<String, f64>,
    maybe: Option<f64>,
}

#[derive(Value, Clone, Copy)]
enum Odd {
    Nothing,
    Number,
    Single,
    Share,
    List,
    Map,
    Maybe,
}

#[derive(Input)]
struct Asked {
    odd: Odd,
    negative: bool,
}

/// Measures.
#[get("/measures", version = Version::V1.., public = "measures are for everybody", view = MeasureView)]
async fn measure(Query(asked): Query<Asked>) -> Measure {
    let odd = if asked.negative { f64::NEG_INFINITY } else { f64::NAN };
    let mut measure = Measure {
        number: 1e300,
        single: f32::MAX,
        share: Share(0.5),
        list: vec![1.0],
        map: BTreeMap::new(),
        maybe: None,
    };
    match asked.odd {
        Odd::Nothing => {}
        Odd::Number => measure.number = odd,
        Odd::Single => measure.single = odd as f32,
        Odd::Share => measure.share = Share(odd),
        Odd::List => measure.list.push(odd),
        Odd::Map => _ = measure.map.insert("a".to_owned(), odd),
        Odd::Maybe => measure.maybe = Some(odd),
    }
    measure
}

#[api(roles = Role, versions = Version, limit = Limit::per_address(600).per_minute(),
      allow(unused_role, reason = "all of it is for everybody"), routes(measure))]
struct Scales;

// R109
#[tokio::test]
async fn a_number_that_is_none_is_500_and_the_log_says_which() {
    let log = Log::capture();
    let clock = Clock::manual(START);
    let app = Scales::app().tokens(token::issuer()).clock(clock.clone()).build().expect("an app");
    let server = TestServer::run(app, Default::default(), clock).await;
    let whole = server.get("/v1/measures?odd=nothing&negative=false").await.json();
    assert_eq!((&whole["number"], &whole["maybe"]), (&1e300.into(), &serde_json::Value::Null));
    for negative in [true, false] {
        for field in ["number", "single", "share", "list", "map", "maybe"] {
            let path = format!("/v1/measures?odd={field}&negative={negative}");
            let answer = server.get(&path).await;
            answer.is_problem(500);
            let lines = log.lines_with(&[answer.header("x-request-id")]);
            let [line] = &lines[..] else { panic!("{lines:#?}") };
            assert!(line.contains(&format!("`{field}` in the answer")), "{line}");
        }
    }
}
