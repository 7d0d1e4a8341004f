//! Articles, favorites and comments, as they are kept and as one caller sees them.

use secure_api::prelude::*;

use crate::{
    article::{Article, ArticleSlug},
    comment::Comment,
    store::{Draft, Remark, State, Taken},
};

impl State {
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
