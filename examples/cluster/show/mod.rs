//! The six things that are shown: five that the servers have in common, and that a Redis which dies takes none of them.

mod caller;
mod outage;
mod shared;

use crate::{cluster::Cluster, folder::Failure};

use self::caller::Callers;

/// The sentence that tells what was seen: as it has to be, or as it must not be.
type Seen = Result<String, String>;

/// Returns what was seen, as what it is.
fn seen(holds: bool, text: String) -> Seen {
    if holds { Ok(text) } else { Err(text) }
}

/// Shows all on a cluster of its own. `true` if all held.
pub async fn all() -> Result<bool, Failure> {
    // They are dropped from the last to the first: whoever needs another one goes before it.
    let Cluster { place: _place, keys, mut redis, servers } = Cluster::start()?;
    let callers = Callers::of(&servers)?;
    let mut held = true;
    let mut tell = |name: &str, result: Seen| {
        held &= result.is_ok();
        match result {
            Ok(text) => println!("held: {name}: {text}"),
            Err(text) => println!("DID NOT HOLD: {name}: {text}"),
        }
    };
    tell("one limit", shared::limit(&callers, &keys).await?);
    tell("one step", shared::step(&callers, &keys).await?);
    tell("one idempotency key", shared::key(&callers, &keys).await?);
    tell("one revocation", shared::revocation(&callers, &keys).await?);
    tell("one DPoP proof", shared::proof(&callers, &keys).await?);
    tell("the Redis killed and back", outage::outage(&callers, &keys, &mut redis).await?);
    Ok(held)
}
