//! An object as the inventory lists it. A rule that `#[object]` made is asked once for each role and action.

use std::{
    any::{TypeId, type_name},
    sync::Arc,
};

use super::{Action, Object};
use crate::{
    identity::{Caller, Identity},
    input::{Grants, ObjectInfo},
    role::{RoleSet, Roles},
};

/// Describes the implementation of an object.
pub(crate) fn describe<T: Object>() -> ObjectInfo {
    ObjectInfo {
        type_id: TypeId::of::<T>(),
        name: type_name::<T>(),
        key: type_name::<T::Key>(),
        store: type_name::<T::Store>(),
        grants: grants::<T>(),
    }
}

fn grants<T: Object>() -> Option<Grants> {
    Some(Grants {
        read: granted::<T>(Action::Read)?,
        create: granted::<T>(Action::Create)?,
        update: granted::<T>(Action::Update)?,
        delete: granted::<T>(Action::Delete)?,
    })
}

/// Returns the roles each of which by itself is enough for an action on what others own; `None` where the rule is written by hand.
fn granted<T: Object>(action: Action) -> Option<RoleSet> {
    let table = <T::Roles as Roles>::TABLE;
    let mut bits = 0;
    for place in 0..table.roles.len() {
        let role = 1 << place;
        let identity = Identity::new(Arc::from("inventory"), None, "nobody", role, i64::MAX);
        if T::grants(&Caller::new(Arc::new(identity)), action)? {
            bits |= role;
        }
    }
    Some(RoleSet::new(bits, table))
}
