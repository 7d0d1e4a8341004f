//! The hierarchy of roles as bits: what each includes however deep, and the way around a circle.

/// Computes the transitive closure of the inclusions (Warshall).
pub(super) fn closure(direct: &[u128]) -> Vec<u128> {
    let mut all = direct.to_vec();
    for middle in 0..all.len() {
        for index in 0..all.len() {
            if all[index] & 1 << middle != 0 {
                all[index] |= all[middle];
            }
        }
    }
    all
}

/// Returns the shortest way from a role back to itself, as `A → B → A`.
pub(super) fn cycle(start: usize, direct: &[u128], names: &[&str]) -> String {
    let mut ways = vec![vec![start]];
    let mut seen = 0_u128;
    while let Some(way) = (!ways.is_empty()).then(|| ways.remove(0)) {
        let last = way[way.len() - 1];
        for next in (0..direct.len()).filter(|next| direct[last] & 1 << next != 0) {
            if next == start {
                let words: Vec<_> = way.iter().chain([&start]).map(|role| names[*role]).collect();
                return words.join(" → ");
            }
            if seen & 1 << next == 0 {
                seen |= 1 << next;
                let mut longer = way.clone();
                longer.push(next);
                ways.push(longer);
            }
        }
    }
    names[start].to_owned()
}
