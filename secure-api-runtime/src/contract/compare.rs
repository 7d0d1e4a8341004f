//! Two contracts, compared version by version: what is released is held, what is a preview is free.

use super::{
    Contract, Finding, brownouts,
    documents::{self, Source},
    facts::Change,
    finding::Findings,
    lock::VersionPromise,
};
use crate::version::Day;

/// The name of a version in what several versions have in common.
const SOME: &str = "\0";

/// Compares two contracts as of a day.
pub(super) fn compare(old: &Contract, new: &Contract, today: Day) -> Vec<Finding> {
    let mut findings = Findings::new(true);
    Change { operation: "api", findings: &mut findings }.app(&old.app, &new.app);
    let mut of_versions: Vec<(&str, Vec<Finding>)> = Vec::new();
    for is in &new.versions {
        let was = old.versions.iter().find(|was| was.version == is.version);
        match was {
            Some(was) if was.preview && is.preview => {}
            None if is.preview => {}
            Some(was) if !was.preview && is.preview => {
                let sentence = format!(
                    "{} was released, and is a preview again: whoever relies on it has no promise any more",
                    is.version
                );
                findings.add("version-became-preview", (&is.version, ""), sentence, (None, None));
            }
            Some(was) if !was.preview => {
                let mut inside = Findings::new(true);
                ends(was, is, &mut findings);
                brownouts::compare(
                    &is.version,
                    &was.brownouts,
                    &is.brownouts,
                    today,
                    &mut findings,
                );
                released(was, is, today, &mut inside);
                of_versions.push((&is.version, inside.found));
            }
            Some(_) | None => {
                let mut inside = Findings::new(true);
                let sentence = format!("{} is released", is.version);
                findings.add("version-added", (&is.version, ""), sentence, (None, None));
                // Its callers come from the one before: what it loosens of that is what a review has to see.
                let before =
                    old.versions.iter().rfind(|was| !was.preview && was.version != is.version);
                facts(before, is, &mut inside);
                of_versions.push((&is.version, inside.found));
            }
        }
    }
    for was in old.versions.iter().filter(|was| !was.preview) {
        if new.versions.iter().all(|is| is.version != was.version) {
            removed(was, today, &mut findings);
        }
    }
    folded(of_versions, &mut findings);
    findings.sorted()
}

/// Compares a released version with itself.
fn released(was: &VersionPromise, is: &VersionPromise, today: Day, findings: &mut Findings) {
    // What is not served any more promises nothing.
    if was.sunset.is_some_and(|day| day <= today) {
        return;
    }
    facts(Some(was), is, findings);
    documents::compare(Source(&was.shapes), Source(&is.shapes), today, findings);
}

/// Compares the facts of operations; an operation that went is told by the shapes.
fn facts(was: Option<&VersionPromise>, is: &VersionPromise, findings: &mut Findings) {
    for (key, facts) in &is.operations {
        let named = named(key, &is.version);
        let mut change = Change { operation: &named, findings };
        let place = |key: &str| documents::place(key);
        let before =
            was.and_then(|was| was.operations.iter().find(|(other, _)| place(other) == place(key)));
        match before {
            Some((_, before)) => change.operation(before, facts),
            None => change.new_operation(facts),
        }
    }
}

/// Returns `GET /v1/orders` of `GET /orders`.
fn named(key: &str, version: &str) -> String {
    match key.split_once(' ') {
        Some((verb, path)) => format!("{verb} /{version}{path}"),
        None => key.to_owned(),
    }
}

fn removed(was: &VersionPromise, today: Day, findings: &mut Findings) {
    let version = &was.version;
    let (rule, sentence) = match was.sunset {
        Some(day) if day <= today => {
            ("version-removed", format!("{version} is gone, as it was said: on {day}"))
        }
        Some(day) => (
            "version-removed-before-sunset",
            format!("{version} is gone, and was promised until {day}"),
        ),
        None => (
            "version-removed-before-sunset",
            format!("{version} is gone, and nobody was told that it would go"),
        ),
    };
    findings.add(rule, (version, ""), sentence, (None, None));
}

/// Compares what is said of the end of a version.
fn ends(was: &VersionPromise, is: &VersionPromise, findings: &mut Findings) {
    let version = &is.version;
    let mut tell =
        |rule: &str, sentence: String| findings.add(rule, (version, ""), sentence, (None, None));
    match (was.deprecated, is.deprecated) {
        (None, Some(day)) if is.sunset.is_none() => {
            tell(
                "version-deprecated-without-sunset",
                format!(
                    "{version} is deprecated from {day} on, and nobody knows until when it is served"
                ),
            );
        }
        (None, Some(day)) => {
            tell("version-deprecated", format!("{version} is deprecated from {day} on"))
        }
        (Some(_), None) => tell("version-reactivated", format!("{version} is deprecated no more")),
        _ => {}
    }
    match (was.sunset, is.sunset) {
        (None, Some(day)) => tell("version-sunset-set", format!("{version} is served until {day}")),
        (Some(day), None) => tell(
            "version-sunset-removed",
            format!("{version} was served until {day}, and nothing says until when it is"),
        ),
        (Some(before), Some(after)) if after < before => {
            tell(
                "version-sunset-earlier",
                format!("{version} was promised until {before}, and goes on {after}"),
            );
        }
        (Some(before), Some(after)) if after > before => {
            tell(
                "version-sunset-later",
                format!("{version} is served until {after}, and not only until {before}"),
            );
        }
        _ => {}
    }
}

/// Adds what several versions have in common once: a limit of an operation is that of each version that has it.
fn folded(of_versions: Vec<(&str, Vec<Finding>)>, findings: &mut Findings) {
    let mut common: Vec<(Finding, Vec<&str>)> = Vec::new();
    for (version, found) in of_versions {
        let hidden = |text: &str| text.replace(&format!("/{version}/"), &format!("/{SOME}/"));
        for finding in found {
            let one = Finding {
                operation: hidden(&finding.operation),
                sentence: hidden(&finding.sentence),
                ..finding
            };
            match common.iter_mut().find(|(other, _)| *other == one) {
                Some((_, versions)) => versions.push(version),
                None => common.push((one, vec![version])),
            }
        }
    }
    for (one, versions) in common {
        let versions = match &versions[..] {
            [only] => (*only).to_owned(),
            several => format!("[{}]", several.join(",")),
        };
        let shown = |text: &str| text.replace(SOME, &versions);
        let (operation, sentence) = (shown(&one.operation), shown(&one.sentence));
        findings.push(Finding { operation, sentence, ..one });
    }
}
