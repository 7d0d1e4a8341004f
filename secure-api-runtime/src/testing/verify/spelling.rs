//! Paths in another form than the one that they have: another case, a slash more or less, an escape. None leads anywhere.

use super::{
    Check,
    draft::{By, Target},
    world::World,
};
use crate::{inventory::place, route::segment};

pub(super) async fn check(world: &World, target: Target<'_>) {
    let good = world.rough(target);
    for (other, what) in
        forms(&target.template(), &good.path, target.version.address("").split('/').count())
    {
        // A parameter of another path may be that.
        if is_another(world, target, &other) || fits(&target.template(), &other) {
            continue;
        }
        let mut draft = good.clone();
        draft.path = other;
        let reply = world.send(&draft, &By::Nobody).await;
        let why = format!("404 was expected of a path with {what}");
        world.judge(Check::OddKeys, target, reply.status() == 404, (&why, &reply));
    }
}

/// Returns a path in other forms, each with what is other. Values of parameters stay, and what is before its own first segment.
fn forms(template: &str, path: &str, first: usize) -> Vec<(String, &'static str)> {
    let mut forms = Vec::new();
    let change = |with: &dyn Fn(char) -> String| {
        let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        let parts = template.split('/').enumerate().skip(first);
        let mut fixed = parts.filter(|(_, part)| !part.contains('{'));
        let found = fixed.find_map(|(place, part)| {
            Some((place, part.find(|letter: char| letter.is_ascii_alphabetic())?))
        });
        let (place, start) = found?;
        let segment = segments.get_mut(place)?;
        let letter = segment.get(start..=start)?.chars().next()?;
        segment.replace_range(start..=start, &with(letter));
        Some(segments.join("/"))
    };
    let other_case = change(&|letter| match letter {
        letter if letter.is_ascii_uppercase() => letter.to_ascii_lowercase().to_string(),
        letter => letter.to_ascii_uppercase().to_string(),
    });
    forms.extend(other_case.map(|path| (path, "a letter of another case")));
    let escaped = change(&|letter| format!("%{:02X}", u32::from(letter)));
    forms.extend(escaped.map(|path| (path, "an escape for a letter")));
    forms.push(match path.strip_suffix('/') {
        // Without it that one is no path.
        Some("") => ("//".to_owned(), "two slashes"),
        Some(without) => (without.to_owned(), "no slash at the end"),
        None => (format!("{path}/"), "a slash at the end"),
    });
    forms
}

/// Returns `true` if a path may be one of this template.
pub(super) fn fits(template: &str, path: &str) -> bool {
    let is_one = |(part, segment): (&str, &str)| segment::split(&place(part), segment).is_some();
    template.split('/').count() == path.split('/').count()
        && template.split('/').zip(path.split('/')).all(is_one)
}

/// Returns `true` if a path may be that of another operation of the version.
pub(super) fn is_another(world: &World, target: Target<'_>, path: &str) -> bool {
    let template = target.template();
    let mut others = world.model.operations_in(&target.version.segment);
    others.any(|operation| {
        let other = Target { operation, version: target.version }.template();
        other != template && fits(&other, path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_changed_outside_of_its_keys() {
        let forms = |template, path| -> Vec<String> {
            forms(template, path, 2).into_iter().map(|(path, _)| path).collect()
        };
        assert_eq!(
            forms("/v1/{shop}/Orders/{order}", "/v1/a/Orders/7"),
            ["/v1/a/orders/7", "/v1/a/%4Frders/7", "/v1/a/Orders/7/"]
        );
        assert_eq!(forms("/v1/", "/v1/"), ["/v1"]);
        assert!(fits("/v1/{id}/", "/v1/7/") && !fits("/v1/{id}/", "/v1/7"));
        assert!(!fits("/v1/{id}", "/v1/"));
        assert!(fits("/v1/{id}.json", "/v1/7.json") && !fits("/v1/{id}.json", "/v1/7.xml"));
    }
}
