//! An office that asks for each caller's account, and the accounts of the tests.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use secure_api::{
    app::AppBuilder,
    identity::{AccountStatus, Holder, Revocations, Standing},
    prelude::*,
};

use crate::{
    identity::door::{Badge, Badges},
    support::{
        TestServer,
        model::{Role, Version},
        server::START,
        token,
    },
};

/// The answers of a hook.
#[derive(Clone, Copy)]
pub(super) enum Says {
    Is(&'static [&'static str]),
    Unchanged,
    Gone,
    Fails,
    Panics,
    Sleeps,
}

/// The accounts of the tests, and how often somebody asked.
#[derive(Clone, Default)]
pub(super) struct Book {
    says: Arc<Mutex<HashMap<&'static str, Says>>>,
    asked: Arc<AtomicUsize>,
}

impl Book {
    pub(super) fn set(&self, subject: &'static str, says: Says) {
        self.says.lock().expect("no panic under the lock").insert(subject, says);
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    pub(super) fn hook(&self) -> Standing {
        let book = self.clone();
        Standing::new(move |holder: Holder| {
            book.asked.fetch_add(1, Ordering::SeqCst);
            let says = book.says.lock().expect("no panic under the lock");
            let says = says.get(&*holder.id().subject()).copied().unwrap_or(Says::Unchanged);
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                match says {
                    Says::Is(roles) => Ok(AccountStatus::roles(roles.iter().copied())),
                    Says::Unchanged => Ok(AccountStatus::Unchanged),
                    Says::Gone => Ok(AccountStatus::Gone),
                    Says::Fails => Err("the accounts do not answer"),
                    Says::Panics => panic!("a hook with a mistake"),
                    Says::Sleeps => std::future::pending().await,
                }
            }
        })
    }
}

/// The roles of somebody.
#[derive(Resource)]
#[view(SeenView, public, fields(id, roles))]
struct Seen {
    id: String,
    roles: u32,
}

fn seen(caller: &Caller<Role>) -> Seen {
    let identity = caller.identity();
    Seen { id: identity.subject().to_owned(), roles: identity.roles().count_ones() }
}

/// Tells a customer who it is.
#[get("/customer", version = Version::V1.., role = Role::Customer, by = [Bearer, Badge], view = SeenView)]
async fn customer(caller: Caller<Role>) -> Seen {
    seen(&caller)
}

/// Tells support who it is.
#[get("/support", version = Version::V1.., role = Role::Support, by = Bearer, view = SeenView)]
async fn support(caller: Caller<Role>) -> Seen {
    seen(&caller)
}

/// Tells an administrator who it is.
#[get("/admin", version = Version::V1.., role = Role::Admin, by = Bearer, view = SeenView)]
async fn admin(caller: Caller<Role>) -> Seen {
    seen(&caller)
}

/// Tells those at the warehouse and auditors who they are.
#[get("/count", version = Version::V1.., role = [Role::Warehouse, Role::Auditor], by = Bearer, view = SeenView)]
async fn count(caller: Caller<Role>) -> Seen {
    seen(&caller)
}

/// Shows a notice to everybody.
#[get("/notice", version = Version::V1.., public = "a notice is for everybody", view = SeenView)]
async fn notice() -> Seen {
    Seen { id: "a notice".to_owned(), roles: 0 }
}

/// Ends all that the caller has.
#[delete("/credentials", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn end_all(
    caller: Caller<Role>,
    clock: Clock,
    revocations: Revocations,
) -> Result<NoContent, StoreError> {
    let identity = caller.identity();
    revocations.revoke_subject(identity.issuer(), identity.subject(), clock.unix_seconds()).await?;
    Ok(NoContent)
}

/// Signs the caller out.
#[delete("/token", version = Version::V1.., role = Role::Customer, by = Bearer)]
async fn end_this(caller: Caller<Role>, revocations: Revocations) -> Result<NoContent, StoreError> {
    revocations.revoke(&caller).await?;
    Ok(NoContent)
}

/// An office that asks for each caller's account.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      routes(customer, support, admin, count, notice, end_all, end_this))]
struct Office;

pub(super) fn office(standing: Standing) -> AppBuilder {
    Office::app()
        .tokens(token::issuer())
        .source(Badges::default())
        .base_url("https://office.example")
        .address_limit(Limit::per_address(60_000).per_minute())
        .standing(standing)
}

pub(super) async fn server(standing: Standing) -> TestServer {
    let clock = Clock::manual(START);
    let app = office(standing).clock(clock.clone()).build().expect("an app that starts");
    TestServer::run(app, Default::default(), clock).await
}

pub(super) async fn open() -> (TestServer, Book) {
    let book = Book::default();
    (server(book.hook()).await, book)
}

pub(super) async fn status(server: &TestServer, token: &str, path: &str) -> u16 {
    server.get_as(token, path).await.status
}
