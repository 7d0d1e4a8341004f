//! The store, in memory: it ends with the process, and is bounded, since whoever signs up may fill it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex},
};

use secure_api::{identity::Principal, prelude::*};

use crate::{
    account::{Account, UserName},
    article::ArticleSlug,
    comment::CommentId,
    moment::Moment,
    profile::Profile,
};

/// The most of each sort of thing that are kept.
const MOST: usize = 100_000;

/// The most sign-ins of one account. The oldest one ends.
const MOST_SESSIONS: usize = 20;

/// An article without what depends on who looks at it.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) slug: ArticleSlug,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) body: String,
    pub(crate) tags: Vec<String>,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
    pub(crate) author: CallerId,
}

/// A comment without its author's profile.
#[derive(Clone)]
pub(crate) struct Remark {
    pub(crate) id: CommentId,
    pub(crate) article: ArticleSlug,
    pub(crate) body: String,
    pub(crate) at: Moment,
    pub(crate) author: CallerId,
}

/// A sign-in.
struct Session {
    principal: Principal,
    account: CallerId,
    ends: i64,
}

/// All that is kept. Articles and comments are in the order in which they were written.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) accounts: HashMap<CallerId, Account>,
    sessions: BTreeMap<Uuid, Session>,
    pub(crate) articles: Vec<Draft>,
    pub(crate) comments: BTreeMap<u64, Remark>,
    pub(crate) last_comment: u64,
    pub(crate) follows: HashSet<(CallerId, CallerId)>,
    pub(crate) favorites: HashSet<(String, CallerId)>,
}

/// The store. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Db(Arc<Mutex<State>>);

impl Store for Db {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Db {
    /// Does something with all that is kept, while nobody else does.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> Result<T, StoreError> {
        let mut state = self.0.lock().map_err(|_| "a thread panicked while it wrote")?;
        Ok(work(&mut state))
    }

    /// Returns whom a sign-in speaks for, if it is not over.
    pub(crate) fn signed_in(&self, session: Uuid) -> Result<Option<Principal>, StoreError> {
        self.with(|state| state.sessions.get(&session).map(|session| session.principal.clone()))
    }
}

impl State {
    /// Adds an account, or says that its name or its address is taken.
    pub(crate) fn sign_up(&mut self, account: Account) -> Result<(), Taken> {
        self.room(self.accounts.len())?;
        self.free(&account.id, &account.username, &account.email)?;
        self.accounts.insert(account.id.clone(), account);
        Ok(())
    }

    /// Replaces an account, or says that its name or its address is somebody else's.
    pub(crate) fn change(&mut self, account: Account) -> Result<(), Taken> {
        self.free(&account.id, &account.username, &account.email)?;
        self.accounts.insert(account.id.clone(), account);
        Ok(())
    }

    fn free(&self, id: &CallerId, name: &UserName, email: &Email) -> Result<(), Taken> {
        let others = || self.accounts.values().filter(|other| other.id != *id);
        let alike = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        if others().any(|other| alike(other.username.as_str(), name.as_str())) {
            return Err(Taken::Name);
        }
        match others().any(|other| alike(other.email.as_str(), email.as_str())) {
            true => Err(Taken::Email),
            false => Ok(()),
        }
    }

    /// Says if there is room beside so many.
    pub(crate) fn room(&self, kept: usize) -> Result<(), Taken> {
        if kept < MOST { Ok(()) } else { Err(Taken::Room) }
    }

    /// Returns the account of this caller.
    pub(crate) fn account(&self, id: &CallerId) -> Option<&Account> {
        self.accounts.get(id)
    }

    /// Returns the account with this address.
    pub(crate) fn with_email(&self, email: &Email) -> Option<&Account> {
        let alike = |one: &&Account| one.email.as_str().eq_ignore_ascii_case(email.as_str());
        self.accounts.values().find(alike)
    }

    /// Returns the account of this name.
    pub(crate) fn named(&self, name: &UserName) -> Option<&Account> {
        let alike = |one: &&Account| one.username.as_str().eq_ignore_ascii_case(name.as_str());
        self.accounts.values().find(alike)
    }

    /// Begins a sign-in, and ends those that are over, and the oldest of the account where it has too many.
    pub(crate) fn begin(
        &mut self,
        account: &CallerId,
        principal: Principal,
        now: i64,
        ends: i64,
    ) -> Uuid {
        self.sessions.retain(|_, session| session.ends > now);
        let mut own: Vec<(i64, Uuid)> =
            self.sessions_of(account).map(|(id, session)| (session.ends, *id)).collect();
        own.sort_unstable();
        for (_, oldest) in own.iter().take((own.len() + 1).saturating_sub(MOST_SESSIONS)) {
            self.sessions.remove(oldest);
        }
        let id = Uuid::new_v4();
        let principal = principal.credential_id(id.to_string()).issued_at(now).expires_at(ends);
        self.sessions.insert(id, Session { principal, account: account.clone(), ends });
        id
    }

    fn sessions_of(&self, account: &CallerId) -> impl Iterator<Item = (&Uuid, &Session)> {
        self.sessions.iter().filter(move |(_, session)| session.account == *account)
    }

    /// Ends all sign-ins of an account but this one: its password was changed.
    pub(crate) fn end_others(&mut self, account: &CallerId, kept: Uuid) {
        self.sessions.retain(|id, session| *id == kept || session.account != *account);
    }

    /// Has somebody follow somebody, or no longer.
    pub(crate) fn follow(
        &mut self,
        who: &CallerId,
        whom: &CallerId,
        follows: bool,
    ) -> Result<(), Taken> {
        let pair = (who.clone(), whom.clone());
        if follows {
            self.room(self.follows.len())?;
            self.follows.insert(pair);
        } else {
            self.follows.remove(&pair);
        }
        Ok(())
    }

    /// Returns the profile of an account, as this caller sees it.
    pub(crate) fn profile(&self, whose: &Account, caller: Option<&CallerId>) -> Profile {
        let follows =
            |caller: &CallerId| self.follows.contains(&(caller.clone(), whose.id.clone()));
        Profile {
            username: whose.username.clone(),
            bio: whose.bio.clone(),
            image: whose.image.clone(),
            following: caller.is_some_and(follows),
        }
    }
}

/// The reasons for which something is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Name,
    Email,
    Room,
}
