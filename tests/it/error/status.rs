//! Statuses of an app's own errors: each has the field that RFC 9110 asks for with it.

use axum::response::IntoResponse;
use secure_api::{
    error::{ApiError, Problem, ProblemType},
    prelude::*,
};

#[derive(ApiError)]
enum DeskError {
    #[problem(status = 401, title = "The code is wrong")]
    WrongCode,
    #[problem(status = 429, title = "Too many codes", retry_after = 60)]
    TooMany,
    #[problem(status = 503, title = "The desk is closed", retry_after = 1)]
    Closed,
    #[problem(status = 413, title = "The drawer is full", retry_after = 3600)]
    Full,
    #[problem(status = 409, title = "The drawer is locked")]
    Locked,
}

fn fields(problem: Problem) -> (Option<String>, Option<String>) {
    let response = problem.into_response();
    let field = |name| {
        let value = response.headers().get(name)?;
        Some(value.to_str().expect("text").to_owned())
    };
    (field("www-authenticate"), field("retry-after"))
}

// R76
#[test]
fn a_status_has_the_field_that_goes_with_it() {
    for (error, challenge, retry_after) in [
        (DeskError::WrongCode, Some("Bearer realm=\"api\""), None),
        (DeskError::TooMany, None, Some("60")),
        (DeskError::Closed, None, Some("1")),
        (DeskError::Full, None, Some("3600")),
        (DeskError::Locked, None, None),
    ] {
        let expected = (challenge.map(str::to_owned), retry_after.map(str::to_owned));
        assert_eq!(fields(error.into_problem()), expected);
    }
    // One that is written by hand has it too.
    static BUSY: ProblemType = ProblemType::new(503, "urn:problem-type:busy", "Busy");
    assert_eq!(fields(Problem::new(&BUSY)), (None, Some("5".to_owned())));
    assert_eq!(fields(Problem::new(&BUSY).retry_after(9)), (None, Some("9".to_owned())));
}
