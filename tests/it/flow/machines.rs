//! Steps and keys on several machines that share a ledger.
//!
//! Each test is a function of two ledgers, which are two connections to one: so any ledger can be put to it.

use std::{collections::BTreeSet, time::Duration};

use reqwest::Method;
use secure_api::{
    clock::Clock,
    ledger::{Ledger, Memory},
};

use super::{
    FAILED, PANICKED, REFUSED, SLOW, WELL, check_out, out_of_order, pay,
    repeated::{KEY, place, refused},
    start_with,
    till::{DEADLINE, Machines},
};
use crate::support::{
    Answer, Counted, Log, TestServer, gone,
    server::{ALICES, START, order},
};

/// Runs tests on two clones of one memory.
macro_rules! in_memory {
    ($($test:ident)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $test() {
            let clock = Clock::manual(START);
            let ledger = Memory::new(clock.clone());
            super::$test(clock, [ledger.clone(), ledger]).await;
        }
    )*};
}

mod in_memory {
    use super::*;

    in_memory! {
        a_step_that_one_saw_is_used_on_the_other_once
        of_many_finals_on_both_one_wins
        what_was_not_done_is_free_on_the_other
        a_key_is_of_one_request_on_both
        of_many_with_one_key_on_both_one_is_carried_out
        what_failed_on_one_may_be_tried_on_the_other
        a_run_that_was_cut_on_one_is_undecided_on_the_other
    }

    // On one thread, as whoever reads the log.
    #[tokio::test]
    async fn what_a_machine_took_along_is_not_free() {
        let clock = Clock::manual(START);
        let ledger = Memory::new(clock.clone());
        super::what_a_machine_took_along_is_not_free(clock, [ledger.clone(), ledger]).await;
    }
}

async fn two<L: Ledger>(clock: Clock, [one, two]: [L; 2]) -> (Machines, [TestServer; 2]) {
    let machines = Machines::new(clock);
    let servers = [machines.start(one).await, machines.start(two).await];
    (machines, servers)
}

// R68 R70
pub(crate) async fn a_step_that_one_saw_is_used_on_the_other_once<L: Ledger>(
    clock: Clock,
    ledgers: [L; 2],
) {
    let (machines, [one, two]) = two(clock, ledgers).await;
    let alice = one.token("alice", &["customer"]);
    let bob = one.token("bob", &["customer"]);
    out_of_order(&pay(&two, &alice, ALICES, WELL).await);
    check_out(&one, &alice, "v2", ALICES).await;
    pay(&two, &bob, ALICES, WELL).await.is_problem(404);
    assert_eq!(pay(&two, &alice, ALICES, WELL).await.status, 200);
    for server in [&one, &two] {
        out_of_order(&pay(server, &alice, ALICES, WELL).await);
    }
    assert_eq!(machines.desk.runs(), 1);
    // R71: its time is one time, whoever looks at it.
    check_out(&two, &alice, "v2", ALICES).await;
    machines.clock.advance(Duration::from_secs(60));
    out_of_order(&pay(&one, &alice, ALICES, WELL).await);
    // A machine that starts later knows what the others did.
    check_out(&two, &alice, "v2", ALICES).await;
    machines.clock.advance(Duration::from_secs(59));
    assert_eq!(pay(&one, &alice, ALICES, WELL).await.status, 200);
}

// R70
pub(crate) async fn of_many_finals_on_both_one_wins<L: Ledger>(clock: Clock, ledgers: [L; 2]) {
    let (machines, servers) = two(clock, ledgers).await;
    let alice = servers[0].token("alice", &["customer"]);
    for round in 1..=5 {
        check_out(&servers[round % 2], &alice, "v2", ALICES).await;
        let finals = (0..24).map(|number| pay(&servers[number % 2], &alice, ALICES, SLOW));
        let finals = futures_util::future::join_all(finals);
        let (answers, ()) = tokio::join!(finals, machines.desk.let_all_go(round));
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(won, 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            out_of_order(answer);
        }
        assert_eq!(machines.desk.runs(), round);
    }
}

// R70: it is given back before its caller is answered.
pub(crate) async fn what_was_not_done_is_free_on_the_other<L: Ledger>(
    clock: Clock,
    ledgers: [L; 2],
) {
    let (machines, [one, two]) = two(clock, ledgers).await;
    let alice = one.token("alice", &["customer"]);
    check_out(&one, &alice, "v2", ALICES).await;
    for (way, status) in [(REFUSED, 409), (FAILED, 500), (PANICKED, 500)] {
        for server in [&one, &two] {
            pay(server, &alice, ALICES, way).await.is_problem(status);
        }
    }
    assert_eq!(machines.desk.runs(), 6);
    assert_eq!(pay(&two, &alice, ALICES, WELL).await.status, 200);
    out_of_order(&pay(&one, &alice, ALICES, WELL).await);
}

// R116
pub(crate) async fn a_key_is_of_one_request_on_both<L: Ledger>(clock: Clock, ledgers: [L; 2]) {
    let (machines, [one, two]) = two(clock, ledgers).await;
    let alice = one.token("alice", &["customer"]);
    let begun = {
        let (one, two, desk) = (&one, &two, &machines.desk);
        let alice = &*alice;
        async move {
            desk.begun(1).await;
            refused(&place(two, alice, KEY, SLOW).await, 409, "in-flight");
            refused(&place(two, alice, KEY, WELL).await, 422, "mismatch");
            refused(&place(one, alice, KEY, SLOW).await, 409, "in-flight");
            desk.let_go();
        }
    };
    let (first, ()) = tokio::join!(place(&one, &alice, KEY, SLOW), begun);
    assert_eq!(first.status, 201);
    for server in [&two, &one] {
        let again = place(server, &alice, KEY, SLOW).await;
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(again.header("idempotency-replayed"), "true");
        refused(&place(server, &alice, KEY, WELL).await, 422, "mismatch");
        // Another caller's is another key.
        let bob = server.token("bob", &["customer"]);
        let theirs = place(server, &bob, "\"b\"", REFUSED).await;
        theirs.is_problem(409);
    }
    assert_eq!(machines.desk.runs(), 2);
}

// R116
pub(crate) async fn of_many_with_one_key_on_both_one_is_carried_out<L: Ledger>(
    clock: Clock,
    ledgers: [L; 2],
) {
    let (machines, servers) = two(clock, ledgers).await;
    let alice = servers[0].token("alice", &["customer"]);
    for round in 1..=5 {
        let key = format!("\"round {round}\"");
        let sent = (0..24).map(|number| place(&servers[number % 2], &alice, &key, SLOW));
        let sent = futures_util::future::join_all(sent);
        let (answers, ()) = tokio::join!(sent, machines.desk.let_all_go(round));
        let mut locations = BTreeSet::new();
        for answer in answers {
            match answer.status {
                201 => {
                    locations.insert(answer.header("location").to_owned());
                }
                _ => refused(&answer, 409, "in-flight"),
            }
        }
        assert_eq!((locations.len(), machines.desk.runs()), (1, round));
    }
}

// R116
pub(crate) async fn what_failed_on_one_may_be_tried_on_the_other<L: Ledger>(
    clock: Clock,
    ledgers: [L; 2],
) {
    let (machines, [one, two]) = two(clock, ledgers).await;
    let alice = one.token("alice", &["customer"]);
    for (key, body) in [("\"f\"", FAILED), ("\"p\"", PANICKED)] {
        for server in [&one, &two] {
            place(server, &alice, key, body).await.is_problem(500);
        }
    }
    assert_eq!(machines.desk.runs(), 4);
}

// R70 R116
pub(crate) async fn a_run_that_was_cut_on_one_is_undecided_on_the_other<L: Ledger>(
    clock: Clock,
    ledgers: [L; 2],
) {
    let (machines, [one, two]) = two(clock, ledgers).await;
    let alice = one.token("alice", &["customer"]);
    check_out(&one, &alice, "v2", ALICES).await;
    let (paid, placed) =
        tokio::join!(pay(&one, &alice, ALICES, SLOW), place(&one, &alice, KEY, SLOW));
    paid.is_problem(503);
    placed.is_problem(503);
    out_of_order(&pay(&two, &alice, ALICES, WELL).await);
    refused(&place(&two, &alice, KEY, SLOW).await, 409, "undecided");
    assert_eq!(machines.desk.runs(), 2);
}

// R70 R116: a machine that dies says nothing any more, and nobody knows how far its requests came.
pub(crate) async fn what_a_machine_took_along_is_not_free<L: Ledger>(
    clock: Clock,
    [theirs, ours]: [L; 2],
) {
    let log = Log::capture();
    let machines = std::sync::Arc::new(Machines::new(clock));
    let two = machines.start(ours).await;
    let dying = tokio::runtime::Runtime::new().expect("a runtime");
    let one = {
        let machines = std::sync::Arc::clone(&machines);
        dying.spawn(async move { machines.start(theirs).await }).await.expect("a server")
    };
    let alice = two.token("alice", &["customer"]);
    check_out(&one, &alice, "v2", ALICES).await;
    let paying = {
        let request = one.request(Method::POST, &format!("{}/payment", order("v2", ALICES)));
        request.bearer_auth(&alice).header("content-type", "application/json").body(SLOW)
    };
    let placing = {
        let request = one.request(Method::POST, "/v2/orders").header("idempotency-key", KEY);
        request.bearer_auth(&alice).header("content-type", "application/json").body(SLOW)
    };
    let sent = [paying, placing].map(|request| tokio::spawn(request.send()));
    machines.desk.begun(2).await;
    dying.shutdown_background();
    for sent in sent {
        assert!(sent.await.expect("no panic").is_err(), "nobody answers");
    }
    let held = pay(&two, &alice, ALICES, WELL).await;
    out_of_order(&held);
    assert!(log.text().contains("is being used by another request"), "{}", log.text());
    refused(&place(&two, &alice, KEY, SLOW).await, 409, "in-flight");

    machines.clock.advance(DEADLINE + Duration::from_secs(30));
    let silent = pay(&two, &alice, ALICES, WELL).await;
    out_of_order(&silent);
    let lines = log.lines_with(&[silent.header("x-request-id")]);
    assert!(lines.iter().any(|line| line.contains("ended without a word")), "{lines:#?}");
    refused(&place(&two, &alice, KEY, SLOW).await, 409, "undecided");
    assert_eq!(machines.desk.runs(), 2);
    // What is done again is another one.
    check_out(&two, &alice, "v2", ALICES).await;
    assert_eq!(pay(&two, &alice, ALICES, WELL).await.status, 200);
}

// R70 R116: where the ledger heard what it was asked, and its answer was lost, nothing was done: the key and the step are free again.
#[tokio::test]
async fn what_was_held_without_an_answer_is_given_back() {
    let machines = Machines::new(Clock::manual(START));
    let ledger = Counted::new(&machines.clock);
    let server = machines.start(ledger.ledger.clone()).await;
    let alice = server.token("alice", &["customer"]);
    let placing = async || place(&server, &alice, KEY, WELL).await;
    let paying = async || pay(&server, &alice, ALICES, WELL).await;
    ledger.lose(true);
    placing().await.is_problem(503);
    ledger.lose(false);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(placing().await.status, 201);

    check_out(&server, &alice, "v2", ALICES).await;
    ledger.lose_changes(true);
    paying().await.is_problem(503);
    ledger.lose_changes(false);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(paying().await.status, 200);
    assert_eq!(machines.desk.runs(), 2);
}

// R68 R116: nothing is done that could not be remembered.
#[tokio::test]
async fn without_the_ledger_nothing_is_done() {
    let alone = |app: secure_api::app::AppBuilder| {
        let ledger = gone::but_for_revocations_and_limits();
        app.secret(secure_api::testing::secret!([7; 32])).ledger(ledger)
    };
    let (server, desk) = start_with(alone).await;
    let alice = server.token("alice", &["customer"]);
    let path = format!("{}/checkout", order("v2", ALICES));
    let checkout = Answer::of(server.request(Method::POST, &path).bearer_auth(&alice)).await;
    checkout.is_problem(503);
    pay(&server, &alice, ALICES, WELL).await.is_problem(503);
    place(&server, &alice, KEY, WELL).await.is_problem(503);
    assert_eq!(desk.runs(), 0);
    assert!(!server.db.take_record().contains(&"write order"));
}
