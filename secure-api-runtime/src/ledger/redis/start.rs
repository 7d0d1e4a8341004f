//! The questions that a Redis is asked before the app serves.

use std::time::{Duration, SystemTime};

use redis::{Cmd, Value, aio::MultiplexedConnection, from_redis_value};
use tokio::time::timeout;

use super::{connect, key, options::Options, script};
use crate::error::StartProblem;

/// The longest that the answers take.
const LONGEST: Duration = Duration::from_secs(5);
/// The oldest major version whose commands suffice.
const OLDEST: u32 = 7;
/// The seconds by which clocks may differ without a word.
const APART: u64 = 2;

/// Asks if this Redis can remember, and refuses one that cannot.
pub(super) async fn check(options: &Options) -> Result<(), StartProblem> {
    let shown = options.shown();
    let checked = timeout(LONGEST, async {
        let (redis, driver) = connect::open(options).await?;
        tokio::select! {
            checked = ask(redis, &shown) => checked,
            () = driver => Err("it closes the connection".to_owned()),
        }
    });
    let why = match checked.await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(why)) => why,
        Err(_) => "it does not answer".to_owned(),
    };
    Err(StartProblem {
        code: "SA135",
        text: format!("the ledger's Redis at {shown} cannot be used: {why}"),
        help: "name a Redis 7 or a Valkey that answers there and forgets nothing (`maxmemory-policy noeviction`), and a user who may write and run scripts, with `.password(…)`",
    })
}

async fn ask(redis: MultiplexedConnection, shown: &str) -> Result<(), String> {
    let mut asked = redis.clone();
    let info = asked.send_packed_command(Cmd::new().arg("INFO")).await;
    match info.and_then(Value::extract_error).and_then(|info| Ok(from_redis_value(info)?)) {
        Ok(info) => Info(info).check(shown)?,
        Err(error) => {
            tracing::warn!(redis = shown, %error, "the ledger's Redis does not say if it evicts what it has no room for");
        }
    }
    let probe = [key::of_probe('a'), key::of_probe('b')];
    let time = script::PROBE.call(&probe).run(redis).await.map_err(|error| error.to_string())?;
    let time: String = from_redis_value(time).map_err(|error| error.to_string())?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let apart = time.parse::<u64>().map_or(0, |time| time.abs_diff(now.as_secs()));
    if apart > APART {
        tracing::warn!(
            redis = shown,
            seconds = apart,
            "the clocks of the ledger's Redis and of this machine differ"
        );
    }
    Ok(())
}

/// The answer of `INFO`: lines of a name and a value.
struct Info(String);

impl Info {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    }

    fn check(&self, shown: &str) -> Result<(), String> {
        let version = self.get("redis_version").unwrap_or("none that it tells");
        let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
        if major.is_none_or(|major| major < OLDEST) {
            return Err(format!("its version is {version}"));
        }
        if let Some(policy) = self.get("maxmemory_policy").filter(|policy| *policy != "noeviction")
        {
            return Err(format!(
                "without room it forgets limits, and their callers begin anew (`maxmemory-policy {policy}`)"
            ));
        }
        if self.get("role").is_some_and(|role| role != "master") {
            return Err("it is a replica, which takes nothing".to_owned());
        }
        if self.get("cluster_enabled") == Some("1") {
            return Err("it is one of a cluster".to_owned());
        }
        if self.get("aof_enabled") == Some("0") {
            tracing::warn!(
                redis = shown,
                "the ledger's Redis forgets when it restarts what it was told since its last snapshot: set `appendonly yes`"
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(changed: (&str, &str)) -> Result<(), String> {
        let info = "# Server\r\nredis_version:7.0.15\r\nrole:master\r\nmaxmemory_policy:noeviction\r\ncluster_enabled:0\r\naof_enabled:1\r\n";
        Info(info.replace(changed.0, changed.1)).check("here")
    }

    #[test]
    fn one_that_forgets_or_takes_nothing_is_refused() {
        assert_eq!(told(("", "")), Ok(()));
        assert_eq!(told(("aof_enabled:1", "aof_enabled:0")), Ok(()));
        assert_eq!(told(("7.0.15", "8.2.1")), Ok(()));
        for changed in [
            ("7.0.15", "6.2.7"),
            ("redis_version", "version"),
            ("noeviction", "allkeys-lru"),
            ("noeviction", "volatile-ttl"),
            ("role:master", "role:slave"),
            ("cluster_enabled:0", "cluster_enabled:1"),
        ] {
            assert!(told(changed).is_err(), "{changed:?}");
        }
    }
}
