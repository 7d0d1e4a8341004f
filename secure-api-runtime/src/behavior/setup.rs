//! The behavior of an app as it is set: who decides, and how many callers are remembered.

/// The policy by which callers who look, guess and try have less of their limits. The default is [`scored`](Self::scored).
///
/// Each caller that gave a signal (wrong credentials, objects that are not its own, paths that are not there, …) has a score,
/// and by it from half of its limits to nearly nothing of them. One who gave none is not remembered.
///
/// ```
/// use secure_api::behavior::Behavior;
///
/// let behavior = Behavior::scored().remembering(100_000);
/// assert_eq!(behavior.callers(), 100_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behavior {
    kind: Kind,
    callers: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Off,
    Scored,
    Learned,
}

impl Default for Behavior {
    fn default() -> Self {
        Self::scored()
    }
}

impl Behavior {
    /// Four megabytes at most, and more callers than misbehave at a time.
    const CALLERS: usize = 16_384;

    /// Weighs callers by a score whose terms the log tells.
    #[must_use]
    pub const fn scored() -> Self {
        Self { kind: Kind::Scored, callers: Self::CALLERS }
    }

    /// Lets a policy that learns from what follows choose beside the score, at most one step from it. The simulation in the book
    /// does not find it better, so it is not the default.
    #[must_use]
    pub const fn learned() -> Self {
        Self { kind: Kind::Learned, callers: Self::CALLERS }
    }

    /// Weighs nobody: the declared limits are all there is.
    #[must_use]
    pub const fn off() -> Self {
        Self { kind: Kind::Off, callers: 0 }
    }

    /// Returns its name in the inventory: `scored`, `learned` or `off`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Off => "off",
            Kind::Scored => "scored",
            Kind::Learned => "learned",
        }
    }

    /// Sets how many callers are remembered, each in 216 bytes, or 376 with the learned policy.
    #[must_use]
    pub const fn remembering(self, callers: usize) -> Self {
        Self { kind: self.kind, callers }
    }

    /// Returns how many callers are remembered.
    #[must_use]
    pub const fn callers(&self) -> usize {
        self.callers
    }

    /// Returns `true` if callers are weighed at all.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        !matches!(self.kind, Kind::Off)
    }

    /// Returns `true` if a policy learns.
    #[must_use]
    pub const fn learns(&self) -> bool {
        matches!(self.kind, Kind::Learned)
    }
}
