//! The world of a verification: the app, what is known of it, and the requests that are made of that.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    sync::Arc,
};

use serde_json::Value;

use super::{
    Broken, Check, Untested, Verified, answers,
    draft::{By, Content, Draft, Persona, Target},
    endings::out,
    flat,
    given::Given,
    parts, stated,
    wallet::Coin,
};
use crate::{
    app::Tested,
    identity::Revocations,
    inventory::{AccessModel, ApiModel, Operation},
    session::Keeper,
    testing::{
        actor::Actor,
        client::{Built, Client},
        prover::Prover,
        reply::Reply,
        request::Request,
    },
    version::Brownout,
};

/// The values of path parameters by which an object is reached, with those that were needed to create it.
pub(super) type Keys = BTreeMap<String, String>;

/// Everything that checks share. It is of one thread, so it is changed through cells.
pub(super) struct World {
    pub(super) client: Client,
    pub(super) model: ApiModel,
    pub(super) revocations: Revocations,
    pub(super) given: Given,
    /// The operation that creates an object, by the object's type.
    pub(super) makers: RefCell<BTreeMap<String, String>>,
    /// The objects that somebody has, by type and owner.
    pub(super) owned: RefCell<BTreeMap<(String, String), Keys>>,
    /// The objects that are being made, each for the one before it.
    pub(super) making: RefCell<Vec<(String, String)>>,
    /// The objects that could not be made for the first of those, each with the reason.
    pub(super) unmade: RefCell<BTreeMap<(String, String), String>>,
    pub(super) told: RefCell<Verified>,
    pub(super) tested: Tested,
    pub(super) sessions: Option<Arc<Keeper>>,
    /// The key that tokens are bound to where a proof is asked.
    pub(super) prover: Prover,
    /// The keys and sessions that were made up, by whom they are for.
    pub(super) purse: RefCell<BTreeMap<String, Coin>>,
    addresses: Cell<u32>,
    names: Cell<u32>,
}

impl World {
    pub(super) fn new(built: Built, given: Given) -> Self {
        let Built { client, model, revocations, tested, sessions } = built;
        let told = Verified { api: model.name.clone(), ..Verified::default() };
        Self {
            client,
            model,
            revocations,
            given,
            makers: RefCell::default(),
            owned: RefCell::default(),
            making: RefCell::default(),
            unmade: RefCell::default(),
            told: RefCell::new(told),
            tested,
            sessions,
            prover: Prover::new(),
            purse: RefCell::default(),
            addresses: Cell::new(0),
            names: Cell::new(0),
        }
    }

    /// Returns the routes that are served and not left out.
    pub(super) fn targets(&self) -> Vec<Target<'_>> {
        let previews = self.model.settings.as_ref().map_or(&[][..], |settings| &settings.previews);
        let now = self.client.clock().unix_seconds();
        let versions = self.model.versions.iter();
        let served = versions.filter(|version| {
            let over = version.sunset.is_some_and(|day| day.unix_seconds() <= now);
            !over && (!version.preview || previews.contains(&version.segment))
        });
        let routes = served.flat_map(|version| {
            let operations = self.model.operations_in(&version.segment);
            operations.map(move |operation| Target { operation, version })
        });
        let over = |target: &Target<'_>| {
            target.operation.sunset_in(target.version).is_some_and(|day| day.unix_seconds() <= now)
        };
        let skipped = |target: &Target<'_>| self.given.skipped.contains_key(&target.operation.name);
        routes.filter(|target| !over(target) && !skipped(target)).collect()
    }

    /// Notes that a route kept a promise.
    pub(super) fn kept(&self, check: Check, target: Target<'_>) {
        self.told.borrow_mut().kept.entry(check).or_default().insert(target.name());
    }

    /// Notes that a route broke a promise. The first time of each is enough.
    pub(super) fn broken(&self, check: Check, target: Target<'_>, what: impl Into<String>) {
        let mut told = self.told.borrow_mut();
        let route = target.name();
        if !told.broken.iter().any(|one| one.check == check && one.route == route) {
            told.broken.push(Broken { route, check, what: what.into() });
        }
    }

    /// Notes that a check could not be made.
    pub(super) fn untested(&self, check: Check, target: Target<'_>, reason: impl Into<String>) {
        let untested = Untested { route: target.name(), check: Some(check), reason: reason.into() };
        let mut told = self.told.borrow_mut();
        if !told.untested.contains(&untested) {
            told.untested.push(untested);
        }
    }

    /// Notes if an answer is as it was promised.
    pub(super) fn judge(
        &self,
        check: Check,
        target: Target<'_>,
        good: bool,
        (why, reply): (&str, &Reply),
    ) {
        match good {
            true => self.kept(check, target),
            false => self.broken(check, target, format!("{why}\n{reply:?}")),
        }
    }

    /// Sends a request with this credentials, from an address of its own. Where a limit is used up, or the operation is out for a
    /// while, time passes.
    pub(super) async fn send(&self, draft: &Draft<'_>, by: &By) -> Reply {
        let mut reply = self.send_from(draft, by, &self.address()).await;
        for _ in 0..3 {
            let Some(wait) = limited(&reply).or(out(&reply)) else { break };
            self.client.advance(std::time::Duration::from_secs(wait));
            reply = self.send_from(draft, by, &self.address()).await;
        }
        answers::look(self, draft, by, &reply);
        reply
    }

    /// Sends a request from this address, whatever the answer is.
    pub(super) async fn send_from(&self, draft: &Draft<'_>, by: &By, address: &str) -> Reply {
        self.request(draft, by, address).await.await
    }

    /// Returns a request with everything that it is sent with.
    pub(super) async fn request(&self, draft: &Draft<'_>, by: &By, address: &str) -> Request {
        self.told.borrow_mut().requests += 1;
        let (method, path) = (draft.method, &draft.path);
        let mut request: Request = match by {
            By::Nobody => self.client.request(method, path),
            By::Token(token) => self.client.request(method, path).token(token),
            By::Caller(persona) => self.proved(draft, persona).await,
        };
        request = request.peer(address);
        request = stated::told(request, draft);
        for (name, value) in &draft.query {
            request = request.query(name, value);
        }
        for (name, value) in draft.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        for (name, value) in &draft.further {
            request = request.header(name, value);
        }
        // A browser says by itself that one's own page sends something.
        let says =
            draft.headers.iter().any(|(name, _)| matches!(*name, "sec-fetch-site" | "origin"));
        if !says && self.is_of_page(draft.target.operation, by) {
            request = request.header("sec-fetch-site", "same-origin");
        }
        match &draft.content {
            Content::None => request,
            Content::Value(media, value) if media.ends_with("form-urlencoded") => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(flat::form(&self.model, draft.target.operation, value));
                request.body(media, form.finish())
            }
            Content::Value(media, value) => request.body(media, value.to_string()),
            Content::Raw(media, bytes) => request.body(media, bytes.clone()),
            Content::Parts(parts) => request.body(parts::TYPE, parts::written(parts)),
            Content::Bytes(media, bytes) => match media {
                Some(media) => request.body(media, bytes.clone()),
                None => request.bare(bytes.clone()),
            },
        }
    }

    /// Lets the time of an announced outage pass that a route is in.
    pub(super) fn waits_out(&self, target: Target<'_>) {
        let outages = target.operation.brownouts_in(target.version);
        let left = Brownout::left(&outages, self.client.clock().unix_seconds());
        self.client.advance(std::time::Duration::from_secs(left.unwrap_or_default()));
    }

    /// Returns an address that nobody had before: no limit per address has counted it, nor its neighbours.
    pub(super) fn address(&self) -> String {
        let next = self.addresses.get() + 1;
        self.addresses.set(next);
        let [_, high, middle, low] = next.to_be_bytes();
        format!("10.{high}.{middle}.{low}")
    }

    /// Returns the actor of a persona, whose token is signed now.
    pub(super) fn actor(&self, persona: &Persona) -> Actor {
        let issuer = self.client.shared.issuers.first();
        let mut actor = self.client.as_subject(&persona.subject);
        if let Some(issuer) = issuer {
            actor = actor.issuer(issuer);
        }
        let table = self.client.shared.api.roles.roles;
        for role in table.iter().filter(|info| persona.roles.iter().any(|role| role == info.name)) {
            actor = actor.role_named(role.name);
        }
        for scope in &persona.scopes {
            actor = actor.scope(scope);
        }
        if let Some(tenant) = &persona.tenant {
            actor = actor.tenant(tenant);
        }
        persona.claims.iter().fold(actor, |actor, (name, value)| actor.claim(name, value.clone()))
    }

    /// Returns somebody whom nobody has met.
    pub(super) fn somebody(&self) -> String {
        self.names.set(self.names.get() + 1);
        format!("somebody-{}", self.names.get())
    }

    /// Returns a caller whom a route admits, by its first role; none where it is public.
    pub(super) fn admitted(&self, operation: &Operation, subject: &str) -> Option<Persona> {
        let AccessModel::Roles(roles) = &operation.access else { return None };
        if !self.takes(operation)
            && let Some(given) = self.holder_of(operation)
        {
            return Some(given);
        }
        let persona = Persona { subject: subject.to_owned(), ..Persona::default() };
        Some(self.equipped(operation, persona.only(&[roles.first()?])))
    }

    /// Returns the roles that a route admits.
    pub(super) fn admitting<'a>(&'a self, operation: &'a Operation) -> Vec<&'a str> {
        let AccessModel::Roles(least) = &operation.access else { return Vec::new() };
        let names = self.model.roles.iter().map(|role| &*role.name);
        names.filter(|role| self.model.admits(least, role)).collect()
    }

    /// Returns a caller with the scopes, the authentication and the tenant that a route demands.
    pub(super) fn equipped(&self, operation: &Operation, persona: Persona) -> Persona {
        let mut persona = Persona { scopes: operation.scopes.clone(), ..persona };
        if self.model.tenants && persona.tenant.is_none() {
            let tenant = self.tenant_given(operation).unwrap_or("tenant-of-all");
            persona.tenant = Some(tenant.to_owned());
        }
        let now = self.client.clock().unix_seconds();
        if let Some(step_up) = &operation.step_up {
            if let Some(acr) = step_up.acr.first() {
                persona = persona.claim("acr", &**acr);
            }
            persona = persona.claim("amr", step_up.amr.clone()).claim("auth_time", now);
        }
        persona
    }
}

/// Returns the seconds to wait where a limit is used up.
pub(super) fn limited(reply: &Reply) -> Option<u64> {
    (reply.status() == 429).then(|| reply.header("retry-after")?.parse().ok()).flatten()
}

/// Returns true for an answer of success.
pub(super) fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.status()) || matches!(reply.status(), 303 | 307 | 308)
}

/// Returns a value as a path, a query or a form has it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
