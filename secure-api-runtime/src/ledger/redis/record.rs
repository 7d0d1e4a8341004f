//! Records in a Redis.
//!
//! A record is one text: its version, its end, whose it is, its content. It is in a set for its group and in one for its holder, which
//! are on other machines of a cluster: it joins them before it is there and leaves them after it is gone, so no record is in none. A
//! member has the version, so that whoever leaves takes nothing away but their own. What a machine that died has left in a set
//! goes with the record's end.

use redis::{
    Cmd, Pipeline, RedisError, RedisResult, Value, aio::MultiplexedConnection, from_redis_value,
};

use super::{key, revoked::end, script};
use crate::ledger::{Kept, LedgerError, Name, Record};

const RECORD: char = 'k';
const GROUP: char = 'g';
const HOLDER: char = 'h';

/// The bytes of a head: version, end, flags, group, holder.
const HEAD: usize = 8 + 8 + 1 + 16 + 16;
/// The bytes of a member: name, version.
const MEMBER: usize = 16 + 8;

/// The answer of an operation on records: the Redis's, and then the ledger's.
type Answer<T> = RedisResult<Result<T, LedgerError>>;

/// The sets that a record is in, and its member there.
struct Sets {
    group: Option<Name>,
    holder: Option<Name>,
    member: [u8; MEMBER],
}

/// Adds a record, if there is none and its holder has room.
pub(super) async fn insert(
    mut redis: MultiplexedConnection,
    name: Name,
    record: Record,
    share: u32,
) -> Answer<bool> {
    let version = new_version()?;
    let sets = Sets::of(name, version, &record);
    if !sets.join(&redis, record.until, share).await? {
        return Ok(Err(LedgerError::new(format!(
            "one caller has {share} records, and none has ended"
        ))));
    }
    let mut set = Cmd::new();
    set.arg("SET").arg(key::alone(RECORD, name)).arg(written(version, &record));
    set.arg("NX").arg("EXAT").arg(end(record.until));
    let inserted = redis.send_packed_command(&set).await?.extract_error()? == Value::Okay;
    if !inserted {
        sets.leave(redis).await?;
    }
    Ok(Ok(inserted))
}

/// Returns a record.
pub(super) async fn get(mut redis: MultiplexedConnection, name: Name) -> Answer<Option<Kept>> {
    let mut get = Cmd::new();
    get.arg("GET").arg(key::alone(RECORD, name));
    let answer = redis.send_packed_command(&get).await?.extract_error()?;
    let text: Option<Vec<u8>> = from_redis_value(answer)?;
    Ok(text.map(|text| Ok(read(text)?.1)).transpose())
}

/// Puts a record in the place of one that has still this version.
pub(super) async fn replace(
    redis: MultiplexedConnection,
    name: Name,
    version: u64,
    record: Record,
) -> Answer<bool> {
    let new = new_version()?;
    let sets = Sets::of(name, new, &record);
    // It takes the place of one that had room.
    sets.join(&redis, record.until, u32::MAX).await?;
    let call = script::REPLACE.call(&[key::alone(RECORD, name)]);
    let call = call.arg(&version.to_be_bytes()).arg(written(new, &record));
    let before = call.arg(end(record.until)).arg(HEAD).run(redis.clone()).await?;
    let before: Option<Vec<u8>> = from_redis_value(before)?;
    let replaced = before.is_some();
    match before.map(|head| Sets::read(name, &head)) {
        Some(before) => before.leave(redis).await?,
        None => sets.leave(redis).await?,
    }
    Ok(Ok(replaced))
}

/// Removes a record.
pub(super) async fn remove(redis: MultiplexedConnection, name: Name) -> Answer<bool> {
    let call = script::REMOVE.call(&[key::alone(RECORD, name)]);
    let head: Option<Vec<u8>> = from_redis_value(call.arg(HEAD).run(redis.clone()).await?)?;
    let Some(head) = head else { return Ok(Ok(false)) };
    Sets::read(name, &head).leave(redis).await?;
    Ok(Ok(true))
}

/// Returns the records of a group.
pub(super) async fn group(
    mut redis: MultiplexedConnection,
    group: Name,
) -> Answer<Vec<(Name, Kept)>> {
    let call = script::MEMBERS.call(&[key::alone(GROUP, group)]);
    let members: Vec<Vec<u8>> = from_redis_value(call.run(redis.clone()).await?)?;
    let names = members.iter().filter_map(|member| Some(Name::from(*member.first_chunk()?)));
    let mut names: Vec<Name> = names.collect();
    // While one is replaced it is in the set twice.
    names.sort_unstable_by_key(|name| *name.as_bytes());
    names.dedup();
    if names.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let mut asked = Pipeline::with_capacity(names.len());
    for name in &names {
        asked.cmd("GET").arg(key::alone(RECORD, *name));
    }
    let answers = redis.send_packed_commands(&asked, 0, names.len()).await?;
    let mut records = Vec::with_capacity(names.len());
    for (name, answer) in names.into_iter().zip(answers) {
        let text: Option<Vec<u8>> = from_redis_value(answer.extract_error()?)?;
        match text.map(read).transpose() {
            Ok(Some((whose, kept))) if whose.group == Some(group) => records.push((name, kept)),
            Ok(_) => {}
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(records))
}

impl Sets {
    fn of(name: Name, version: u64, record: &Record) -> Self {
        let mut member = [0; MEMBER];
        member[..16].copy_from_slice(name.as_bytes());
        member[16..].copy_from_slice(&version.to_be_bytes());
        Self { group: record.group, holder: record.holder, member }
    }

    /// Reads the sets of a record out of its head. Of one that cannot be read, those that are known.
    fn read(name: Name, head: &[u8]) -> Self {
        let mut member = [0; MEMBER];
        member[..16].copy_from_slice(name.as_bytes());
        if let Some(version) = head.first_chunk::<8>() {
            member[16..].copy_from_slice(version);
        }
        let whose = Whose::read(head).unwrap_or_default();
        Self { group: whose.group, holder: whose.holder, member }
    }

    fn keys(&self) -> impl Iterator<Item = (String, bool)> {
        let holder = self.holder.map(|holder| (key::alone(HOLDER, holder), true));
        let group = self.group.map(|group| (key::alone(GROUP, group), false));
        holder.into_iter().chain(group)
    }

    /// Joins the sets. `false` where the holder has no room; then it is in none.
    async fn join(
        &self,
        redis: &MultiplexedConnection,
        until: i64,
        share: u32,
    ) -> RedisResult<bool> {
        for (set, is_holder) in self.keys() {
            let most = if is_holder { share } else { u32::MAX };
            let call = script::JOIN.call(&[set]).arg(&self.member).arg(end(until)).arg(most);
            let joined: bool = from_redis_value(call.run(redis.clone()).await?)?;
            if !joined {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn leave(&self, mut redis: MultiplexedConnection) -> RedisResult<()> {
        let mut left = Pipeline::new();
        for (set, _) in self.keys() {
            left.cmd("ZREM").arg(set).arg(&self.member);
        }
        if !left.is_empty() {
            let answers = redis.send_packed_commands(&left, 0, left.len()).await?;
            answers.into_iter().try_for_each(|answer| answer.extract_error().map(|_| ()))?;
        }
        Ok(())
    }
}

/// The names that a record is found by.
#[derive(Default)]
struct Whose {
    group: Option<Name>,
    holder: Option<Name>,
}

impl Whose {
    fn read(head: &[u8]) -> Option<Self> {
        let (flags, names) = head.get(16..HEAD)?.split_first()?;
        let (group, holder) = (names.first_chunk()?, names.last_chunk()?);
        Some(Self {
            group: (flags & 1 > 0).then(|| Name::from(*group)),
            holder: (flags & 2 > 0).then(|| Name::from(*holder)),
        })
    }
}

/// Returns a record as it is kept.
fn written(version: u64, record: &Record) -> Vec<u8> {
    let Record { value, until, group, holder } = record;
    let mut text = Vec::with_capacity(HEAD + value.len());
    text.extend_from_slice(&version.to_be_bytes());
    text.extend_from_slice(&until.to_be_bytes());
    text.push(u8::from(group.is_some()) | u8::from(holder.is_some()) << 1);
    for name in [group, holder] {
        text.extend_from_slice(name.map_or([0; 16], |name| *name.as_bytes()).as_slice());
    }
    text.extend_from_slice(value);
    text
}

fn read(mut text: Vec<u8>) -> Result<(Whose, Kept), LedgerError> {
    let parts = text.first_chunk().and_then(|version| {
        let (_, until) = text.first_chunk::<16>()?.split_last_chunk()?;
        Some((*version, *until, Whose::read(&text)?))
    });
    let (version, until, whose) =
        parts.ok_or_else(|| LedgerError::new("a record cannot be read"))?;
    let value = text.split_off(HEAD);
    let (version, until) = (u64::from_be_bytes(version), i64::from_be_bytes(until));
    Ok((whose, Kept { value, until, version }))
}

/// Returns a version that no record has had. Numbers that count would need a place of their own to be counted in.
fn new_version() -> Result<u64, RedisError> {
    let mut random = [0; 8];
    let filled = aws_lc_rs::rand::fill(&mut random);
    filled
        .map_err(|_| RedisError::from(std::io::Error::other("the system gives no randomness")))?;
    // Below 2^62, as the trait wants it below 2^63 − 1.
    Ok(u64::from_be_bytes(random) >> 2)
}
