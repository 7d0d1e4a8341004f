//! The checkout of an order: what is sent for it, and what becomes of the order.

use secure_api::prelude::*;

use crate::{db::Change, order::Order, payment::CardEnd};

/// The data of a checkout.
#[derive(Input)]
pub struct NewCheckout {
    /// The number of the card that will pay, digits only. A real shop never sees it: its payment provider does, and gives it a
    /// token. This one keeps the last four digits.
    #[input(pattern = "^[0-9]{12,19}$")]
    pub card_number: Secret<String>,
}

impl Order {
    /// Keeps the end of the card's number and waits for payment, if the order is not paid by now; says whether it did. Whoever took too
    /// long to pay checks out again.
    pub async fn check_out(
        &self,
        change: &mut Change,
        card: &CardEnd,
        by: &str,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE orders SET status = 'checked-out', card_end = ?, modified_by = ?
             WHERE id = ? AND status IN ('placed', 'checked-out')",
        )
        .bind(card)
        .bind(by)
        .bind(self.id.to_string())
        .execute(&mut **change)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Counts the order as paid, if it still waits for that; says whether it did. Of two payments at the same
    /// time one does.
    pub async fn set_paid(&self, change: &mut Change, by: &str) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE orders SET status = 'paid', modified_by = ?
             WHERE id = ? AND status = 'checked-out'",
        )
        .bind(by)
        .bind(self.id.to_string())
        .execute(&mut **change)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
