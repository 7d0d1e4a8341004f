//! The end of a panic that was caught.

use std::{
    any::Any,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Drops what a panic was raised with. Its drop may panic as well, and so on: what the second one was raised with is leaked.
pub(crate) fn discard_panic(payload: Box<dyn Any + Send>) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(again);
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{panic_any, resume_unwind};

    use super::*;

    struct Again;

    impl Drop for Again {
        fn drop(&mut self) {
            resume_unwind(Box::new(Again));
        }
    }

    #[test]
    fn a_payload_that_panics_again_goes_no_further() {
        for payload in [|| panic_any("once"), || panic_any(Again)] {
            let payload: fn() -> () = payload;
            let caught = catch_unwind(payload).expect_err("it panics");
            assert!(catch_unwind(AssertUnwindSafe(|| discard_panic(caught))).is_ok());
        }
    }
}
