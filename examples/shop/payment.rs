//! A payment: which order it is for, and who sees it.

use secure_api::prelude::*;
use sqlx::{Row, sqlite::SqliteRow};

use crate::{
    db::{Change, Db},
    money::Money,
    order::{Order, OrderId},
    role::Role,
};

/// The id of a payment.
#[derive(Value, Debug, Clone, Copy, PartialEq, Eq)]
#[value(key)]
pub struct PaymentId(Uuid);

/// The last four digits of a card's number: enough to tell one's cards apart.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(pattern = "^[0-9]{4}$")]
pub struct CardEnd(String);

impl CardEnd {
    /// Returns the end of a card's number.
    pub fn of(number: &Secret<String>) -> Result<Self, StoreError> {
        let digits = number.expose();
        Ok(Self::new(digits[digits.len().saturating_sub(4)..].to_owned())?)
    }
}

/// A payment that was made.
#[derive(Resource)]
#[view(Receipt, role = Role::Customer, fields(id, order, amount, card_end, paid_at))]
#[view(PaymentDesk, role = Role::Support, extends = Receipt, fields(/// The account that paid.
                customer = Payment::account))]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order that it pays for.
    pub order: OrderId,
    /// The customer: issuer, tenant and subject of an access token.
    #[sensitive(Role::Support)]
    pub customer: CallerId,
    /// The amount, in cents.
    pub amount: Money,
    /// The end of the card's number.
    pub card_end: CardEnd,
    /// The time at which it was made.
    pub paid_at: Timestamp,
}

/// A payment to be made, by the card that was given at checkout.
#[derive(Input)]
pub struct NewPayment {
    /// The amount that the customer agrees to pay, in cents: the total of the order.
    pub amount: Money,
}

#[object(key = PaymentId, store = Db, roles = Role, owner = customer)]
impl Object for Payment {
    async fn load(
        db: &Reader<Db>,
        key: PaymentId,
        _: &Loading<Role>,
    ) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query("SELECT * FROM payments WHERE id = ?")
            .bind(key.to_string())
            .fetch_optional(&**db)
            .await?;
        row.map(Self::read).transpose()
    }

    /// Permits the customer, and the roles that may do the same to the order. Nobody changes or removes a payment.
    fn permits(&self, caller: &Caller<Role>, action: Action) -> bool {
        let mine = self.customer == *caller.id();
        match action {
            Action::Create => mine || caller.has(Role::Admin),
            Action::Read => mine || caller.has(Role::Support),
            Action::Update | Action::Delete => false,
        }
    }

    fn scope(caller: &Caller<Role>) -> Owned {
        Owned::unless(caller.has(Role::Support), caller)
    }
}

impl BelongsTo<Order> for Payment {
    fn belongs_to(&self, order: &Order) -> bool {
        self.order == order.id
    }
}

impl Payment {
    fn account(&self) -> String {
        self.customer.subject().into_owned()
    }

    /// Creates a new payment of an order that was checked out, not stored yet. `None` if no card was given.
    pub fn of(order: &Order, clock: &Clock) -> Result<Option<Self>, StoreError> {
        let Some(card_end) = order.card_end.clone() else { return Ok(None) };
        Ok(Some(Self {
            id: PaymentId::new(Uuid::now_v7()),
            order: order.id,
            customer: order.customer.clone(),
            amount: order.total,
            card_end,
            paid_at: clock.now(),
        }))
    }

    /// Stores a new payment.
    pub async fn insert(&self, change: &mut Change) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO payments (id, order_id, customer, amount, card_end, paid_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(self.id.to_string())
        .bind(self.order.to_string())
        .bind(&self.customer)
        .bind(self.amount)
        .bind(&self.card_end)
        .bind(self.paid_at.as_second())
        .execute(&mut **change)
        .await?;
        Ok(())
    }

    fn read(row: SqliteRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.try_get::<&str, _>("id")?.parse()?,
            order: row.try_get::<&str, _>("order_id")?.parse()?,
            customer: row.try_get("customer")?,
            amount: row.try_get("amount")?,
            card_end: row.try_get("card_end")?,
            paid_at: Timestamp::from_second(row.try_get("paid_at")?)?,
        })
    }
}
