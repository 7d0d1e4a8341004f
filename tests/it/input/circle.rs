//! Inputs and views that lead back to themselves: each circle says how deep it nests.

use secure_api::{
    app::AppBuilder,
    clock::Clock,
    contract,
    docs::openapi_json,
    prelude::*,
    testing::{self, Check, json},
    version::Day,
};
use serde_json::Value;

use super::{pairs, refused};

#[derive(Role)]
enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

/// A comment, with its answers.
#[derive(Input, Debug)]
struct NewComment {
    #[input(max_len = 9)]
    text: String,
    #[input(items = 0..=3, depth = 2)]
    answers: Option<Vec<NewComment>>,
    #[input(depth = 1)]
    quoted: Option<Box<NewComment>>,
}

/// An expression, through another input.
#[derive(Input, Debug)]
struct Term {
    #[input(range = 0..=9)]
    number: u8,
    factor: Option<Box<Factor>>,
}

#[derive(Input, Debug)]
struct Factor {
    #[input(depth = 3)]
    term: Box<Term>,
}

#[derive(Resource, Clone)]
#[view(CommentView, role = Role::Member, fields(text, #[depth(2)] answers as CommentView, #[optional] #[depth(1)] quoted as CommentView))]
struct Comment {
    text: String,
    answers: Vec<Comment>,
    quoted: Option<Box<Comment>>,
}

impl From<NewComment> for Comment {
    fn from(NewComment { text, answers, quoted }: NewComment) -> Self {
        let answers = answers.into_iter().flatten().map(Self::from).collect();
        Self { text, answers, quoted: quoted.map(|quoted| Box::new(Self::from(*quoted))) }
    }
}

/// Shows what was sent.
#[put("/comment", version = Version::V1, role = Role::Member, view = CommentView)]
async fn put_comment(Json(comment): Json<NewComment>) -> Comment {
    comment.into()
}

#[derive(Input)]
struct Levels {
    #[input(range = 0..=40)]
    levels: u8,
}

/// Shows a comment of so many levels.
#[get("/comment", version = Version::V1, role = Role::Member, view = CommentView)]
async fn get_comment(Query(levels): Query<Levels>) -> Comment {
    let last = Comment { text: "a".to_owned(), answers: Vec::new(), quoted: None };
    (0..levels.levels)
        .fold(last.clone(), |comment, _| Comment { answers: vec![comment], ..last.clone() })
}

/// Calculates.
#[post("/terms", version = Version::V1, role = Role::Member)]
async fn calculate(Json(term): Json<Term>) -> Accepted {
    assert!(term.number < 10 && term.factor.is_none_or(|factor| factor.term.number < 10));
    Accepted
}

/// Comments.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(put_comment, get_comment, calculate))]
struct Comments;

fn app() -> AppBuilder {
    Comments::app().tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

fn nested(levels: usize) -> Value {
    (0..levels).fold(json!({ "text": "a" }), |inner, _| json!({ "text": "a", "answers": [inner] }))
}

// R79 R81: the most levels, to the one; what has nothing in it is at no level.
#[test]
fn what_nests_deeper_than_stated_is_refused_at_its_place() {
    let told = |body: Value| refused::<NewComment>(&body.to_string());
    let read = |body: Value| {
        secure_api::input::decode_body::<NewComment>(body.to_string().as_bytes()).is_ok()
    };
    assert!(read(nested(2)));
    assert_eq!(told(nested(3)), (422, pairs(&[("/answers/0/answers/0/answers", "depth")])));
    let empty = json!({ "text": "a", "answers": [{ "text": "a", "answers": [
        { "text": "a", "answers": [], "quoted": null }] }] });
    assert!(read(empty));
    let quoted = json!({ "text": "a", "quoted": { "text": "a", "quoted": { "text": "a" } } });
    assert_eq!(told(quoted), (422, pairs(&[("/quoted/quoted", "depth")])));
    // Each circle is counted by itself, beside each other and inside.
    let both = json!({ "text": "a", "answers": [nested(1), { "text": "b", "quoted": nested(1) }] });
    assert!(read(both));
    let both = json!({ "text": "a", "answers": [{ "text": "b", "quoted": nested(2) }] });
    let place = "/answers/0/quoted/answers/0/answers";
    assert_eq!(told(both), (422, pairs(&[(place, "depth")])));
}

#[test]
fn a_circle_through_another_input_is_counted_where_that_says_so() {
    let nested = |levels: usize| {
        let term = (0..levels).fold(
            json!({ "number": 1 }),
            |term, _| json!({ "number": 1, "factor": { "term": term } }),
        );
        term.to_string()
    };
    assert!(secure_api::input::decode_body::<Term>(nested(3).as_bytes()).is_ok());
    let place = format!("{}/factor/term", "/factor/term".repeat(3));
    assert_eq!(refused::<Term>(&nested(4)), (422, pairs(&[(&*place, "depth")])));
}

#[tokio::test]
async fn an_answer_that_nests_deeper_than_its_view_says_is_none() {
    let client = testing::client(app()).expect("an app that starts");
    let member = client.as_caller(Role::Member, "alice");
    let sent = json!({ "text": "a", "quoted": { "text": "b" }, "answers": [{ "text": "c" }] });
    let shown = json!({ "text": "a", "answers": [{ "text": "c", "answers": [] }], "quoted": { "text": "b", "answers": [] } });
    let answer = member.put("/v1/comment").json(sent).await;
    assert_eq!(answer.assert_status(200).json::<Value>(), shown);
    for (levels, status) in [(2, 200), (3, 500), (30, 500)] {
        member.get(&format!("/v1/comment?levels={levels}")).await.assert_status(status);
    }
}

/// Looks for a term.
#[get("/terms", version = Version::V1, role = Role::Member)]
async fn find(Query(term): Query<Term>) -> Exists {
    Exists(term.number > 0)
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(), routes(find))]
struct Terms;

/// No input that compiles is such; a model may be anybody's.
#[test]
fn a_model_of_inputs_that_need_each_other_is_documented() {
    let mut model = serde_json::to_value(Terms::API.model()).expect("JSON");
    fn need(node: &mut Value, changed: &mut usize) {
        match node {
            Value::Object(members) => {
                if members.get("name").is_some_and(|name| name == "factor") {
                    let inner = members["schema"]["nullable"].take();
                    assert!(inner.is_object(), "{members:?}");
                    members["schema"] = inner;
                    members["required"] = true.into();
                    *changed += 1;
                } else if members.get("name").is_some_and(|name| name == "number") {
                    members["required"] = false.into();
                    *changed += 1;
                }
                members.values_mut().for_each(|member| need(member, changed));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| need(item, changed)),
            _ => {}
        }
    }
    let mut changed = 0;
    need(&mut model, &mut changed);
    assert_eq!(changed, 2, "{model}");
    let model = serde_json::from_value(model).expect("a model");
    let document: Value =
        serde_json::from_str(&openapi_json(&model, "v1").expect("a version")).expect("JSON");
    let parameters = &document["paths"]["/v1/terms"]["get"]["parameters"];
    let factor =
        parameters.as_array().and_then(|all| all.iter().find(|one| one["name"] == "factor"));
    assert_eq!(factor.map(|factor| &factor["required"]), Some(&false.into()), "{parameters}");
}

#[test]
fn the_document_refers_back_and_says_how_deep() {
    let text = openapi_json(&Comments::API.model(), "v1").expect("a version");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    for (schema, name) in [("NewComment", "answers"), ("CommentView", "answers")] {
        let field = &document["components"]["schemas"][schema]["properties"][name];
        assert_eq!(field["x-max-depth"], 2, "{field}");
        assert!(
            field.to_string().contains(&format!("\"#/components/schemas/{schema}\"")),
            "{field}"
        );
        let told = field["description"].as_str().unwrap_or_default();
        assert!(told.contains("nests 2 levels at most"), "{field}");
    }
    // Fewer levels of what is sent break a client.
    let fewer = text.replace("\"x-max-depth\": 3", "\"x-max-depth\": 2");
    assert_ne!(fewer, text);
    let day = Day::at(&Clock::manual(1_780_272_000));
    let found = contract::diff(&text, &fewer, day).expect("documents").findings;
    assert!(!found.is_empty(), "fewer levels are told");
}

#[tokio::test]
async fn one_level_too_many_is_sent() {
    let verified =
        testing::verify(app()).skip("get_comment", "it answers with 500 where that is asked").await;
    assert!(verified.kept(Check::Bounds) > 0, "{verified}");
}
