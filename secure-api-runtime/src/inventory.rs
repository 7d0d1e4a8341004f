//! The inventory: stub.

use crate::route::Api;

/// Text.
pub fn routes(api: &Api) -> String {
    api.routes().map(|route| format!("{} {}\n", route.verb.as_str(), route.path)).collect()
}
