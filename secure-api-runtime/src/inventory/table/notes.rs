//! The last column of the list of operations: what most of them do not have.

use crate::{
    inventory::{
        ApiModel, ByModel, CredentialModel, Deprecation, Exception, InheritedKey, Operation,
        PageModel, StepModel, StepUpModel,
    },
    limit::Outage,
    version::Brownout,
};

pub(super) fn notes(api: &ApiModel, operation: &Operation) -> Vec<String> {
    let mut notes: Vec<String> = ends_of_versions(api, operation).collect();
    if operation.credential {
        notes.push("credential".to_owned());
    }
    if let Outage::Local(machines) = operation.outage {
        notes.push(format!("outage local({machines})"));
    }
    notes.extend(operation.step_up.as_ref().map(step_up));
    notes.extend(api.secrets(operation).map(|(input, field)| format!("secret {input}.{field}")));
    notes.extend(operation.deprecation.as_ref().map(deprecation));
    notes.extend(operation.body_limit.map(|bytes| format!("body {bytes} bytes")));
    let files = if operation.takes_files() { ", whole files" } else { "" };
    notes.extend(operation.raw_types().map(|types| format!("takes {}{files}", types.join(" | "))));
    notes.extend(operation.timeout_seconds.map(|seconds| format!("timeout {seconds}s")));
    let exceptions = operation.exceptions.iter();
    notes.extend(exceptions.map(|Exception { rule, reason }| format!("allow {rule}: {reason}")));
    let exceptions = api.field_exceptions(operation);
    notes.extend(exceptions.map(|(of, field, Exception { rule, reason })| {
        format!("allow {rule} for {of}.{field}: {reason}")
    }));
    let ordered = api.ordered(operation);
    notes.extend(ordered.map(|(of, reason)| format!("first that fits of {of}: {reason}")));
    notes.extend(match &operation.by {
        ByModel::Unstated => None,
        ByModel::AnyOf(kinds) => Some(format!("by {}", joined(kinds, " or "))),
        ByModel::AllOf(kinds) => Some(format!("by {}", joined(kinds, " and "))),
        ByModel::OneOf(sets) => Some(format!("by {}", one_of(sets))),
    });
    let restricted = api.input_fields(operation).filter(|(_, field)| !field.set_by.is_empty());
    notes.extend(restricted.map(|(input, field)| {
        format!("{input}.{} set by {} only", field.name, field.set_by.join(" | "))
    }));
    notes.extend(operation.answer.open.map(|most| format!("open {most} per caller")));
    notes.extend(operation.answer.lasts_seconds.map(|seconds| format!("lasts {seconds}s")));
    if operation.if_match {
        notes.push("needs If-Match".to_owned());
    }
    notes.extend(operation.after.as_ref().map(after));
    notes.extend(operation.answer.page.as_ref().map(page));
    if operation.answer.is_redirect() {
        let hosts = operation.answer.redirects.iter();
        let hosts: Vec<String> = hosts.map(|host| format!(" or to {host}")).collect();
        notes.push(format!("redirects to a route{}", hosts.concat()));
    }
    let headers: Vec<&str> = operation.answer.headers.iter().map(|header| &*header.name).collect();
    if !headers.is_empty() {
        notes.push(format!("answers with {}", headers.join(" and ")));
    }
    if operation.idempotency_key {
        notes.push("idempotency key".to_owned());
    }
    let objects: Vec<&str> = operation.objects().collect();
    if !objects.is_empty() {
        notes.push(format!("guarded by {}", objects.join(" and ")));
    }
    notes.extend(operation.unowned().map(|reason| format!("unowned: {reason}")));
    notes.extend(preferred(api, operation).map(|other| format!("yields to {}", other.name)));
    notes.extend(modules(&operation.inherited));
    notes
}

fn page(PageModel { items, total, next, links }: &PageModel) -> String {
    let items = items
        .as_ref()
        .map_or_else(|| "page is an array".to_owned(), |name| format!("page in {name}"));
    let total = total.as_ref().map(|name| format!("total in {name}"));
    let next = next.as_ref().map(|name| format!("next in {name}"));
    let links = links.then(|| "next by Link".to_owned());
    [Some(items), total, next, links].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn step_up(StepUpModel { acr, amr, max_age_seconds }: &StepUpModel) -> String {
    let class = (!acr.is_empty()).then(|| format!("acr {}", acr.join(" or ")));
    let methods = (!amr.is_empty()).then(|| format!("amr {}", amr.join(" and ")));
    let age = max_age_seconds.map(|seconds| format!("at most {seconds}s ago"));
    let asked: Vec<String> = class.into_iter().chain(methods).chain(age).collect();
    format!("authenticated by {}", asked.join(", "))
}

fn joined(kinds: &[CredentialModel], between: &str) -> String {
    kinds.iter().map(|kind| &*kind.name).collect::<Vec<_>>().join(between)
}

fn one_of(sets: &[Vec<CredentialModel>]) -> String {
    let set = |kinds: &Vec<CredentialModel>| match &**kinds {
        [one] => one.name.clone(),
        several => format!("({})", joined(several, " and ")),
    };
    sets.iter().map(set).collect::<Vec<_>>().join(" or ")
}

fn ends_of_versions<'a>(
    api: &'a ApiModel,
    operation: &'a Operation,
) -> impl Iterator<Item = String> + 'a {
    let versions = api.versions.iter().filter(|version| operation.is_in(&version.segment));
    versions.filter_map(|version| {
        let since = version.deprecated.map(|day| format!(" deprecated {day}"));
        let end = version.sunset.map(|day| format!(" until {day}"));
        let any = since.is_some() || end.is_some();
        any.then(|| [Some(version.segment.clone()), since, end].into_iter().flatten().collect())
    })
}

fn deprecation(Deprecation { since, sunset, instead, brownouts }: &Deprecation) -> String {
    let mut note = format!("deprecated {since}");
    if let Some(day) = sunset {
        note.push_str(&format!(" until {day}"));
    }
    if let Some(successor) = instead {
        note.push_str(&format!(" instead {}", successor.operation));
    }
    if !brownouts.is_empty() {
        note.push_str(&format!(" out {}", Brownout::listed(brownouts)));
    }
    note
}

fn after(
    StepModel { operation, module: _, within_seconds, at_least_seconds }: &StepModel,
) -> String {
    let mut text = format!("after {operation} within {within_seconds}s");
    if *at_least_seconds > 0.0 {
        text.push_str(&format!(", not before {at_least_seconds}s"));
    }
    text
}

/// Names the modules that keys are inherited from, each once, innermost or not: most operations have all from one.
fn modules(inherited: &[InheritedKey]) -> impl Iterator<Item = String> {
    let mut from: Vec<(&str, Vec<&str>)> = Vec::new();
    for InheritedKey { key, module } in inherited {
        match from.iter_mut().find(|(known, _)| known == module) {
            Some((_, keys)) => keys.push(key),
            None => from.push((module, vec![key])),
        }
    }
    from.into_iter().map(|(module, keys)| format!("{} from {module}", keys.join(" and ")))
}

/// Returns the operations that some requests go to which would fit this one: a path is read from the left, and a word
/// is preferred to a parameter.
fn preferred<'a>(
    api: &'a ApiModel,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a Operation> {
    let goes_before = move |other: &&Operation| {
        let (theirs, ours) = (other.path.split('/'), operation.path.split('/'));
        let mut first = None;
        let alike = theirs.clone().count() == ours.clone().count()
            && theirs.zip(ours).all(|(theirs, ours)| {
                let same = theirs == ours || is_parameter(theirs) && is_parameter(ours);
                if !same && first.is_none() {
                    first = Some(is_parameter(ours));
                }
                same || may_be(theirs, ours) || may_be(ours, theirs)
            });
        alike
            && first == Some(true)
            && other.verb == operation.verb
            && other.versions.iter().any(|version| operation.is_in(version))
    };
    api.operations.iter().filter(goes_before)
}

/// Returns `true` if a segment with a parameter may be another one, as `{id}.json` and `7.json`.
fn may_be(part: &str, other: &str) -> bool {
    let ends = part.split_once('{').zip(part.rsplit_once('}'));
    ends.is_some_and(|((before, _), (_, after))| {
        other.starts_with(before) && other.ends_with(after)
    })
}

fn is_parameter(part: &str) -> bool {
    part.contains('{')
}
