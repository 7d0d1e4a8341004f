//! The CSRF token of a form: it shows that a page of this console has made the form, for this act, within the last hours.

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    hmac::{HMAC_SHA256, Key, sign},
    rand,
};

/// The seconds of which a token names one: it holds for one to two of them.
const SPAN: i64 = 3600;

/// The key of the CSRF tokens of an app's forms. It lives as long as the process, and nobody reads it.
#[derive(Debug)]
pub(super) struct CsrfTokens(Key);

impl CsrfTokens {
    /// Creates a key of random bytes.
    ///
    /// # Panics
    ///
    /// If the system gives none: a key that can be guessed is none.
    pub(super) fn new() -> Self {
        let mut key = [0; 32];
        rand::fill(&mut key).expect("the system gives random bytes");
        Self(Key::new(HMAC_SHA256, &key))
    }

    /// Returns the token of a form that does this to this operation.
    pub(super) fn of(&self, act: &str, operation: &str, now: i64) -> String {
        self.made(act, operation, now.div_euclid(SPAN))
    }

    /// Returns `true` if this is the token of such a form.
    pub(super) fn holds(&self, token: &str, act: &str, operation: &str, now: i64) -> bool {
        let span = now.div_euclid(SPAN);
        let is_made = |span: i64| {
            let own = self.made(act, operation, span);
            verify_slices_are_equal(own.as_bytes(), token.as_bytes()).is_ok()
        };
        is_made(span) || is_made(span.saturating_sub(1))
    }

    fn made(&self, act: &str, operation: &str, span: i64) -> String {
        // Neither the act nor the number has a line, so no two forms share a text.
        let text = format!("{act}\n{span}\n{operation}");
        let tag = sign(&self.0, text.as_bytes());
        tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_for_one_act_on_one_operation_for_a_while() {
        let (csrf, other) = (CsrfTokens::new(), CsrfTokens::new());
        let made = csrf.of("close", "get_order", 7200);
        assert!(
            csrf.holds(&made, "close", "get_order", 7200)
                && csrf.holds(&made, "close", "get_order", 14_399)
        );
        assert!(!csrf.holds(&made, "close", "get_order", 14_400), "it is too old");
        assert!(!csrf.holds(&made, "open", "get_order", 7200));
        assert!(!csrf.holds(&made, "close", "get_orders", 7200));
        assert!(!csrf.holds("", "close", "get_order", 7200));
        assert!(!other.holds(&made, "close", "get_order", 7200), "another process has another key");
    }
}
