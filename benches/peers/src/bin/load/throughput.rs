//! The throughput of a server, and the most memory that it has taken for it.

use std::error::Error;

use super::{Scenario, Server, Settings, median, quartiles, rounds};

/// Prints requests in a second and peak memory of each server, and their ratios to the first one and to the second.
pub(crate) fn throughput(
    settings: &Settings,
    servers: &[(&str, Server)],
    scenarios: &[Scenario],
) -> Result<(), Box<dyn Error>> {
    println!(
        "{} rounds of {} requests over {} connections, the servers in turn; medians, ratios by round",
        settings.rounds, settings.count, settings.connections
    );
    println!(
        "{:9} {:8} {:>10} {:>7} {:>13} {:>11}   {:>9} {:>7} {:>5}",
        "scenario",
        "server",
        "requests/s",
        "to bare",
        "(quartiles)",
        "to by hand",
        "peak, MiB",
        "to bare",
        "busy"
    );
    for scenario in scenarios {
        let rounds = rounds(servers, scenario, settings)?;
        for (at, (name, server)) in servers.iter().enumerate() {
            let each = |server: usize| rounds.iter().map(move |round| round[server].throughput);
            let to = |other: usize| each(at).zip(each(other)).map(|(own, other)| own / other);
            let [low, to_bare, high] = quartiles(to(0));
            println!(
                "{:9} {name:8} {:>10.0} {to_bare:>7.2} {:>13} {:>11.2}   {:>9.1} {:>7.2} {:>4.0}%",
                scenario.name,
                median(each(at)),
                format!("({low:.2}-{high:.2})"),
                median(to(1)),
                server.peak_memory()? / 1024.0,
                server.peak_memory()? / servers[0].1.peak_memory()?,
                100.0 * median(rounds.iter().map(|round| round[at].busy)),
            );
        }
    }
    Ok(())
}
