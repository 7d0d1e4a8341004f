//! A library: books with fields that came and went, in pages, changed only by who has seen them.

use secure_api::prelude::*;
use uuid::Uuid;

use crate::support::{Shelf, token};

#[derive(Role, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Member,
    #[role(includes(Member))]
    Keeper,
}

#[derive(Version)]
pub(crate) enum Version {
    V1,
    V2,
    V3,
}

#[derive(Value, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[value(key)]
pub(crate) struct BookId(Uuid);

/// The author.
#[derive(Resource, Debug, Clone)]
#[view(AuthorLine, public, fields(name, #[since(Version::V3)] born))]
pub(crate) struct Author {
    pub(crate) name: String,
    /// The year.
    pub(crate) born: u16,
}

/// A book.
#[derive(Resource, Debug, Clone)]
#[view(BookLine, role = Role::Member, fields(
    id,
    #[until(Version::V2)] price_cents = price,
    #[since(Version::V2)] price,
    /// `true` if it is more than one hand holds.
    heavy = Book::is_heavy,
    authors as AuthorLine,
    #[since(Version::V2)] #[until(Version::V3)] first = Book::first as AuthorLine,
))]
#[view(BookDesk, role = Role::Keeper, extends = BookLine, fields(type = kind, cost))]
pub(crate) struct Book {
    pub(crate) id: BookId,
    /// The price in cents.
    pub(crate) price: u32,
    pub(crate) pages: u32,
    pub(crate) authors: Vec<Author>,
    pub(crate) kind: String,
    #[sensitive(Role::Keeper)]
    pub(crate) cost: u32,
    pub(crate) owner: CallerId,
}

impl Book {
    fn is_heavy(&self) -> bool {
        self.pages > 500
    }

    fn first(&self) -> Option<Author> {
        self.authors.first().cloned()
    }

    pub(crate) fn example(owner: &str, number: u128, pages: u32) -> Self {
        let author = Author { name: "Ada".to_owned(), born: 1815 };
        let (price, kind, cost) = (1200, "novel".to_owned(), 700);
        let id = BookId::new(Uuid::from_u128(number));
        Self { id, price, pages, authors: vec![author], kind, cost, owner: token::id(owner) }
    }
}

/// The books of a library.
pub(crate) type Books = Shelf<BookId, Book>;

impl Object for Book {
    type Key = BookId;
    type Store = Books;
    type Roles = Role;
    type Scope = ();

    async fn load(
        shelf: &Reader<Books>,
        key: BookId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(shelf.things().get(&key).cloned())
    }

    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        match action {
            // The keeper may throw away what is not shown to anybody.
            Action::Read => self.owner != token::id("nobody"),
            Action::Create => self.owner == *caller.id(),
            Action::Update | Action::Delete => true,
        }
    }

    fn scope(_caller: &Caller<Role>) {}
}

#[derive(ApiError)]
pub(crate) enum BookError {
    #[problem(transparent)]
    Denied(Denied),
}

/// Lists books, thin ones first.
#[get("/books", version = Version::V1.., role = Role::Member,
      view(Role::Keeper => BookDesk, _ => BookLine))]
async fn list_books(
    shelf: Reader<Books>,
    books: Scoped<Book>,
    paging: Paging<(u32, BookId)>,
) -> Page<Authorized<Book>> {
    let mut rows: Vec<Book> = shelf.things().values().cloned().collect();
    rows.sort_by_key(|book| (book.pages, book.id));
    rows.retain(|book| paging.position().is_none_or(|after| (book.pages, book.id) > *after));
    rows.truncate(paging.rows());
    books.paged(&paging, rows, |last| (last.pages, last.id))
}

/// Lists the same in another way.
#[get("/volumes", version = Version::V1.., role = Role::Member, view = BookLine)]
async fn list_volumes(
    books: Scoped<Book>,
    _paging: Paging<(u32, BookId)>,
) -> Page<Authorized<Book>> {
    books.page(Vec::new())
}

#[derive(Input)]
pub(crate) struct Born {
    /// Born in this year or later.
    #[input(range = 0..=3000)]
    from: Option<u16>,
}

/// Lists authors, of whom there is one for each year.
#[get("/authors", version = Version::V1.., public = "authors are known", view = AuthorLine,
      limit = OPEN)]
async fn list_authors(Query(born): Query<Born>, paging: Paging<u16>) -> Page<Author> {
    let after = paging.position().copied().unwrap_or(0).max(born.from.unwrap_or(1) - 1);
    let author = |born| Author { name: format!("Author {born}"), born };
    Page::paged(&paging, (after + 1..=250).take(paging.rows()).map(author).collect(), |last| {
        last.born
    })
}

/// Shows one book.
#[get("/books/{book}", version = Version::V1.., role = Role::Member,
      view(Role::Keeper => BookDesk, _ => BookLine))]
async fn get_book(book: Authorized<Book>) -> Authorized<Book> {
    book
}

#[derive(Input)]
pub(crate) struct Change {
    #[input(range = 0..=100_000)]
    price: u32,
}

/// Changes the price.
#[patch("/books/{book}", version = Version::V1.., role = Role::Member, view = BookLine,
        if_match = get_book)]
async fn change_book(
    book: Authorized<Book>,
    shelf: Writer<Books>,
    Json(change): Json<Change>,
) -> Authorized<Book> {
    let book = book.map(|book| Book { price: change.price, ..book });
    shelf.things().insert(book.id, book.clone());
    book
}

/// Throws a book away.
#[delete("/books/{book}", version = Version::V2.., role = Role::Keeper, if_match = get_book)]
async fn remove_book(book: Authorized<Book>, shelf: Writer<Books>) -> NoContent {
    shelf.things().remove(&book.id);
    NoContent
}

#[derive(Input)]
pub(crate) struct NewBook {
    #[input(text, max_len = 20, allow(read_only, reason = "the test creates for others too"))]
    owner: String,
}

/// Puts a book on the shelf.
#[post("/books", version = Version::V1.., role = Role::Member, view = BookLine)]
async fn add_book(
    caller: Caller<Role>,
    shelf: Writer<Books>,
    Json(new): Json<NewBook>,
) -> Result<Created<Authorized<Book>>, BookError> {
    let book = Authorized::create(Book::example(&new.owner, 77, 10), &caller)?;
    shelf.things().insert(book.id, book.clone());
    Ok(Created::at::<get_book>(book.id, book))
}

/// Orders a copy.
#[post("/books/{book}/copy", version = Version::V1.., role = Role::Member)]
async fn copy_book(book: Authorized<Book>) -> AcceptedAt {
    Accepted::at::<get_book>(book.id)
}

const OPEN: Limit = Limit::per_address(6000).per_minute();

/// A library.
#[api(roles = Role, versions = Version, limit = OPEN, routes(
    list_books, list_volumes, list_authors, get_book, change_book, remove_book, add_book, copy_book,
))]
pub(crate) struct Library;
