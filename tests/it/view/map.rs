//! Maps as answers: each value through the view, under its name, and no more of them than the type has room for.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    prelude::*,
    testing::{self, Check, json},
};

use crate::support::{Log, small, started};

#[derive(Role)]
enum Role {
    Guest,
    Clerk,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource, Clone)]
#[view(RateView, role = Role::Guest, fields(rate, note))]
#[view(RateDetail, role = Role::Clerk, fields(rate, note, margin))]
struct Rate {
    rate: u32,
    note: String,
    margin: u32,
}

#[derive(Input)]
struct Wanted {
    #[input(range = 0..=9)]
    count: u32,
}

fn rates(count: u32) -> Map<Rate, 3> {
    let rate = |rate| Rate { rate, note: "<b>".to_owned(), margin: 7 };
    (0..count).map(|number| (format!("rate \"{number}\" <i>"), rate(number))).collect()
}

/// Lists rates.
#[get("/rates", version = Version::V1, role = [Role::Guest, Role::Clerk],
      view(Role::Clerk => RateDetail, _ => RateView))]
async fn list_rates(Query(wanted): Query<Wanted>) -> Map<Rate, 3> {
    rates(wanted.count)
}

/// Sets rates, and shows them.
#[put("/rates", version = Version::V1, role = Role::Clerk, view = RateDetail)]
async fn set_rates(Json(wanted): Json<Wanted>) -> CreatedWith<Map<Rate, 3>> {
    CreatedWith(rates(wanted.count))
}

/// Rates.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(list_rates, set_rates))]
struct Desk;

fn app() -> AppBuilder {
    small(Desk::app())
}

// R103
#[tokio::test]
async fn each_value_leaves_through_the_view_of_its_caller() {
    let client = started(Desk::app());
    let (guest, clerk) =
        (client.as_caller(Role::Guest, "alice"), client.as_caller(Role::Clerk, "bob"));
    let name = r#""rate \"0\" \u003ci\u003e""#;
    let shown = r#""rate":0,"note":"\u003cb\u003e""#;
    for (caller, query, wanted) in [
        (&guest, "count=1", format!("{{{name}:{{{shown}}}}}")),
        (&clerk, "count=1", format!("{{{name}:{{{shown},\"margin\":7}}}}")),
        (&clerk, "count=1&fields=margin", format!("{{{name}:{{\"margin\":7}}}}")),
        (&guest, "count=0", "{}".to_owned()),
    ] {
        let answer = caller.get(&format!("/v1/rates?{query}")).await;
        assert_eq!(answer.assert_status(200).text(), wanted, "{query}");
        assert!(answer.header("etag").is_some());
    }
    let created = clerk.put("/v1/rates").json(json!({ "count": 3 })).await;
    assert_eq!(created.assert_status(201).text().matches("margin").count(), 3);
    assert_eq!(created.header("location"), None);
    guest.get("/v1/rates?count=1&fields=margin").await.assert_status(400);
}

// R103
#[tokio::test]
async fn a_map_of_more_than_its_type_says_is_a_mistake() {
    let log = Log::capture();
    let client = started(Desk::app());
    let clerk = client.as_caller(Role::Clerk, "bob");
    clerk.get("/v1/rates?count=3").await.assert_status(200);
    clerk.get("/v1/rates?count=4").await.assert_status(500);
    assert_eq!(log.lines_with(&["is a map of 4 items", "has room for 3"]).len(), 1);
}

// R101
#[test]
fn a_map_is_documented_with_its_most_and_its_values() {
    let text = openapi_json(&Desk::API.model(), "v1").expect("a version");
    let document: serde_json::Value = serde_json::from_str(&text).expect("a document");
    let get = &document["paths"]["/v1/rates"]["get"]["responses"]["200"]["content"];
    let schema = &get["application/json"]["schema"];
    assert_eq!((&schema["type"], &schema["maxProperties"]), (&json!("object"), &json!(3)));
    let values = schema["additionalProperties"].to_string();
    assert!(values.contains("RateView\"") && values.contains("RateDetail\""), "{values}");
    let put = &document["paths"]["/v1/rates"]["put"]["responses"]["201"]["content"];
    let values = &put["application/json"]["schema"]["additionalProperties"];
    assert_eq!(values["$ref"], "#/components/schemas/RateDetail");
}

#[tokio::test]
async fn answers_are_held_against_the_map() {
    let verified = testing::verify(app()).await;
    assert!(verified.kept(Check::Views) > 0, "{verified}");
}
