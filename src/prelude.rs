//! What an API is written with: `use secure_api::prelude::*;`.
//!
//! It exports derives without traits of the same name, so that it never collides with another prelude.

pub use secure_api_runtime::{
    docs::Docs,
    error::StartError,
    input::{Json, Query, Secret},
    limit::Limit,
    object::{
        Action, Authorized, Object, Page, Reader, Scoped, Store, StoreError, Unowned, Writer,
    },
    route::{Accepted, Created, NoContent, Performed, RequestContext, Service},
    token::{Caller, Issuer, Key},
};

pub use crate::{
    ApiError, Input, Resource, Role, Value, Version, api, delete, get, patch, post, put, routes,
};
