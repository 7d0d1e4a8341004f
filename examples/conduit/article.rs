//! An article: what it is, whose it is, and what makes and changes it.

use secure_api::prelude::*;

use crate::{
    account::UserName,
    moment::Moment,
    profile::{Profile, ProfileView},
    role::Role,
    store::Db,
};

/// The words that an article is found by, with a few signs that nobody else has. It stays, whatever the title becomes.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(key, pattern = "^[a-z0-9-]{8,80}$")]
pub(crate) struct ArticleSlug(String);

/// The same of an article that is only read, or marked as a favorite.
#[derive(Value, Debug, Clone)]
#[value(unowned = "articles are for everybody to read")]
pub(crate) struct AnySlug(pub(crate) ArticleSlug);

impl ArticleSlug {
    /// Makes a slug of a title.
    pub(crate) fn of(title: &str) -> Result<Self, InvalidValue> {
        let mut slug = String::new();
        for word in title.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            if !word.is_empty() && slug.len() + word.len() < 60 {
                slug.push_str(&word.to_ascii_lowercase());
                slug.push('-');
            }
        }
        let unique = Uuid::new_v4().simple().to_string();
        slug.push_str(&unique[..12]);
        Self::new(slug)
    }
}

/// An article, as one caller sees it.
#[derive(Resource, Clone)]
#[resource(rename_all = "camelCase")]
#[view(ArticleView, public, fields(
    slug, title, description, body, tag_list, created_at, updated_at, favorited, favorites_count, author as ProfileView,
))]
#[view(ArticleAnswer, public, fields(article = Article::itself as ArticleView))]
pub(crate) struct Article {
    pub(crate) slug: ArticleSlug,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) body: String,
    pub(crate) tag_list: Vec<String>,
    pub(crate) created_at: Moment,
    pub(crate) updated_at: Moment,
    /// `true` if it is a favorite of the caller's.
    pub(crate) favorited: bool,
    pub(crate) favorites_count: u64,
    pub(crate) author: Profile,
    pub(crate) owner: CallerId,
}

impl Article {
    /// Returns the article for the member that the contract has around it.
    fn itself(&self) -> &Self {
        self
    }
}

/// An article is its author's to change and to remove.
#[object(owner = owner)]
impl Object for Article {
    async fn load(
        db: &Reader<Db>,
        slug: ArticleSlug,
        loading: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        db.with(|state| state.article(&slug, Some(loading.caller().id())))
    }
}

/// A new article.
#[derive(Input)]
#[input(rename_all = "camelCase")]
pub(crate) struct NewArticle {
    #[input(min_len = 1, max_len = 120)]
    pub(crate) title: String,
    #[input(min_len = 1, max_len = 400)]
    pub(crate) description: String,
    #[input(text, min_len = 1, max_len = 10_000)]
    pub(crate) body: String,
    #[input(items = 0..=10, unique, each(min_len = 1, max_len = 40))]
    pub(crate) tag_list: Option<Vec<String>>,
}

/// A new article in the member around it.
#[derive(Input)]
pub(crate) struct Written {
    pub(crate) article: NewArticle,
}

/// A change of an article. What is left out stays.
#[derive(Input)]
pub(crate) struct ArticleChange {
    #[input(min_len = 1, max_len = 120)]
    pub(crate) title: Option<String>,
    #[input(min_len = 1, max_len = 400)]
    pub(crate) description: Option<String>,
    #[input(text, min_len = 1, max_len = 10_000)]
    pub(crate) body: Option<String>,
}

/// A change in the member around it.
#[derive(Input)]
pub(crate) struct Rewritten {
    pub(crate) article: ArticleChange,
}

/// The articles that somebody wants.
#[derive(Input)]
pub(crate) struct Wanted {
    #[input(min_len = 1, max_len = 40)]
    pub(crate) tag: Option<String>,
    pub(crate) author: Option<UserName>,
    pub(crate) favorited: Option<UserName>,
    #[input(range = 1..=100)]
    pub(crate) limit: Option<u8>,
    #[input(range = 0..=100_000)]
    pub(crate) offset: Option<u32>,
}

/// The part of a list that somebody wants.
#[derive(Input)]
pub(crate) struct Part {
    #[input(range = 1..=100)]
    pub(crate) limit: Option<u8>,
    #[input(range = 0..=100_000)]
    pub(crate) offset: Option<u32>,
}
