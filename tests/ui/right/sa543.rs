//! Free JSON leaves as it is, past every view. So it comes from a request, or is said to be foreign: text or a value that another
//! system made. What the app knows leaves through a view, which lists its fields. This holds at compile time.
//!
//! Wrong: input/free_json_of_an_entity

use secure_api::prelude::*;

struct Account {
    name: String,
    /// As the widget sent it.
    settings: String,
}

fn settings(account: Account) -> Result<FreeJson<4096, 4, 100>, InvalidValue> {
    drop(account.name);
    FreeJson::foreign(account.settings)
}
