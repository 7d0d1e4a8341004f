//! Roles: every route of the sample API by every set of roles, and the hierarchy against a walk of its own.

mod scope;

use proptest::prelude::*;
use reqwest::Method;
use secure_api::{
    __private::{Access, Route},
    role::{RoleSet, Roles},
    verb::Verb,
};

use crate::support::{
    Answer, TestServer,
    api::Depot,
    model::Role,
    server::{ALICES, filled, order},
};

/// The roles that each role includes, as a person would read it.
const EDGES: &[(&str, &[&str])] = &[
    ("customer", &[]),
    ("support", &["customer"]),
    ("warehouse", &["customer"]),
    ("admin", &["support", "warehouse"]),
    ("auditor", &[]),
];

/// The roles that each route admits, as a person would read it.
const ADMITTED: &[(&str, &[&str])] = &[
    ("list_orders", &["customer"]),
    ("list_carelessly", &["customer"]),
    ("get_order", &["customer"]),
    ("place_order", &["customer"]),
    ("change_order", &["customer"]),
    ("replace_note", &["customer"]),
    ("remove_order", &["support", "auditor"]),
    ("ship_order", &["admin"]),
    ("check_order", &["support", "warehouse"]),
    ("give_order", &["customer"]),
    ("place_for_other", &["customer"]),
    ("report", &["auditor"]),
    ("probe", &["customer"]),
    ("log_out", &["customer"]),
];

/// Returns `true` if someone with the role `held` has `wanted`: found by walking, not by sets of bits.
fn reaches(edges: &[(&str, &[&str])], held: &str, wanted: &str) -> bool {
    held == wanted
        || edges
            .iter()
            .filter(|(role, _)| *role == held)
            .any(|(_, includes)| includes.iter().any(|next| reaches(edges, next, wanted)))
}

fn subsets<'n>(names: &[&'n str]) -> Vec<Vec<&'n str>> {
    let chosen = |set: usize| {
        let names = names.iter().enumerate();
        names.filter(|(index, _)| set & (1 << index) != 0).map(|(_, name)| *name).collect()
    };
    (0..1 << names.len()).map(chosen).collect()
}

fn method(verb: Verb) -> Method {
    match verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
        Verb::Query => Method::QUERY,
    }
}

async fn ask(server: &TestServer, token: Option<&str>, route: &Route, version: &str) -> Answer {
    let request = server.request(method(route.verb), &filled(&format!("/{version}{}", route.path)));
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    Answer::of(request).await
}

// R33 R40: the answer is 401, 403 or past the door exactly as the roles say, for all that there is.
#[tokio::test]
async fn every_route_admits_exactly_whom_it_says() {
    let server = TestServer::with(|app| app.limit_scale(1_000_000)).await;
    let names: Vec<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    let mut asked = 0;
    for route in Depot::API.routes() {
        let admitted = ADMITTED.iter().find(|(name, _)| *name == route.name);
        for (_, version) in route.versions.versions() {
            let anonymous = ask(&server, None, route, version.segment).await;
            assert_eq!(anonymous.status == 401, admitted.is_some(), "{} by nobody", route.name);
            for roles in subsets(&names) {
                // Nobody's own orders are there, so that only roles decide.
                let token = server.token("carol", &roles);
                let answer = ask(&server, Some(&token), route, version.segment).await;
                let may = admitted.is_none_or(|(_, admitted)| {
                    let has = |wanted: &&str| roles.iter().any(|held| reaches(EDGES, held, wanted));
                    admitted.iter().any(has)
                });
                let what = format!("{} {} by {roles:?}", route.name, version.segment);
                // What belongs to somebody else is refused by its rule, in other words.
                let creating = route.name == "place_for_other" && !roles.contains(&"admin");
                if may && !creating {
                    assert!(![401, 403].contains(&answer.status), "{what}: {}", answer.status);
                } else {
                    answer.is_problem(403);
                }
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 32 * (18 + 8), "18 routes in V2, 8 of them in V1 too");
}

// R31 R33: what the inventory says of a route is what the list above says.
#[test]
fn the_descriptors_admit_whom_the_list_says() {
    let mut guarded = Vec::new();
    for route in Depot::API.routes() {
        let Access::Roles(set) = route.access else { continue };
        let (_, admitted) =
            ADMITTED.iter().find(|(name, _)| *name == route.name).expect("a line for the route");
        for (index, (held, _)) in EDGES.iter().enumerate() {
            let may = admitted.iter().any(|wanted| reaches(EDGES, held, wanted));
            assert_eq!(set.admits(1 << index), may, "{} by {held}", route.name);
        }
        guarded.push(route.name);
    }
    assert_eq!(guarded.len(), ADMITTED.len());
}

// R40 R90: HEAD is admitted as GET is, and a header is no method.
#[tokio::test]
async fn no_method_is_a_way_around() {
    let server = TestServer::start().await;
    let head = || server.request(Method::HEAD, "/v2/orders");
    assert_eq!(Answer::of(head()).await.status, 401);
    let auditor = server.token("carol", &["auditor"]);
    assert_eq!(Answer::of(head().bearer_auth(auditor)).await.status, 403);
    server.db.take_record();
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        let customer = server.token("alice", &["customer"]);
        let path = order("v2", ALICES);
        let request = server.request(Method::GET, &path).bearer_auth(customer);
        assert_eq!(Answer::of(request.header(name, "DELETE")).await.status, 200);
    }
    assert_eq!(server.db.take_record(), ["read order"; 3]);
}

/// A hierarchy with its edges as plain data, from the same tokens.
macro_rules! hierarchy {
    ($type:ident, $edges:ident: $($role:ident($name:tt) => [$($included:ident $included_name:literal),*];)*) => {
        #[derive(secure_api::Role, Clone, Copy)]
        enum $type { $(#[role(name = $name, includes($($included),*))] $role,)* }
        const $edges: &[(&str, &[&str])] = &[$(($name, &[$($included_name),*])),*];
    };
}

hierarchy! { Wide, WIDE:
    A("a") => [];
    B("b") => [A "a"];
    C("c") => [A "a"];
    D("d") => [B "b", C "c"];
    E("e") => [D "d", A "a"];
    F("f") => [];
    G("g") => [F "f", C "c"];
    H("h") => [E "e", G "g"];
    I("i") => [I2 "i2"];
    I2("i2") => [I3 "i3"];
    I3("i3") => [F "f"];
    J("j") => [H "h", I "i"];
}

proptest! {
    // R33: one closure decides, and it is the one that walking the hierarchy finds.
    #[test]
    fn a_set_admits_whom_a_walk_finds(held in 0_u128..1 << 12, wanted in 1_u128..1 << 12) {
        let table = Wide::TABLE;
        let names = |bits: u128| {
            WIDE.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|(_, (name, _))| *name)
        };
        let granted = table.granted(names(held));
        prop_assert_eq!(granted, held);
        let holders = Wide::ALL.iter().filter(|role| wanted & (1 << role.index()) != 0);
        let set = holders.fold(RoleSet::new(0, table), |set, role| set.or(role.holders()));
        let found = names(held).any(|held| names(wanted).any(|wanted| reaches(WIDE, held, wanted)));
        prop_assert_eq!(set.admits(granted), found);
    }

    // R33: one more role never takes anything away.
    #[test]
    fn more_roles_admit_no_less(held in 0_u128..1 << 12, more in 0_u128..1 << 12, wanted in 0_usize..12) {
        let set = Wide::ALL[wanted].holders();
        prop_assert!(!set.admits(held) || set.admits(held | more));
    }
}

// R104: an audience is within another exactly if everybody in it is.
#[test]
fn a_higher_role_is_within_a_lower_one() {
    for (above, (held, _)) in EDGES.iter().enumerate() {
        for (below, (wanted, _)) in EDGES.iter().enumerate() {
            let within = Role::ALL[above].holders().within(Role::ALL[below].holders());
            assert_eq!(within, reaches(EDGES, held, wanted), "{held} within {wanted}");
        }
    }
}
