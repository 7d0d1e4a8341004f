//! Values outside of requests: as serde reads and writes them, and as columns of a database.

use secure_api::{prelude::*, sql::Statement};
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, SqlitePool};

#[derive(Value, Clone, Debug, PartialEq)]
#[value(pattern = "^[A-Z]{2}-[0-9]{4}$")]
struct Sku(String);

#[derive(Value, Clone, Copy, Debug, PartialEq)]
#[value(range = 1..=99)]
struct Pieces(u32);

#[derive(Value, Clone, Copy, Debug, PartialEq)]
#[value(range = -9..=9)]
struct Shift(i64);

#[derive(Value, Clone, Copy, Debug, PartialEq)]
#[value(key)]
struct NoteId(Uuid);

#[derive(Value, Clone, Copy, Debug, PartialEq)]
enum State {
    Open,
    CheckedOut,
}

/// A role that is a value too.
#[derive(Role, Value, Clone, Copy, Debug, PartialEq)]
enum Role {
    Customer,
    #[role(includes(Customer), name = "shop-admin")]
    Admin,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Row {
    sku: Sku,
    pieces: Pieces,
    shift: Shift,
    id: NoteId,
    state: State,
    mail: Email,
    rate: Decimal,
    price: Money,
    currency: Currency,
}

const ROW: &str = r#"{"sku":"AB-1234","pieces":7,"shift":-3,"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","state":"checked-out","mail":"a@b.example","rate":"7.50","price":"EUR 12.50","currency":"JPY"}"#;

#[test]
fn a_value_is_serialized_as_a_view_writes_it_and_deserialized_by_its_rules() {
    let row: Row = serde_json::from_str(ROW).unwrap();
    assert_eq!(row.state, State::CheckedOut);
    assert_eq!(serde_json::to_string(&row).unwrap(), ROW);

    for (right, wrong) in [
        ("AB-1234", "ab-1234"),
        (r#""pieces":7"#, r#""pieces":100"#),
        (r#""pieces":7"#, r#""pieces":"7""#),
        (r#""pieces":7"#, r#""pieces":7.5"#),
        (r#""shift":-3"#, r#""shift":true"#),
        ("checked-out", "CheckedOut"),
        ("a@b.example", "a@"),
        (r#""7.50""#, "7.50"),
        ("EUR 12.50", "EUR 12.5"),
        ("JPY", "XXX"),
        ("67e55044-10b1", "67e55044-1"),
    ] {
        let changed = ROW.replace(right, wrong);
        assert!(serde_json::from_str::<Row>(&changed).is_err(), "{changed}");
    }
}

#[tokio::test]
async fn a_value_is_a_column_of_the_type_that_it_holds_and_is_read_back_by_its_rules() {
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let row: Row = serde_json::from_str(ROW).unwrap();
    let insert = "CREATE TABLE rows (sku TEXT, pieces INTEGER, shift INTEGER, id BLOB, state TEXT, mail TEXT, rate TEXT, price TEXT, currency TEXT);
                  INSERT INTO rows VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(insert)
        .bind(&row.sku)
        .bind(row.pieces)
        .bind(row.shift)
        .bind(row.id)
        .bind(row.state)
        .bind(&row.mail)
        .bind(row.rate)
        .bind(row.price)
        .bind(row.currency)
        .execute(&pool)
        .await
        .unwrap();

    type Columns = (Sku, Pieces, Shift, NoteId, State, Email, Decimal, Money, Currency);
    let kept: Columns = sqlx::query_as("SELECT * FROM rows").fetch_one(&pool).await.unwrap();
    let Row { sku, pieces, shift, id, state, mail, rate, price, currency } = row;
    assert_eq!(kept, (sku, pieces, shift, id, state, mail, rate, price, currency));
    let state: String =
        sqlx::query_scalar("SELECT state FROM rows").fetch_one(&pool).await.unwrap();
    assert_eq!(state, "checked-out");

    for broken in [
        "sku = 'ab'",
        "pieces = 0",
        "state = 'lost'",
        "mail = 'nobody'",
        "rate = '1e3'",
        "price = 'EUR 12.5'",
        "currency = 'XXX'",
        "id = x'00'",
    ] {
        let mut update = Statement::<Sqlite>::new("UPDATE rows SET ");
        update.push(broken);
        let mut change = pool.begin().await.unwrap();
        update.build().execute(&mut *change).await.unwrap();
        let read = sqlx::query_as::<_, Columns>("SELECT * FROM rows").fetch_one(&mut *change).await;
        assert!(read.is_err(), "{broken}");
    }
}

#[tokio::test]
async fn a_role_that_is_a_value_is_a_column_of_its_variants_name() {
    assert!(!Role::Customer.holders().within(Role::Admin.holders()));
    let pool = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let ask = "SELECT ?";
    let (kept,): (Role,) = sqlx::query_as(ask).bind(Role::Admin).fetch_one(&pool).await.unwrap();
    assert_eq!(kept, Role::Admin);
    let text: String = sqlx::query_scalar(ask).bind(Role::Admin).fetch_one(&pool).await.unwrap();
    assert_eq!((&*text, Role::Admin.name()), ("admin", "shop-admin"));
    let unknown = sqlx::query_scalar::<_, Role>(ask).bind("owner").fetch_one(&pool).await;
    assert!(unknown.is_err());
}
