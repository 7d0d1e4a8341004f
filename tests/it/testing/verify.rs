//! The attack on every route: an app that keeps its promises, and one whose handlers break some.

use secure_api::{
    app::AppBuilder,
    identity::{Credential, Head, Kind, Principal, Refused, Source},
    prelude::*,
    testing::{self, Check, json},
};

use super::kiosk::{Db, Kiosk, Printer, Role, Ticket, TicketId, Version};

/// A box that its rule gives to everybody, which the declaration of nothing says.
#[derive(Resource, Debug, Clone)]
#[view(BoxView, role = Role::Visitor, fields(id))]
struct Box {
    id: TicketId,
}

impl Object for Box {
    type Key = TicketId;
    type Store = Db;
    type Roles = Role;
    type Scope = ();

    async fn load(
        db: &Reader<Db>,
        key: TicketId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let found = db.tickets().get(&key).cloned();
        Ok(found.map(|Ticket { id, .. }| Self { id }))
    }

    fn permits(&self, _: &Caller<Role>, _: Action) -> bool {
        true
    }

    fn scope(_: &Caller<Role>) {}
}

/// Shows a box.
#[get("/boxes/{ticket}", version = Version::V1.., role = Role::Visitor, view = BoxView)]
async fn get_box(ticket: Authorized<Box>) -> Authorized<Box> {
    ticket
}

/// Makes a box.
#[post("/boxes", version = Version::V1.., role = Role::Visitor, view = BoxView)]
async fn make_box(
    db: Writer<Db>,
    caller: Caller<Role>,
) -> Result<Created<Authorized<Box>>, Denied> {
    let id = TicketId::of(u32::try_from(db.tickets().len()).unwrap_or_default() + 1);
    let ticket = Ticket { id, gate: "north".to_owned(), owner: caller.id().clone() };
    let made = Authorized::create(Box { id }, &caller)?;
    db.tickets().insert(id, ticket);
    Ok(Created::at::<get_box>(id, made))
}

/// Boxes.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "the roles are the kiosk's"), routes(get_box, make_box))]
struct Boxes;

fn boxes() -> AppBuilder {
    Boxes::app().store(Db::default()).tokens(testing::issuer()).clock(testing::at("2026-11-30"))
}

fn kiosk() -> testing::Verify {
    let tickets = [Ticket::of("alice", 1), Ticket::of("bob", 2)];
    let app = Kiosk::app()
        .store(Db::with(tickets))
        .service(Printer("a slip"))
        .tokens(testing::issuer())
        .clock(testing::at("2026-11-30"));
    testing::verify(app).body("buy_ticket", json!({ "gate": "north", "seats": 2 }))
}

#[tokio::test]
async fn the_kiosk_keeps_its_promises() {
    let verified = kiosk().await;
    for check in [Check::Anonymous, Check::Roles, Check::Scopes, Check::Bounds, Check::Objects] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
    for check in [Check::Order, Check::Idempotency, Check::Sunset, Check::Limits, Check::Lists] {
        assert!(verified.kept(check) > 0, "{check} was not tried\n{verified}");
    }
}

#[tokio::test]
async fn a_broken_promise_is_told_with_its_route() {
    let app = boxes();
    let verified = testing::verify(app).report().await.expect("an app that starts");
    let broken: Vec<_> = verified.broken.iter().map(|one| (&*one.route, one.check)).collect();
    let expected = ["get_box v1", "get_box v2"].map(|route| (route, Check::Objects));
    assert_eq!(broken, expected, "{verified}");
    let told = verified.to_string();
    assert!(
        told.contains("get_box v2 broke objects: The object of somebody else is as good as none.")
    );
    assert!(told.contains("as owner-two (visitor): 200 OK"), "{told}");
    // Where that is meant, it is said, and stands in the table.
    let app = boxes();
    let verified = testing::verify(app).shared("Box", "boxes are for everybody").await;
    assert!(verified.to_string().contains("Box is said to be shared: boxes are for everybody"));
}

#[tokio::test]
#[should_panic = "get_box v2 broke objects"]
async fn a_broken_promise_fails_the_test() {
    let app = boxes();
    drop(testing::verify(app).await);
}

#[tokio::test]
async fn an_operation_is_left_out_for_a_reason_that_is_told() {
    let verified = kiosk().skip("slip", "the printer is loud").await;
    assert!(verified.routes.iter().all(|route| !route.starts_with("slip")));
    assert!(verified.to_string().contains("left out: the printer is loud (slip)"), "{verified}");
}

/// The pass of a member of a club.
enum Pass {}

impl Credential for Pass {
    const KIND: Kind = Kind::header("Pass", "x-pass");
}

/// A source that lets anybody in whose pass begins as a good one.
struct Passes;

impl Source for Passes {
    type Kind = Pass;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        match presented.starts_with(b"pass-1") {
            true => Ok(Principal::new("https://club.example", "pass-1").roles(["visitor"])),
            false => Err(Refused::invalid("nobody has this pass")),
        }
    }
}

/// Enters the club.
#[put("/entry", version = Version::V1.., role = Role::Visitor, by = Pass)]
async fn enter() -> NoContent {
    NoContent
}

/// A club.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, reason = "the roles are the kiosk's"), routes(enter))]
struct Club;

// Nothing passes silently: what was not there to be tried with is told.
#[tokio::test]
async fn credentials_that_nobody_gave_are_told() {
    let club = || Club::app().source(Passes).clock(testing::at("2026-11-30"));
    let verified = testing::verify(club()).report().await.expect("an app that starts");
    assert!(verified.broken.is_empty(), "{verified}");
    let told = verified.to_string();
    let reason =
        "own-kinds: no credentials of the kind Pass are there: give some by `.holder(\"Pass\", …)`";
    assert!(told.contains(reason), "{told}");
    assert!(verified.without().any(|check| check == Check::SessionCredentials), "{told}");
    let (_, nothing) = told.split_once("nobody may call one: ").expect("a line");
    assert!(nothing.lines().next().is_some_and(|line| line.contains("sessions")), "{told}");
    // With one that is given, the source's mistake is found: a longer text lets in as well.
    let member = Principal::new("https://club.example", "pass-1").roles(["visitor"]);
    let given = testing::verify(club()).holder("Pass", member, "pass-1");
    let verified = given.report().await.expect("an app that starts");
    let broken: Vec<_> = verified.broken.iter().map(|one| (&*one.route, one.check)).collect();
    let expected = ["enter v1", "enter v2"].map(|route| (route, Check::OwnKinds));
    assert_eq!(broken, expected, "{verified}");
}
