//! An order: what is in it, whose it is, and who sees what of it.

use secure_api::prelude::*;
use sqlx::{Row, SqlitePool, sqlite::SqliteRow};

use crate::{
    account::AccountId,
    db::{Change, Db},
    item::{Item, ItemView, NewItem},
    money::Money,
    payment::CardEnd,
    role::Role,
    version::Version,
};

/// The id of an order. It says when the order was placed and nothing else.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(key)]
pub struct OrderId(Uuid);

/// The state of an order.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// An order that can be changed, withdrawn or checked out.
    Placed,
    /// An order that waits for payment.
    CheckedOut,
    /// An order that is paid.
    Paid,
}

/// An order.
#[derive(Resource)]
#[view(OrderSummary, role = Role::Customer, fields(id, status, total))]
#[view(OrderDetail,  role = Role::Customer, extends = OrderSummary,
       fields(customer_email, note, items as ItemView, placed_at,
              /// The number of pieces in all of its lines.
              #[since(Version::V2)] pieces = Order::pieces))]
#[view(OrderProgress, role = Role::Customer, fields(status))]
#[view(OrderDesk,    role = Role::Support,  extends = OrderDetail, fields(/// The account that placed it.
              customer = Order::account))]
#[view(OrderAudit,   role = Role::Admin,    extends = OrderDesk, fields(internal_margin, modified_by))]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The customer: issuer, tenant and subject of an access token.
    #[sensitive(Role::Support)]
    pub customer: CallerId,
    /// The address for news of it.
    pub customer_email: Email,
    /// The customer's note to the shop.
    pub note: Option<String>,
    /// The lines.
    pub items: Vec<Item>,
    /// The state.
    pub status: Status,
    /// The total, in cents.
    pub total: Money,
    /// The shop's margin, in cents.
    #[sensitive(Role::Admin)]
    pub internal_margin: Money,
    /// The account that changed it last.
    #[sensitive(Role::Admin)]
    pub modified_by: String,
    /// The end of the number of the card that pays for it.
    pub card_end: Option<CardEnd>,
    /// The time at which it was placed.
    pub placed_at: Timestamp,
}

/// An order to be placed.
#[derive(Input)]
pub struct NewOrder {
    /// The address for news of it.
    pub customer_email: Email,
    /// A note to the shop.
    #[input(text, max_len = 500)]
    pub note: Option<String>,
    /// An earlier order that it is like: where it has no note, it takes that one's.
    pub like: Option<Ref<Order>>,
    /// The lines.
    #[input(items = 1..=50)]
    pub items: Vec<NewItem>,
}

/// The change of an order, possible until it is checked out.
#[derive(Input)]
pub struct OrderChange {
    /// A note to the shop.
    #[input(text, max_len = 500)]
    pub note: String,
    /// The address for news of it from now on: corrected for a customer who asks.
    #[input(role = Role::Admin)]
    pub customer_email: Option<Email>,
}

/// The account that an order is given to.
#[derive(Input)]
pub struct NewCustomer {
    /// Its id.
    #[input(key = "an order can be given to anybody who has an account")]
    pub account: AccountId,
}

/// Customers do as they like with what is theirs, support reads everything, admins change it too.
#[object(key = OrderId, store = Db, roles = Role, owner = customer,
         read = Role::Support, update = Role::Admin, delete = Role::Admin)]
impl Object for Order {
    async fn load(
        db: &Reader<Db>,
        key: OrderId,
        loading: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query("SELECT * FROM orders WHERE id = ?")
            .bind(key.to_string())
            .fetch_optional(&**db)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let mut order = Self::read(row, Vec::new())?;
        // An order that its rule denies is as good as none, and takes about as long: its items are not looked up.
        if order.permits(loading.caller(), Action::Read) {
            order.items = Item::of_order(db, key).await?;
        }
        Ok(Some(order))
    }
}

impl Order {
    /// Creates a new order of these items, not stored yet.
    pub fn new(
        customer: &CallerId,
        customer_email: Email,
        note: Option<String>,
        items: Vec<Item>,
        clock: &Clock,
    ) -> Result<Self, StoreError> {
        let total = items.iter().map(Item::total).sum();
        let margin = items.iter().map(Item::margin).sum();
        Ok(Self {
            id: OrderId::new(Uuid::now_v7()),
            customer: customer.clone(),
            customer_email,
            note,
            items,
            status: Status::Placed,
            total: Money::new(total)?,
            internal_margin: Money::new(margin)?,
            modified_by: customer.subject().into_owned(),
            card_end: None,
            placed_at: Timestamp::from_second(clock.unix_seconds())?,
        })
    }

    fn account(&self) -> String {
        self.customer.subject().into_owned()
    }

    fn pieces(&self) -> u32 {
        self.items.iter().map(|item| item.qty).sum()
    }

    /// Stores a new order.
    pub async fn insert(&self, change: &mut Change) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO orders (id, customer, customer_email, note, status, total, internal_margin,
                                 modified_by, placed_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.id.to_string())
        .bind(&self.customer)
        .bind(&self.customer_email)
        .bind(&self.note)
        .bind(self.status)
        .bind(self.total)
        .bind(self.internal_margin)
        .bind(&self.modified_by)
        .bind(self.placed_at.as_second())
        .execute(&mut **change)
        .await?;
        for (position, item) in (0..).zip(&self.items) {
            item.insert(change, self.id, position).await?;
        }
        Ok(())
    }

    /// Lists a page of orders, the latest first. A list shows no items, so none are read.
    pub async fn list(
        db: &SqlitePool,
        scope: &Owned,
        paging: &Paging<OrderId>,
    ) -> Result<Vec<Self>, StoreError> {
        let before = paging.position().map(OrderId::to_string);
        let rows =
            match scope {
                Owned::By(customer) => {
                    sqlx::query(
                        "SELECT * FROM orders WHERE customer = ?1 AND (?2 IS NULL OR id < ?2)
                     ORDER BY id DESC LIMIT ?3",
                    )
                    .bind(customer)
                    .bind(before)
                    .bind(paging.limit())
                    .fetch_all(db)
                    .await?
                }
                Owned::ByAnyone => sqlx::query(
                    "SELECT * FROM orders WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2",
                )
                .bind(before)
                .bind(paging.limit())
                .fetch_all(db)
                .await?,
            };
        rows.into_iter().map(|row| Self::read(row, Vec::new())).collect()
    }

    /// Changes what of it may change, if the order is not checked out by now; says whether it did.
    pub async fn apply(
        &self,
        change: &mut Change,
        to: &OrderChange,
        by: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE orders SET note = ?, customer_email = COALESCE(?, customer_email), modified_by = ?
             WHERE id = ? AND status = 'placed'",
        )
        .bind(&to.note)
        .bind(&to.customer_email)
        .bind(by)
        .bind(self.id.to_string())
        .execute(&mut **change)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives the order to somebody else, to whom its news goes from now on, if it is not checked out by now; says whether it
    /// did.
    pub async fn give(
        &self,
        change: &mut Change,
        customer: &CallerId,
        email: &Email,
        by: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE orders SET customer = ?, customer_email = ?, modified_by = ?
             WHERE id = ? AND status = 'placed'",
        )
        .bind(customer)
        .bind(email)
        .bind(by)
        .bind(self.id.to_string())
        .execute(&mut **change)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Removes the order, if it is not checked out by now; says whether it did.
    pub async fn remove(&self, change: &mut Change) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM orders WHERE id = ? AND status = 'placed'")
            .bind(self.id.to_string())
            .execute(&mut **change)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    fn read(row: SqliteRow, items: Vec<Item>) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get::<&str, _>("id")?.parse()?,
            customer: row.try_get("customer")?,
            customer_email: row.try_get("customer_email")?,
            note: row.try_get("note")?,
            items,
            status: row.try_get("status")?,
            total: row.try_get("total")?,
            internal_margin: row.try_get("internal_margin")?,
            modified_by: row.try_get("modified_by")?,
            card_end: row.try_get("card_end")?,
            placed_at: Timestamp::from_second(row.try_get("placed_at")?)?,
        })
    }
}
