//! `#[object]`: the rule, the listing and the constants that follow from an owner and from roles.
#![cfg(debug_assertions)]

use secure_api::{object::Owned, prelude::*, testing};

use crate::testing::kiosk::{Db, Role, TicketId};

/// A seat, which may be nobody's.
struct Seat {
    place: Place,
}

struct Place {
    holder: Option<CallerId>,
}

#[object(key = TicketId, store = Db, roles = Role, owner = place.holder, read = [Role::Guard], create = Role::Visitor)]
impl Object for Seat {
    async fn load(
        _: &Reader<Self::Store>,
        _: Self::Key,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

/// A locker, whose types stand in `load` alone. Its rule and its scope are its own.
struct Locker {
    team: String,
    holder: CallerId,
}

#[object(owner = holder, tenant = team)]
impl Object for Locker {
    async fn load(
        _: &Reader<Db>,
        _: TicketId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    fn permits(&self, _: &Caller<Role>, action: Action) -> bool {
        action == Action::Delete
    }

    fn scope(_: &Caller<Role>) -> u8 {
        7
    }
}

/// A voucher, of which each caller lists its own.
struct Voucher {
    holder: CallerId,
}

#[object(owner = holder)]
impl Object for Voucher {
    async fn load(
        _: &Reader<Db>,
        _: TicketId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }
}

const ACTIONS: [Action; 4] = [Action::Read, Action::Create, Action::Update, Action::Delete];

// R35: the owner may do everything, a role what its key names, and nobody else anything.
#[test]
fn a_rule_follows_from_the_owner_and_from_roles() {
    let alice = testing::caller!(Role::Visitor, "alice");
    let namesake = testing::caller!(Role::Visitor, "alice", tenant = "acme");
    let guard = testing::caller!(Role::Guard, "gina");
    let may =
        |seat: &Seat, caller: &Caller<Role>| ACTIONS.map(|action| seat.permits(caller, action));
    let seat = |holder| Seat { place: Place { holder } };
    let hers = seat(Some(testing::caller_id("alice")));
    assert_eq!(may(&hers, &alice), [true; 4]);
    assert_eq!(may(&hers, &namesake), [false, true, false, false]);
    assert_eq!(may(&hers, &guard), [true, true, false, false]);
    assert_eq!(may(&seat(None), &alice), [false, true, false, false]);

    let voucher = Voucher { holder: testing::caller_id("alice") };
    let may = |caller: &Caller<Role>| ACTIONS.map(|action| voucher.permits(caller, action));
    assert_eq!((may(&alice), may(&guard)), ([true; 4], [false; 4]));
}

// R36: a listing is no wider than the rule.
#[test]
fn a_listing_follows_from_the_owner_and_from_who_reads() {
    let alice = testing::caller!(Role::Visitor, "alice");
    let guard = testing::caller!(Role::Guard, "gina");
    assert_eq!(Seat::scope(&alice), Owned::By(testing::caller_id("alice")));
    assert_eq!(Seat::scope(&guard), Owned::ByAnyone);
    assert_eq!(Voucher::scope(&guard), Owned::By(guard.id().clone()));
    let (own, all) = (Seat::scope(&alice), Seat::scope(&guard));
    let namesake = testing::caller!(Role::Visitor, "alice", tenant = "acme");
    assert!(own.includes(alice.id()) && !own.includes(namesake.id()) && !own.includes(guard.id()));
    assert!(all.includes(alice.id()) && all.includes(namesake.id()));
    assert_eq!((own.owner(), all.owner()), (Some(alice.id()), None));
}

#[test]
fn what_the_block_has_is_taken_as_it_is() {
    let alice = testing::caller!(Role::Visitor, "alice");
    let locker = Locker { team: "acme".to_owned(), holder: testing::caller_id("alice") };
    let may = ACTIONS.map(|action| locker.permits(&alice, action));
    assert_eq!((may, Locker::scope(&alice)), ([false, false, false, true], 7));
    assert_eq!(Locker::TENANT.map(|tenant| tenant(&locker)), Some("acme"));
    assert_eq!(Locker::OWNER.and_then(|owner| owner(&locker)), Some(alice.id()));
    assert!(Seat::TENANT.is_none());
}
