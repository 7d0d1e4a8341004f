//! Verification: every route of an app is attacked from outside, and what was promised of it is held against the answers.
//!
//! What a route promises is read from the model of the API, so nothing is guessed: who may call, whose an object is, which
//! values are taken, how often, in which order. Each check is a file of its own; [`Check`] lists them with their sentences.

mod answers;
mod bodies;
mod browsers;
mod callers;
mod certificates;
mod check;
mod credentials;
mod crossing;
mod draft;
mod drafting;
mod endings;
mod fits;
mod flat;
mod given;
mod held;
mod inputs;
mod keys;
mod limits;
mod makers;
mod making;
mod methods;
mod minted;
mod names;
mod objects;
mod odd_keys;
mod open;
mod order;
mod parts;
mod proofs;
mod queries;
mod references;
mod report;
mod sessions;
mod spelling;
mod spots;
mod stated;
mod together;
mod traces;
mod uploads;
mod views;
mod wallet;
mod world;

use std::{fmt, future::IntoFuture, pin::Pin};

use serde_json::Value;

pub use self::{
    check::Check,
    report::{Broken, Untested, Verified},
};
use self::{given::Given, world::World};
use super::client::built;
use crate::{
    app::AppBuilder,
    behavior::Behavior,
    error::StartError,
    identity::{CallerId, Principal},
};

/// Attacks every route of an app from outside, and fails the test where a route does not keep what its declaration promises.
///
/// It is one line of a test. The app is called in this process, through everything that a request over a socket passes, by
/// callers with tokens of [`issuer`](super::issuer), which the app has to trust. `.await` gives [`Verified`], whose `Display`
/// is a table; where a promise was broken it panics with that table, which names the route, the promise and the answer.
///
/// Bodies are made from their rules, and objects by the operations that create them. What rules do not tell is given: a
/// body that the handler accepts ([`body`](Verify::body)), an object that is there ([`object`](Verify::object)), a value of a
/// path ([`parameter`](Verify::parameter)). What could not be tried is listed with its reason, and never passes silently.
///
/// The clock moves: limits refill between attacks, and at the end the outages that are announced come, and the days of
/// sunset. The weighing of callers by their behavior is off, since every attack would be the last one.
///
/// ```
/// use secure_api::{prelude::*, testing};
/// # #[derive(Role)] enum Role { Support }
/// # #[derive(Version)] enum Version { V1 }
/// # #[derive(Resource)] #[view(Counted, role = Role::Support, fields(orders))] struct Count { orders: u32 }
///
/// #[get("/count", version = Version::V1.., role = Role::Support, view = Counted)]
/// async fn count() -> Count {
///     Count { orders: 3 }
/// }
///
/// #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(count))]
/// struct Shop;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let verified = testing::verify(Shop::app().tokens(testing::issuer())).await;
/// assert!(verified.kept(testing::Check::Roles) > 0);
/// println!("{verified}");
/// # }
/// ```
pub fn verify(app: AppBuilder) -> Verify {
    Verify { app, given: Given::default() }
}

/// A verification that begins with `.await`, and what it is given before.
#[must_use = "a verification begins by `.await`"]
pub struct Verify {
    app: AppBuilder,
    given: Given,
}

impl Verify {
    /// Gives the body that an operation accepts, by the name of its handler, where one that is made from its rules is not.
    pub fn body(mut self, operation: &str, body: Value) -> Self {
        self.given.bodies.insert(operation.to_owned(), body);
        self
    }

    /// Gives an object that is there: first its type by its name, then the subject of its owner, then its key as a path has it.
    /// Give one of each of two owners, so that each tries the other's.
    ///
    /// The owner is the caller whose token has that subject, as [`caller_id`](super::caller_id) makes its id; it is no role. Where
    /// the object is loaded by an id of another, nothing is found, and the table says so.
    ///
    /// ```
    /// # use std::{collections::BTreeMap, sync::Arc};
    /// use secure_api::{prelude::*, testing};
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Version)] enum Version { V1 }
    /// # #[derive(Value, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)] #[value(key, range = 1..=1000)] struct CardId(u32);
    /// # #[derive(Resource, Clone)] #[view(CardView, role = Role::Member, fields(id))] struct Card { id: CardId, holder: CallerId }
    /// # #[derive(Clone, Default)] struct Cards(Arc<BTreeMap<CardId, Card>>);
    /// # impl Store for Cards {
    /// #     type Read = Self; type Write = Self;
    /// #     fn reader(&self) -> &Self { self }
    /// #     fn writer(&self, _: &Writing) -> &Self { self }
    /// # }
    /// # #[object(owner = holder)]
    /// # impl Object for Card {
    /// #     async fn load(cards: &Reader<Cards>, id: CardId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> {
    /// #         Ok(cards.0.get(&id).cloned())
    /// #     }
    /// # }
    ///
    /// /// Shows a card. Nothing makes one: they are printed elsewhere.
    /// #[get("/cards/{card}", version = Version::V1.., role = Role::Member, view = CardView)]
    /// async fn get_card(card: Authorized<Card>) -> Authorized<Card> {
    ///     card
    /// }
    ///
    /// #[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(get_card))]
    /// struct Library;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let printed = [(1, "alice"), (2, "bob")].map(|(number, holder)| {
    ///     let id = CardId::new(number).expect("a small number");
    ///     (id, Card { id, holder: testing::caller_id(holder) })
    /// });
    /// let app = Library::app().store(Cards(Arc::new(printed.into()))).tokens(testing::issuer());
    /// let verified = testing::verify(app).object("Card", "alice", 1).object("Card", "bob", 2).await;
    /// assert!(verified.kept(testing::Check::Objects) > 0);
    /// # }
    /// ```
    pub fn object(mut self, object: &str, owner: &str, key: impl fmt::Display) -> Self {
        self.given.objects.push((object.to_owned(), owner.to_owned(), key.to_string()));
        self
    }

    /// Gives a value of a path's parameter that names nothing owned.
    pub fn parameter(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.given.parameters.insert(name.to_owned(), value.to_string());
        self
    }

    /// States that all whom an operation admits may reach an object, whoever owns it, by a path, in an input and in a list: for this
    /// reason, which the table shows. An object whose rule asks for roles alone is such a one.
    pub fn shared(mut self, object: &str, reason: &str) -> Self {
        self.given.shared.insert(object.to_owned(), reason.to_owned());
        self
    }

    /// Gives credentials that are not made up, of a kind by its name: a certificate in PEM, or the text of a kind of the app's
    /// own; with the principal that they speak for. Where an operation admits some, give one of a role that it does not admit, too.
    pub fn holder(
        mut self,
        kind: &str,
        principal: Principal,
        credentials: impl Into<String>,
    ) -> Self {
        self.given.holders.push((kind.to_owned(), principal, credentials.into()));
        self
    }

    /// Gives what makes credentials of a kind of the app's own, by its name: for a caller, and the principal that its source is to vouch
    /// for. Then whoever is made up comes by them, with any role, and all is tried of routes that take nothing else.
    pub fn maker(
        mut self,
        kind: &str,
        make: impl Fn(&CallerId, Principal) -> String + 'static,
    ) -> Self {
        self.given.makers.insert(kind.to_owned(), Box::new(make));
        self
    }

    /// Leaves an operation out, by the name of its handler: for this reason, which the table shows.
    pub fn skip(mut self, operation: &str, reason: &str) -> Self {
        self.given.skipped.insert(operation.to_owned(), reason.to_owned());
        self
    }

    /// Attacks, and returns what was found without failing.
    ///
    /// # Errors
    ///
    /// Whatever keeps the app from starting, all together.
    ///
    /// # Panics
    ///
    /// If a name was given that the API does not have: of an operation, a field of its body, a parameter, an object, a role or a
    /// kind of credentials. All of them are told, each with the nearest one that there is.
    pub async fn report(self) -> Result<Verified, StartError> {
        let Self { app, mut given } = self;
        let built = built(app.behavior(Behavior::off()))?;
        given.leave_out_signed(&built.model);
        let mistakes = names::mistakes(&built.model, &given);
        assert!(
            mistakes.is_empty(),
            "`verify` was given what {} does not have:\n  {}",
            built.model.name,
            mistakes.join("\n  ")
        );
        let world = World::new(built, given);
        world.attack().await;
        Ok(world.told.into_inner())
    }
}

impl IntoFuture for Verify {
    type Output = Verified;
    type IntoFuture = Pin<Box<dyn Future<Output = Verified>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            match self.report().await {
                Ok(verified) if verified.broken.is_empty() => verified,
                Ok(verified) => panic!("{verified}"),
                Err(error) => panic!("the app does not start: {error}"),
            }
        })
    }
}

impl fmt::Debug for Verify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verify").finish_non_exhaustive()
    }
}

impl World {
    /// Makes every check of every route. Those that move the clock far come last.
    async fn attack(&self) {
        for (operation, reason) in &self.given.skipped {
            let mut told = self.told.borrow_mut();
            let reason = format!("left out: {reason}");
            told.untested.push(Untested { route: operation.clone(), check: None, reason });
        }
        let targets = self.targets();
        self.told.borrow_mut().routes = targets.iter().map(draft::Target::name).collect();
        for target in &targets {
            self.waits_out(*target);
            methods::check(self, *target).await;
            credentials::check(self, *target).await;
            keys::check(self, *target).await;
            sessions::check(self, *target).await;
            proofs::check(self, *target).await;
            certificates::check(self, *target).await;
            together::check(self, *target).await;
            callers::check(self, *target).await;
            objects::check(self, *target).await;
            odd_keys::check(self, *target).await;
            spelling::check(self, *target).await;
            stated::check(self, *target).await;
            views::check(self, *target).await;
            bodies::check(self, *target).await;
            inputs::check(self, *target).await;
            order::check(self, *target).await;
            browsers::check(self, *target).await;
            limits::check(self, *target).await;
            traces::check(self, *target).await;
            sessions::signed_out(self, *target, &targets).await;
            if crate::weakened::shown_is_enough() && !self.told.borrow().broken.is_empty() {
                return;
            }
        }
        sessions::idle(self, &targets).await;
        certificates::revoked(self, &targets).await;
        endings::check(self, &targets).await;
        let _ = crate::weakened::shown_is_enough();
    }
}
