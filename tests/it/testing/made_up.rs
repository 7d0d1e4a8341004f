//! Rules and handlers called like any function, with arguments that are made up.

use secure_api::{prelude::*, testing};

use super::{
    kiosk::{
        Db, NewTicket, Printer, Role, Ticket, TicketId, Version, buy_ticket, check_in, get_ticket,
        list_tickets, slip,
    },
    messages::failure,
};

#[test]
fn a_caller_is_what_the_test_says() {
    let alice = testing::caller!(Role::Visitor, "alice");
    assert_eq!(alice.subject(), "alice");
    assert!(alice.has(Role::Visitor) && !alice.has(Role::Guard) && !alice.has_scope("a"));
    let gina = testing::caller!(
        Role::Guard,
        "gina",
        scope = "a",
        scope = "b",
        issuer = "https://login.kiosk.example",
        claim("client_id") = "door",
    );
    assert!(gina.has(Role::Visitor) && gina.has_scope("a") && gina.has_scope("b"));
    assert_eq!(gina.issuer(), "https://login.kiosk.example");
    assert_eq!(gina.identity().client_id(), Some("door"));
}

/// Refuses to make up a caller whom no token could claim.
#[test]
fn a_caller_says_nothing_that_a_token_could_not() {
    for said in [
        failure(|| testing::caller!(Role::Visitor, "")),
        failure(|| testing::caller!(Role::Visitor, "alice", claim("exp") = 1)),
        failure(|| testing::caller!(Role::Visitor, "alice", issuer = "here")),
    ] {
        assert!(said.starts_with("no token could say that of "), "{said}");
    }
}

#[test]
fn a_rule_is_asked_like_any_function() {
    let ticket = Ticket::of("alice", 1);
    let (alice, gina) =
        (testing::caller!(Role::Visitor, "alice"), testing::caller!(Role::Guard, "gina"));
    assert!(ticket.permits(&alice, Action::Update) && ticket.permits(&gina, Action::Read));
    assert!(!ticket.permits(&gina, Action::Update));
    assert_eq!(Ticket::scope(&gina), None);
    assert_eq!(Ticket::scope(&alice).as_ref(), Some(alice.id()));
}

#[tokio::test]
async fn a_handler_is_called_with_its_proof() {
    let alice = testing::caller!(Role::Visitor, "alice");
    let shown = get_ticket(testing::authorized!(Ticket::of("alice", 1), &alice)).await;
    assert_eq!(shown.id, TicketId::of(1));
    let ticket = testing::authorized!(Ticket::of("alice", 1), &alice, Action::Update);
    assert_eq!(check_in(ticket).await.0.gate, "north");
}

/// The rule is asked: what it denies, no test calls a handler with.
#[test]
fn a_proof_that_the_rule_denies_is_not_made() {
    let gina = testing::caller!(Role::Guard, "gina");
    let said = failure(|| testing::authorized!(Ticket::of("alice", 1), &gina, Action::Update));
    for part in ["the rule of ", "Ticket denies Update to gina", "no handler would be called"] {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
}

// R35: a proof for reading is none for changing, wherever it is handed.
#[test]
fn a_proof_is_for_one_action() {
    let gina = testing::caller!(Role::Guard, "gina");
    let read = testing::authorized!(Ticket::of("alice", 1), &gina);
    assert_eq!(read.action(), Action::Read);
    assert!(read.require(Action::Read).is_ok());
    let denied = read.require(Action::Update).expect_err("gina only reads");
    assert!(denied.to_string().ends_with("Ticket denies the caller to update it"), "{denied}");
    let alice = testing::caller!(Role::Visitor, "alice");
    let hers = testing::authorized!(Ticket::of("alice", 1), &alice, Action::Update);
    assert!(hers.require(Action::Update).is_ok() && hers.require(Action::Delete).is_ok());
    let given = hers.map(|ticket| Ticket { owner: gina.id().clone(), ..ticket });
    assert!(given.require(Action::Update).is_err(), "it is another's now");
}

#[tokio::test]
async fn a_handler_that_lists_is_called_with_a_scope_and_a_page() {
    let tickets = [Ticket::of("alice", 1), Ticket::of("bob", 2), Ticket::of("alice", 3)];
    let db = Db::with(tickets);
    let list = async |caller: &Caller<Role>, paging| {
        let page =
            list_tickets(testing::reader!(db.clone()), testing::scoped!(caller), paging).await;
        let numbers: Vec<_> = testing::items(&page).iter().map(|ticket| ticket.id).collect();
        (numbers, page.has_next())
    };
    let of = |numbers: &[u32]| numbers.iter().copied().map(TicketId::of).collect::<Vec<_>>();
    let alice = testing::caller!(Role::Visitor, "alice");
    let gina = testing::caller!(Role::Guard, "gina");
    assert_eq!(list(&alice, testing::paging!(20)).await, (of(&[1, 3]), false));
    assert_eq!(list(&gina, testing::paging!(2)).await, (of(&[1, 2]), true));
    // A statement asks for one more, which tells if another page follows.
    let all: Paging<TicketId> = testing::paging!(2);
    assert_eq!((all.rows(), all.limit()), (3, 3));
    let rest = testing::paging!(2, after = TicketId::of(2));
    assert_eq!(list(&gina, rest).await, (of(&[3]), false));
    let said = failure(|| testing::paging!(101, after = 1_u32));
    assert_eq!(said, "no caller can ask for 101 items");
}

#[tokio::test]
async fn a_handler_that_writes_is_called_with_its_store() {
    let db = Db::default();
    let alice = testing::caller!(Role::Visitor, "alice");
    let new = NewTicket { gate: "south".to_owned(), seats: 2 };
    let bought = buy_ticket(testing::writer!(db.clone()), alice.clone(), Json(new)).await;
    let bought = bought.expect("a ticket");
    assert_eq!(testing::created(&bought).owner, testing::caller_id("alice"));
    assert_eq!(db.tickets().len(), 1);
    let (reader, loading) = (testing::reader!(db), testing::loading!(&alice));
    let loaded = Ticket::load(&reader, TicketId::of(2), &loading).await.expect("an answer");
    assert_eq!(loaded.expect("a ticket").gate, "south");
}

#[tokio::test]
async fn a_collaborator_and_the_request_are_made_up() {
    let printer = testing::service!(Printer("a slip"));
    let slip = slip(printer, testing::request_context!(Version::V2)).await;
    assert_eq!(slip.text, "a slip of v2");
}
