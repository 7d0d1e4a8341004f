//! The throughput of a server, and the most memory that it has taken for it.

use std::{error::Error, time::Instant};

use super::{CALLERS, Client, Scenario, Server, Settings, median, quartiles};

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
        let mut rounds: Vec<Vec<[f64; 2]>> = Vec::new();
        for _ in 0..settings.rounds {
            let round = servers.iter().map(|(_, server)| measure(server, scenario, settings));
            rounds.push(round.collect::<Result<_, _>>()?);
        }
        for (at, (name, server)) in servers.iter().enumerate() {
            let to = |other: usize| rounds.iter().map(move |round| round[at][0] / round[other][0]);
            let [low, to_bare, high] = quartiles(to(0));
            println!(
                "{:9} {name:8} {:>10.0} {to_bare:>7.2} {:>13} {:>11.2}   {:>9.1} {:>7.2} {:>4.0}%",
                scenario.name,
                median(rounds.iter().map(|round| round[at][0])),
                format!("({low:.2}-{high:.2})"),
                median(to(1)),
                server.peak_memory()? / 1024.0,
                server.peak_memory()? / servers[0].1.peak_memory()?,
                100.0 * median(rounds.iter().map(|round| round[at][1])),
            );
        }
    }
    Ok(())
}

/// Measures the requests in a second of one round, by connections of its own, and the share of it in which the server had its
/// processor: where that is much less than all, it is the load that is measured.
fn measure(
    server: &Server,
    scenario: &Scenario,
    settings: &Settings,
) -> Result<[f64; 2], Box<dyn Error>> {
    let mut client = Client::connect(server.address(), settings.connections)?;
    client.run(&scenario.requests, CALLERS as usize)?;
    let (cpu, start) = (server.cpu()?, Instant::now());
    client.run(&scenario.requests, settings.count)?;
    let elapsed = start.elapsed().as_secs_f64();
    let spent = server.cpu()?.saturating_sub(cpu).as_secs_f64();
    Ok([settings.count as f64 / elapsed, spent / elapsed])
}
