//! Bodies that are compressed: only where an app takes such, within the bounds of their content.

use std::io::Write;

use flate2::{
    Compression,
    write::{GzEncoder, ZlibEncoder},
};
use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    inventory,
    prelude::*,
    testing::{self, Actor, Check, json},
};
use serde_json::Value;
use tokio::io::AsyncReadExt;

use crate::support::{Log, small};

#[derive(Role)]
enum Role {
    Sensor,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Input)]
struct Readings {
    #[input(items = 1..=5000, each(range = 0..=1000))]
    degrees: Vec<u32>,
}

#[derive(ApiError, Debug)]
enum Mishap {
    #[problem(internal, from(std::io::Error))]
    Disk(Box<dyn std::error::Error + Send + Sync>),
}

/// The sum of what came.
#[derive(Resource)]
#[view(SumView, role = Role::Sensor, fields(count, sum))]
struct Sum {
    count: u32,
    sum: u32,
}

/// Adds readings.
#[post("/readings", version = Version::V1, role = Role::Sensor, view = SumView, body_limit = 20 * KIB, idempotency_key)]
async fn add_readings(Json(readings): Json<Readings>) -> Performed<Sum> {
    let degrees = readings.degrees;
    Performed(Sum { count: degrees.len() as u32, sum: degrees.iter().sum() })
}

/// Adds a log in memory.
#[put("/log", version = Version::V1, role = Role::Sensor, view = SumView, accepts("application/x-log"))]
async fn set_log(log: RawBody<{ 256 * KIB }>) -> Sum {
    sum(log.bytes())
}

/// Adds a log in a file.
#[put("/archive", version = Version::V1, role = Role::Sensor, view = SumView, accepts("application/x-log"))]
async fn set_archive(log: StreamedBody<{ 256 * KIB }>) -> Result<Sum, Mishap> {
    let mut bytes = Vec::new();
    log.reader().await?.read_to_end(&mut bytes).await?;
    assert_eq!(bytes.len() as u64, log.len());
    Ok(sum(&bytes))
}

/// Asks for nothing by a body.
#[delete("/log", version = Version::V1, role = Role::Sensor)]
async fn end_log() -> NoContent {
    NoContent
}

fn sum(bytes: &[u8]) -> Sum {
    Sum { count: bytes.len() as u32, sum: bytes.iter().map(|byte| u32::from(*byte)).sum() }
}

/// Readings.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(),
      routes(add_readings, set_log, set_archive, end_log))]
struct Station;

fn app() -> AppBuilder {
    small(Station::app()).address_limit(Limit::unlimited("a test has one address"))
}

fn sensor(app: AppBuilder) -> Actor {
    testing::client(app).expect("an app that starts").as_caller(Role::Sensor, "roof")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes all")
}

/// Bytes that no compression makes much smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

async fn put(sensor: &Actor, path: &str, coding: &str, bytes: Vec<u8>) -> testing::Reply {
    let request = sensor.put(path).body("application/x-log", bytes);
    request.header("content-encoding", coding).await
}

// R83, RFC 9110, section 15.5.16: what is not declared is refused, and told.
#[tokio::test]
async fn a_coding_that_is_not_taken_is_415_and_says_what_is() {
    let (plain, packed) = (sensor(app()), sensor(app().accept_gzip()));
    let log = noise(100);
    let taken = put(&plain, "/v1/log", "gzip", gzip(&log)).await;
    taken.assert_status(415).assert_header("accept-encoding", "identity");
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(&log).expect("memory takes all");
    let zlib = zlib.finish().expect("memory takes all");
    for coding in
        ["br", "deflate", "zstd", "compress", "gzip, gzip", "gzip, identity", "identity, gzip", ""]
    {
        for path in ["/v1/log", "/v1/archive"] {
            let refused = put(&packed, path, coding, zlib.clone()).await;
            refused.assert_status(415).assert_header("accept-encoding", "gzip, identity");
            refused.assert_header("accept", "application/x-log");
        }
    }
    put(&packed, "/v1/log", "identity", log).await.assert_status(200);
}

// R83: the handler has the content, whatever it is read by.
#[tokio::test]
async fn a_body_that_is_compressed_is_read_as_its_content() {
    let sensor = sensor(app().accept_gzip());
    for length in [0, 1, 1000, 16 * 1024, 16 * 1024 + 1, 200_000] {
        let log = noise(length);
        let Sum { count, sum } = sum(&log);
        for (path, coding) in [("/v1/log", "gzip"), ("/v1/archive", "GZIP"), ("/v1/log", "x-gzip")]
        {
            let reply = put(&sensor, path, coding, gzip(&log)).await;
            let got: Value = reply.assert_status(200).json();
            assert_eq!(got, json!({ "count": count, "sum": sum }), "{path} {length}");
        }
    }
    // The same content is the same request, however it was sent.
    let text = json!({ "degrees": [1, 2, 3] }).to_string().into_bytes();
    let key = "\"a-key-of-the-roof\"";
    let send = |bytes: Vec<u8>, coding: &str| {
        let request = sensor.post("/v1/readings").body("application/json", bytes);
        request.header("content-encoding", coding).header("idempotency-key", key)
    };
    send(gzip(&text), "gzip").await.assert_status(200);
    let again = send(text, "identity").await;
    again.assert_status(200).assert_header("idempotency-replayed", "true");
    // Of a body that is refused by what it says, it is told as of any.
    let hot = json!({ "degrees": [2000] }).to_string().into_bytes();
    let request = sensor.post("/v1/readings").body("application/json", gzip(&hot));
    let request =
        request.header("content-encoding", "gzip").header("idempotency-key", "\"another-key\"");
    assert_eq!(request.await.assert_status(422).problem().rule_at("/degrees/0"), "range");
}

// R49 R83: bounds are of the content, and nobody unpacks what says far more than was sent.
#[tokio::test]
async fn compressed_content_has_bounds() {
    let sensor = sensor(app().accept_gzip());
    let bomb = gzip(&vec![0; 4 << 20]);
    assert!(bomb.len() < 5000);
    // Blocks of nothing: none of it is content, however much is sent.
    let nothing = [&gzip(b"")[..10], &[0, 0, 0, 0xff, 0xff].repeat(60_000)].concat();
    for path in ["/v1/log", "/v1/archive"] {
        let large = put(&sensor, path, "gzip", gzip(&noise(256 * 1024 + 1))).await;
        large.assert_status(413);
        put(&sensor, path, "gzip", gzip(&noise(255 * 1024))).await.assert_status(200);
        // 1000 to one, within the bound and far beyond it.
        let dense = put(&sensor, path, "gzip", gzip(&[0; 200_000])).await;
        dense.assert_status(413);
        put(&sensor, path, "gzip", bomb.clone()).await.assert_status(413);
        put(&sensor, path, "gzip", nothing.clone()).await.assert_status(413);
        // 50 to one is what a log may have.
        let log = noise(2000).repeat(50);
        let packed = gzip(&log);
        assert!((30..90).contains(&(log.len() / packed.len())), "{}", packed.len());
        put(&sensor, path, "gzip", packed).await.assert_status(200);
        // So is the bound that of the content, however little of it was sent.
        let long = put(&sensor, path, "gzip", gzip(&noise(2000).repeat(140))).await;
        long.assert_status(413);
        // What is dense at its beginning is judged as a whole.
        let uneven = gzip(&[vec![0; 200_000], noise(20_000)].concat());
        put(&sensor, path, "gzip", uneven).await.assert_status(200);
    }
}

// A page of an origin that is named may compress what it sends, too.
#[tokio::test]
async fn a_page_may_send_what_is_compressed() {
    for (app, may) in [(app(), false), (app().accept_gzip(), true)] {
        let client =
            testing::client(app.cors(["https://app.example"])).expect("an app that starts");
        let asked = client.request("OPTIONS", "/v1/log").header("origin", "https://app.example");
        let asked = asked.header("access-control-request-method", "PUT").await;
        let allowed = asked.header("access-control-allow-headers").unwrap_or_default();
        assert_eq!(allowed.split(", ").any(|name| name == "content-encoding"), may, "{allowed}");
    }
}

// R83: one reading of what came.
#[tokio::test]
async fn content_that_is_not_of_its_coding_is_400() {
    let sensor = sensor(app().accept_gzip());
    let log = noise(40_000);
    let packed = gzip(&log);
    let changed = |at: usize| {
        let mut changed = packed.clone();
        changed[at] ^= 1;
        changed
    };
    for path in ["/v1/log", "/v1/archive"] {
        for (what, bytes) in [
            ("no gzip", log.clone()),
            ("nothing", Vec::new()),
            ("half of it", packed[..packed.len() / 2].to_vec()),
            ("all but the length", packed[..packed.len() - 4].to_vec()),
            ("all but a byte", packed[..packed.len() - 1].to_vec()),
            ("another check sum", changed(packed.len() - 5)),
            ("another length", changed(packed.len() - 1)),
            ("another magic", changed(0)),
            ("another method", changed(2)),
            ("a byte behind it", [&packed[..], b"x"].concat()),
            ("a second member", [&packed[..], &packed[..]].concat()),
        ] {
            let refused = put(&sensor, path, "gzip", bytes).await;
            assert_eq!(refused.status(), 400, "{path}: {what}");
        }
    }
    // Content that more follows is of its coding, and is told in other words.
    let log = Log::capture();
    put(&sensor, "/v1/log", "gzip", [&packed[..], &packed[..]].concat()).await.assert_status(400);
    assert_eq!(log.lines_with(&["more follows the compressed content"]).len(), 1, "{}", log.text());
    // Where none is taken, none is unpacked.
    let refused = sensor.delete("/v1/log").body("application/x-log", packed);
    refused.header("content-encoding", "gzip").await.assert_status(400);
}

// R83: the document, the inventory and the attacks know it.
#[tokio::test]
async fn compressed_bodies_are_told_and_attacked() {
    let document = |app: &AppBuilder| -> Value {
        let text = openapi_json(&app.model(), "v1").expect("v1");
        serde_json::from_str(&text).expect("JSON")
    };
    let (plain, packed) = (document(&app()), document(&app().accept_gzip()));
    let parameter = |document: &Value, path: &str, verb: &str| {
        let all = document["paths"][path][verb]["parameters"].as_array().cloned();
        all.unwrap_or_default().into_iter().find(|one| one["name"] == "Content-Encoding")
    };
    for (path, verb) in [("/v1/readings", "post"), ("/v1/log", "put"), ("/v1/archive", "put")] {
        let told = parameter(&packed, path, verb).expect("it is told");
        assert_eq!((&told["in"], &told["required"]), (&json!("header"), &json!(false)));
        assert_eq!(told["schema"]["enum"], json!(["gzip"]));
        assert_eq!(parameter(&plain, path, verb), None);
    }
    assert_eq!(parameter(&packed, "/v1/log", "delete"), None);
    let headers = |document: &Value| {
        document["components"]["responses"]["UnsupportedMediaType"]["headers"]["Accept-Encoding"]
            .clone()
    };
    assert!(headers(&packed).is_object() && headers(&plain).is_null());

    let told = "bodies may be compressed by gzip";
    assert!(inventory::routes(&app().accept_gzip().model()).contains(told));
    assert!(!inventory::routes(&app().model()).contains(told));

    let verified = testing::verify(app().accept_gzip().secret(SecretBytes::random())).await;
    assert!(verified.kept(Check::Media) >= 4, "{verified}");
}
