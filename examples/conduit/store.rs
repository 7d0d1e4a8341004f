//! What is kept, in memory: it ends with the process, and is bounded, since whoever signs up may fill it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex},
};

use secure_api::{identity::Principal, prelude::*};

use crate::{
    account::{Account, UserName},
    article::{Article, ArticleSlug},
    comment::{Comment, CommentId},
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
    accounts: HashMap<CallerId, Account>,
    sessions: BTreeMap<Uuid, Session>,
    articles: Vec<Draft>,
    comments: BTreeMap<u64, Remark>,
    last_comment: u64,
    follows: HashSet<(CallerId, CallerId)>,
    favorites: HashSet<(String, CallerId)>,
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

    fn room(&self, kept: usize) -> Result<(), Taken> {
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

    /// Adds an article.
    pub(crate) fn write(&mut self, draft: Draft) -> Result<(), Taken> {
        self.room(self.articles.len())?;
        self.articles.push(draft);
        Ok(())
    }

    /// Returns the article of this slug.
    pub(crate) fn draft(&mut self, slug: &ArticleSlug) -> Option<&mut Draft> {
        self.articles.iter_mut().find(|draft| draft.slug == *slug)
    }

    /// Removes an article with all that belongs to it.
    pub(crate) fn remove(&mut self, slug: &ArticleSlug) {
        self.articles.retain(|draft| draft.slug != *slug);
        self.comments.retain(|_, remark| remark.article != *slug);
        self.favorites.retain(|(article, _)| article != slug.as_str());
    }

    /// Marks an article as somebody's favorite, or no longer.
    pub(crate) fn favor(
        &mut self,
        slug: &ArticleSlug,
        who: &CallerId,
        favors: bool,
    ) -> Result<(), Taken> {
        let pair = (slug.as_str().to_owned(), who.clone());
        if favors {
            self.room(self.favorites.len())?;
            self.favorites.insert(pair);
        } else {
            self.favorites.remove(&pair);
        }
        Ok(())
    }

    /// Returns an article, as this caller sees it.
    pub(crate) fn article(&self, slug: &ArticleSlug, caller: Option<&CallerId>) -> Option<Article> {
        self.seen(self.articles.iter().find(|draft| draft.slug == *slug)?, caller)
    }

    /// Returns the articles that are wanted from an offset on, the newest first, and the number of all of them.
    pub(crate) fn articles(
        &self,
        caller: Option<&CallerId>,
        (offset, limit): (usize, usize),
        wanted: impl Fn(&Self, &Draft) -> bool,
    ) -> (Vec<Article>, u64) {
        let all = || self.articles.iter().rev().filter(|draft| wanted(self, draft));
        let shown = all().skip(offset).take(limit).filter_map(|draft| self.seen(draft, caller));
        (shown.collect(), all().count() as u64)
    }

    /// Returns `true` if the article is somebody's favorite.
    pub(crate) fn favors(&self, draft: &Draft, who: &CallerId) -> bool {
        self.favorites.contains(&(draft.slug.as_str().to_owned(), who.clone()))
    }

    /// Returns `true` if somebody follows the author.
    pub(crate) fn follows(&self, draft: &Draft, who: &CallerId) -> bool {
        self.follows.contains(&(who.clone(), draft.author.clone()))
    }

    /// Returns all tags, each once.
    pub(crate) fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> =
            self.articles.iter().flat_map(|draft| draft.tags.iter().cloned()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    /// Returns an article, as this caller sees it, that may not be kept yet.
    pub(crate) fn seen(&self, draft: &Draft, caller: Option<&CallerId>) -> Option<Article> {
        let favorites = self.favorites.iter().filter(|(slug, _)| slug == draft.slug.as_str());
        Some(Article {
            slug: draft.slug.clone(),
            title: draft.title.clone(),
            description: draft.description.clone(),
            body: draft.body.clone(),
            tag_list: draft.tags.clone(),
            created_at: draft.created_at,
            updated_at: draft.updated_at,
            favorited: caller.is_some_and(|caller| self.favors(draft, caller)),
            favorites_count: favorites.count() as u64,
            author: self.profile(self.account(&draft.author)?, caller),
            owner: draft.author.clone(),
        })
    }

    /// Returns the id of the next comment, if there is room for it.
    pub(crate) fn next_comment(&mut self) -> Result<u64, Taken> {
        self.room(self.comments.len())?;
        self.last_comment += 1;
        Ok(self.last_comment)
    }

    /// Adds a comment.
    pub(crate) fn remark(&mut self, id: u64, remark: Remark) {
        self.comments.insert(id, remark);
    }

    /// Removes a comment.
    pub(crate) fn unremark(&mut self, id: u64) {
        self.comments.remove(&id);
    }

    /// Returns a comment, as this caller sees it.
    pub(crate) fn comment(&self, id: u64, caller: Option<&CallerId>) -> Option<Comment> {
        self.told(self.comments.get(&id)?, caller)
    }

    /// Returns the comments on an article, the newest first, as many as a page holds.
    pub(crate) fn comments(&self, slug: &ArticleSlug, caller: Option<&CallerId>) -> Vec<Comment> {
        let on_it = self.comments.values().rev().filter(|remark| remark.article == *slug);
        let told = on_it.filter_map(|remark| self.told(remark, caller));
        told.take(Page::<Comment>::MOST).collect()
    }

    /// Returns a comment, as this caller sees it, that may not be kept yet.
    pub(crate) fn told(&self, remark: &Remark, caller: Option<&CallerId>) -> Option<Comment> {
        Some(Comment {
            id: remark.id,
            article: remark.article.clone(),
            body: remark.body.clone(),
            created_at: remark.at,
            updated_at: remark.at,
            author: self.profile(self.account(&remark.author)?, caller),
            owner: remark.author.clone(),
        })
    }
}

/// The reasons for which something is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Name,
    Email,
    Room,
}
