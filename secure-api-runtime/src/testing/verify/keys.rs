//! API keys: such as were never made, have changed, have ended or were revoked, and such as may less than the route asks for.

use super::{
    Check, callers,
    draft::{By, Draft, Target},
    wallet::Coin,
    world::World,
};
use crate::{
    identity::API_KEY_HEADER,
    inventory::{AccessModel, CredentialModel},
};

impl World {
    /// Returns `true` for keys of the framework's form, and not of a source of the app's own.
    pub(super) fn is_key(&self, kind: &CredentialModel) -> bool {
        let is_own = self.mints(kind) || self.is_given(kind);
        kind.is_api_key() && (self.tested.makes_keys.is_some() || !is_own)
    }
}

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let Some(kind) = world.admits_alone(operation, |kind| world.is_key(kind)) else { return };
    let guarded = matches!(operation.access, AccessModel::Roles(_));
    // On a public route a cookie that does not hold makes nobody of its browser.
    if kind.is_ambient() && !guarded {
        return;
    }
    if !world.makes(&kind) {
        world.untested(
            Check::ApiKeyCredentials,
            target,
            "the app has no API keys that can be made up",
        );
        return;
    }
    let (draft, persona) = (world.rough(target), world.by_kind(operation, &kind));
    let Some(good) = world.coin(&kind, &persona).await else {
        world.untested(Check::ApiKeyCredentials, target, "the store of API keys keeps none");
        return;
    };
    let refuse = async |what: &str, draft: Draft<'_>, status: u16| {
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("{status} was expected of {what}");
        world.judge(Check::ApiKeyCredentials, target, reply.status() == status, (&why, &reply));
    };
    let with = |text: &str| draft.clone().carrying(&kind, text);
    let control = world.send(&draft, &By::caller(persona.clone())).await;
    // An authentication that is asked for besides is none that a key has.
    let lets_in = control.status() != 401 || operation.step_up.is_some();
    world.judge(
        Check::ApiKeyCredentials,
        target,
        lets_in,
        ("a good key was expected to let in", &control),
    );
    let [prefix, id, secret] = split(&good.text);
    let other = if secret.starts_with('0') { "1" } else { "0" };
    let changed = format!("{other}{}", secret.get(1..).unwrap_or_default());
    let mut wrong = vec![
        ("a text that is no key", "garbage".to_owned()),
        ("a key without its check sum", good.text[..good.text.len().saturating_sub(8)].to_owned()),
        ("a key of another app's prefix", written("other", id, secret)),
        ("a key that was never made", written(prefix, "0000000000000000", secret)),
        ("a key with another secret", written(prefix, id, &changed)),
    ];
    let ended = world.made(&kind, &persona, -1).await;
    wrong.extend(ended.map(|Coin { text, .. }| ("a key that has ended", text)));
    for (what, text) in &wrong {
        refuse(what, with(text), 401).await;
    }
    let bearer = draft.clone().header("authorization", format!("Bearer {}", good.text));
    refuse("a key that is sent as a token", bearer, 401).await;
    refuse("a key that is there twice", with(&good.text).carrying(&kind, &*good.text), 400).await;
    // What another kind of credentials is says more than that.
    let is_free = |header: &str| {
        !world
            .model
            .settings
            .iter()
            .flat_map(|one| &one.credentials)
            .any(|kind| kind.header.as_deref() == Some(header))
    };
    for header in
        [Some(API_KEY_HEADER), name_of(&kind)].into_iter().flatten().filter(|one| is_free(one))
    {
        let header = Some(header.to_owned());
        let second = CredentialModel { header, cookie: None, query: None, ..kind.clone() };
        let both = with(&good.text).carrying(&second, &*good.text);
        refuse("a second key in another header", both, 400).await;
    }
    if guarded {
        for (place, other) in elsewhere(&kind) {
            refuse(place, draft.clone().carrying(&other, &*good.text), 401).await;
        }
    }
    if let Some(revoked) = world.made(&kind, &persona, 500).await {
        let ends = world.client.clock().unix_seconds() + 500;
        match world.revocations.revoke_token(&world.issuer(), &revoked.id, ends).await {
            Ok(()) => refuse("a key that was revoked", with(&revoked.text), 401).await,
            Err(error) => world.untested(
                Check::ApiKeyCredentials,
                target,
                format!("the ledger says: {error}"),
            ),
        }
    }
    if guarded {
        callers::less(world, Check::ApiKeyCredentials, target, &persona).await;
    }
}

/// Returns the name that a key has where it stands.
fn name_of(kind: &CredentialModel) -> Option<&str> {
    [&kind.header, &kind.cookie, &kind.query].into_iter().flatten().next().map(|name| &**name)
}

/// Returns the places where a key does not stand, under the name that it has where it does.
fn elsewhere(kind: &CredentialModel) -> Vec<(&'static str, CredentialModel)> {
    let Some(name) = name_of(kind) else { return Vec::new() };
    let at = |header: bool, cookie: bool, query: bool| CredentialModel {
        header: header.then(|| name.to_owned()),
        cookie: cookie.then(|| name.to_owned()),
        query: query.then(|| name.to_owned()),
        ..kind.clone()
    };
    let all = [
        ("a key in a header, where none is read", at(true, false, false)),
        ("a key in a cookie, where none is read", at(false, true, false)),
        ("a key in the query, where none is read", at(false, false, true)),
    ];
    // Whatever stands in that parameter is refused as a token (RFC 6750).
    all.into_iter()
        .filter(|(_, other)| other != kind && other.query.as_deref() != Some("access_token"))
        .collect()
}

/// Returns the prefix, the id and the secret of a key, without its check sum.
fn split(key: &str) -> [&str; 3] {
    let mut parts = key.split('_');
    let [prefix, id, secret] =
        [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
    [prefix, id, secret.get(..secret.len().saturating_sub(8)).unwrap_or_default()]
}

/// Returns the text of a key of these parts, whose check sum is right.
fn written(prefix: &str, id: &str, secret: &str) -> String {
    let text = format!("{prefix}_{id}_{secret}");
    let sum = crc32fast::hash(text.as_bytes());
    format!("{text}{sum:08x}")
}
