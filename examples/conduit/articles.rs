//! Operations on articles: everybody reads, whoever has an account writes, and the author alone changes.

use secure_api::prelude::*;

use crate::{
    article::{
        AnySlug, Article, ArticleAnswer, ArticleSlug, ArticleView, Part, Rewritten, Wanted, Written,
    },
    error::ConduitError,
    limit::{READ, WRITE},
    moment::Moment,
    role::{Role, Version},
    store::{Db, Draft, State},
};

/// Returns the part of a list from an offset on: twenty articles, unless something else is wanted.
fn part(limit: Option<u8>, offset: Option<u32>) -> (usize, usize) {
    (offset.unwrap_or(0) as usize, limit.unwrap_or(20).into())
}

/// Lists articles, the newest first: all, those of a tag, of an author, or somebody's favorites.
#[get("/articles", version = Version::V1.., public = "articles are for everybody to read", limit = READ,
      view = ArticleView, page(items = "articles", total = "articlesCount"),
      allow(unproven, reason = "articles are for everybody to read"))]
pub(crate) async fn list_articles(
    Query(wanted): Query<Wanted>,
    caller: Option<Caller<Role>>,
    db: Reader<Db>,
) -> Result<Page<Article>, StoreError> {
    db.with(|state| {
        let named = |name| state.named(name).map(|account| account.id.clone());
        let author = wanted.author.as_ref().map(named);
        let fan = wanted.favorited.as_ref().map(named);
        // A name that nobody has wrote nothing and favors nothing.
        let fits = |state: &State, draft: &Draft| {
            let of_author = author.as_ref().is_none_or(|id| id.as_ref() == Some(&draft.author));
            let favors =
                |id: &Option<CallerId>| id.as_ref().is_some_and(|id| state.favors(draft, id));
            of_author
                && fan.as_ref().is_none_or(favors)
                && wanted.tag.as_ref().is_none_or(|tag| draft.tags.contains(tag))
        };
        let part = part(wanted.limit, wanted.offset);
        let (rows, total) = state.articles(caller.as_ref().map(|caller| caller.id()), part, fits);
        Page::new(rows).total(total)
    })
}

/// Lists the articles of those whom the caller follows.
#[get("/articles/feed", version = Version::V1.., role = Role::Member, limit = READ, view = ArticleView,
      page(items = "articles", total = "articlesCount"),
      allow(unproven, reason = "articles are for everybody to read"))]
pub(crate) async fn feed(
    Query(wanted): Query<Part>,
    caller: Caller<Role>,
    db: Reader<Db>,
) -> Result<Page<Article>, StoreError> {
    db.with(|state| {
        let part = part(wanted.limit, wanted.offset);
        let followed = |state: &State, draft: &Draft| state.follows(draft, caller.id());
        let (rows, total) = state.articles(Some(caller.id()), part, followed);
        Page::new(rows).total(total)
    })
}

/// Shows an article.
#[get("/articles/{slug}", version = Version::V1.., public = "articles are for everybody to read", limit = READ,
      view = ArticleAnswer, allow(unproven, reason = "articles are for everybody to read"))]
pub(crate) async fn get_article(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    caller: Option<Caller<Role>>,
    db: Reader<Db>,
) -> Result<Option<Article>, StoreError> {
    db.with(|state| state.article(&slug, caller.as_ref().map(|caller| caller.id())))
}

/// Writes an article.
#[post("/articles", version = Version::V1.., role = Role::Member, limit = WRITE, view = ArticleAnswer)]
pub(crate) async fn write_article(
    Json(body): Json<Written>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
) -> Result<Created<Authorized<Article>>, ConduitError> {
    let (new, now) = (body.article, Moment::now(&clock));
    let slug = ArticleSlug::of(&new.title)?;
    let mut tags = new.tag_list.unwrap_or_default();
    tags.sort_unstable();
    let draft = Draft {
        slug: slug.clone(),
        title: new.title,
        description: new.description,
        body: new.body,
        tags,
        created_at: now,
        updated_at: now,
        author: caller.id().clone(),
    };
    db.with(|state| {
        let article = state.seen(&draft, Some(caller.id())).ok_or(ConduitError::Nothing)?;
        let article = Authorized::create(article, &caller)?;
        state.write(draft)?;
        Ok(Created::at::<get_article>(AnySlug(slug), article))
    })?
}

/// Changes an article. What is left out stays.
#[put("/articles/{slug}", version = Version::V1.., role = Role::Member, limit = WRITE, view = ArticleAnswer)]
pub(crate) async fn change_article(
    slug: Authorized<Article>,
    Json(body): Json<Rewritten>,
    db: Writer<Db>,
    clock: Clock,
) -> Result<Authorized<Article>, StoreError> {
    let change = body.article;
    let article = slug.map(|old| Article {
        title: change.title.unwrap_or(old.title),
        description: change.description.unwrap_or(old.description),
        body: change.body.unwrap_or(old.body),
        updated_at: Moment::now(&clock),
        ..old
    });
    db.with(|state| {
        if let Some(draft) = state.draft(&article.slug) {
            draft.title.clone_from(&article.title);
            draft.description.clone_from(&article.description);
            draft.body.clone_from(&article.body);
            draft.updated_at = article.updated_at;
        }
    })?;
    Ok(article)
}

/// Removes an article with its comments.
#[delete("/articles/{slug}", version = Version::V1.., role = Role::Member, limit = WRITE)]
pub(crate) async fn remove_article(
    slug: Authorized<Article>,
    db: Writer<Db>,
) -> Result<NoContent, StoreError> {
    db.with(|state| state.remove(&slug.slug))?;
    Ok(NoContent)
}

fn favor(
    state: &mut State,
    slug: &ArticleSlug,
    caller: &CallerId,
    favors: bool,
) -> Result<Article, ConduitError> {
    state.draft(slug).ok_or(ConduitError::Nothing)?;
    state.favor(slug, caller, favors)?;
    state.article(slug, Some(caller)).ok_or(ConduitError::Nothing)
}

/// Marks an article as a favorite.
#[post("/articles/{slug}/favorite", version = Version::V1.., role = Role::Member, limit = WRITE, view = ArticleAnswer,
       allow(unproven, reason = "articles are for everybody to read"))]
pub(crate) async fn favorite_article(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    caller: Caller<Role>,
    db: Writer<Db>,
) -> Result<Performed<Article>, ConduitError> {
    db.with(|state| Ok(Performed(favor(state, &slug, caller.id(), true)?)))?
}

/// Marks an article as a favorite no longer.
#[delete("/articles/{slug}/favorite", version = Version::V1.., role = Role::Member, limit = WRITE, view = ArticleAnswer,
         allow(unproven, reason = "articles are for everybody to read"))]
pub(crate) async fn unfavorite_article(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    caller: Caller<Role>,
    db: Writer<Db>,
) -> Result<Performed<Article>, ConduitError> {
    db.with(|state| Ok(Performed(favor(state, &slug, caller.id(), false)?)))?
}

/// The tags of all articles.
#[derive(Resource)]
#[view(TagsView, public, fields(tags))]
pub(crate) struct Tags {
    tags: Vec<String>,
}

/// Lists the tags, the most of which a list can have.
#[get("/tags", version = Version::V1.., public = "tags are for everybody to read", limit = READ, view = TagsView)]
pub(crate) async fn list_tags(db: Reader<Db>) -> Result<Tags, StoreError> {
    let mut tags = db.with(|state| state.tags())?;
    tags.truncate(secure_api::view::MOST_ITEMS);
    Ok(Tags { tags })
}
