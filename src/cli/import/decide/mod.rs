//! Decisions: what each operation of a document becomes, and why it cannot where it cannot.

mod answer;
mod body;
mod choice;
mod either;
mod forms;
mod found;
mod held;
pub(super) mod leaf;
mod linked;
mod media_type;
mod meet;
mod member;
pub(super) mod number_text;
pub(super) mod page;
mod parameter;
mod path;
mod pattern;
pub(super) mod plan;
mod query;
pub(super) mod reason;
mod reasons;
mod scopes;
pub(super) mod security;
mod types;
mod union;

use std::collections::BTreeSet;

use found::Found;
use held::held;
pub(super) use path::{Versions, is_version};
use plan::{Access, AnswerPlan, BodyPlan, OperationPlan, TypeDef};
use reason::Reason;
use reasons::Reasons;
use types::Types;

use super::read::{
    Lost,
    operation::{Api, Operation, UNKNOWN_VERB},
    security::Scheme,
};

/// The plan of a whole project.
#[derive(Debug)]
pub(super) struct Plan {
    /// The title of the document.
    pub(super) title: String,
    /// Its description.
    pub(super) about: String,
    /// The place of versions, and their texts.
    pub(super) versions: Versions,
    /// The schemes of credentials.
    pub(super) schemes: Vec<Scheme>,
    /// The types.
    pub(super) types: Vec<TypeDef>,
    /// The operations.
    pub(super) operations: Vec<OperationPlan>,
}

/// Decides on a document.
pub(super) fn plan(mut api: Api<'_>) -> Plan {
    let versions = Versions::of(&mut api);
    let api = &api;
    let mut types = Types::new(api.document);
    let (mut operations, found) = (Vec::new(), Found::of(api));
    let read: BTreeSet<&str> =
        api.operations.iter().filter(|one| one.verb == "GET").map(|one| one.path).collect();
    for one in &api.operations {
        // A HEAD beside a GET and an OPTIONS: the framework answers these.
        if one.verb == "OPTIONS" || (one.verb == "HEAD" && read.contains(one.path)) {
            continue;
        }
        operations.push(operation(api, &versions, &mut types, &found, one));
    }
    union::settle(&mut types);
    let reasons = Reasons::of(&types.defs);
    for one in &mut operations {
        let found: BTreeSet<_> = held(one).into_iter().flat_map(|ty| reasons.of_type(ty)).collect();
        one.reasons.extend(found);
        if one.answer.shown().is_some_and(|ty| !forms::is_whole(&types, ty)) {
            one.reasons.insert(&reason::ANSWER_SCALAR);
        }
    }
    path::compare(&mut operations);
    meet::compare(&mut operations);
    Plan {
        title: api.title.to_owned(),
        about: api.about.to_owned(),
        versions,
        schemes: api.schemes.clone(),
        types: types.defs,
        operations,
    }
}

fn operation<'a>(
    api: &Api<'a>,
    versions: &Versions,
    types: &mut Types<'a>,
    found: &Found,
    one: &Operation<'a>,
) -> OperationPlan {
    let mut reasons: BTreeSet<&'static Reason> = BTreeSet::new();
    match &*one.verb {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" => {}
        "QUERY" => {}
        // Nothing else is known of it than that it was not found.
        UNKNOWN_VERB => {}
        "HEAD" => _ = reasons.insert(&reason::FRAMEWORKS_VERB),
        _ => _ = reasons.insert(&reason::VERB),
    }
    for lost in &one.lost {
        reasons.insert(match lost {
            Lost::Elsewhere => &reason::ELSEWHERE,
            Lost::Nowhere => &reason::NOWHERE,
            Lost::Large => &reason::TOO_LARGE,
        });
    }
    let mut noted = |why: &'static Reason| _ = reasons.insert(why);
    let (version, path) = versions.split(one.place);
    let (segments, names, slash) = path::segments(path).unwrap_or_else(|why| {
        noted(why);
        Default::default()
    });
    let hint = one.id.unwrap_or(one.path);
    let parameters = parameter::of_path(types, one, &names, hint).unwrap_or_else(|why| {
        noted(why);
        Vec::new()
    });
    let mut fields = |made: Result<Vec<plan::Field>, &'static Reason>| {
        made.unwrap_or_else(|why| {
            noted(why);
            Vec::new()
        })
    };
    let mut query = fields(parameter::of_query(types, one, &security::in_query(api), hint));
    let headers = fields(parameter::of_part(types, one, "header", &api.schemes, hint));
    let cookies = fields(parameter::of_part(types, one, "cookie", &api.schemes, hint));
    let mut notes = BTreeSet::new();
    if body::is_left_out(api.document, one) {
        notes.insert(body::LEFT_OUT.to_owned());
    }
    let body = body::of(types, one, hint).unwrap_or_else(|why| {
        noted(why);
        Some(BodyPlan::Extractor)
    });
    let (answer, answer_headers) = answer::of(types, found, one, hint).unwrap_or_else(|why| {
        if one.verb != UNKNOWN_VERB {
            noted(why);
        }
        (AnswerPlan::Empty, Vec::new())
    });
    let links = linked::of(types, one, &mut query, &answer);
    query.retain(|field| !query::is_the_frameworks(&types.defs, &one.verb, &answer, &field.name));
    let access = security::access(api, one.security.as_deref()).unwrap_or_else(|why| {
        noted(why);
        Access::Open
    });
    let mut plan = OperationPlan {
        verb: one.verb.clone(),
        path: one.path.to_owned(),
        id: one.id.unwrap_or_default().to_owned(),
        tag: one.tag.unwrap_or_default().to_owned(),
        about: one.about.to_owned(),
        deprecated: one.deprecated,
        segments,
        slash,
        version,
        parameters,
        query,
        headers,
        cookies,
        body,
        answer,
        links,
        answer_headers,
        access,
        notes,
        reasons,
    };
    query::hold(&mut plan);
    plan
}
