//! Objects whose rule is implemented elsewhere: by a macro of the user's, and in another file of the crate.

use secure_api::{clock::Clock, prelude::*};
use serde_json::json;

use crate::support::{Shelf, TestServer, server::START, store::Db as Depot, token};

mod elsewhere;

use elsewhere::open;

#[derive(Role)]
pub(super) enum Role {
    Member,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key, range = 1..=100)]
pub(super) struct Number(u64);

#[derive(Resource, Clone)]
#[view(LeafView, role = Role::Member, fields(number))]
pub(super) struct Leaf {
    number: Number,
}

#[derive(Resource, Clone)]
#[view(RootView, role = Role::Member, fields(number))]
pub(super) struct Root {
    number: Number,
}

type Leaves = Shelf<Number, Leaf>;
pub(super) type Roots = Shelf<Number, Root>;

open!(Leaf, Leaves);

/// Shows a leaf.
#[get("/leaves/{leaf}", version = Version::V1, role = Role::Member, view = LeafView)]
async fn leaf(leaf: Authorized<Leaf>) -> Authorized<Leaf> {
    leaf
}

/// Shows a root.
#[get("/roots/{root}", version = Version::V1, role = Role::Member, view = RootView)]
async fn root(root: Authorized<Root>) -> Authorized<Root> {
    root
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(10_000).per_minute(), routes(leaf, root))]
struct Trees;

// R35
#[tokio::test]
async fn a_rule_holds_wherever_it_is_implemented() {
    let clock = Clock::manual(START);
    let (leaves, roots) = (Leaves::default(), Roots::default());
    leaves.things().insert(Number(1), Leaf { number: Number(1) });
    roots.things().insert(Number(1), Root { number: Number(1) });
    let app = Trees::app().store(leaves).store(roots).tokens(token::issuer()).clock(clock.clone());
    let server = TestServer::run(app.build().expect("an app"), Depot::default(), clock).await;
    let token = server.token("alice", &["member"]);
    for path in ["/v1/leaves", "/v1/roots"] {
        let shown = server.get_as(&token, &format!("{path}/1")).await;
        assert_eq!((shown.status, shown.json()), (200, json!({ "number": 1 })), "{path}");
        assert_eq!(server.get_as(&token, &format!("{path}/2")).await.status, 404, "{path}");
    }
}
