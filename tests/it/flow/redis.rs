//! Steps and keys on machines that share a Redis: the same tests as on machines that share a memory.

use secure_api::clock::Clock;

use super::machines;
use crate::support::RedisServer;

/// Runs tests on two connections to one Redis. The machines' clock begins with that of the Redis, which nobody moves.
macro_rules! in_a_redis {
    ($($test:ident)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
        async fn $test() {
            let Some(server) = RedisServer::start() else { return };
            let clock = Clock::manual(Clock::system().unix_seconds());
            machines::$test(clock, [server.ledger(), server.ledger()]).await;
        }
    )*};
}

in_a_redis! {
    a_step_that_one_saw_is_used_on_the_other_once
    of_many_finals_on_both_one_wins
    what_was_not_done_is_free_on_the_other
    a_key_is_of_one_request_on_both
    of_many_with_one_key_on_both_one_is_carried_out
    what_failed_on_one_may_be_tried_on_the_other
    a_run_that_was_cut_on_one_is_undecided_on_the_other
}
