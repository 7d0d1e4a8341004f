//! What an API is written with: `use secure_api::prelude::*;`.
//!
//! It exports derives without traits of the same name, so that it never collides with another prelude.

pub use secure_api_macros::{Input, Role, Value, Version};
pub use secure_api_runtime::{
    input::{Json, Query, Secret},
    limit::Limit,
    role::Caller,
};
