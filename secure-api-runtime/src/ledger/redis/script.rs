//! The scripts that a Redis runs, each known to it by its hash.

use std::{fmt::Write as _, sync::OnceLock};

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use redis::{
    Cmd, RedisError, RedisResult, ServerErrorKind, ToRedisArgs, Value, aio::MultiplexedConnection,
};

/// A script. A Redis runs it without anybody in between.
pub(super) struct Script {
    text: &'static str,
    /// Its name in a Redis: its SHA-1, in hexadecimal.
    hash: OnceLock<String>,
}

pub(super) static ADD: Script = Script::new(include_str!("lua/add.lua"));
pub(super) static CHARGE: Script = Script::new(include_str!("lua/charge.lua"));
pub(super) static JOIN: Script = Script::new(include_str!("lua/join.lua"));
pub(super) static MEMBERS: Script = Script::new(include_str!("lua/members.lua"));
pub(super) static PROBE: Script = Script::new(include_str!("lua/probe.lua"));
pub(super) static REFUND: Script = Script::new(include_str!("lua/refund.lua"));
pub(super) static REMOVE: Script = Script::new(include_str!("lua/remove.lua"));
pub(super) static REPLACE: Script = Script::new(include_str!("lua/replace.lua"));
pub(super) static REVOKE: Script = Script::new(include_str!("lua/revoke.lua"));

impl Script {
    const fn new(text: &'static str) -> Self {
        Self { text, hash: OnceLock::new() }
    }

    fn hash(&self) -> &str {
        self.hash.get_or_init(|| {
            let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, self.text.as_bytes());
            digest.as_ref().iter().fold(String::with_capacity(40), |mut hash, byte| {
                // Writing to a text does not fail.
                let _ = write!(hash, "{byte:02x}");
                hash
            })
        })
    }

    /// Begins a call by the hash.
    pub(super) fn call(&'static self, keys: &[String]) -> Call {
        let mut command = Cmd::new();
        command.arg("EVALSHA").arg(self.hash()).arg(keys.len()).arg(keys);
        Call { script: self, command }
    }
}

/// A call of a script, with its keys and arguments.
pub(super) struct Call {
    script: &'static Script,
    command: Cmd,
}

impl Call {
    pub(super) fn arg(mut self, arg: impl ToRedisArgs) -> Self {
        self.command.arg(arg);
        self
    }

    /// Runs the script; once more by its text if this Redis does not know it: it was restarted, or another one took its place.
    pub(super) async fn run(self, mut redis: MultiplexedConnection) -> RedisResult<Value> {
        match redis.send_packed_command(&self.command).await?.extract_error() {
            Err(error) if is_unknown(&error) => {
                let mut command = Cmd::new();
                command.arg("EVAL").arg(self.script.text);
                for arg in self.command.args_iter().skip(2) {
                    if let redis::Arg::Simple(arg) = arg {
                        command.arg(arg);
                    }
                }
                redis.send_packed_command(&command).await?.extract_error()
            }
            result => result,
        }
    }
}

fn is_unknown(error: &RedisError) -> bool {
    matches!(error.kind(), redis::ErrorKind::Server(ServerErrorKind::NoScript))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_known_by_its_hash() {
        // As `redis-cli script load 'return 1'` answers.
        static ONE: Script = Script::new("return 1");
        assert_eq!(ONE.hash(), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    }
}
