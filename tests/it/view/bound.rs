//! Lists and maps in an answer: what holds them, and how many entries they have at most.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::Arc,
};

use secure_api::prelude::*;
use serde_json::{Value as Json, json};

use super::names;

use crate::{
    docs::contract::conforms,
    support::{Log, TestServer},
};

#[derive(Role, Debug, PartialEq, Eq)]
enum Role {
    Guest,
    #[role(includes(Guest))]
    Guard,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[value(text, max_len = 20)]
struct Door(String);

#[derive(Resource, Clone)]
#[view(RoomLine, role = Role::Guest, fields(number))]
#[view(RoomSheet, role = Role::Guard, extends = RoomLine, fields(code))]
struct Room {
    number: u32,
    #[sensitive(Role::Guard)]
    code: u32,
}

/// A list of an own type, for views of whatever is in it.
#[derive(Resource)]
#[resource(transparent)]
struct Ranked<T> {
    rows: Vec<T>,
}

#[derive(Resource)]
#[resource(transparent)]
struct Names(Vec<String>);

/// Rooms side by side.
#[derive(Resource)]
#[resource(transparent)]
struct Row<'a>(&'a [Room]);

const MOST: usize = 3;

#[derive(Resource)]
#[view(FloorLine, role = Role::Guest, fields(
    #[max_items(MOST)] rooms as RoomLine,
    #[max_items(2)] by_name as RoomLine,
    #[max_items(1 + 1)] tags,
    levels,
))]
#[view(FloorSheet, role = Role::Guard, fields(rooms as RoomSheet, by_name as RoomSheet, tags, levels))]
struct Floor {
    rooms: Option<Vec<Room>>,
    by_name: BTreeMap<String, Room>,
    tags: BTreeSet<String>,
    levels: Vec<Vec<u32>>,
}

#[derive(Resource)]
#[view(HouseLine, role = Role::Guest, fields(
    boxed as RoomLine, shared as RoomLine, pair as RoomLine, queue as RoomLine, slice as RoomLine,
    ranked as RoomLine, best as RoomLine, names, numbers, doors as RoomLine, words,
    first = House::first as RoomLine,
    #[max_items(2)] front = House::front as RoomLine,
    motto = House::motto,
    #[max_items(4)] heights = House::heights,
))]
#[view(HouseSheet, role = Role::Guard, fields(ranked as RoomSheet, best as RoomSheet))]
struct House {
    boxed: Box<Room>,
    shared: Option<Arc<Room>>,
    pair: [Room; 2],
    queue: VecDeque<Room>,
    slice: Box<[Room]>,
    ranked: Ranked<Room>,
    best: Ranked<Option<Box<Room>>>,
    names: Names,
    numbers: HashMap<u32, [u32; 2]>,
    doors: BTreeMap<Door, Room>,
    words: Box<[Box<str>]>,
}

impl House {
    fn first(&self) -> Option<&Room> {
        self.queue.front()
    }

    fn front(&self) -> Row<'_> {
        Row(&self.pair)
    }

    fn motto(&self) -> &str {
        "tea & rest"
    }

    fn heights(&self) -> &[u32] {
        &[2, 3]
    }
}

fn rooms(count: u32) -> Vec<Room> {
    (1..=count).map(|number| Room { number, code: 9000 + number }).collect()
}

#[derive(Input)]
struct How {
    #[input(range = 0..=20_000)]
    rooms: u32,
    #[input(range = 0..=20_000)]
    named: u32,
    #[input(range = 0..=20_000)]
    tags: u32,
    #[input(range = 0..=20_000)]
    levels: u32,
}

/// Shows a floor.
#[get("/floor", version = Version::V1.., role = Role::Guest,
      view(Role::Guard => FloorSheet, _ => FloorLine))]
async fn get_floor(Query(how): Query<How>) -> Floor {
    let by_name = rooms(how.named).into_iter().map(|room| (room.number.to_string(), room));
    Floor {
        rooms: (how.rooms > 0).then(|| rooms(how.rooms)),
        by_name: by_name.collect(),
        tags: (0..how.tags).map(|tag| tag.to_string()).collect(),
        levels: vec![vec![7; how.levels as usize], Vec::new()],
    }
}

/// Shows a house.
#[get("/house", version = Version::V1.., role = Role::Guest,
      view(Role::Guard => HouseSheet, _ => HouseLine))]
async fn get_house() -> House {
    let room = |number| Room { number, code: 9000 + number };
    House {
        boxed: Box::new(room(1)),
        shared: Some(Arc::new(room(2))),
        pair: [room(3), room(4)],
        queue: VecDeque::from([room(5)]),
        slice: Box::new([room(6)]),
        ranked: Ranked { rows: rooms(2) },
        best: Ranked { rows: vec![None, Some(Box::new(room(8)))] },
        names: Names(vec!["<inn>".to_owned()]),
        numbers: HashMap::from([(7, [1, 2])]),
        words: Box::new(["&".into()]),
        doors: BTreeMap::from([(Door("<\"left\">".to_owned()), room(9))]),
    }
}

const LIMIT: Limit = Limit::per_address(6000).per_minute();

/// Houses.
#[api(roles = Role, versions = Version, limit = LIMIT, routes(get_floor, get_house))]
struct Houses;

async fn server() -> TestServer {
    TestServer::of(Houses::app()).await
}

fn floor([rooms, named, tags, levels]: [u32; 4]) -> String {
    format!("/v1/floor?rooms={rooms}&named={named}&tags={tags}&levels={levels}")
}

// R109: a list that is longer than its document says is a mistake that the log tells, and nothing of it is sent.
#[tokio::test]
async fn a_list_over_its_bound_is_not_sent() {
    let server = server().await;
    let (guest, guard) = (server.token("g", &["guest"]), server.token("k", &["guard"]));
    for (token, how, field, count, most) in [
        (&guest, [4, 0, 0, 0], "rooms", 4, 3),
        (&guest, [0, 3, 0, 0], "by_name", 3, 2),
        (&guest, [0, 0, 3, 0], "tags", 3, 2),
        (&guest, [3, 2, 2, 10_001], "levels", 10_001, 10_000),
        // Where a view says nothing, 10 000 are the most.
        (&guard, [10_001, 0, 0, 0], "rooms", 10_001, 10_000),
        (&guard, [0, 10_001, 0, 0], "by_name", 10_001, 10_000),
        (&guard, [0, 0, 10_001, 0], "tags", 10_001, 10_000),
    ] {
        let log = Log::capture();
        let answer = server.get_as(token, &floor(how)).await;
        let problem = answer.is_problem(500);
        assert_eq!(names(&problem), ["type", "title", "status"], "{problem}");
        let said = format!(
            "`{field}` in the answer has {count} entries, and its view has room for {most}"
        );
        let lines = log.lines_with(&[&said, answer.header("x-request-id")]);
        assert_eq!(lines.len(), 1, "{said}: {}", log.text());
    }
    // What was not asked for is not there, and so not too long.
    let narrowed = format!("{}&fields=tags", floor([4, 3, 1, 10_001]));
    assert_eq!(server.get_as(&guest, &narrowed).await.body, r#"{"tags":["0"]}"#);
}

// R109: and one that fits is sent whole, up to the last.
#[tokio::test]
async fn a_list_up_to_its_bound_is_sent_whole() {
    let server = server().await;
    let (guest, guard) = (server.token("g", &["guest"]), server.token("k", &["guard"]));
    let answer = server.get_as(&guest, &floor([3, 2, 2, 10_000])).await;
    assert_eq!(answer.status, 200);
    let document = answer.json();
    let lengths = ["rooms", "tags"].map(|name| document[name].as_array().map(Vec::len));
    assert_eq!(lengths, [Some(3), Some(2)]);
    assert_eq!(names(&document["by_name"]).len(), 2);
    // The bound of the field is that of the outer list; those inside have the usual one.
    assert_eq!(document["levels"][0].as_array().map(Vec::len), Some(10_000));
    let all = server.get_as(&guard, &floor([10_000, 10_000, 10_000, 1])).await;
    assert_eq!(all.json()["rooms"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(server.get_as(&guest, &floor([0; 4])).await.json()["rooms"], Json::Null);
}

// R109: the bound in the document is the one that holds.
#[tokio::test]
async fn a_bound_is_documented() {
    let server = server().await;
    let document = server.get("/openapi/v1.json").await.json();
    let schemas = &document["components"]["schemas"];
    let line = &schemas["FloorLine"]["properties"];
    assert_eq!((&line["rooms"]["maxItems"], &line["tags"]["maxItems"]), (&json!(3), &json!(2)));
    assert_eq!(line["by_name"]["maxProperties"], 2);
    assert_eq!(line["levels"]["maxItems"], 10_000);
    assert_eq!(schemas["FloorSheet"]["properties"]["rooms"]["maxItems"], 10_000);
    let house = &schemas["HouseLine"]["properties"];
    assert_eq!(
        (&house["front"]["maxItems"], &house["heights"]["maxItems"]),
        (&json!(2), &json!(4))
    );
    assert_eq!(house["ranked"]["items"]["$ref"], "#/components/schemas/RoomLine");
}

// R105: to the byte, through whatever holds a resource.
#[tokio::test]
async fn a_view_holds_through_what_holds_a_resource() {
    let server = server().await;
    let (guest, guard) = (server.token("g", &["guest"]), server.token("k", &["guard"]));
    let answer = server.get_as(&guest, "/v1/house").await;
    assert_eq!(
        answer.body,
        r#"{"boxed":{"number":1},"shared":{"number":2},"pair":[{"number":3},{"number":4}],"queue":[{"number":5}],"slice":[{"number":6}],"ranked":[{"number":1},{"number":2}],"best":[null,{"number":8}],"names":["\u003cinn\u003e"],"numbers":{"7":[1,2]},"doors":{"\u003c\"left\"\u003e":{"number":9}},"words":["\u0026"],"first":{"number":5},"front":[{"number":3},{"number":4}],"motto":"tea \u0026 rest","heights":[2,3]}"#
    );
    let sheet = server.get_as(&guard, "/v1/house").await.body;
    assert_eq!(
        sheet,
        r#"{"ranked":[{"number":1,"code":9001},{"number":2,"code":9002}],"best":[null,{"number":8,"code":9008}]}"#
    );
    let document = server.get("/openapi/v1.json").await.json();
    let content = &document["paths"]["/v1/house"]["get"]["responses"]["200"]["content"];
    let schema = &content["application/json"]["schema"];
    assert_eq!(conforms(&document, schema, &answer.json(), "/house"), Ok(()));
}
