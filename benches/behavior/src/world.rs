//! The shop that is called: its routes, their declared limits, and the requests that come.

/// Milliseconds since the simulation began.
pub type Ms = u64;

/// The time that is simulated: four hours.
pub const END: Ms = 4 * 3_600_000;

/// A route, or the paths that none answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Route {
    Browse,
    Login,
    Code,
    Lookup,
    Register,
    Order,
    Checkout,
    Pay,
    Import,
    Unknown,
}

pub const ROUTES: usize = 10;

impl Route {
    /// Returns the declared limit: so many calls in a window of milliseconds.
    pub fn limit(self) -> (u32, Ms) {
        let count = match self {
            Self::Browse => 600,
            Self::Login | Self::Register | Self::Pay => 10,
            Self::Code => 5,
            Self::Lookup | Self::Checkout => 20,
            Self::Order => 120,
            Self::Import => 300,
            Self::Unknown => 1200,
        };
        (count, 60_000)
    }

    /// Returns the milliseconds in which one call of the limit refills.
    pub fn interval(self) -> f64 {
        let (count, window) = self.limit();
        window as f64 / f64::from(count)
    }

    /// Returns `true` if credentials are tried here.
    pub fn is_credential(self) -> bool {
        matches!(self, Self::Login | Self::Code | Self::Lookup)
    }
}

/// The answer of the app to a request that is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Fine,
    /// The caller proved to be somebody.
    SignedIn,
    /// A flow was completed: something was bought.
    Done,
    /// Something was asked about a name, and the answer is the same whatever is true.
    Asked,
    /// A password or a code does not hold.
    Wrong,
    /// Nothing is at this path.
    Missing,
    /// The object is not there or not the caller's.
    Refused,
    /// The input breaks rules.
    Invalid,
    /// The step before was not done.
    OutOfOrder,
    /// The token does not hold.
    BadToken,
}

/// One request.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    pub route: Route,
    pub address: u32,
    pub principal: Option<u32>,
    /// The name of the account that credentials are tried for.
    pub name: Option<u32>,
    /// The object, the path or the broken rules.
    pub key: u64,
    pub outcome: Outcome,
    /// `true` if an attacker sent it. For the oracle and for counting, and for no other policy.
    pub hostile: bool,
}

impl Request {
    /// Returns the caller that limits count: the principal, or the address of one who is nobody yet.
    pub fn caller(&self) -> u64 {
        match self.principal {
            Some(principal) => of_principal(principal),
            None => of_address(self.address),
        }
    }

    pub fn of_address(&self) -> u64 {
        of_address(self.address)
    }
}

pub fn of_address(address: u32) -> u64 {
    1 << 40 | u64::from(address)
}

pub fn of_principal(principal: u32) -> u64 {
    2 << 40 | u64::from(principal)
}

pub fn of_name(name: u32) -> u64 {
    3 << 40 | u64::from(name)
}
