//! The conversions that `?` makes of an error.

use secure_api::{error::ApiError as _, prelude::*};

/// The failures of an import: `?` makes the one variant of what a file and a number fail with.
#[derive(ApiError, Debug)]
enum ImportError {
    #[problem(transparent, from(std::io::Error, std::num::ParseIntError))]
    Store(StoreError),
    #[problem(internal, from(std::fmt::Error))]
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

#[test]
fn a_variant_is_made_of_the_errors_that_it_is_from() {
    fn import(path: &str, text: &str) -> Result<u8, ImportError> {
        if path.is_empty() {
            return Ok(text.parse()?);
        }
        Ok(u8::try_from(std::fs::read(path)?.len()).unwrap_or(u8::MAX))
    }
    fn write() -> Result<(), ImportError> {
        Err(std::fmt::Error)?
    }
    let problem = import("/nowhere", "").unwrap_err().into_problem();
    assert_eq!(problem.kind().status(), 503);
    assert!(problem.cause().is_some_and(|cause| cause.is::<std::io::Error>()));
    let problem = import("", "x").unwrap_err().into_problem();
    assert!(problem.cause().is_some_and(|cause| cause.is::<std::num::ParseIntError>()));
    assert_eq!(write().unwrap_err().into_problem().kind().status(), 500);

    // A `main` takes one too.
    fn main(path: &str) -> Result<u8, Box<dyn std::error::Error>> {
        fn read(path: &str) -> Result<Vec<u8>, StoreError> {
            Ok(std::fs::read(path)?)
        }
        Ok(u8::try_from(read(path)?.len())?)
    }
    assert!(main("/nowhere").unwrap_err().is::<std::io::Error>());
}
