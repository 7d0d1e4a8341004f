//! Whole numbers that are listed, and values of a fixed form that are shorter than the form: what is read, answered, documented and
//! attacked.

use secure_api::{
    app::AppBuilder,
    docs::openapi_json,
    error::problem,
    prelude::*,
    testing::{self, Check, json},
};
use serde_json::Value as Json_;

const SIZES: &[i64] = &[-5, 0, 7];

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// The reason for which something failed.
#[derive(Value, Clone, Copy, Debug)]
#[value(one_of = [1000, 10_001], unowned = "reasons are everybody's")]
struct Reason(u16);

/// Yes, and nothing else.
#[derive(Value, Clone, Copy, Debug)]
#[value(one_of = [true])]
struct Yes(bool);

/// A link of a page.
#[derive(Value, Clone, Debug)]
#[value(max_len = 30)]
struct Link(WebUrl);

#[derive(Input)]
struct NewReport {
    #[input(one_of = SIZES)]
    size: i8,
    #[input(items = 0..=3, each(one_of = [1, 5, 17]))]
    codes: Vec<u32>,
    #[input(one_of = [-1, 9_007_199_254_740_993])]
    serial: Option<NumberText<i64>>,
    reason: Option<Reason>,
    #[input(one_of = [true])]
    agreed: Option<bool>,
    #[input(max_len = 20)]
    mail: Option<Email>,
    #[input(items = 0..=2, each(max_len = 24))]
    pages: Vec<WebUrl>,
}

#[derive(Input)]
struct Wanted {
    #[input(one_of = [10, 20, 50])]
    rows: Option<u8>,
    #[input(one_of = [false])]
    whole: Option<bool>,
}

#[derive(Resource)]
#[view(ReportView, role = Role::Member, fields(size, reason, link, ok))]
struct Report {
    size: i64,
    reason: Option<Reason>,
    link: Option<Link>,
    ok: Yes,
}

fn yes() -> Yes {
    Yes::new(true).expect("it is true")
}

/// Keeps a report.
#[put("/report", version = Version::V1, role = Role::Member, view = ReportView)]
async fn put_report(Json(new): Json<NewReport>) -> Report {
    let serial = new.serial.map_or(0, |serial| serial.get());
    let link = new.pages.first().and_then(|page| Link::new(page.clone()).ok());
    let mail = new.mail.map_or(0, |mail| mail.as_str().len() as i64);
    let size = i64::from(new.size) + new.codes.iter().map(|code| i64::from(*code)).sum::<i64>();
    let size = size + serial + mail + new.agreed.map_or(0, i64::from);
    Report { size, reason: new.reason, link, ok: yes() }
}

/// Shows reports of a reason.
#[get("/reports/{reason}", version = Version::V1, role = Role::Member, view = ReportView)]
async fn list_reports(reason: Unowned<Reason>, Query(wanted): Query<Wanted>) -> Page<Report> {
    let size = i64::from(wanted.rows.unwrap_or(10)) + wanted.whole.map_or(0, i64::from);
    Page::new(vec![Report { size, reason: Some(reason.0), link: None, ok: yes() }])
}

/// Reports.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(),
      routes(put_report, list_reports))]
struct Desk;

fn app() -> AppBuilder {
    Desk::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

// R81 R87
#[tokio::test]
async fn a_number_is_one_of_those_that_are_listed() {
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    let body = json!({ "size": -5, "codes": [17, 1.0, 17], "serial": "-1", "reason": 10_001, "pages": [] });
    let answer = member.put("/v1/report").json(body).await;
    assert_eq!(
        answer.assert_status(200).text(),
        r#"{"size":29,"reason":10001,"link":null,"ok":true}"#
    );
    for (change, pointer) in [
        (json!({ "size": 1 }), "/size"),
        (json!({ "size": 8 }), "/size"),
        (json!({ "size": -6 }), "/size"),
        (json!({ "codes": [5, 6] }), "/codes/1"),
        (json!({ "serial": "0" }), "/serial"),
        (json!({ "serial": "9007199254740992" }), "/serial"),
        (json!({ "reason": 1001 }), "/reason"),
        (json!({ "agreed": false }), "/agreed"),
    ] {
        let mut body = json!({ "size": 0, "codes": [], "pages": [] });
        for (name, value) in change.as_object().expect("an object") {
            body[name] = value.clone();
        }
        let answer = member.put("/v1/report").json(body).await;
        let problem = answer.assert_problem(&problem::INVALID_INPUT);
        assert_eq!(problem.rule_at(pointer), "choice", "{change}");
    }
    member.get("/v1/reports/1000?rows=20").await.assert_status(200);
    member.get("/v1/reports/1000?rows=30").await.assert_problem(&problem::INVALID_QUERY);
    member.get("/v1/reports/1000?whole=false").await.assert_status(200);
    member.get("/v1/reports/1000?whole=true").await.assert_problem(&problem::INVALID_QUERY);
    assert_eq!(Yes::new(false).map(|_| ()).map_err(|why| why.code), Err("choice"));
    // A key that there is none of names nothing.
    member.get("/v1/reports/1001").await.assert_status(404);
    assert_eq!(Reason::new(10_001).map(|reason| reason.get()), Ok(10_001));
    assert_eq!(Reason::new(5).map(|_| ()).map_err(|why| why.code), Err("choice"));
}

// R81 R87
#[tokio::test]
async fn an_address_is_as_short_as_its_field_says() {
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    let report =
        |mail: &str, page: &str| json!({ "size": 0, "codes": [], "mail": mail, "pages": [page] });
    let answer = member
        .put("/v1/report")
        .json(report("a@shop.example.com.a", "https://shop.example/123"))
        .await;
    let link = r#"{"size":20,"reason":null,"link":"https://shop.example/123","ok":true}"#;
    assert_eq!(answer.assert_status(200).text(), link);
    for (mail, page, pointer, rule) in [
        ("ab@shop.example.com.a", "https://shop.example/", "/mail", "length"),
        ("a@b.example", "https://shop.example/1234", "/pages/0", "length"),
        // Its form counts: a letter that is escaped is three.
        ("a@b.example", "https://shop.example/ö", "/pages/0", "length"),
        ("a@b.example", "shop.example", "/pages/0", "url"),
    ] {
        let answer = member.put("/v1/report").json(report(mail, page)).await;
        let problem = answer.assert_problem(&problem::INVALID_INPUT);
        assert_eq!(problem.rule_at(pointer), rule, "{mail} {page}");
    }
    let long: WebUrl = "https://shop.example/123456789a".parse().expect("a URL");
    assert_eq!(Link::new(long).map(|_| ()).map_err(|why| why.code), Err("length"));
}

// R101
#[test]
fn lists_and_lengths_are_documented() {
    let text = openapi_json(&Desk::API.model(), "v1").expect("v1 is a version");
    let document: Json_ = serde_json::from_str(&text).expect("it is JSON");
    let fields = &document["components"]["schemas"]["NewReport"]["properties"];
    assert_eq!(fields["size"]["enum"], json!([-5, 0, 7]));
    assert_eq!((&fields["size"]["minimum"], &fields["size"]["maximum"]), (&json!(-5), &json!(7)));
    assert_eq!(fields["codes"]["items"]["enum"], json!([1, 5, 17]));
    let serial = &fields["serial"];
    assert!(serial.to_string().contains(r#"["-1","9007199254740993",null]"#), "{serial}");
    assert!(fields["mail"].to_string().contains(r#""maxLength":20"#), "{}", fields["mail"]);
    assert_eq!(fields["pages"]["items"]["maxLength"], 24);
    let shown = &document["components"]["schemas"]["ReportView"]["properties"];
    assert!(shown["reason"].to_string().contains("[1000,10001,null]"), "{shown}");
    assert!(shown["link"].to_string().contains(r#""maxLength":30"#), "{shown}");
    assert_eq!(shown["ok"]["enum"], json!([true]));
    let agreed = fields["agreed"].to_string();
    assert!(agreed.contains(r#""enum":[true,null]"#), "{agreed}");
    let parameters = &document["paths"]["/v1/reports/{reason}"]["get"]["parameters"];
    assert!(parameters.to_string().contains("[10,20,50"), "{parameters}");
    assert!(parameters.to_string().contains(r#""enum":[false"#), "{parameters}");
}

/// Two numbers, as a list and as the range between them.
mod alike {
    use super::*;

    #[derive(Input)]
    struct OfList {
        #[input(one_of = [1, 5])]
        size: u8,
    }

    #[derive(Input)]
    struct OfRange {
        #[input(range = 1..=5)]
        size: u8,
    }

    /// Sets a size that is listed.
    #[put("/size", version = Version::V1, role = Role::Member)]
    async fn set_listed(Json(of): Json<OfList>) -> NoContent {
        assert_ne!(of.size, 2);
        NoContent
    }

    /// Sets a size in a range.
    #[put("/size", version = Version::V1, role = Role::Member)]
    async fn set_ranged(Json(of): Json<OfRange>) -> NoContent {
        assert_ne!(of.size, 0);
        NoContent
    }

    /// Sizes that are listed.
    #[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(set_listed))]
    pub(super) struct Listed;

    /// Sizes in a range.
    #[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(set_ranged))]
    pub(super) struct Ranged;
}

#[tokio::test]
async fn the_attack_sends_numbers_that_are_not_listed() {
    let verified = testing::verify(app()).await;
    assert_eq!((verified.kept(Check::Bounds), verified.kept(Check::Queries)), (1, 2), "{verified}");
    assert_eq!(verified.kept(Check::Members), 1, "{verified}");
    // Beyond the ends as of a range, and what lies between two numbers.
    let verified = async |app: AppBuilder| {
        testing::verify(app.tokens(testing::issuer()).clock(testing::at("2026-11-30"))).await
    };
    let [listed, ranged] =
        [verified(alike::Listed::app()).await, verified(alike::Ranged::app()).await];
    assert_eq!(listed.requests, ranged.requests + 1, "{listed}");
}
