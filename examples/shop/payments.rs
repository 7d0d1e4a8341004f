//! Checkout and payment, in this order. Both came with version 2.

use secure_api::prelude::*;

use crate::{
    checkout::NewCheckout,
    db::Db,
    error::{CheckoutError, PaymentError},
    event::{self, Kind},
    limit::{BROWSE, ORDER},
    order::{Order, OrderDetail, Status},
    payment::{CardEnd, NewPayment, Payment, PaymentDesk, Receipt},
    role::Role,
    version::Version,
};

defaults! { version = Version::V2.., role = Role::Customer, limit = ORDER }

/// Checks an order out: it can no longer be changed, and waits for payment, which has to come within half an hour.
#[post("/orders/{order}/checkout", view = OrderDetail)]
pub async fn checkout(
    order: Authorized<Order>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewCheckout>,
) -> Result<Performed<Authorized<Order>>, CheckoutError> {
    let card = CardEnd::of(&body.card_number)?;
    let mut change = db.begin().await?;
    if !order.check_out(&mut change, &card, caller.subject()).await? {
        return Err(CheckoutError::Paid);
    }
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderCheckedOut, order.id)
        .await?;
    change.commit().await?;
    Ok(Performed(order.map(|order| Order { status: Status::CheckedOut, ..order })))
}

/// Pays for an order that was checked out.
///
/// The amount has to be the total of the order, so that nobody pays what they did not see.
#[post("/orders/{order}/payment", after(checkout, within = Duration::from_secs(1800)), idempotency_key,
       view = Receipt)]
pub async fn pay(
    order: Authorized<Order>,
    caller: Caller<Role>,
    db: Writer<Db>,
    clock: Clock,
    Json(body): Json<NewPayment>,
) -> Result<Created<Authorized<Payment>>, PaymentError> {
    let payment = Payment::of(&order, &clock)?.ok_or(PaymentError::NotPayable)?;
    if body.amount != payment.amount {
        return Err(PaymentError::WrongAmount);
    }
    let payment = Authorized::create(payment, &caller)?;
    let mut change = db.begin().await?;
    if !order.set_paid(&mut change, caller.subject()).await? {
        return Err(PaymentError::NotPayable);
    }
    payment.insert(&mut change).await?;
    event::record(&mut change, &clock, Some(caller.subject()), Kind::OrderPaid, order.id).await?;
    change.commit().await?;
    Ok(Created::at::<get_payment>(payment.id, payment))
}

/// Shows one payment.
#[get("/payments/{payment}", limit = BROWSE, view(Role::Support => PaymentDesk, _ => Receipt))]
pub async fn get_payment(payment: Authorized<Payment>) -> Authorized<Payment> {
    payment
}

/// Shows a payment below the order that it is for.
#[get("/orders/{order}/payments/{payment}", version = Version::V3, limit = BROWSE,
      view(Role::Support => PaymentDesk, _ => Receipt))]
pub async fn get_order_payment(
    _order: Authorized<Order>,
    payment: Authorized<Payment>,
) -> Authorized<Payment> {
    payment
}
