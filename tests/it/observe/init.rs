//! The subscriber in one line, as `hello` has it.

use super::program::Program;
use crate::support::raw;

async fn greeted(program: &Program) -> String {
    let head = "GET /v1/hello/you HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = raw(program.address, head).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer.header("x-request-id").to_owned()
}

// R117 in part: who starts an app sees what happens.
#[tokio::test]
async fn one_line_shows_a_line_for_each_request() {
    let program = Program::hello(&[]);
    let id = greeted(&program).await;
    let lines = program.stop();
    let own: Vec<_> = lines.iter().filter(|line| line.contains(&id)).collect();
    let [line] = &own[..] else { panic!("{lines:#?}") };
    for part in [" INFO secure_api::request: answered", "operation=\"hello\"", "trace_id="] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[tokio::test]
async fn rust_log_says_what_is_told() {
    let program = Program::hello(&[("RUST_LOG", "off,secure_api::start=info")]);
    greeted(&program).await;
    let told = program.stop();
    assert!(told.iter().all(|line| line.contains("secure_api::start: stopped")), "{told:#?}");
}

// A variable that is wrong silences nothing.
#[tokio::test]
async fn a_variable_that_cannot_be_read_is_told_and_the_rest_counts() {
    let program = Program::hello(&[("RUST_LOG", "info,b=[c")]);
    let told = program.before.iter().any(|line| line.contains("b=[c"));
    assert!(told, "{:#?}", program.before);
    let id = greeted(&program).await;
    assert!(program.stop().iter().any(|line| line.contains(&id)));
}
