//! Statements of SQL: what a caller sends is a value in them, whatever is in it, and no part of their text.

use secure_api::{
    prelude::*,
    sql::{Direction, Statement},
    testing::{self, Client},
};
use sqlx::{Encode, Execute, Sqlite, SqlitePool, encode::IsNull, error::BoxDynError};

#[derive(Role, Clone, Copy)]
enum Role {
    Reader,
}

#[derive(Version)]
enum Version {
    V1,
}

#[derive(Resource, sqlx::FromRow)]
#[view(TeaView, role = Role::Reader, fields(name, price))]
struct Tea {
    name: String,
    price: i64,
}

/// The order of a list of teas.
#[derive(Value, Clone, Copy)]
enum Sort {
    Name,
    Price,
    #[value(name = "-price")]
    DearestFirst,
}

impl Sort {
    fn by(self) -> (&'static str, Direction) {
        match self {
            Self::Name => ("name", Direction::Ascending),
            Self::Price => ("price", Direction::Ascending),
            Self::DearestFirst => ("price", Direction::Descending),
        }
    }
}

#[derive(Input)]
struct TeaQuery {
    #[input(max_len = 200)]
    name: Option<String>,
    sort: Option<Sort>,
}

struct Db(SqlitePool);

impl Store for Db {
    type Read = SqlitePool;
    type Write = SqlitePool;

    fn reader(&self) -> &SqlitePool {
        &self.0
    }

    fn writer(&self, _: &Writing) -> &SqlitePool {
        &self.0
    }
}

/// Lists teas.
#[get("/teas", version = Version::V1.., role = Role::Reader, view = TeaView)]
async fn list_teas(Query(query): Query<TeaQuery>, db: Reader<Db>) -> Result<Page<Tea>, StoreError> {
    let mut teas = Statement::new("SELECT name, price FROM teas WHERE TRUE");
    if let Some(name) = query.name {
        teas.push(" AND name = ").bind(name);
    }
    let (column, direction) = query.sort.unwrap_or(Sort::Name).by();
    teas.order_by(column, direction).order_by("name", Direction::Ascending);
    teas.push(" LIMIT ").bind(100);
    Ok(Page::new(teas.build_query_as().fetch_all(&*db).await?))
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(1000).per_minute(), routes(list_teas))]
struct Teas;

const SNEAKY: &str = "'; DROP TABLE teas; --";

async fn pool() -> SqlitePool {
    let pool = SqlitePool::connect("sqlite::memory:").await.expect("a database");
    sqlx::raw_sql(
        "CREATE TABLE teas (name TEXT NOT NULL, price INTEGER NOT NULL);
         INSERT INTO teas VALUES ('Assam', 890), ('Sencha', 1290), ('Darjeeling', 1290), ('Matcha', 3400),
             ('''; DROP TABLE teas; --', 1)",
    )
    .execute(&pool)
    .await
    .expect("a table");
    pool
}

fn client(pool: &SqlitePool) -> Client {
    let app = Teas::app().store(Db(pool.clone())).tokens(testing::issuer());
    testing::client(app).expect("an app that starts")
}

/// Returns the names that are listed where the query has this field.
async fn listed(client: &Client, field: &str, text: &str) -> Vec<String> {
    let reader = client.as_caller(Role::Reader, "ann");
    let answer = reader.get("/v1/teas").query(field, text).await;
    let items = answer.assert_status(200).json_pointer("/items");
    let names = items.as_array().expect("a list").iter().map(|tea| tea["name"].as_str());
    names.map(|name| name.expect("a name").to_owned()).collect()
}

async fn count(pool: &SqlitePool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM teas")
        .fetch_one(pool)
        .await
        .expect("the table is there")
}

#[tokio::test]
async fn each_order_of_a_list_is_that_of_its_column() {
    let client = client(&pool().await);
    for (sort, order) in [
        ("name", [SNEAKY, "Assam", "Darjeeling", "Matcha", "Sencha"]),
        ("price", [SNEAKY, "Assam", "Darjeeling", "Sencha", "Matcha"]),
        ("-price", ["Matcha", "Darjeeling", "Sencha", "Assam", SNEAKY]),
    ] {
        assert_eq!(listed(&client, "sort", sort).await, order, "{sort}");
    }
}

// R88
#[tokio::test]
async fn what_is_no_order_is_refused_at_its_field() {
    let pool = pool().await;
    let client = client(&pool);
    let reader = client.as_caller(Role::Reader, "ann");
    for sort in [
        "price;drop table teas",
        "price desc",
        "price, (select 1)",
        "case when 1 then name else price end",
        "\"price\"",
        "PRICE",
        "1",
        "",
    ] {
        let answer = reader.get("/v1/teas").query("sort", sort).await;
        answer.assert_status(400);
        assert_eq!(answer.problem().rule_at("sort"), "choice", "{sort}");
    }
    assert_eq!(count(&pool).await, 5);
}

// R88
#[tokio::test]
async fn text_of_a_caller_is_a_value_whatever_is_in_it() {
    let pool = pool().await;
    let client = client(&pool);
    for text in
        ["' OR '1'='1", "x' UNION SELECT name, sql FROM sqlite_master --", "?1", "\\", "Assam' --"]
    {
        assert!(listed(&client, "name", text).await.is_empty(), "{text}");
    }
    assert_eq!(listed(&client, "name", SNEAKY).await, [SNEAKY]);
    assert_eq!(count(&pool).await, 5);
}

// R88
#[test]
fn the_text_is_of_the_pieces_and_the_placeholders_alone() {
    let mut teas = Statement::<Sqlite>::new("SELECT * FROM teas WHERE name = ");
    teas.bind(SNEAKY).push(" AND price IN ").bind_list([890, 1290]);
    teas.order_by("price", Direction::Descending).order_by("name", Direction::Ascending);
    let text =
        "SELECT * FROM teas WHERE name = ? AND price IN (?, ?) ORDER BY price DESC, name ASC";
    assert_eq!(format!("{teas:?}"), format!("Statement({text:?})"));
    assert_eq!(teas.build().sql().as_str(), text);
}

async fn priced(
    pool: &SqlitePool,
    within: &'static str,
    prices: &[i64],
) -> sqlx::Result<Vec<String>> {
    let mut teas = Statement::<Sqlite>::new("SELECT name FROM teas WHERE price ");
    teas.push(within).bind_list(prices).push(" ORDER BY name");
    teas.build_query_scalar().fetch_all(pool).await
}

#[tokio::test]
async fn a_list_is_bound_value_by_value_and_has_a_bound() {
    let pool = pool().await;
    assert_eq!(priced(&pool, "IN ", &[890]).await.unwrap(), ["Assam"]);
    assert_eq!(priced(&pool, "IN ", &[3400, 890, 7]).await.unwrap(), ["Assam", "Matcha"]);
    assert_eq!(priced(&pool, "NOT IN ", &[1, 1290, 890]).await.unwrap(), ["Matcha"]);

    // Of an empty list neither is true, so that a filter that is lost shows nothing.
    assert!(priced(&pool, "IN ", &[]).await.unwrap().is_empty());
    assert!(priced(&pool, "NOT IN ", &[]).await.unwrap().is_empty());

    let most = [890; Statement::<Sqlite>::MOST];
    assert_eq!(priced(&pool, "IN ", &most).await.unwrap(), ["Assam"]);
    let more = [&most[..], &[890]].concat();
    let refused = priced(&pool, "IN ", &more).await;
    assert!(matches!(refused, Err(sqlx::Error::Encode(_))), "{refused:?}");
}

/// A value that no column can have.
struct Endless;

impl sqlx::Type<Sqlite> for Endless {
    fn type_info() -> sqlx::sqlite::SqliteTypeInfo {
        <String as sqlx::Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Endless {
    fn encode_by_ref(
        &self,
        _: &mut sqlx::sqlite::SqliteArgumentsBuffer,
    ) -> Result<IsNull, BoxDynError> {
        Err("it has no end".into())
    }
}

#[tokio::test]
async fn what_cannot_be_encoded_is_told_when_it_is_run_and_nothing_is_sent() {
    let pool = pool().await;
    let mut delete = Statement::<Sqlite>::new("DELETE FROM teas WHERE name <> ");
    delete.bind(Endless).push(" AND price > ").bind(0);
    let refused = delete.build().execute(&pool).await;
    assert!(matches!(refused, Err(sqlx::Error::Encode(_))), "{refused:?}");
    assert_eq!(count(&pool).await, 5);
}

/// The ways in which sqlx takes text that was read. Each is refused by the lines of `clippy.toml` that the book has; one that is
/// not is an expectation without its lint, which is a warning of clippy, and these are denied.
mod doors {
    use super::{Sqlite, SqlitePool};

    #[expect(clippy::disallowed_types, reason = "shows that it is refused")]
    fn a_builder(name: &str) -> String {
        let mut teas = sqlx::QueryBuilder::<Sqlite>::new("SELECT * FROM teas WHERE name = '");
        teas.push(name).push("'");
        teas.into_string()
    }

    #[expect(clippy::disallowed_types, reason = "shows that it is refused")]
    fn a_builder_by_its_module(name: String) -> String {
        sqlx::query_builder::QueryBuilder::<Sqlite>::new(name).into_string()
    }

    #[expect(clippy::disallowed_methods, reason = "shows that it is refused")]
    async fn an_assertion(db: &SqlitePool, name: &str) -> sqlx::Result<u64> {
        let text = format!("DELETE FROM teas WHERE name = '{name}'");
        Ok(sqlx::query(sqlx::AssertSqlSafe(text)).execute(db).await?.rows_affected())
    }

    #[expect(clippy::disallowed_methods, reason = "shows that it is refused")]
    async fn a_script(db: &SqlitePool, names: Option<String>) -> sqlx::Result<()> {
        let Some(text) = names.map(sqlx::AssertSqlSafe) else { return Ok(()) };
        sqlx::raw_sql(text).execute(db).await?;
        Ok(())
    }

    /// Each of them runs what was read, which is why they are shut.
    #[tokio::test]
    async fn what_they_let_through_is_sql() {
        let pool = super::pool().await;
        assert_eq!(a_builder("' OR ''='"), "SELECT * FROM teas WHERE name = '' OR ''=''");
        assert_eq!(a_builder_by_its_module("DROP TABLE teas".to_owned()), "DROP TABLE teas");
        assert_eq!(an_assertion(&pool, "' OR ''='").await.unwrap(), 5);
        a_script(&pool, Some("DROP TABLE teas".to_owned())).await.unwrap();
        assert!(sqlx::query("SELECT * FROM teas").fetch_all(&pool).await.is_err());
    }
}

/// The lines of the book are those of this repository, which are known to work.
#[test]
fn the_book_has_the_lines_that_shut_them() {
    let read = |path: &str| std::fs::read_to_string(path).expect("a file");
    let (own, page) = (read("clippy.toml"), read("book/src/database.md"));
    let (_, rest) = page.split_once("```toml\n# clippy.toml\n").expect("the lines");
    let (lines, _) = rest.split_once("```\n").expect("their end");
    assert!(lines.matches("path = ").count() >= 2 && own.contains(lines), "{lines}");
}
