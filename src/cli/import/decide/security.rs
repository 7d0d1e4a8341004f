//! Credentials: what the document says of who may call, as roles, scopes and kinds.

use std::collections::BTreeSet;

use super::{
    plan::Access,
    reason::{self, Reason},
    scopes::{self, Asked, Demand},
};
use crate::cli::import::read::{
    operation::Api,
    security::{Alternative, Scheme, Sent},
};

/// Returns who may call an operation.
pub(super) fn access(
    api: &Api<'_>,
    stated: Option<&[Alternative]>,
) -> Result<Access, &'static Reason> {
    let Some(stated) = stated else { return Ok(Access::Open) };
    if stated.is_empty() || (stated.len() == 1 && stated[0].is_empty()) {
        return Ok(Access::Public);
    }
    let is_optional = stated.iter().any(Vec::is_empty);
    let (mut kept, mut refused) = (Vec::new(), None);
    for alternative in stated.iter().filter(|alternative| !alternative.is_empty()) {
        match one(api, alternative) {
            Ok(one) => kept.push(one),
            Err(why) => refused = Some(why),
        }
    }
    if let (true, false, Some(why)) = (kept.is_empty(), is_optional, refused) {
        return Err(why);
    }
    if is_optional {
        return Ok(Access::Optional);
    }
    let Demand { all, any } = scopes::demanded(&kept)?;
    let sets: Vec<Vec<usize>> = kept.into_iter().map(|(kinds, _)| kinds).collect();
    let mut by: Vec<Vec<usize>> = Vec::new();
    for kinds in &sets {
        // Who has what another alternative asks for is admitted by that one.
        let less = |other: &Vec<usize>| {
            other.len() < kinds.len() && other.iter().all(|kind| kinds.contains(kind))
        };
        let is_known = by.iter().any(|known| {
            known.len() == kinds.len() && kinds.iter().all(|kind| known.contains(kind))
        });
        if !is_known && !sets.iter().any(less) {
            by.push(kinds.clone());
        }
    }
    Ok(Access::Credentials {
        by,
        scopes: all.into_iter().collect(),
        any: any.into_iter().collect(),
    })
}

/// Returns the kinds of credentials of an alternative, and its scopes.
fn one(api: &Api<'_>, alternative: &Alternative) -> Result<Asked, &'static Reason> {
    let (mut kinds, mut scopes) = (Vec::new(), BTreeSet::new());
    for (name, of) in alternative {
        let found = api.schemes.iter().position(|scheme| scheme.name == *name);
        let Some(number) = found else { return Err(&reason::UNKNOWN_SCHEME) };
        match &api.schemes[number].sent {
            Sent::Query(name) if !is_parameter(name) => return Err(&reason::KEY_IN_QUERY),
            Sent::Unknown(_) => return Err(&reason::UNKNOWN_SCHEME),
            _ => {}
        }
        // Two schemes that are sent alike are one kind, as OAuth by two flows.
        let number = first_alike(&api.schemes, number);
        if !kinds.contains(&number) {
            kinds.push(number);
        }
        if !of.iter().all(|scope| is_scope(scope)) {
            return Err(&reason::NO_SCOPE);
        }
        scopes.extend(of.iter().cloned());
    }
    if in_one_header(api, &kinds) { Err(&reason::ONE_HEADER) } else { Ok((kinds, scopes)) }
}

/// Returns the number of the first scheme that is sent as this one is.
pub(in crate::cli::import) fn first_alike(schemes: &[Scheme], number: usize) -> usize {
    let alike = |scheme: &Scheme| scheme.sent == schemes[number].sent;
    schemes.iter().position(alike).unwrap_or(number)
}

fn in_one_header(api: &Api<'_>, kinds: &[usize]) -> bool {
    let in_header = |number: &&usize| {
        matches!(api.schemes[**number].sent, Sent::Bearer | Sent::Authorization(_))
    };
    kinds.iter().filter(in_header).count() > 1
}

/// Returns `true` for a parameter that credentials can be: a plain name that the framework does not read itself.
fn is_parameter(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !name.is_empty() && name.bytes().all(is_plain) && !matches!(name, "fields" | "size" | "cursor")
}

/// Returns the parameters of the query that operations have for their credentials.
pub(super) fn in_query<'a>(api: &'a Api<'_>) -> Vec<&'a str> {
    let asked = api.operations.iter().filter_map(|one| one.security.as_ref()).flatten().flatten();
    let asked: BTreeSet<&str> = asked.map(|(name, _)| &**name).collect();
    let schemes = api.schemes.iter().filter(|scheme| asked.contains(&*scheme.name));
    let named = schemes.filter_map(|scheme| match &scheme.sent {
        Sent::Query(name) => Some(&**name),
        _ => None,
    });
    named.collect()
}

/// Returns `true` for what RFC 6749 takes for a scope.
fn is_scope(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
}
