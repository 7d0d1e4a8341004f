//! Values that hold while something is expanded.

use std::{cell::RefCell, thread::LocalKey};

/// Runs with a value in its place, and puts back the one before, even where the run panics: a macro server goes on after that.
pub(crate) fn with<T, R>(
    place: &'static LocalKey<RefCell<T>>,
    value: T,
    run: impl FnOnce() -> R,
) -> R {
    let _before = Before { place, value: Some(place.replace(value)) };
    run()
}

struct Before<T: 'static> {
    place: &'static LocalKey<RefCell<T>>,
    value: Option<T>,
}

impl<T: 'static> Drop for Before<T> {
    fn drop(&mut self) {
        if let Some(value) = self.value.take() {
            self.place.set(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static DEPTH: RefCell<u8> = const { RefCell::new(0) };
    }

    /// Runs in runs, and those that panic, leave what they found.
    #[test]
    fn a_value_holds_for_its_run() {
        let inner = with(&DEPTH, 1, || {
            let inner = with(&DEPTH, 2, || DEPTH.with_borrow(|depth| *depth));
            (inner, DEPTH.with_borrow(|depth| *depth))
        });
        assert_eq!(inner, (2, 1));
        let panicked = std::panic::catch_unwind(|| with(&DEPTH, 3, || panic!("on purpose")));
        assert!(panicked.is_err());
        assert_eq!(DEPTH.with_borrow(|depth| *depth), 0);
    }
}
