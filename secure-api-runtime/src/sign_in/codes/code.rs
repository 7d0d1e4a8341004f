//! The kinds of codes: what they are for, how they look, how long they are good.

use std::time::Duration;

/// A kind of codes: what it is for, and its form. An app states each as a constant.
///
/// ```
/// use secure_api::{prelude::*, sign_in::OneTimeCode};
///
/// /// Typed off a message; what protects its million possibilities is that it is tried five times and dead in five minutes.
/// const SIGN_IN: OneTimeCode = OneTimeCode::digits("sign-in");
///
/// /// Followed as a link.
/// const RESET: OneTimeCode = OneTimeCode::link("password-reset").lifetime(Duration::from_secs(1800));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OneTimeCode {
    pub(super) purpose: &'static str,
    pub(super) form: Form,
    pub(super) lifetime: Duration,
    pub(super) pause: Duration,
    pub(super) tries: u32,
}

/// The form of a code.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// A number of digits.
    Digits(u32),
    /// 256 bits, in letters that a URL can have.
    Link,
}

impl OneTimeCode {
    /// Creates a kind of six digits, for this purpose, which is good for five minutes and five tries. A code of one purpose
    /// is none for another.
    pub const fn digits(purpose: &'static str) -> Self {
        Self::new(purpose, Form::Digits(6))
    }

    /// Creates a kind of 256 random bits, for a link in a message, which is good for five minutes and five tries.
    pub const fn link(purpose: &'static str) -> Self {
        Self::new(purpose, Form::Link)
    }

    const fn new(purpose: &'static str, form: Form) -> Self {
        let (lifetime, pause) = (Duration::from_secs(300), Duration::from_secs(60));
        Self { purpose, form, lifetime, pause, tries: 5 }
    }

    /// Sets the number of digits, 6 to 12.
    ///
    /// # Panics
    ///
    /// If it is another, or the code has none: of a constant the compiler says so.
    #[must_use]
    pub const fn length(self, digits: u32) -> Self {
        assert!(digits >= 6 && digits <= 12, "a code has 6 to 12 digits");
        assert!(matches!(self.form, Form::Digits(_)), "a link has no digits to count");
        Self { form: Form::Digits(digits), ..self }
    }

    /// Sets the lifetime, up to a day, and of digits up to fifteen minutes.
    ///
    /// # Panics
    ///
    /// If it is longer, or none: of a constant the compiler says so.
    #[must_use]
    pub const fn lifetime(self, lifetime: Duration) -> Self {
        let longest = match self.form {
            Form::Digits(_) => 15 * 60,
            Form::Link => 24 * 3600,
        };
        let seconds = lifetime.as_secs();
        assert!(
            seconds >= 1 && seconds <= longest,
            "a code lives 15 minutes, a link a day at most"
        );
        Self { lifetime, ..self }
    }

    /// Sets the pause before another code is made for the same account, by default a minute: it keeps a stranger from
    /// filling somebody's mailbox.
    #[must_use]
    pub const fn pause(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// Sets the times that one code may be tried, 1 to 10.
    ///
    /// # Panics
    ///
    /// If it is another number: of a constant the compiler says so.
    #[must_use]
    pub const fn tries(self, tries: u32) -> Self {
        assert!(tries >= 1 && tries <= 10, "a code is tried 1 to 10 times");
        Self { tries, ..self }
    }
}
