//! The promises on every answer, whatever was asked: its view, its problem, its headers.

use serde_json::Value;

use super::{
    Check,
    draft::{By, Draft},
    fits, spelling,
    world::{World, is_success},
};
use crate::{
    inventory::{ANONYMOUS, AccessModel, ContentModel, Operation, Viewers},
    testing::reply::Reply,
};

/// The header fields that an answer always has, each with a part of its value.
const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
    ("x-request-id", ""),
];

/// Texts that no answer has: they are of the inside of a program.
const INSIDE: [&str; 7] =
    ["panicked", "src/", ".rs:", "SELECT ", "stack backtrace", "RUST_BACKTRACE", "sqlx"];

/// The members that a problem can have.
const MEMBERS: [&str; 6] = ["type", "title", "status", "detail", "errors", "violated-policies"];

/// Holds an answer against what was promised of all.
pub(super) fn look(world: &World, draft: &Draft<'_>, by: &By, reply: &Reply) {
    headers(world, draft, reply);
    cookie(world, draft, reply);
    if is_success(reply) {
        if draft.method == draft.target.operation.verb.as_str() {
            view(world, draft, by, reply);
        }
    } else if reply.status() >= 400 {
        problem(world, draft, reply);
    }
}

fn headers(world: &World, draft: &Draft<'_>, reply: &Reply) {
    let lacks = |(name, part): &&(&str, &str)| {
        let may_be_kept =
            *name == "cache-control" && draft.target.operation.answer.content == ContentModel::File;
        !may_be_kept && !reply.header(name).is_some_and(|value| value.contains(part))
    };
    let lacking = ALWAYS.iter().find(lacks);
    let why = lacking.map(|(name, _)| format!("the header {name} is not as it always is"));
    let good = why.is_none();
    world.judge(Check::Headers, draft.target, good, (why.as_deref().unwrap_or_default(), reply));
    let is_its_version = draft.version.is_none();
    if draft.method != draft.target.operation.verb.as_str()
        || !is_its_path(draft)
        || !is_its_version
    {
        // What a path answers to a method that it does not have is no answer of one of its operations.
        return;
    }
    let promised = draft.target.operation.headers_in(draft.target.version);
    let by_end = |name: &str| name == "deprecation" || name == "sunset";
    let lost = promised.iter().find(|(name, _)| by_end(name) && reply.header(name).is_none());
    if let Some((name, _)) = lost {
        let why = format!("it is deprecated, and {name} does not say so");
        world.judge(Check::Sunset, draft.target, false, (&why, reply));
    }
}

/// Looks at the cookie that an answer sets.
fn cookie(world: &World, draft: &Draft<'_>, reply: &Reply) {
    let Some(cookie) = reply.header("set-cookie") else { return };
    let has = |wanted: &str| cookie.split(';').any(|part| part.trim().eq_ignore_ascii_case(wanted));
    let lacking =
        ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"].into_iter().find(|part| !has(part));
    let why = match lacking {
        Some(part) => Some(format!("the cookie that it sets is without {part}")),
        None if !cookie.starts_with("__Host-") => Some("other hosts can set its cookie".to_owned()),
        None => None,
    };
    let good = why.is_none();
    world.judge(Check::Cookies, draft.target, good, (why.as_deref().unwrap_or_default(), reply));
}

/// Returns `true` if the path is one of the operation, and not another form of it, which leads nowhere.
fn is_its_path(draft: &Draft<'_>) -> bool {
    let path = draft.path.split('?').next().unwrap_or_default();
    spelling::fits(&draft.target.template(), path)
}

fn problem(world: &World, draft: &Draft<'_>, reply: &Reply) {
    let told = world.model.operations.iter().find(|one| one.name == draft.target.operation.name);
    let refusals = told.map(|one| one.refusals_in(draft.target.version)).unwrap_or_default();
    let status = reply.status();
    let document: Value = serde_json::from_slice(reply.bytes()).unwrap_or_default();
    let kind = document["type"].as_str().unwrap_or_default();
    let is_told = status == 405
        || (status == 404 && !is_its_path(draft))
        || refusals.get(&status).is_some_and(|known| known.iter().any(|one| one.uri == kind));
    let text = String::from_utf8_lossy(reply.bytes());
    let why = if draft.method == "HEAD" {
        (!reply.bytes().is_empty()).then(|| "an answer to HEAD has no content".to_owned())
    } else if reply.header("content-type") != Some("application/problem+json") {
        Some("the refusal is no problem document".to_owned())
    } else if document["status"].as_u64() != Some(u64::from(status)) {
        Some("the problem has another status than the answer".to_owned())
    } else if let Some(inside) = INSIDE.iter().find(|inside| text.contains(**inside)) {
        Some(format!("it tells of the inside: {inside:?}"))
    } else if let Some(name) =
        document.as_object().and_then(|all| all.keys().find(|one| !MEMBERS.contains(&&***one)))
    {
        Some(format!("a problem has no member {name}"))
    } else if status == 500 {
        Some("the server failed".to_owned())
    } else if !is_told {
        Some(format!("the document of the route does not name {status} {kind}"))
    } else {
        None
    };
    let good = why.is_none();
    world.judge(Check::Problems, draft.target, good, (why.as_deref().unwrap_or_default(), reply));
}

fn view(world: &World, draft: &Draft<'_>, by: &By, reply: &Reply) {
    let target = draft.target;
    let operation = target.operation;
    let why = if reply.status() != operation.answer.status {
        Some(format!("{} is the status of success", operation.answer.status))
    } else {
        match operation.answer.content {
            ContentModel::None if operation.answer.is_redirect() => {
                astray(reply.header("location"), &operation.answer.redirects)
            }
            ContentModel::None => {
                (!reply.bytes().is_empty()).then(|| "the answer has content".to_owned())
            }
            ContentModel::File => None,
            ContentModel::Text(_) | ContentModel::Bytes(_) | ContentModel::Stream(_) => {
                plain(operation, reply)
            }
            ContentModel::Free => serde_json::from_slice::<Value>(reply.bytes())
                .is_err()
                .then(|| "the answer is no JSON".to_owned()),
            ContentModel::Scalar => scalar(world, operation, reply),
            ContentModel::Rows(_) => (reply.header("content-type")
                != Some("text/csv; charset=utf-8; header=present"))
            .then(|| "the answer is not said to be rows".to_owned()),
            ContentModel::Events if operation.views.is_empty() => None,
            ContentModel::Events => told(world, draft, by, reply),
            ContentModel::One
            | ContentModel::Page
            | ContentModel::Array(_)
            | ContentModel::Map(_) => {
                (!operation.views.is_empty()).then(|| outside(world, draft, by, reply)).flatten()
            }
        }
    };
    let good = why.is_none();
    world.judge(Check::Views, target, good, (why.as_deref().unwrap_or_default(), reply));
}

/// Returns the fault of a scalar that is none, or out of its bounds.
fn scalar(world: &World, operation: &Operation, reply: &Reply) -> Option<String> {
    let Ok(value) = serde_json::from_slice::<Value>(reply.bytes()) else {
        return Some("the answer is no JSON".to_owned());
    };
    if value.is_object() || value.is_array() {
        return Some("the answer is no scalar".to_owned());
    }
    let schema = operation.answer.free.as_ref()?;
    // A scalar has no fields, so the version decides nothing of it.
    fits::misfit(&world.model, 0, schema, &value, "the scalar")
}

/// Returns the fault of text or bytes that are not as long, or not of the media type, as was said.
fn plain(operation: &Operation, reply: &Reply) -> Option<String> {
    let said = reply.header("content-type").unwrap_or_default();
    let media = said.split(';').next().unwrap_or_default();
    let is_fit = match operation.answer.content {
        ContentModel::Text(most) => {
            std::str::from_utf8(reply.bytes()).is_ok_and(|text| text.chars().count() as u64 <= most)
        }
        ContentModel::Bytes(most) | ContentModel::Stream(most) => {
            reply.bytes().len() as u64 <= most
        }
        _ => true,
    };
    if !operation.answer.media_types.iter().any(|one| one == media) {
        return Some(format!("{said:?} is no media type that the route is declared with"));
    }
    (!is_fit).then(|| "the answer is longer than its document says, or no text".to_owned())
}

/// Returns the fault of a redirect that leads neither to this API nor to a host that is named.
fn astray(address: Option<&str>, hosts: &[String]) -> Option<String> {
    let address = address.unwrap_or_default();
    let is_inside = address.starts_with('/') && !address.starts_with("//");
    let host = address.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let is_named = host.is_some_and(|host| hosts.iter().any(|named| named == host));
    (!is_inside && !is_named)
        .then(|| format!("{address:?} is no address that the route may lead to"))
}

/// Returns what of an answer is outside of each view that its caller may see.
fn outside(world: &World, draft: &Draft<'_>, by: &By, reply: &Reply) -> Option<String> {
    let operation = draft.target.operation;
    let Ok(value) = serde_json::from_slice::<Value>(reply.bytes()) else {
        return Some("the answer is no JSON".to_owned());
    };
    let said = reply.header("content-type").unwrap_or_default();
    if draft.target.version.types_answered().first().is_none_or(|json| json != said) {
        return Some("the answer is not said to be JSON".to_owned());
    }
    let shown: Vec<&Value> = match operation.answer.content {
        ContentModel::Page => {
            let page = operation.page();
            let known = [&page.items, &page.next, &page.total];
            let is_known = |name: &&String| known.iter().any(|one| one.as_ref() == Some(*name));
            let members = value.as_object().into_iter().flat_map(|members| members.keys());
            let unknown = members.clone().find(|name| !is_known(name));
            if let Some(name) = unknown {
                return Some(format!("/{name} is no member of a page"));
            }
            let items = page.items.as_ref().map_or(&value, |name| &value[name]);
            let Some(items) = items.as_array() else {
                return Some("the page has no items where they are declared".to_owned());
            };
            items.iter().collect()
        }
        ContentModel::Array(most) => match value.as_array() {
            Some(items) if items.len() as u64 <= most => items.iter().collect(),
            _ => return Some("the answer is no list of its length".to_owned()),
        },
        ContentModel::Map(most) => match value.as_object() {
            Some(entries) if entries.len() as u64 <= most => entries.values().collect(),
            _ => return Some("the answer is no map of its size".to_owned()),
        },
        _ => vec![&value],
    };
    misfit(world, draft, by, &shown)
}

/// Returns what of the data of events is outside of each view that their caller may see.
fn told(world: &World, draft: &Draft<'_>, by: &By, reply: &Reply) -> Option<String> {
    if reply.header("content-type") != Some("text/event-stream") {
        return Some("the answer is not said to be events".to_owned());
    }
    let text = String::from_utf8_lossy(reply.bytes());
    let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
    let data: Result<Vec<Value>, _> = data.map(serde_json::from_str).collect();
    match data {
        Ok(data) => misfit(world, draft, by, &data.iter().collect::<Vec<_>>()),
        Err(_) => Some("the data of an event is no JSON".to_owned()),
    }
}

/// Returns what of these values is outside of each view that their caller may see.
fn misfit(world: &World, draft: &Draft<'_>, by: &By, shown: &[&Value]) -> Option<String> {
    let (model, operation) = (&world.model, draft.target.operation);
    let version = model.place(&draft.target.version.segment).unwrap_or_default();
    let schemas = schemas(world, operation, by);
    shown.iter().find_map(|value| {
        let mut misfits = schemas.iter().map(|id| fits::named(model, version, id, value, ""));
        // One view has to fit; what the last one says is told.
        match misfits.try_fold(String::new(), |_, misfit| misfit) {
            Some(told) if !schemas.is_empty() => Some(told),
            _ => None,
        }
    })
}

/// Returns the ids of the views that a caller may see of an operation: its own, and that of owners.
fn schemas<'a>(world: &World, operation: &'a Operation, by: &By) -> Vec<&'a str> {
    let roles = match by {
        By::Caller(caller) => caller.roles.iter().map(|role| &**role).collect(),
        By::Nobody | By::Token(_) => vec![ANONYMOUS],
    };
    let fits = |least: &[String]| roles.iter().any(|role| world.model.admits(least, role));
    let mut schemas = Vec::new();
    for arm in &operation.views {
        match &arm.to {
            Viewers::Owner => schemas.push(&*arm.view.schema),
            Viewers::Roles(least) if fits(least) => {
                schemas.push(&*arm.view.schema);
                return schemas;
            }
            Viewers::Roles(_) => {}
            Viewers::Rest => schemas.push(&*arm.view.schema),
        }
    }
    // Nobody else is answered, and of what is public anybody is.
    if schemas.is_empty() && matches!(operation.access, AccessModel::Public(_)) {
        schemas.extend(operation.views.iter().map(|arm| &*arm.view.schema));
    }
    schemas
}
