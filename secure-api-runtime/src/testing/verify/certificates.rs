//! Certificates of clients and credentials of an app's own kinds: those that were given, and what they become when they change.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use super::{
    Check,
    draft::{By, Draft, Persona, Target},
    world::World,
};
use crate::{
    identity::ClientCertificate,
    inventory::{AccessModel, CredentialModel},
    testing::reply::Reply,
};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let AccessModel::Roles(least) = &operation.access else { return };
    let is_own = |kind: &CredentialModel| {
        !kind.is_bearer() && !kind.is_dpop() && !world.is_key(kind) && !kind.is_session()
    };
    let Some(kind) = world.admits_alone(operation, is_own) else { return };
    let check = if kind.certificate { Check::CertificateCredentials } else { Check::OwnKinds };
    let draft = world.rough(target);
    let mut found = false;
    for (place, (name, principal, text)) in world.given.holders.iter().enumerate() {
        if *name != kind.name {
            continue;
        }
        found = true;
        let persona = Persona { by: vec![kind.clone()], ..world.holder(place) };
        let reply = world.send(&draft, &By::caller(persona)).await;
        let has = |scope: &String| principal.scopes.contains(scope);
        let is_let_in = principal.roles.iter().any(|role| world.model.admits(least, role))
            && operation.scopes.iter().all(has);
        let (good, why) = match is_let_in {
            true => (reply.status() != 401, "what was given was expected to let in"),
            false => (
                reply.status() == 403,
                "403 was expected of a holder without the role or the scope",
            ),
        };
        world.judge(check, target, good, (why, &reply));
        match kind.certificate {
            true => changed(world, &draft, text).await,
            false => own(world, &draft, &kind, text).await,
        }
    }
    let persona = world.by_kind(operation, &kind);
    let coin = if world.mints(&kind) { world.coin(&kind, &persona).await } else { None };
    if let Some(coin) = coin {
        found = true;
        let reply = world.send(&draft, &By::caller(persona)).await;
        let why = "what was made was expected to let in";
        world.judge(check, target, reply.status() != 401, (why, &reply));
        own(world, &draft, &kind, &coin.text).await;
    }
    if !found {
        let reason = format!(
            "no credentials of the kind {0} are there: give some by `.holder(\"{0}\", …)`",
            kind.name
        );
        world.untested(check, target, reason);
    }
}

/// Tries a certificate with other names, and one that is not good any more, or not yet.
async fn changed(world: &World, draft: &Draft<'_>, pem: &str) {
    let Some((der, certificate)) = read(pem) else { return };
    let now = world.client.clock().unix_seconds();
    let expired = dated(&der, certificate.not_after(), now - 86_400);
    let early = dated(&der, certificate.not_before(), now + 86_400);
    let mut wrong = Vec::new();
    for (what, der) in [("has expired", expired), ("is not good yet", early)] {
        match der {
            Some(der) => wrong.push((format!("a certificate that {what}"), der)),
            None => {
                let reason = format!("none is made that {what}: its days are written otherwise");
                world.untested(Check::CertificateCredentials, draft.target, reason);
            }
        }
    }
    match world.tested.lists_certificates {
        true => match renamed(&der, &certificate) {
            Some(der) => wrong.push(("somebody else's certificate".to_owned(), der)),
            None => world.untested(
                Check::CertificateCredentials,
                draft.target,
                "none is made of somebody else: its names have no letter that could be another",
            ),
        },
        false => world.untested(
            Check::CertificateCredentials,
            draft.target,
            "a function says whose a certificate is, so nobody knows of whom it is none",
        ),
    }
    for (what, der) in wrong {
        let reply = sent(world, draft, &der).await;
        let why = format!("401 was expected of {what}");
        world.judge(
            Check::CertificateCredentials,
            draft.target,
            reply.status() == 401,
            (&why, &reply),
        );
    }
}

/// Revokes each certificate that was given, and sends it once more. Nothing comes in by it after that.
pub(super) async fn revoked(world: &World, targets: &[Target<'_>]) {
    for (place, (name, principal, pem)) in world.given.holders.iter().enumerate() {
        let Some((_, certificate)) = read(pem) else { continue };
        let id = URL_SAFE_NO_PAD.encode(certificate.thumbprint());
        let ends = certificate.not_after();
        if let Err(error) = world.revocations.revoke_token(&principal.issuer, &id, ends).await {
            tracing::warn!(%error, "no certificate is revoked");
            return;
        }
        for target in targets {
            let guarded = matches!(target.operation.access, AccessModel::Roles(_));
            let kind =
                world.admits_alone(target.operation, |kind| kind.certificate).filter(|_| guarded);
            let Some(kind) = kind.filter(|kind| kind.name == *name) else { continue };
            let persona = Persona { by: vec![kind], ..world.holder(place) };
            let reply = world.send(&world.rough(*target), &By::caller(persona)).await;
            let why = "401 was expected of a certificate that was revoked";
            world.judge(
                Check::CertificateCredentials,
                *target,
                reply.status() == 401,
                (why, &reply),
            );
        }
    }
}

async fn sent(world: &World, draft: &Draft<'_>, der: &[u8]) -> Reply {
    let request = world.request(draft, &By::Nobody, &world.address()).await.certificate(&pem(der));
    let reply = request.await;
    super::answers::look(world, draft, &By::Nobody, &reply);
    reply
}

/// Tries a text that is none of an app's own kind.
async fn own(world: &World, draft: &Draft<'_>, kind: &CredentialModel, text: &str) {
    let longer = format!("{text}x");
    for (what, text) in [("a text that nobody has", "garbage"), ("a longer text", &longer)] {
        let draft = draft.clone().carrying(kind, text);
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("401 was expected of {what}");
        world.judge(Check::OwnKinds, draft.target, reply.status() == 401, (&why, &reply));
    }
}

fn pem(der: &[u8]) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----", STANDARD.encode(der))
}

fn read(pem: &str) -> Option<(Vec<u8>, ClientCertificate)> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    let der = STANDARD.decode(lines.map(str::trim).collect::<String>()).ok()?;
    let certificate = ClientCertificate::read(&der)?;
    Some((der, certificate))
}

/// Returns a certificate whose names are all others of the same length. No signature is looked at here: whoever took it there has.
/// None where no name has a letter: digits may be those of a day or a length too.
fn renamed(der: &[u8], certificate: &ClientCertificate) -> Option<Vec<u8>> {
    let subject = certificate.subject().split(['=', ',', '+']).map(str::to_owned);
    let names = certificate.dns_names().chain(certificate.uris()).map(str::to_owned).chain(subject);
    let mut changed = der.to_vec();
    for name in names.filter(|name| name.len() > 2) {
        let other: String = name
            .chars()
            .map(|letter| match letter {
                'a'..='y' | 'A'..='Y' => char::from(u8::try_from(letter).unwrap_or(b'x') + 1),
                'z' => 'a',
                'Z' => 'A',
                other => other,
            })
            .collect();
        // The places are those of what was given, so what was changed is never found again.
        for place in memchr::memmem::find_iter(der, name.as_bytes()) {
            changed[place..place + name.len()].copy_from_slice(other.as_bytes());
        }
    }
    (changed != der && ClientCertificate::read(&changed).is_some()).then_some(changed)
}

/// Returns a certificate in which one day is another. None where its form has no room for that one: until 2049 and from 2050 on days
/// are written in two ways.
fn dated(der: &[u8], day: i64, to: i64) -> Option<Vec<u8>> {
    let mut changed = der.to_vec();
    let found = [long, short].into_iter().find_map(|written| {
        let (old, new) = (written(day)?, written(to)?);
        Some((memchr::memmem::find(der, old.as_bytes())?, new))
    });
    let (place, new) = found?;
    changed[place..place + new.len()].copy_from_slice(new.as_bytes());
    ClientCertificate::read(&changed).is_some().then_some(changed)
}

/// Returns a time as `UTCTime` of X.509.
fn short(time: i64) -> Option<String> {
    Some(long(time)?.get(2..)?.to_owned())
}

/// Returns a time as `GeneralizedTime` of X.509.
fn long(time: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(time).ok()?;
    Some(time.strftime("%Y%m%d%H%M%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair};

    use super::*;

    /// Returns the subject of what a certificate with this name becomes.
    fn of(name: &str, dns: &[&str]) -> Option<String> {
        let names: Vec<String> = dns.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names");
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let made = params.self_signed(&key).expect("a certificate");
        let certificate = ClientCertificate::read(made.der()).expect("a certificate");
        let changed = renamed(made.der(), &certificate)?;
        let read = ClientCertificate::read(&changed).expect("it was read");
        let names: Vec<&str> = read.dns_names().chain([read.subject()]).collect();
        Some(names.join(" "))
    }

    #[test]
    fn each_letter_of_a_name_is_the_next_one() {
        assert_eq!(of("Zoo 4711", &[]).as_deref(), Some("CN=App 4711"));
        // A name that stands in another one, and one that becomes another one.
        let dns = ["jobs.example", "old.jobs.example"];
        let wanted = "kpct.fybnqmf pme.kpct.fybnqmf CN=kpct.fybnqmf";
        assert_eq!(of("jobs.example", &dns).as_deref(), Some(wanted));
    }

    #[test]
    fn a_name_without_a_letter_is_left() {
        assert_eq!(of("4711", &[]), None);
        assert_eq!(of("+49-30-4711", &[]), None);
    }
}
