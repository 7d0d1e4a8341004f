//! A caller, and the proof that an object was permitted, exist because a token was verified and a rule was asked. A
//! unit test has neither, so it may make them up; anything else that could would be a way around both. The macros
//! of `testing` look at `cfg(test)` where they are written, and what they lead to is in no build without debug
//! assertions. Both hold at compile time.
//!
//! Wrong: testing/caller_in_a_server

use crate::shop::*;
use secure_api::prelude::*;

fn may_see_costs(caller: &Caller<Role>) -> bool {
    caller.has(Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secure_api::testing;

    #[test]
    fn admins_see_costs() {
        assert!(may_see_costs(&testing::caller!(Role::Admin, "root")));
        assert!(!may_see_costs(&testing::caller!(Role::Customer, "alice")));
    }
}
