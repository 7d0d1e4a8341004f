//! A door that opens to badges, passports and access tokens: each kind has operations that admit it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    identity::{Credential, Head, Identity, Kind, Principal, Refused, Revocations, Source},
    prelude::*,
};

use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// The issuer of badges.
const DOORS: &str = "https://doors.example";

/// The badge that a reader at the door reads.
pub(super) enum Badge {}

impl Credential for Badge {
    const KIND: Kind = Kind::header("Badge", "x-badge");
}

/// A passport, sent in `Authorization`.
pub(super) enum Passport {}

impl Credential for Passport {
    const KIND: Kind = Kind::authorization("Passport");
}

/// Knows badges by what they say, and how often it was asked.
#[derive(Clone, Default)]
pub(super) struct Badges(pub(super) Arc<AtomicUsize>);

impl Source for Badges {
    type Kind = Badge;

    async fn identify(&self, presented: &[u8], head: &Head<'_>) -> Result<Principal, Refused> {
        self.0.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        assert!(head.peer().is_some() && head.headers().contains_key("x-badge"));
        let badge = Principal::new(DOORS, "badge-7").credential_id("7").issued_at(START - 60);
        match presented {
            b"7" => Ok(badge.roles(["customer", "nobody-knows-this"]).scopes(["parts:read"])),
            b"admin" => Ok(badge.roles(["admin"])),
            b"where" => {
                Ok(Principal::new(DOORS, head.url().unwrap_or_default()).roles(["customer"]))
            }
            b"late" => Ok(badge.roles(["customer"]).expires_at(START)),
            b"control" => Ok(Principal::new(DOORS, "a\nb").roles(["customer"])),
            b"empty" => Ok(Principal::new("", "badge-7").roles(["customer"])),
            b"tenant" => Ok(badge.tenant("").roles(["customer"])),
            b"scope" => Ok(badge.scopes(["a b"]).roles(["customer"])),
            b"down" => Err(Refused::unavailable("the list of badges does not answer")),
            b"slow" => std::future::pending().await,
            _ => Err(Refused::invalid("nobody has this badge")),
        }
    }
}

pub(super) struct Passports;

impl Source for Passports {
    type Kind = Passport;

    async fn identify(&self, presented: &[u8], _: &Head<'_>) -> Result<Principal, Refused> {
        match presented {
            b"P1" => Ok(Principal::new("https://state.example", "citizen").roles(["customer"])),
            _ => Err(Refused::invalid("no such passport")),
        }
    }
}

/// The name of somebody.
#[derive(Resource)]
#[view(NameView, public, fields(id, kind))]
struct Name {
    id: String,
    kind: String,
}

fn name(caller: &Identity) -> Name {
    Name { id: caller.id().as_str().to_owned(), kind: caller.kind().name().to_owned() }
}

/// Tells by which credentials one came, whichever they are.
#[get("/any", version = Version::V1.., role = Role::Customer, view = NameView,
      timeout = Duration::from_millis(300))]
async fn any(caller: Caller<Role>) -> Name {
    name(caller.identity())
}

/// Tells the same of badges.
#[get("/badge", version = Version::V1.., role = Role::Customer, by = Badge, view = NameView)]
async fn badge(caller: Caller<Role>) -> Name {
    name(caller.identity())
}

/// Tells the same of passports and access tokens.
#[get("/papers", version = Version::V1.., role = Role::Customer, by = [Passport, Bearer], view = NameView)]
async fn papers(caller: Caller<Role>) -> Name {
    name(caller.identity())
}

/// Demands both.
#[get("/both", version = Version::V1.., role = Role::Customer, by = all(Bearer, Badge), view = NameView)]
async fn both(caller: Caller<Role>) -> Name {
    name(caller.identity())
}

/// Demands a scope as well.
#[get("/scoped", version = Version::V1.., role = Role::Customer, by = Badge, scope = "parts:write", view = NameView)]
async fn scoped(caller: Caller<Role>) -> Name {
    name(caller.identity())
}

/// Shows the door to everybody.
#[get("/open", version = Version::V1.., public = "everybody may look at the door", view = NameView)]
async fn open() -> Name {
    Name { id: String::new(), kind: String::new() }
}

/// Ends one's own badge.
#[delete("/badge", version = Version::V1.., role = Role::Customer, by = Badge)]
async fn hand_in(caller: Caller<Role>, revocations: Revocations) -> Result<NoContent, StoreError> {
    assert!(revocations.revoke(&caller).await?);
    Ok(NoContent)
}

/// Shows the sign to who has a passport.
#[get("/sign", version = Version::V1.., role = Role::Customer, by = Passport, view = NameView)]
async fn sign(caller: Caller<Role>) -> Name {
    Name { id: "sign".to_owned(), ..name(caller.identity()) }
}

/// Changes the sign.
#[put("/sign", version = Version::V1.., role = Role::Customer, by = [Passport, Badge])]
async fn change_sign() -> NoContent {
    NoContent
}

/// A module with credentials of its own.
mod hall {
    use super::*;

    secure_api::defaults! { by = Passport, routes(inside, of_its_own, in_full) }

    /// Takes it from the module.
    #[get("/hall/inside", version = Version::V1.., role = Role::Customer, view = NameView)]
    async fn inside(caller: Caller<Role>) -> Name {
        name(caller.identity())
    }

    /// States its own.
    #[get("/hall/own", version = Version::V1.., role = Role::Customer, by = Badge, view = NameView)]
    async fn of_its_own(caller: Caller<Role>) -> Name {
        name(caller.identity())
    }

    /// States everything else.
    #[get("/hall/full", version = Version::V1.., role = Role::Customer, limit = Limit::per_principal(9).per_minute(),
          view = NameView)]
    async fn in_full(caller: Caller<Role>) -> Name {
        name(caller.identity())
    }
}

/// The door.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(),
      allow(unused_role, unused_version, reason = "a door is for customers, from the first"),
      routes(any, badge, papers, both, scoped, open, hand_in, sign, change_sign, hall))]
pub(super) struct Door;

/// The same, where the whole API says by what.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), by = Badge,
      allow(unused_role, unused_version, reason = "a door is for customers, from the first"),
      routes(any, papers))]
pub(super) struct Gate;

pub(super) fn door(badges: &Badges, clock: &Clock) -> AppBuilder {
    Door::app()
        .tokens(token::issuer())
        .source(badges.clone())
        .source(Passports)
        .clock(clock.clone())
}

pub(super) async fn server() -> (TestServer, Badges) {
    let (badges, clock) = (Badges::default(), Clock::manual(START));
    let app = door(&badges, &clock).build().expect("an app that starts");
    (TestServer::run(app, Default::default(), clock).await, badges)
}

pub(super) async fn ask(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = server.request(Method::GET, path);
    let request =
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    Answer::of(request).await
}

pub(super) fn challenges(answer: &Answer) -> Vec<&str> {
    let all = answer.headers.get_all("www-authenticate").iter();
    all.map(|value| value.to_str().expect("text")).collect()
}
