//! The inventory for people: tables of text.

use super::{
    ANONYMOUS, Before, Deprecation, Entry, Exception, FromModule, Guarded, HowOften,
    InputException, Who, entries, objects,
};
use crate::{
    role::RoleSet,
    route::{Allowed, Api, Route, ShownTo},
};

/// A table of all operations: verb, path, who, how often, view, handler, and what is deprecated. Below it a table of the
/// objects that they guard, with key and store.
pub fn routes(api: &Api) -> String {
    let heading = ["verb", "path", "who", "limits", "view", "handler", "notes"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    for (entry, route) in entries(api).into_iter().zip(api.routes()) {
        rows.push(vec![
            entry.verb.to_owned(),
            format!("/{}{}", range(&entry.versions), entry.path),
            who(&entry),
            limits(&entry),
            views(&entry, route),
            entry.operation.to_owned(),
            notes(api, &entry, route),
        ]);
    }
    format!("{}\n\n{}{}", head(api), table(&rows), guarded(api))
}

fn guarded(api: &Api) -> String {
    let objects = objects(api);
    if objects.is_empty() {
        return String::new();
    }
    let heading = ["object", "key", "store", "operations"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    rows.extend(objects.into_iter().map(|Guarded { object, key, store, operations }| {
        vec![object.to_owned(), key.to_owned(), store.to_owned(), operations.join(", ")]
    }));
    format!("\n{}", table(&rows))
}

/// A table of operations by callers: the view each gets, `yes` where nothing is shown, `-` where it is refused. A caller
/// to whom some route shows its own objects through another view has two columns, for its own and for all other ones.
pub fn matrix(api: &Api) -> String {
    let callers: Vec<&str> =
        std::iter::once(ANONYMOUS).chain(api.roles.roles.iter().map(|role| role.name)).collect();
    let entries = entries(api);
    let seen = |entry: &Entry, caller: &str| {
        let seen = entry.sees.iter().find(|seen| seen.caller == caller);
        seen.map(|seen| (seen.view.unwrap_or("yes"), seen.own))
    };
    let parted = |caller: &&str| {
        entries.iter().any(|entry| seen(entry, caller).is_some_and(|(_, own)| own.is_some()))
    };
    let callers: Vec<(&str, bool)> =
        callers.into_iter().map(|caller| (caller, parted(&caller))).collect();
    let mut heading = vec!["verb".to_owned(), "path".to_owned()];
    for (caller, parted) in &callers {
        match parted {
            true => heading.extend(["own", "other"].map(|whose| format!("{caller}, {whose}"))),
            false => heading.push((*caller).to_owned()),
        }
    }
    let mut rows = vec![heading];
    for entry in &entries {
        let mut row =
            vec![entry.verb.to_owned(), format!("/{}{}", range(&entry.versions), entry.path)];
        for (caller, parted) in &callers {
            let (other, own) = seen(entry, caller).unwrap_or(("-", None));
            if *parted {
                row.push(own.unwrap_or(other).to_owned());
            }
            row.push(other.to_owned());
        }
        rows.push(row);
    }
    format!("{}\n\n{}", head(api), table(&rows))
}

fn head(api: &Api) -> String {
    let versions = api.versions.versions.iter().map(|version| {
        let mut text = version.segment.to_owned();
        if version.preview {
            text.push_str(" (preview)");
        }
        if let Some(day) = version.deprecated {
            text.push_str(&format!(" (deprecated {day}"));
            if let Some(day) = version.sunset {
                text.push_str(&format!(", sunset {day}"));
            }
            text.push(')');
        }
        text
    });
    let versions: Vec<String> = versions.collect();
    let roles: Vec<&str> = api.roles.roles.iter().map(|role| role.name).collect();
    let count = api.routes().count();
    let mut text = format!(
        "{}: {count} operation{}; versions {}; roles {}",
        api.name,
        if count == 1 { "" } else { "s" },
        versions.join(", "),
        roles.join(", ")
    );
    if api.tenants {
        text.push_str("; tenants");
    }
    for Allowed { rule, reason } in api.allowed {
        text.push_str(&format!("\nallowed {rule}: {reason}"));
    }
    text
}

/// `v1`, or `[v1..v3]`.
fn range(versions: &[&str]) -> String {
    match versions {
        [] => "[none]".to_owned(),
        [one] => (*one).to_owned(),
        [first, .., last] => format!("[{first}..{last}]"),
    }
}

fn who(entry: &Entry) -> String {
    let mut text = match &entry.access {
        Who::Roles(roles) => roles.join(" | "),
        Who::Public(reason) => format!("public: {reason}"),
    };
    if !entry.scopes.is_empty() {
        text.push_str(&format!(" with {}", entry.scopes.join(" ")));
    }
    text
}

fn limits(entry: &Entry) -> String {
    let limit = |limit: &HowOften| match limit.reason {
        Some(reason) => format!("unlimited: {reason}"),
        None => {
            let window = match limit.window_seconds {
                1.0 => "s".to_owned(),
                60.0 => "min".to_owned(),
                3600.0 => "h".to_owned(),
                86_400.0 => "day".to_owned(),
                seconds => format!("{seconds}s"),
            };
            let burst = if limit.burst < limit.count {
                format!(" burst {}", limit.burst)
            } else {
                String::new()
            };
            format!("{}/{window} per {}{burst}", limit.count, limit.per)
        }
    };
    let mut text = String::new();
    let mut callers: &[&str] = &[];
    for (index, each) in entry.limits.iter().enumerate() {
        let same = each.callers == callers;
        if index > 0 {
            text.push_str(if same { " + " } else { ", " });
        }
        if !same && !each.callers.is_empty() {
            text.push_str(&format!("{}: ", each.callers.join(" | ")));
        }
        callers = &each.callers;
        text.push_str(&limit(each));
    }
    if entry.limits_inherited {
        text.push_str(" (inherited)");
    }
    text
}

fn views(entry: &Entry, route: &Route) -> String {
    let least = |roles: RoleSet| roles.least().collect::<Vec<_>>().join(" | ");
    let arms: Vec<String> = route
        .views
        .iter()
        .map(|used| match used.to {
            ShownTo::Owner => format!("own: {}", used.view.name),
            ShownTo::Roles(roles) => format!("{}: {}", least(roles), used.view.name),
            ShownTo::Rest => used.view.name.to_owned(),
        })
        .collect();
    match (&arms[..], entry.page) {
        ([], _) => "-".to_owned(),
        (arms, false) => arms.join(", "),
        (arms, true) => format!("page of {}", arms.join(", ")),
    }
}

fn notes(api: &Api, entry: &Entry, route: &'static Route) -> String {
    let mut notes: Vec<String> = Vec::new();
    for (_, version) in route.versions.versions() {
        let since = version.deprecated.map(|day| format!(" deprecated {day}"));
        let end = version.sunset.map(|day| format!(" until {day}"));
        if since.is_some() || end.is_some() {
            notes.push(
                [Some(version.segment.to_owned()), since, end].into_iter().flatten().collect(),
            );
        }
    }
    if entry.credential {
        notes.push("credential".to_owned());
    }
    if let Some(Deprecation { since, sunset, instead }) = &entry.deprecation {
        let mut note = format!("deprecated {since}");
        if let Some(day) = sunset {
            note.push_str(&format!(" until {day}"));
        }
        if let Some(name) = instead {
            note.push_str(&format!(" instead {name}"));
        }
        notes.push(note);
    }
    notes.extend(entry.body_limit.map(|bytes| format!("body {bytes} bytes")));
    notes.extend(entry.timeout_seconds.map(|seconds| format!("timeout {seconds}s")));
    let exceptions = entry.allowed.iter();
    notes.extend(exceptions.map(|Exception { rule, reason }| format!("allow {rule}: {reason}")));
    let exceptions = entry.input_exceptions.iter();
    notes.extend(exceptions.map(|InputException { input, field, rule, reason }| {
        format!("allow {rule} for {input}.{field}: {reason}")
    }));
    if entry.if_match {
        notes.push("needs If-Match".to_owned());
    }
    notes.extend(entry.after.as_ref().map(|before| {
        let Before { operation, within_seconds, at_least_seconds } = before;
        let mut text = format!("after {operation} within {within_seconds}s");
        if *at_least_seconds > 0.0 {
            text.push_str(&format!(", not before {at_least_seconds}s"));
        }
        text
    }));
    if entry.idempotency_key {
        notes.push("idempotency key".to_owned());
    }
    if !entry.objects.is_empty() {
        notes.push(format!("guarded by {}", entry.objects.join(" and ")));
    }
    notes.extend(entry.unowned.iter().map(|reason| format!("unowned: {reason}")));
    notes.extend(before(api, route).map(|other| format!("yields to {}", other.name)));
    // Most have all from one module, so modules are named once, innermost or not.
    let mut from: Vec<(&str, Vec<&str>)> = Vec::new();
    for FromModule { what, module } in &entry.inherited {
        match from.iter_mut().find(|(known, _)| known == module) {
            Some((_, whats)) => whats.push(what),
            None => from.push((module, vec![what])),
        }
    }
    notes.extend(
        from.iter().map(|(module, whats)| format!("{} from {module}", whats.join(" and "))),
    );
    notes.join(", ")
}

/// The operations that some requests go to which would fit this one: a path is read from the left, and a word is
/// preferred to a parameter.
fn before(api: &Api, route: &'static Route) -> impl Iterator<Item = &'static Route> {
    let parts = |route: &'static Route| route.path_shape.split('/');
    let goes_before = move |other: &&'static Route| {
        let mut first = None;
        let alike = parts(other).count() == parts(route).count()
            && parts(other).zip(parts(route)).all(|(theirs, ours)| {
                let fits = theirs == ours || theirs == "{}" || ours == "{}";
                if theirs != ours && first.is_none() {
                    first = Some(ours == "{}");
                }
                fits
            });
        alike
            && first == Some(true)
            && other.verb as u8 == route.verb as u8
            && other.versions.overlaps(route.versions)
    };
    api.routes().filter(goes_before)
}

/// Columns as wide as their widest cell, two spaces apart, nothing at the ends of lines.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}
