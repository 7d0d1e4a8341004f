//! A comment on an article: what it is, whose it is, and what makes it.

use secure_api::prelude::*;

use crate::{
    article::{AnySlug, ArticleSlug},
    error::ConduitError,
    limit::{READ, WRITE},
    moment::Moment,
    profile::{Profile, ProfileView},
    role::{Role, Version},
    store::{Db, Remark},
};

/// The number of a comment.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(key, range = 1..=9_007_199_254_740_991)]
pub(crate) struct CommentId(u64);

/// A comment, as one caller sees it.
#[derive(Resource, Clone)]
#[resource(rename_all = "camelCase")]
#[view(CommentView, public, fields(id, created_at, updated_at, body, author as ProfileView))]
#[view(CommentAnswer, public, fields(comment = Comment::itself as CommentView))]
pub(crate) struct Comment {
    pub(crate) id: CommentId,
    pub(crate) article: ArticleSlug,
    pub(crate) body: String,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
    pub(crate) author: Profile,
    pub(crate) owner: CallerId,
}

impl Comment {
    /// Returns the comment for the member that the contract has around it.
    fn itself(&self) -> &Self {
        self
    }
}

/// A comment is its author's to remove.
#[object(owner = owner)]
impl Object for Comment {
    async fn load(
        db: &Reader<Db>,
        id: CommentId,
        loading: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        db.with(|state| state.comment(id.0, Some(loading.caller().id())))
    }
}

/// A new comment.
#[derive(Input)]
pub(crate) struct NewComment {
    #[input(text, min_len = 1, max_len = 2000)]
    pub(crate) body: String,
}

/// A new comment in the member around it.
#[derive(Input)]
pub(crate) struct Said {
    pub(crate) comment: NewComment,
}

/// Comments on an article.
#[post("/articles/{slug}/comments", version = Version::V1.., role = Role::Member, limit = WRITE, view = CommentAnswer)]
pub(crate) async fn write_comment(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    Json(body): Json<Said>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
) -> Result<Performed<Authorized<Comment>>, ConduitError> {
    let at = Moment::now(&clock);
    db.with(|state| {
        state.draft(&slug).ok_or(ConduitError::Nothing)?;
        let number = state.next_comment()?;
        let id = CommentId::new(number)?;
        let remark =
            Remark { id, article: slug, body: body.comment.body, at, author: caller.id().clone() };
        let comment = state.told(&remark, Some(caller.id())).ok_or(ConduitError::Nothing)?;
        let comment = Authorized::create(comment, &caller)?;
        state.remark(number, remark);
        Ok(Performed(comment))
    })?
}

/// Lists the newest comments on an article.
#[get("/articles/{slug}/comments", version = Version::V1.., public = "comments are for everybody to read", limit = READ,
      view = CommentView, page(items = "comments"), allow(unproven, reason = "comments are for everybody to read"))]
pub(crate) async fn list_comments(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    caller: Option<Caller<Role>>,
    db: Reader<Db>,
) -> Result<Page<Comment>, ConduitError> {
    db.with(|state| {
        state.draft(&slug).ok_or(ConduitError::Nothing)?;
        Ok(Page::new(state.comments(&slug, caller.as_ref().map(|caller| caller.id()))))
    })?
}

/// Removes a comment of one's own, of the article that the path names.
#[delete("/articles/{slug}/comments/{id}", version = Version::V1.., role = Role::Member, limit = WRITE)]
pub(crate) async fn remove_comment(
    Unowned(AnySlug(slug)): Unowned<AnySlug>,
    id: Authorized<Comment>,
    db: Writer<Db>,
) -> Result<NoContent, ConduitError> {
    let comment = id;
    if comment.article != slug {
        return Err(ConduitError::Nothing);
    }
    db.with(|state| state.unremark(comment.id.0))?;
    Ok(NoContent)
}
