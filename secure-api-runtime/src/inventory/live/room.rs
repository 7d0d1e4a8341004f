//! The room in the list of paths that nothing answers, and which of them gives way.
//!
//! Whoever asks for what is not there chooses the paths. So each network makes room for its own: of the one that has most of them,
//! the newest gives way, and what others asked for before stays.

use std::{cmp::Reverse, collections::HashMap};

use crate::inventory::UndeclaredPath;

/// The paths that nothing answers and are remembered.
pub(super) const PATHS: usize = 512;

/// The seconds after which a path that one client asked for, and nobody since, gives way to all others: 30 days.
const FORGOTTEN: i64 = 30 * 86_400;

/// The rank of a path in a list, of which the highest gives way first.
type Rank<'a> = (Class, usize, (bool, Reverse<i64>, &'a str, &'a str));

/// A class of paths, of which the later ones give way to the earlier ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Class {
    News,
    Forgotten,
    Noise,
}

/// Returns the ranks of paths: by their class, and then by their number among those of their network, where shadows stand before what
/// one client asked for, and the oldest first.
///
/// They depend on nothing else than the paths, so machines that tell each other come to one list.
fn ranks<'a>(paths: &[&'a UndeclaredPath]) -> Vec<Rank<'a>> {
    let now = paths.iter().map(|path| path.last).max().unwrap_or_default();
    let class = |path: &UndeclaredPath| match path {
        path if path.noise => Class::Noise,
        path if path.clients < 2 && path.last < now.saturating_sub(FORGOTTEN) => Class::Forgotten,
        _ => Class::News,
    };
    // What was kept before networks were noted is known by its client.
    let network = |path: &'a UndeclaredPath| path.network.as_ref().or(path.client.as_ref());
    let mut order: Vec<_> = paths.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, path)| (path.clients < 2, path.first, &*path.path, &*path.method));
    let mut numbers: HashMap<_, usize> = HashMap::new();
    let mut ranks: Vec<_> = order
        .into_iter()
        .map(|(place, path)| {
            let number = numbers.entry((class(path), network(path))).or_default();
            *number += 1;
            let last = (path.clients < 2, Reverse(path.last), &*path.path, &*path.method);
            (place, (class(path), *number, last))
        })
        .collect();
    ranks.sort_by_key(|(place, _)| *place);
    ranks.into_iter().map(|(_, rank)| rank).collect()
}

/// Returns the path that gives way to a new one, if one does: the new one takes the place of another one of its network where that has
/// most, and noise alone makes way for noise.
pub(super) fn gives_way<'a>(
    paths: impl Iterator<Item = &'a UndeclaredPath>,
    new: &'a UndeclaredPath,
) -> Option<&'a UndeclaredPath> {
    let mut all: Vec<_> = paths.collect();
    all.push(new);
    let ranks = ranks(&all);
    let highest = |is_one: &dyn Fn(usize) -> bool| {
        (0..all.len()).filter(|place| is_one(*place)).max_by_key(|place| ranks[*place])
    };
    let own = all.len() - 1;
    match highest(&|_| true)? {
        place if place != own => Some(all[place]),
        _ => {
            let is_alike = |place: usize| {
                place != own && ranks[place].0 == ranks[own].0 && all[place].network == new.network
            };
            highest(&is_alike).map(|place| all[place])
        }
    }
}

/// Takes away the paths beyond those that are remembered. The others stay in their order.
pub(super) fn bound(paths: &mut Vec<UndeclaredPath>) {
    if paths.len() <= PATHS {
        return;
    }
    let all: Vec<_> = paths.iter().collect();
    let mut ranks: Vec<_> = ranks(&all).into_iter().enumerate().collect();
    ranks.sort_by_key(|(_, rank)| *rank);
    let mut stays = vec![false; all.len()];
    ranks.iter().take(PATHS).for_each(|(place, _)| stays[*place] = true);
    let mut stays = stays.into_iter();
    paths.retain(|_| stays.next() == Some(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: String, clients: u8, last: i64) -> UndeclaredPath {
        let network = Some(format!("of {path}"));
        UndeclaredPath { path, clients, first: last, last, network, ..Default::default() }
    }

    /// Returns so many paths that a few networks have made up.
    fn made_up(many: usize, first: i64) -> impl Iterator<Item = UndeclaredPath> {
        (0..many).map(move |number| UndeclaredPath {
            network: Some(["a", "b", "c"][number % 3].to_owned()),
            ..path(format!("/made-up-{number}"), 2, first + number as i64)
        })
    }

    #[test]
    fn noise_gives_way_first_and_the_oldest_shadow_last() {
        let noise = |number| UndeclaredPath { noise: true, ..path(format!("/{number}.php"), 2, 9) };
        let mut paths: Vec<_> = (0..PATHS - 2).map(noise).collect();
        paths.extend(
            [("/once", 1, 2), ("/shadow", 2, 1), ("/new", 1, 3)]
                .map(|(name, clients, last)| path(name.to_owned(), clients, last)),
        );
        bound(&mut paths);
        assert_eq!(paths.len(), PATHS);
        assert_eq!(paths.iter().filter(|path| !path.noise).count(), 3);
        // Each of a network of its own.
        let mut paths: Vec<_> = (0..PATHS as i64).map(|at| path(format!("/{at}"), 2, at)).collect();
        paths.push(path("/new".to_owned(), 2, 900));
        bound(&mut paths);
        assert!(!paths.iter().any(|path| path.path == "/0"), "the oldest one gives way");
    }

    #[test]
    fn what_a_few_networks_make_up_takes_no_place_of_others() {
        let mut paths = vec![path("/shadow".to_owned(), 2, 1), path("/once".to_owned(), 1, 2)];
        paths.extend(made_up(PATHS + 9, 3));
        bound(&mut paths);
        assert_eq!(paths.len(), PATHS);
        assert_eq!([&*paths[0].path, &*paths[1].path], ["/shadow", "/once"]);
        assert_eq!(paths[PATHS - 1].path, "/made-up-509", "the newest ones gave way");
        // One that comes later has its place too, and a network that has most has one for each.
        let new = path("/new".to_owned(), 1, 900);
        assert_eq!(gives_way(paths.iter(), &new).map(|path| &*path.path), Some("/made-up-507"));
        let more = UndeclaredPath { network: Some("b".to_owned()), ..new };
        assert_eq!(gives_way(paths.iter(), &more).map(|path| &*path.path), Some("/made-up-508"));
    }

    #[test]
    fn what_nobody_asked_for_since_a_month_gives_way() {
        let mut paths: Vec<_> = made_up(PATHS, 40 * 86_400).collect();
        paths.extend([path("/shadow".to_owned(), 2, 1), path("/once".to_owned(), 1, 1)]);
        bound(&mut paths);
        assert!(paths.iter().any(|path| path.path == "/shadow"));
        assert!(!paths.iter().any(|path| path.path == "/once"));
    }

    #[test]
    fn noise_makes_way_for_noise_alone() {
        let paths: Vec<_> = (0..PATHS).map(|at| path(format!("/{at}"), 1, at as i64)).collect();
        let noise = UndeclaredPath { noise: true, ..path("/.env".to_owned(), 1, 900) };
        assert_eq!(gives_way(paths.iter(), &noise), None);
    }
}
