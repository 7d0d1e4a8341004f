//! Inputs in queries and forms: `filter[status]`, as declared, and parameters that are JSON.

use secure_api::{
    app::AppBuilder,
    input::decode_form,
    testing::{self, Check},
};
use serde_json::json;

use std::collections::BTreeMap;

use super::*;
use crate::support::document::{document, parameter};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// Says what is looked for.
#[derive(Input, Debug)]
struct Search {
    filter: Filter,
    sort: Option<Sort>,
    #[input(items = 0..=2, keys(max_len = 5), each(range = 0..=9))]
    marks: BTreeMap<String, u8>,
    #[input(range = 1..=100)]
    limit: Option<u8>,
}

/// Narrows what is found.
#[derive(Input, Debug)]
struct Filter {
    status: Option<Status>,
    price: Option<Ends>,
    #[input(items = 0..=2, each(max_len = 5))]
    tags: Vec<String>,
    #[input(name = "ids[]", items = 0..=2, each(range = 1..=9))]
    ids: Vec<u8>,
    #[input(items = 1..=2, separated = ",", each(max_len = 5))]
    words: Option<Vec<String>>,
}

#[derive(Input, Debug)]
struct Ends {
    #[input(range = 0..=1000)]
    gte: u32,
    #[input(range = 0..=1000)]
    lte: Option<u32>,
}

#[derive(Input, Debug)]
struct Sort {
    #[input(max_len = 5)]
    by: String,
    then: Option<Box2>,
}

/// Two at most.
#[derive(Input, Debug)]
struct Box2 {
    down: bool,
}

/// Says it as JSON, in one parameter.
#[derive(Input, Debug)]
struct Asked {
    #[input(json)]
    filter: Option<Filter>,
    #[input(json, items = 0..=2)]
    ends: Option<Vec<Ends>>,
    #[input(json)]
    free: Option<FreeJson<40, 2, 4>>,
}

#[derive(Resource)]
#[view(Echo, role = Role::Member, fields(text))]
struct Read {
    text: String,
}

/// Looks for something.
#[get("/found", version = Version::V1, role = Role::Member, view = Echo)]
async fn find(Query(search): Query<Search>) -> Read {
    Read { text: format!("{search:?}") }
}

/// Looks for something by JSON.
#[get("/asked", version = Version::V1, role = Role::Member, view = Echo)]
async fn ask(Query(asked): Query<Asked>) -> Read {
    Read { text: format!("{asked:?}") }
}

/// Keeps a search.
#[post("/found", version = Version::V1, role = Role::Member)]
async fn keep(Form(search): Form<Search>) -> Accepted {
    drop(search);
    Accepted
}

/// Searches.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(find, ask, keep))]
struct Searches;

fn read<T: Input>(query: &str) -> T {
    match decode_query(Some(query)) {
        Ok(search) => search,
        Err(problem) => panic!("{query}: {:?}", mistakes(problem)),
    }
}

// R84
#[test]
fn the_fields_of_an_input_have_names_with_brackets() {
    let search: Search = read(
        "filter[status]=DONE&filter%5Bprice%5D%5Bgte%5D=7&filter[price][lte]=9&filter[tags]=a&limit=3\
         &filter[tags]=b&filter[ids][]=1&filter[ids][]=2&filter[words]=x,y&sort[by]=name&sort[then][down]=true",
    );
    let Filter { status, price, tags, ids, words } = search.filter;
    assert_eq!(status, Some(Status::Done));
    assert_eq!(price.map(|ends| (ends.gte, ends.lte)), Some((7, Some(9))));
    assert_eq!((tags, ids), (vec!["a".to_owned(), "b".to_owned()], vec![1, 2]));
    assert_eq!(words, Some(vec!["x".to_owned(), "y".to_owned()]));
    let sort = search.sort.expect("an order");
    assert_eq!((&*sort.by, sort.then.map(|then| then.down)), ("name", Some(true)));
    assert_eq!(search.limit, Some(3));
    let search: Search = read("marks[a]=1&marks[%C3%A9]=2");
    assert_eq!(search.marks, BTreeMap::from([("a".to_owned(), 1), ("é".to_owned(), 2)]));
    // All that it has may be left out, so nothing has to say that it is there.
    let search: Search = read("");
    assert!(search.filter.status.is_none() && search.filter.tags.is_empty());
    assert!(search.sort.is_none());
    let search: Search = decode_form(b"filter[price][gte]=7").expect("a form");
    assert_eq!(search.filter.price.map(|ends| ends.gte), Some(7));
}

// R80 R84
#[test]
fn mistakes_of_members_are_told_at_their_place() {
    for (query, place, code) in [
        ("filter[nothing]=1", "filter[nothing]", "unknown"),
        ("filter[nothing][at]=1&filter[nothing][all]=1", "filter[nothing]", "unknown"),
        ("filter[price][gt]=1&filter[price][gte]=1", "filter[price][gt]", "unknown"),
        ("filter[price][gte]=1001", "filter[price][gte]", "range"),
        ("filter[price][lte]=7", "filter[price][gte]", "required"),
        ("filter[price]=7", "filter[price]", "type"),
        ("filter=7", "filter", "type"),
        ("filter[status][x]=7", "filter[status]", "type"),
        ("filter[status]=DONE&filter[status]=DONE", "filter[status]", "repeated"),
        ("filter[status]=DONE&filter%5Bstatus%5D=DONE", "filter[status]", "repeated"),
        ("filter[status]=DONE&filter=7", "filter", "repeated"),
        ("filter=7&filter[status]=DONE", "filter[status]", "repeated"),
        ("filter[price][gte]=1&filter[price]=7", "filter[price]", "repeated"),
        ("filter[tags]=a&filter[tags]=b&filter[tags]=c", "filter[tags]", "items"),
        ("filter[tags][]=a", "filter[tags][]", "unknown"),
        ("filter[tags][0]=a", "filter[tags]", "type"),
        ("filter[ids][]=0", "filter[ids][]", "range"),
        ("filter[words]=a,,b", "filter[words]", "items"),
        ("filter[]=1", "filter[]", "unknown"),
        ("filter[status=1", "filter[status", "unknown"),
        ("filter[status]x=1", "filter[status]x", "unknown"),
        ("filter.status=1", "filter.status", "unknown"),
        ("limit[x]=1", "limit[x]", "unknown"),
        ("marks[a]=1&marks[b]=1&marks[c]=1", "marks", "items"),
        ("marks[a]=x", "marks[a]", "type"),
        ("marks[a]=1&marks[a]=1", "marks[a]", "repeated"),
        ("marks[waytoolong]=1", "marks[waytoolong]", "length"),
        ("marks[a][b]=1", "marks", "type"),
        ("marks=1", "marks", "type"),
        ("sort[then][down]=true", "sort[by]", "required"),
    ] {
        let problem = decode_query::<Search>(Some(query)).expect_err(query);
        assert_eq!(problem.kind().status(), 400, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(place, code)]), "{query}");
    }
    let deep = format!("filter{}=1", "[a]".repeat(1000));
    let problem = decode_query::<Search>(Some(&deep)).expect_err("too deep");
    assert_eq!(mistakes(problem), pairs(&[("", "unknown")]));
}

// R80 R84
#[test]
fn a_parameter_may_be_json() {
    let query = "filter=%7B%22price%22:%7B%22gte%22:7%7D,%22tags%22:[%22a%22],%22ids[]%22:[]%7D&ends=[%7B%22gte%22:1%7D]";
    let asked: Asked = read(&format!("{query}&free=%7B%22a%22:[1]%7D"));
    let filter = asked.filter.expect("a filter");
    assert_eq!(filter.price.map(|ends| ends.gte), Some(7));
    assert_eq!(filter.tags, ["a"]);
    assert_eq!(asked.ends.map(|ends| ends.len()), Some(1));
    assert!(asked.free.is_some() && asked.free.is_some());
    let quoted = |json: &str| json.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    for (name, json, place, code) in [
        ("filter", "{", "filter", "syntax"),
        ("filter", "7", "filter", "type"),
        ("filter", "", "filter", "syntax"),
        ("filter", r#"{"tags":[],"ids[]":[],"x":1}"#, "filter/x", "unknown"),
        ("filter", r#"{"tags":["a",7],"ids[]":[]}"#, "filter/tags/1", "type"),
        ("filter", r#"{"price":{"gte":"7"},"tags":[],"ids[]":[]}"#, "filter/price/gte", "type"),
        ("filter", r#"{"tags":[],"tags":[],"ids[]":[]}"#, "filter/tags", "duplicate"),
        ("ends", r#"[{"gte":1},{"gte":2},{"gte":3}]"#, "ends", "items"),
        ("free", "[[[1]]]", "free", "depth"),
    ] {
        let query = format!("{name}={}", quoted(json));
        let problem = decode_query::<Asked>(Some(&query)).expect_err(&query);
        assert_eq!(problem.kind().status(), 400, "{query}");
        assert_eq!(mistakes(problem), pairs(&[(place, code)]), "{query}");
    }
    let problem = decode_query::<Asked>(Some("ends=[]&ends=[]")).expect_err("twice");
    assert_eq!(mistakes(problem), pairs(&[("ends", "repeated")]));
    let problem = decode_query::<Asked>(Some("filter[status]=DONE")).expect_err("members");
    assert_eq!(mistakes(problem), pairs(&[("filter[status]", "unknown")]));
}

// R84 in part
#[test]
fn documents_say_how_inputs_are_written() {
    let document = document(&Searches::API.model());
    let of = |path: &str, name: &str| parameter(&document, path, name);
    let filter = of("/v1/found", "filter");
    assert_eq!((&filter["style"], &filter["explode"]), (&json!("deepObject"), &json!(true)));
    assert_eq!(filter["required"], false, "all that it has may be left out");
    assert!(
        filter["schema"]["$ref"].as_str().is_some_and(|to| to.ends_with("/Filter")),
        "{filter}"
    );
    let marks = of("/v1/found", "marks");
    assert_eq!((&marks["style"], &marks["required"]), (&json!("deepObject"), &json!(false)));
    let asked = of("/v1/asked", "filter");
    assert!(asked.get("schema").is_none() && asked.get("style").is_none(), "{asked}");
    let schema = &asked["content"]["application/json"]["schema"];
    assert!(schema["$ref"].as_str().is_some_and(|to| to.ends_with("/Filter")), "{asked}");
    let body = &document["paths"]["/v1/found"]["post"]["requestBody"]["content"];
    let encoding = &body["application/x-www-form-urlencoded"]["encoding"];
    assert_eq!(encoding["filter"], json!({ "style": "deepObject", "explode": true }));
}

/// Found things, and nothing else.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(find))]
struct Found;

/// Says how many.
#[derive(Input, Debug)]
struct Many {
    #[input(range = 1..=100)]
    limit: Option<u8>,
}

/// Looks for anything.
#[get("/any", version = Version::V1, role = Role::Member, view = Echo)]
async fn any(Query(many): Query<Many>) -> Read {
    Read { text: format!("{many:?}") }
}

/// Anything.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(any))]
struct Anything;

#[tokio::test]
async fn verify_crosses_the_bounds_of_members() {
    let verified = async |app: AppBuilder| {
        let app = app.tokens(testing::issuer()).clock(testing::at("2026-11-30"));
        testing::verify(app.secret(SecretBytes::random())).await
    };
    let all = verified(Searches::app()).await;
    assert!(all.kept(Check::Queries) == 3 && all.kept(Check::Bounds) == 1, "{all}");
    // Each of the eight that stand in others is tried: twice, with a member that it does not have, and beyond its bounds.
    let [more, few] = [verified(Found::app()).await, verified(Anything::app()).await];
    assert!(more.requests - few.requests >= 24, "{more}");
}
