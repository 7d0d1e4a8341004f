//! The compile-time check of an exception for the bare key of an object.

use crate::input::{Field, rules::bounds::fail};

/// Checks that a field which may be a key is one.
#[track_caller]
pub const fn check_key_allowed(field: &Field) {
    if !field.ty.key {
        let help = " is no key of an object, so nothing is forbidden here\n  help: remove the exception: it would hide a later \
                    mistake";
        fail(&["SA195: "], field, &[], &[help])
    }
}
