//! Bodies of requests and answers, with statuses, media types and headers.

use serde_json::Value;

use super::{Source, members};
use crate::contract::{
    finding::Findings,
    schema::{Kind, Schemas, Spot},
};

type Side<'a> = (Source<'a>, &'a Value);

/// Compares the bodies that an operation takes.
pub(super) fn request(
    name: &str,
    (old, was): Side<'_>,
    (new, is): Side<'_>,
    findings: &mut Findings,
) {
    let body = |(source, operation): Side<'_>| {
        let body = operation.get("requestBody").map(|body| source.resolved(body).clone());
        body.filter(|body| !body.is_null())
    };
    let required = |body: &Value| body.get("required").and_then(Value::as_bool).unwrap_or(false);
    let mut tell = |rule: &str, sentence: &str| {
        findings.add(rule, (name, "body"), sentence.to_owned(), (None, None))
    };
    let (was, is) = match (body((old, was)), body((new, is))) {
        (None, None) => return,
        (None, Some(body)) if required(&body) => {
            return tell("request-body-added-required", "a body has to be sent now");
        }
        (None, Some(_)) => return tell("request-body-added-optional", "a body may be sent now"),
        (Some(_), None) => return tell("request-body-removed", "no body is taken any more"),
        (Some(was), Some(is)) => (was, is),
    };
    match (required(&was), required(&is)) {
        (false, true) => tell("request-body-became-required", "the body has to be sent now"),
        (true, false) => tell("request-body-became-optional", "the body may be left out now"),
        _ => {}
    }
    content((name, "body", Kind::Body), (old, &was), (new, &is), findings);
}

/// Compares what the API sends to its clients by a webhook, and what it takes as their answers: the other way around, so that what
/// is sent is told as an answer is, and what comes back as a request.
pub(super) fn called(
    name: &str,
    (old, was): Side<'_>,
    (new, is): Side<'_>,
    findings: &mut Findings,
) {
    let body = |(source, operation): Side<'_>| {
        let body = operation.get("requestBody").map(|body| source.resolved(body).clone());
        body.filter(|body| !body.is_null())
    };
    match (body((old, was)), body((new, is))) {
        (None, None) => {}
        (None, Some(_)) => {
            let sentence = "it is sent with a body now".to_owned();
            findings.add("webhook-body-added", (name, "body"), sentence, (None, None));
        }
        (Some(_), None) => {
            let sentence = "it is sent without a body now".to_owned();
            findings.add("webhook-body-removed", (name, "body"), sentence, (None, None));
        }
        (Some(was), Some(is)) => {
            content((name, "body", Kind::Answer), (old, &was), (new, &is), findings);
        }
    }
    let (was, is) = (was.get("responses"), is.get("responses"));
    for (status, declared) in members(was) {
        match is.and_then(|is| is.get(status)) {
            Some(other) => {
                let (declared, other) = (old.resolved(declared), new.resolved(other));
                content((name, status, Kind::Body), (old, declared), (new, other), findings);
            }
            None => {
                let sentence = format!("{status} is not taken for an answer any more");
                findings.add("webhook-status-removed", (name, status), sentence, (None, None));
            }
        }
    }
    for (status, _) in members(is) {
        if was.is_none_or(|was| was.get(status).is_none()) {
            let sentence = format!("{status} is taken for an answer now");
            findings.add("webhook-status-added", (name, status), sentence, (None, None));
        }
    }
}

/// Compares the answers of an operation.
pub(super) fn answers(
    name: &str,
    (old, was): Side<'_>,
    (new, is): Side<'_>,
    findings: &mut Findings,
) {
    let (was, is) = (was.get("responses"), is.get("responses"));
    let of = |status: &str| if status.starts_with('2') { "success" } else { "non-success" };
    for (status, declared) in members(was) {
        let Some(other) = is.and_then(|is| is.get(status)) else {
            let (rule, sentence) = (
                format!("response-{}-status-removed", of(status)),
                format!("it never answers {status} any more"),
            );
            findings.add(&rule, (name, status), sentence, (None, None));
            continue;
        };
        let (declared, other) = (old.resolved(declared), new.resolved(other));
        headers(name, status, (old, declared), (new, other), findings);
        content((name, status, Kind::Answer), (old, declared), (new, other), findings);
    }
    for (status, _) in
        members(is).filter(|(status, _)| was.is_none_or(|was| was.get(status).is_none()))
    {
        let (rule, sentence) = (
            format!("response-{}-status-added", of(status)),
            format!("it may answer {status} now"),
        );
        findings.add(&rule, (name, status), sentence, (None, None));
    }
}

fn headers(
    name: &str,
    status: &str,
    (old, was): Side<'_>,
    (new, is): Side<'_>,
    findings: &mut Findings,
) {
    let (was, is) = (was.get("headers"), is.get("headers"));
    // Names of header fields have no case.
    let find = |list: Option<&Value>, wanted: &str| -> Option<Value> {
        members(list)
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, header)| header.clone())
    };
    let required =
        |header: &Value| header.get("required").and_then(Value::as_bool).unwrap_or(false);
    for (header, declared) in members(was) {
        let declared = old.resolved(declared);
        let place = format!("{status}.header.{header}");
        let Some(other) = find(is, header) else {
            let rule = if required(declared) {
                "required-response-header-removed"
            } else {
                "optional-response-header-removed"
            };
            findings.add(
                rule,
                (name, &place),
                format!("`{header}` does not come with {status} any more"),
                (None, None),
            );
            continue;
        };
        let other = new.resolved(&other).clone();
        match (required(declared), required(&other)) {
            (true, false) => findings.add(
                "response-header-became-optional",
                (name, &place),
                format!("`{header}` does not always come with {status} any more"),
                (None, None),
            ),
            (false, true) => findings.add(
                "response-header-became-required",
                (name, &place),
                format!("`{header}` always comes with {status} now"),
                (None, None),
            ),
            _ => {}
        }
        if let (Some(was), Some(is)) = (declared.get("schema"), other.get("schema")) {
            Schemas::new(old, new, name, findings).compare(
                &Spot::new(Kind::Header, place),
                was,
                is,
            );
        }
    }
    for (header, _) in members(is).filter(|(header, _)| find(was, header).is_none()) {
        let place = format!("{status}.header.{header}");
        findings.add(
            "response-header-added",
            (name, &place),
            format!("`{header}` comes with {status} now"),
            (None, None),
        );
    }
}

/// Compares the media types of a body, and the schema of each.
fn content(
    (name, place, kind): (&str, &str, Kind),
    (old, was): Side<'_>,
    (new, is): Side<'_>,
    findings: &mut Findings,
) {
    let (was, is) = (was.get("content"), is.get("content"));
    let (prefix, says) = match kind {
        Kind::Body => ("request-body-media-type", "is taken"),
        _ => ("response-media-type", "is answered"),
    };
    let of_schema = if kind == Kind::Body { prefix } else { "response-body-media-type" };
    let several = members(was).count() > 1 || members(is).count() > 1;
    for (media, declared) in members(was) {
        let at = if several { format!("{place}({media})") } else { place.to_owned() };
        let Some(other) = is.and_then(|is| is.get(media)) else {
            let at = format!("{place}({media})");
            findings.add(
                &format!("{prefix}-removed"),
                (name, &at),
                format!("{media} {says} no more"),
                (None, None),
            );
            continue;
        };
        match (declared.get("schema"), other.get("schema")) {
            (Some(was), Some(is)) => {
                Schemas::new(old, new, name, findings).compare(&Spot::new(kind, at), was, is);
            }
            (None, Some(_)) => {
                let sentence = format!("{media} has a schema now");
                findings.add(
                    &format!("{of_schema}-schema-added"),
                    (name, &at),
                    sentence,
                    (None, None),
                );
            }
            (Some(_), None) => {
                let sentence = format!("{media} has no schema any more");
                findings.add(
                    &format!("{of_schema}-schema-removed"),
                    (name, &at),
                    sentence,
                    (None, None),
                );
            }
            (None, None) => {}
        }
    }
    for (media, _) in
        members(is).filter(|(media, _)| was.is_none_or(|was| was.get(media).is_none()))
    {
        let at = format!("{place}({media})");
        findings.add(
            &format!("{prefix}-added"),
            (name, &at),
            format!("{media} {says} now"),
            (None, None),
        );
    }
}
