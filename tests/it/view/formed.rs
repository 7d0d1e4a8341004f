//! Numbers as text and values in forms of the author's own: read, refused, shown, documented and attacked.

use secure_api::{input::decode_body, prelude::*, testing};

use reqwest::Method;

use crate::support::{Log, TestServer};

#[derive(Role, Debug)]
enum Role {
    Guest,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A day as `31.12.2026`.
#[derive(Value, Debug)]
#[value(pattern = "(0[1-9]|[12][0-9]|3[01])[.](0[1-9]|1[0-2])[.]20[0-9]{2}", parse = read_day, write = write_day)]
struct GermanDay(Date);

fn read_day(text: &str) -> Result<Date, InvalidValue> {
    let read = Date::strptime("%d.%m.%Y", text);
    read.map_err(|_| InvalidValue::new("day", "a day as 31.12.2026 is expected"))
}

fn write_day(day: &Date) -> String {
    day.strftime("%d.%m.%Y").to_string()
}

/// A time in milliseconds.
#[derive(Value, Debug)]
#[value(range = 0..=4_102_444_800_000, parse = read_millis, write = write_millis)]
struct Millis(Timestamp);

fn write_millis(time: &Timestamp) -> i64 {
    time.as_millisecond()
}

fn read_millis(millis: i64) -> Result<Timestamp, InvalidValue> {
    Timestamp::from_millisecond(millis).map_err(|_| InvalidValue::new("time", "a time is expected"))
}

#[derive(Input, Debug)]
struct NewStay {
    day: GermanDay,
    at: Millis,
    #[input(range = 1_000..=9_000_000_000_000_000_000)]
    nanos: NumberText<u64>,
    #[input(range = -5..=5, multiple_of = 5)]
    floor: Option<NumberText<i8>>,
    until: Option<GermanDay>,
}

#[derive(Resource)]
#[view(StayView, role = Role::Guest, fields(day, at, nanos, floor))]
struct Stay {
    day: GermanDay,
    at: Millis,
    nanos: NumberText<u64>,
    floor: Option<NumberText<i8>>,
}

/// Books a stay.
#[post("/stays", version = Version::V1, role = Role::Guest, view = StayView)]
async fn book(Json(stay): Json<NewStay>) -> Performed<Stay> {
    let NewStay { day, at, nanos, floor, until } = stay;
    let at = match until {
        // What is shown would break the rules of its own value.
        Some(_) => Millis::new(Timestamp::UNIX_EPOCH - Duration::from_secs(1)),
        None => at,
    };
    Performed(Stay { day, at, nanos, floor })
}

#[derive(Input)]
struct Which {
    from: GermanDay,
    #[input(range = 1..=9)]
    count: NumberText<u8>,
}

/// Shows a stay.
#[get("/stay", version = Version::V1, role = Role::Guest, view = StayView)]
async fn get_stay(Query(which): Query<Which>) -> Stay {
    let at = Millis::new(Timestamp::UNIX_EPOCH);
    Stay { day: which.from, at, nanos: u64::from(which.count.get()).into(), floor: None }
}

/// Stays.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(book, get_stay))]
struct Stays;

async fn server() -> TestServer {
    TestServer::of(Stays::app()).await
}

const GOOD: &str =
    r#"{"day":"24.12.2026","at":1700000000001,"nanos":"9007199254740993","floor":"-5"}"#;

#[tokio::test]
async fn a_value_leaves_in_the_form_that_it_came_in() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    let answer = server.send(Method::POST, Some(&guest), "/v1/stays", GOOD).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, GOOD));
    let answer = server.get_as(&guest, "/v1/stay?from=01.02.2026&count=7").await;
    let shown = r#"{"day":"01.02.2026","at":0,"nanos":"7","floor":null}"#;
    assert_eq!((answer.status, answer.body.as_str()), (200, shown));
}

#[tokio::test]
async fn what_is_out_of_form_is_refused_at_its_place() {
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    let good = serde_json::from_str::<serde_json::Value>(GOOD).expect("a body");
    for (field, value, code) in [
        ("day", r#""31.02.2026""#, "day"),
        ("day", r#""2026-12-24""#, "pattern"),
        ("day", "7", "type"),
        ("at", "-1", "range"),
        ("at", "4102444800001", "range"),
        ("at", r#""0""#, "type"),
        ("nanos", "9007", "type"),
        ("nanos", r#""999""#, "range"),
        ("nanos", r#""09007""#, "type"),
        ("nanos", r#""1e3""#, "type"),
        ("nanos", r#""99999999999999999999""#, "range"),
        ("floor", r#""-4""#, "multiple-of"),
        ("floor", r#""10""#, "range"),
    ] {
        let mut body = good.clone();
        body[field] = serde_json::from_str(value).expect(value);
        let body = body.to_string();
        let problem =
            server.send(Method::POST, Some(&guest), "/v1/stays", body).await.is_problem(422);
        let told = &problem["errors"];
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{value}: {told}");
        assert_eq!(
            (&told[0]["pointer"], &told[0]["code"]),
            (&format!("/{field}").into(), &code.into()),
            "{value}"
        );
    }
}

#[tokio::test]
async fn what_its_own_rules_refuse_is_not_shown() {
    let log = Log::capture();
    let server = server().await;
    let guest = server.token("alice", &["guest"]);
    let body = GOOD.replace("{", r#"{"until":"01.01.2027","#);
    server.send(Method::POST, Some(&guest), "/v1/stays", body).await.is_problem(500);
    assert!(log.text().contains("breaks its own rules"), "{}", log.text());
}

#[tokio::test]
async fn the_document_tells_the_form() {
    let document = server().await.get("/openapi/v1.json").await.json();
    let stay = &document["components"]["schemas"]["NewStay"]["properties"];
    assert_eq!(
        stay["day"]["pattern"],
        "^(?:(0[1-9]|[12][0-9]|3[01])[.](0[1-9]|1[0-2])[.]20[0-9]{2})$"
    );
    assert_eq!(
        (&stay["at"]["type"], &stay["at"]["maximum"]),
        (&"integer".into(), &4_102_444_800_000_i64.into())
    );
    assert_eq!(
        (&stay["nanos"]["type"], &stay["nanos"]["format"]),
        (&"string".into(), &"uint64".into())
    );
    assert_eq!(stay["nanos"]["x-minimum"], "1000");
    let shown = &document["components"]["schemas"]["StayView"]["properties"];
    assert_eq!(shown["nanos"]["pattern"], "^(?:0|[1-9][0-9]{0,19})$");
    let example = &document["components"]["schemas"]["NewStay"]["examples"][0];
    assert!(decode_body::<NewStay>(example.to_string().as_bytes()).is_ok(), "{example}");
}

// What a number written as a text is, has neither a currency nor a point.
#[tokio::test]
async fn the_range_of_a_number_that_is_a_text_is_one_of_whole_numbers() {
    let document = server().await.get("/openapi/v1.json").await.json();
    let stay = &document["components"]["schemas"]["NewStay"]["properties"];
    let parameters = document["paths"]["/v1/stay"]["get"]["parameters"].as_array();
    let count = parameters.and_then(|all| all.iter().find(|one| one["name"] == "count"));
    let count = &count.expect("the count")["schema"];
    for (schema, good, bad) in [
        (count, &["1", "9"][..], &["0", "10", "-1", "1.5", "EUR 5"][..]),
        (&stay["nanos"], &["1000", "9007199254740993"], &["999", "0", "-1000", "1000.5"]),
    ] {
        let pattern = schema["pattern"].as_str().expect("a pattern");
        assert!(!pattern.contains("[A-Z]") && !pattern.contains("\\."), "{pattern}");
        let validator = jsonschema::validator_for(schema).expect("a schema");
        for text in good {
            assert!(validator.is_valid(&serde_json::json!(text)), "{text} {schema}");
        }
        for text in bad {
            assert!(!validator.is_valid(&serde_json::json!(text)), "{text} {schema}");
        }
    }
}

#[tokio::test]
async fn values_in_other_forms_are_attacked_too() {
    let body = serde_json::from_str(GOOD).expect("a body");
    let app = Stays::app().tokens(testing::issuer());
    let verified = testing::verify(app).body("book", body).await;
    for check in [testing::Check::Bounds, testing::Check::Members, testing::Check::Views] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
}
