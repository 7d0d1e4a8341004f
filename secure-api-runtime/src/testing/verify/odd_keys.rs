//! Keys of objects in another form than the one that they have: each names nothing, whoever sends it.

use super::{
    Check,
    draft::{By, Target},
    making::bound,
    objects,
    spelling::is_another,
    world::{World, is_success},
};
use crate::inventory::ArgumentModel;

/// Texts behind a key that some reader of paths takes away, and the status of each.
const HIDDEN: [(&str, u16); 5] = [
    ("%00", 400),
    ("%2F..%2F..%2Fadmin", 400),
    ("%252e%252e", 400),
    ("%0d%0aX-Injected:%201", 400),
    ("%FF", 400),
];

/// Texts behind a key that are simply another key.
const APPENDED: [&str; 5] = ["%20", ".json", "'%20OR%20'1'='1", "*", ";a=b"];

pub(super) async fn check(world: &World, target: Target<'_>) {
    let operation = target.operation;
    let parameter = operation.arguments.iter().find_map(|argument| match argument {
        ArgumentModel::Object { parameter, .. } => Some((parameter, true)),
        _ => None,
    });
    let unowned = operation.arguments.iter().find_map(|argument| match argument {
        ArgumentModel::Unowned { parameter, .. } => Some((parameter, false)),
        _ => None,
    });
    let Some((parameter, is_object)) = parameter.or(unowned) else { return };
    let caller = world.admitted(operation, &objects::owner(world, target));
    if caller.is_some() && !world.holds(operation) {
        return;
    }
    let by = By::from(caller.clone());
    let good = world.good(target, caller.as_ref(), false).await;
    let template = target.template();
    let named = format!("{{{parameter}}}");
    let Some(place) = template.split('/').position(|part| part.contains(&named)) else { return };
    let keys = bound(&template, &good.path);
    let part = template.split('/').nth(place).unwrap_or_default();
    let with = |key: &str| {
        // The other keys of its segment stay.
        let fill = |part: String, (name, value): (&String, &String)| {
            let value = if name == parameter { key } else { value };
            part.replace(&format!("{{{name}}}"), value)
        };
        let segment = keys.iter().fold(part.to_owned(), fill);
        let mut segments: Vec<&str> = good.path.split('/').collect();
        if let Some(other) = segments.get_mut(place) {
            *other = &segment;
        }
        let mut draft = good.clone();
        draft.path = segments.join("/");
        draft
    };
    let key = keys.get(parameter).cloned().unwrap_or_default();
    for (hidden, status) in HIDDEN {
        let reply = world.send(&with(&format!("{key}{hidden}")), &by).await;
        let why = format!("{status} was expected of a path with {hidden}");
        world.judge(Check::OddKeys, target, reply.status() == status, (&why, &reply));
    }
    if !is_object {
        return;
    }
    let control = world.send(&good, &by).await;
    if !is_success(&control) && control.status() == 404 {
        let reason = good.lacks.clone().unwrap_or_else(|| "its object is not there".to_owned());
        world.untested(Check::OddKeys, target, reason);
        return;
    }
    let upper = key.to_uppercase();
    let mut odd: Vec<String> = APPENDED.iter().map(|more| format!("{key}{more}")).collect();
    odd.extend(
        [upper, format!("0{key}"), format!("%2B{key}"), "a".repeat(300)]
            .into_iter()
            .filter(|odd| *odd != key),
    );
    // What a UUID may be written as elsewhere.
    odd.extend(
        uuid::Uuid::try_parse(&key)
            .map(|id| id.simple().to_string())
            .ok()
            .filter(|odd| *odd != key),
    );
    for odd in odd {
        let draft = with(&odd);
        // A key with more behind it may be the path of another operation.
        if is_another(world, target, &draft.path) {
            continue;
        }
        let reply = world.send(&draft, &by).await;
        let good = matches!(reply.status(), 400 | 404);
        let why = format!("404 was expected of the key {odd:?}, which is none that was given out");
        world.judge(Check::OddKeys, target, good, (&why, &reply));
    }
}
