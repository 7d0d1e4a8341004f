//! `#[input(key = "…")]` lets a field be the bare key of an object. On a field that is none it would stay when the field
//! becomes one, and nobody would be told. What belongs to nobody is no key, so it may be sent as it is.
//!
//! Wrong: object/key_allowed_that_is_none

use crate::shop::*;
use secure_api::prelude::*;

#[derive(Input)]
pub struct Wish {
    pub product: ProductId,
}
