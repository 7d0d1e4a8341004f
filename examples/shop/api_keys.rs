//! The keys of programs: made by whoever signed in a moment ago, listed, exchanged and ended by them.

use secure_api::{
    api_key::{ApiKeyList, ApiKeys, Grant, Made},
    prelude::*,
};

use crate::{
    api_key::{
        ApiKeyId, ApiKeyLine, ApiKeyOnce, ApiKeySummary, ApiKeyTable, IssuedApiKey, NewApiKey,
    },
    error::ApiKeyIssueError,
    limit::{ACCOUNT, BROWSE},
    role::Role,
    token::{BY_CODE, ONE_TIME_CODE},
    version::Version,
};

/// The time after signing in in which a key may be made: long enough to find the page, short for a lost telephone.
const JUST_SIGNED_IN: Duration = Duration::from_secs(900);

/// The time for which the key before still works after an exchange.
const OVERLAP: Duration = Duration::from_secs(3600);

/// Makes a key that can do what its maker can. It ends after 90 days.
#[post("/api-keys", version = Version::V2.., role = [Role::Customer, Role::Warehouse], by = Bearer, limit = ACCOUNT,
       acr = BY_CODE, amr = ONE_TIME_CODE, max_age = JUST_SIGNED_IN,
       view = ApiKeyOnce)]
pub async fn make_api_key(
    caller: Caller<Role>,
    keys: ApiKeys<ApiKeyTable>,
    clock: Clock,
    Json(body): Json<NewApiKey>,
) -> Result<Performed<IssuedApiKey>, ApiKeyIssueError> {
    let roles = [Role::Customer, Role::Support, Role::Warehouse, Role::Admin];
    let held = roles.into_iter().filter(|role| caller.has(*role));
    let grant = Grant::new(&caller, body.label).roles(held);
    Ok(Performed(issued(keys.make(grant, &clock).await?)?))
}

/// Lists the caller's keys, the newest first, those included that have ended.
#[get("/api-keys", version = Version::V2.., role = [Role::Customer, Role::Warehouse], by = Bearer, limit = BROWSE,
      view = ApiKeyLine)]
pub async fn list_api_keys(
    caller: Caller<Role>,
    keys: ApiKeyList<ApiKeyTable>,
) -> Result<Page<ApiKeySummary>, StoreError> {
    let all = keys.list(caller.id()).await?;
    let shown = all.into_iter().map(ApiKeySummary::try_from).collect::<Result<_, _>>()?;
    Ok(Page::new(shown))
}

/// Makes a key in the place of another one, which works for an hour more.
#[post("/api-keys/{key}/exchange", version = Version::V2.., role = [Role::Customer, Role::Warehouse], by = Bearer,
       limit = ACCOUNT, max_age = JUST_SIGNED_IN,
       view = ApiKeyOnce)]
pub async fn exchange_api_key(
    key: Unowned<ApiKeyId>,
    caller: Caller<Role>,
    keys: ApiKeys<ApiKeyTable>,
    clock: Clock,
) -> Result<Performed<IssuedApiKey>, ApiKeyIssueError> {
    let made = keys.rotate(&caller, &key.0.0, OVERLAP, &clock).await?;
    Ok(Performed(issued(made.ok_or(ApiKeyIssueError::NoKey)?)?))
}

/// Ends a key now.
#[delete("/api-keys/{key}", version = Version::V2.., role = [Role::Customer, Role::Warehouse], by = Bearer,
         limit = ACCOUNT)]
pub async fn end_api_key(
    key: Unowned<ApiKeyId>,
    caller: Caller<Role>,
    keys: ApiKeys<ApiKeyTable>,
    clock: Clock,
) -> Result<NoContent, StoreError> {
    keys.revoke(caller.id(), &key.0.0, &clock).await?;
    Ok(NoContent)
}

fn issued(made: Made) -> Result<IssuedApiKey, StoreError> {
    Ok(IssuedApiKey {
        id: made.record.id,
        key: made.key.expose().clone(),
        ends_at: Timestamp::from_second(made.record.expires_at)?,
    })
}
