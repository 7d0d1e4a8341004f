//! The world of a verification: the app, what is known of it, and the requests that are made of that.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use serde_json::Value;
use uuid::Uuid;

use super::{
    Broken, Check, Untested, Verified, answers,
    draft::{By, Content, Draft, Persona, Target},
    given::Given,
};
use crate::{
    docs::Examples,
    identity::Revocations,
    inventory::{AccessModel, ApiModel, ArgumentModel, Operation},
    testing::{
        actor::Actor,
        client::{Built, Client},
        reply::Reply,
        request::Request,
    },
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
    makers: RefCell<BTreeMap<String, String>>,
    /// The objects that somebody has, by type and owner.
    owned: RefCell<BTreeMap<(String, String), Keys>>,
    pub(super) told: RefCell<Verified>,
    addresses: Cell<u32>,
    names: Cell<u32>,
}

impl World {
    pub(super) fn new(built: Built, given: Given) -> Self {
        let Built { client, model, revocations } = built;
        let told = Verified { api: model.name.clone(), ..Verified::default() };
        Self {
            client,
            model,
            revocations,
            given,
            makers: RefCell::default(),
            owned: RefCell::default(),
            told: RefCell::new(told),
            addresses: Cell::new(0),
            names: Cell::new(0),
        }
    }

    /// Returns the report.
    pub(super) fn told(self) -> Verified {
        self.told.into_inner()
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

    /// Sends a request with this credentials, from an address of its own. Where a limit is used up, time passes.
    pub(super) async fn send(&self, draft: &Draft<'_>, by: &By) -> Reply {
        let mut reply = self.send_from(draft, by, &self.address()).await;
        for _ in 0..3 {
            let Some(wait) = limited(&reply) else { break };
            self.client.advance(std::time::Duration::from_secs(wait));
            reply = self.send_from(draft, by, &self.address()).await;
        }
        answers::look(self, draft, by, &reply);
        reply
    }

    /// Sends a request from this address, whatever the answer is.
    pub(super) async fn send_from(&self, draft: &Draft<'_>, by: &By, address: &str) -> Reply {
        self.told.borrow_mut().requests += 1;
        let (method, path) = (draft.method, &draft.path);
        let mut request: Request = match by {
            By::Nobody => self.client.request(method, path),
            By::Token(token) => self.client.request(method, path).token(token),
            By::Caller(persona) => self.actor(persona).request(method, path),
        };
        request = request.peer(address);
        for (name, value) in &draft.query {
            request = request.query(name, value);
        }
        for (name, value) in &draft.headers {
            request = request.header(name, value);
        }
        request = match &draft.content {
            Content::None => request,
            Content::Value(media, value) if media.ends_with("form-urlencoded") => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (name, value) in value.as_object().into_iter().flatten() {
                    form.append_pair(name, &plain(value));
                }
                request.body(media, form.finish())
            }
            Content::Value(media, value) => request.body(media, value.to_string()),
            Content::Bytes(media, bytes) => match media {
                Some(media) => request.body(media, bytes.clone()),
                None => request.bare(bytes.clone()),
            },
        };
        request.await
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
            persona.tenant = Some("tenant-of-all".to_owned());
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

    /// Returns true if access tokens alone let somebody into a route.
    pub(super) fn takes_tokens(&self, operation: &Operation) -> bool {
        use crate::inventory::ByModel;
        let kinds = self.model.credentials_of(operation);
        let bearer = kinds.iter().any(crate::inventory::CredentialModel::is_bearer);
        bearer && (!matches!(operation.by, ByModel::AllOf(_)) || kinds.len() == 1)
    }

    /// Returns a request to a route whose every part is well-formed, its objects made up.
    pub(super) fn rough<'a>(&'a self, target: Target<'a>) -> Draft<'a> {
        self.drafted(target, &Keys::new())
    }

    /// Returns a request to a route, its path filled with these keys, and else with values that are well-formed.
    pub(super) fn drafted<'a>(&'a self, target: Target<'a>, keys: &Keys) -> Draft<'a> {
        let Target { operation, version } = target;
        let place = self.model.place(&version.segment).unwrap_or_default();
        let mut draft = Draft {
            target,
            method: operation.verb.as_str(),
            path: target.template(),
            query: Vec::new(),
            headers: Vec::new(),
            content: Content::None,
            lacks: None,
        };
        let mut examples = Examples::new(&self.model, place);
        for argument in &operation.arguments {
            match argument {
                ArgumentModel::Object { parameter, key, .. }
                | ArgumentModel::Unowned { parameter, key, .. } => {
                    let given = self.given.parameters.get(parameter);
                    let value = keys.get(parameter).or(given).cloned();
                    let value = value.or_else(|| Some(plain(&examples.of(key, parameter)?)));
                    let encoded = value.map(|value| encoded(&value)).unwrap_or_default();
                    draft.path = draft.path.replace(&format!("{{{parameter}}}"), &encoded);
                }
                ArgumentModel::Query(schema) => {
                    let required = self.model.fields(schema).iter().filter(|field| field.required);
                    for field in required {
                        let value = examples.of(&field.schema, &field.name);
                        let value = value.as_ref().map(plain).unwrap_or_default();
                        draft.query.push((field.name.clone(), value));
                    }
                }
                ArgumentModel::Body { schema, media } => {
                    let given = self.given.bodies.get(&operation.name).cloned();
                    let body = given.or_else(|| examples.named(schema));
                    draft.content = match media.types() {
                        ["multipart/form-data"] | [] => {
                            draft.lacks = Some("an upload is not made up".to_owned());
                            Content::None
                        }
                        [media, ..] => match body {
                            Some(body) => Content::Value(media, body),
                            None => {
                                draft.lacks = Some("no example is made of its body".to_owned());
                                Content::None
                            }
                        },
                    };
                }
                ArgumentModel::BodyExtractor(_) => {
                    draft.lacks = Some("its body is read by an extractor of axum's".to_owned());
                }
                _ => {}
            }
        }
        if operation.idempotency_key {
            draft = draft.header("idempotency-key", format!("\"{}\"", Uuid::new_v4()));
        }
        if operation.if_match {
            draft = draft.header("if-match", "\"none\"");
        }
        draft
    }

    /// Returns a request that a route answers with success as far as is known: its objects are the caller's own, its state is
    /// the one that there is, and the steps before it are done.
    pub(super) async fn good<'a>(
        &'a self,
        target: Target<'a>,
        caller: Option<&Persona>,
        fresh: bool,
    ) -> Draft<'a> {
        let mut keys = Keys::new();
        let mut lacks = None;
        for argument in &target.operation.arguments {
            let ArgumentModel::Object { object, parameter, .. } = argument else { continue };
            let Some(caller) = caller else { continue };
            match self.owned(object, caller, target, fresh).await {
                Some(found) => {
                    // What an object was made below of stands before it, if it is not the same parameter.
                    for (name, key) in found {
                        if name == *object {
                            keys.insert(parameter.clone(), key);
                        } else if !name.starts_with(char::is_uppercase) {
                            keys.insert(name, key);
                        }
                    }
                }
                None => {
                    lacks = Some(format!(
                        "no {object} of the caller is there: give one by `.object(\"{object}\", …)`"
                    ))
                }
            }
        }
        let mut draft = self.drafted(target, &keys);
        draft.lacks = draft.lacks.or(lacks);
        if draft.lacks.is_some() {
            return draft;
        }
        if let Some(after) = &target.operation.after {
            let before = self.target(&after.operation, target);
            if let Some(before) = before {
                let mut step = self.drafted(before, &keys);
                step.path = joined(before, &draft, target);
                let by =
                    By::from(caller.map(|caller| self.equipped(before.operation, caller.clone())));
                let done = self.send(&step, &by).await;
                if !is_success(&done) {
                    draft.lacks = Some(format!(
                        "{} is before it, and was answered {}",
                        after.operation,
                        done.status()
                    ));
                }
                if after.at_least_seconds > 0.0 {
                    let seconds = std::time::Duration::from_secs_f64(after.at_least_seconds + 1.0);
                    self.client.advance(seconds);
                }
            }
        }
        if target.operation.if_match {
            let readers = self.targets().into_iter();
            let reader =
                readers.filter(|one| one.version.segment == target.version.segment).find(|one| {
                    one.operation.verb.is_safe() && one.operation.path == target.operation.path
                });
            if let Some(reader) = reader {
                let mut read = self.drafted(reader, &keys);
                read.path.clone_from(&draft.path);
                let by =
                    By::from(caller.map(|caller| self.equipped(reader.operation, caller.clone())));
                if let Some(tag) = self.send(&read, &by).await.header("etag") {
                    draft = draft.header("if-match", tag);
                }
            }
        }
        draft
    }

    /// Returns a request to a route on a new object, whose steps were not taken.
    pub(super) async fn stepless<'a>(&'a self, target: Target<'a>, caller: &Persona) -> Draft<'a> {
        let mut keys = Keys::new();
        for argument in &target.operation.arguments {
            let ArgumentModel::Object { object, parameter, .. } = argument else { continue };
            let found = self.owned(object, caller, target, true).await.unwrap_or_default();
            keys.extend(found.get(object).map(|key| (parameter.clone(), key.clone())));
        }
        self.drafted(target, &keys)
    }

    /// Forgets an object that is no longer there.
    pub(super) fn forget(&self, object: &str, caller: &Persona) {
        self.owned
            .borrow_mut()
            .remove(&(object.to_owned(), format!("{} {:?}", caller.subject, caller.tenant)));
    }

    /// Returns the operation of this name in the same version.
    pub(super) fn target<'a>(&'a self, operation: &str, like: Target<'a>) -> Option<Target<'a>> {
        let mut operations = self.model.operations_in(&like.version.segment);
        let operation = operations.find(|one| one.name == operation)?;
        Some(Target { operation, version: like.version })
    }

    /// Returns the keys of an object of this caller: given, known, or made.
    pub(super) async fn owned(
        &self,
        object: &str,
        caller: &Persona,
        like: Target<'_>,
        fresh: bool,
    ) -> Option<Keys> {
        if let Some(key) = self.given.key(object, &caller.subject) {
            return Some(Keys::from([(object.to_owned(), key.to_owned())]));
        }
        let name = (object.to_owned(), format!("{} {:?}", caller.subject, caller.tenant));
        if !fresh && let Some(keys) = self.owned.borrow().get(&name) {
            return Some(keys.clone());
        }
        let keys = Box::pin(self.make(object, caller, like)).await?;
        self.owned.borrow_mut().insert(name, keys.clone());
        Some(keys)
    }

    /// Creates an object of this caller, by the operation that does.
    async fn make(&self, object: &str, caller: &Persona, like: Target<'_>) -> Option<Keys> {
        let known = self.makers.borrow().get(object).cloned();
        let mut makers: Vec<Target<'_>> = self.targets();
        makers.retain(|maker| {
            let usual = maker.operation.answer.location
                && !maker.operation.objects().any(|one| one == object);
            usual && known.as_ref().is_none_or(|known| *known == maker.operation.name)
        });
        // That of the same version first.
        makers.sort_by_key(|maker| maker.version.segment != like.version.segment);
        for maker in makers {
            let admitted = self.admitted(maker.operation, &caller.subject);
            let admitted = admitted.map(|one| Persona { tenant: caller.tenant.clone(), ..one });
            let Some(maker_of) = admitted else { continue };
            let draft = self.good(maker, Some(&maker_of), true).await;
            if draft.lacks.is_some() {
                continue;
            }
            let reply = self.send(&draft, &By::Caller(maker_of)).await;
            let Some(place) = reply.header("location") else { continue };
            if let Some((made, mut keys)) = self.read_location(place) {
                self.makers.borrow_mut().insert(made.clone(), maker.operation.name.clone());
                if made == object {
                    // What it was made below of is reached by the same keys.
                    for (name, key) in bound(&maker.template(), &draft.path) {
                        keys.entry(name).or_insert(key);
                    }
                    return Some(keys);
                }
            }
        }
        None
    }

    /// Returns the object that a place is of, with the values of its path.
    fn read_location(&self, place: &str) -> Option<(String, Keys)> {
        let path = place
            .split_once("://")
            .map_or(place, |(_, rest)| rest.find('/').map_or(rest, |at| &rest[at..]));
        self.targets().into_iter().filter(|target| target.operation.verb.is_safe()).find_map(
            |target| {
                let mut keys = bound(&target.template(), path);
                let object = target.operation.objects().last()?.to_owned();
                let last = target.operation.parameters().last()?.to_owned();
                let key = keys.remove(&last)?;
                keys.insert(object.clone(), key);
                Some((object, keys))
            },
        )
    }
}

/// Returns the path of a step with the keys that the path of the next one has.
fn joined(before: Target<'_>, draft: &Draft<'_>, target: Target<'_>) -> String {
    let keys = bound(&target.template(), &draft.path);
    let mut path = before.template();
    for (name, key) in keys {
        path = path.replace(&format!("{{{name}}}"), &key);
    }
    path
}

/// Returns the values of the parameters of a template in a path; none where it is another path.
pub(super) fn bound(template: &str, path: &str) -> Keys {
    let (parts, values): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    let mut keys = Keys::new();
    if parts.len() != values.len() {
        return keys;
    }
    for (part, value) in parts.into_iter().zip(values) {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => drop(keys.insert(name.to_owned(), value.to_owned())),
            None if part != value => return Keys::new(),
            None => {}
        }
    }
    keys
}

/// Returns the seconds to wait where a limit is used up.
fn limited(reply: &Reply) -> Option<u64> {
    (reply.status() == 429).then(|| reply.header("retry-after")?.parse().ok()).flatten()
}

/// Returns true for an answer of success.
pub(super) fn is_success(reply: &Reply) -> bool {
    (200..300).contains(&reply.status())
}

/// Returns a value as a path, a query or a form has it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Returns a text as one segment of a path.
fn encoded(text: &str) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    const PLAIN: &percent_encoding::AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, PLAIN).to_string()
}
