//! The load, and what is measured: CPU time of a server's process, its throughput and peak memory, its allocations and
//! instructions, the size of its answers.

mod client;
mod server;
mod throughput;

use std::{error::Error, net::SocketAddr, path::Path, time::Duration};

use client::{Client, Request};
use peers::{AUDIENCE, CALLERS, ISSUER, KEY_ID, NEW_ORDER, PONG};
use secure_api::{
    clock::Clock,
    secret::SecretBytes,
    token::{Claims, Signer},
};
use server::Server;
use uuid::Uuid;

/// The servers compared, in the order of the table's columns.
const SERVERS: [&str; 3] = ["bare", "by_hand", "ours"];

struct Scenario {
    name: &'static str,
    requests: Vec<Request>,
}

fn scenarios(tokens: &[String]) -> Vec<Scenario> {
    let get = |(number, token): (usize, &String)| {
        let id = Uuid::from_u128(number as u128);
        let head = format!("GET /v1/orders/{id} HTTP/1.1\r\nauthorization: Bearer {token}\r\n");
        Request::new(head, "", 200, peers::shown(id))
    };
    let post = |token: &String| {
        let head = format!("POST /v1/orders HTTP/1.1\r\nauthorization: Bearer {token}\r\n");
        Request::new(head, NEW_ORDER, 201, peers::shown(Uuid::nil()))
    };
    let ping = Request::new("GET /v1/ping HTTP/1.1\r\n".to_owned(), "", 200, PONG.to_owned());
    vec![
        Scenario { name: "ping", requests: vec![ping] },
        Scenario { name: "get", requests: tokens.iter().enumerate().map(get).collect() },
        Scenario { name: "post", requests: tokens.iter().map(post).collect() },
    ]
}

/// Writes the issuer's keys to a folder and signs a token for each caller.
fn tokens(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let pair = rcgen::KeyPair::generate()?;
    std::fs::write(folder.join("private.pem"), pair.serialize_pem())?;
    std::fs::write(folder.join("public.pem"), pair.public_key_pem())?;
    let signer = Signer::es256_pem(SecretBytes::file(folder.join("private.pem")), KEY_ID)?;
    let sign = |number| {
        let claims = Claims::new(ISSUER, AUDIENCE, peers::subject(number))
            .client_id("bench")
            .roles(["customer"]);
        let claims = claims.lifetime(Duration::from_secs(24 * 3600));
        Ok(signer.sign(&claims, &Clock::system())?)
    };
    (0..CALLERS).map(sign).collect()
}

/// The cost per request of one run of one scenario on one server.
#[derive(Clone, Copy)]
struct Cost {
    cpu_micros: f64,
    /// The requests in a second.
    throughput: f64,
    /// The share of the time in which the server had the processor: where that is much less than all, it is the load that is measured.
    busy: f64,
}

/// Measures a scenario on a server, by connections of its own: those that wait for their turn are closed by a server
/// after a while.
fn measure(
    server: &Server,
    scenario: &Scenario,
    settings: &Settings,
) -> Result<Cost, Box<dyn Error>> {
    let count = settings.count;
    let mut client = Client::connect(server.address(), settings.connections)?;
    client.run(&scenario.requests, CALLERS as usize)?;
    let (cpu, start) = (server.cpu()?, std::time::Instant::now());
    client.run(&scenario.requests, count)?;
    let elapsed = start.elapsed().as_secs_f64();
    let spent = server.cpu()?.saturating_sub(cpu).as_secs_f64();
    Ok(Cost {
        cpu_micros: spent * 1e6 / count as f64,
        throughput: count as f64 / elapsed,
        busy: spent / elapsed,
    })
}

/// Measures a scenario in rounds, the servers in turn in each.
fn rounds(
    servers: &[(&str, Server)],
    scenario: &Scenario,
    settings: &Settings,
) -> Result<Vec<Vec<Cost>>, Box<dyn Error>> {
    let round = |_| servers.iter().map(|(_, server)| measure(server, scenario, settings)).collect();
    (0..settings.rounds).map(round).collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let [_, median, _] = quartiles(values);
    median
}

/// Returns the three values that part the sorted ones into quarters.
fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}

struct Settings {
    /// The first argument; CPU time without one.
    counted: Option<String>,
    rounds: usize,
    count: usize,
    connections: usize,
    only: Option<String>,
}

impl Settings {
    fn read() -> Result<Self, Box<dyn Error>> {
        let number = |name: &str, default| match std::env::var(name) {
            Ok(text) => text.parse().map_err(|_| format!("{name} is not a number")),
            Err(_) => Ok(default),
        };
        Ok(Self {
            counted: std::env::args().nth(1),
            rounds: number("ROUNDS", 60)?.max(1),
            count: number("REQUESTS", 3000)?.max(1000),
            connections: number("CONNECTIONS", 32)?.max(1),
            only: std::env::var("SCENARIO").ok(),
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = Settings::read()?;
    let folder = std::env::temp_dir().join(format!("peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let result = compare(&settings, &folder);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn compare(settings: &Settings, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut scenarios = scenarios(&tokens(folder)?);
    scenarios.retain(|scenario| settings.only.as_ref().is_none_or(|only| only == scenario.name));
    if settings.counted.as_deref() == Some("instructions") {
        return instructions(settings, &scenarios, folder);
    }
    let start = |name| Ok::<_, Box<dyn Error>>((name, Server::start(name, folder)?));
    let mut servers = SERVERS.map(start).into_iter().collect::<Result<Vec<_>, _>>()?;
    match settings.counted.as_deref() {
        None => times(settings, &servers, &scenarios),
        Some("throughput") => throughput::throughput(settings, &servers, &scenarios),
        Some(_) => allocations(settings, &mut servers, &scenarios),
    }
}

/// Measures the allocations of a server per request, and the size of its answer.
fn allocations(
    settings: &Settings,
    servers: &mut [(&str, Server)],
    scenarios: &[Scenario],
) -> Result<(), Box<dyn Error>> {
    const COUNT: usize = 10_000;
    println!(
        "{:10} {:8} {:>12} {:>10} {:>12}",
        "scenario", "server", "allocations", "bytes", "head bytes"
    );
    for scenario in scenarios {
        for (name, server) in servers.iter_mut() {
            let mut client = Client::connect(server.address(), settings.connections)?;
            // Everything that is made once is there: connections, remembered tokens, buckets.
            client.run(&scenario.requests, 2 * CALLERS as usize)?;
            let before = server.allocated()?;
            let head = client.run(&scenario.requests, COUNT)?;
            let after = server.allocated()?;
            let each = |before: u64, after: u64| (after - before) as f64 / COUNT as f64;
            println!(
                "{:10} {name:8} {:>12.1} {:>10.0} {:>12.1}",
                scenario.name,
                each(before.0, after.0),
                each(before.1, after.1),
                head,
            );
        }
    }
    Ok(())
}

/// Measures the instructions of a request outside of the kernel: the difference of two runs of unlike length, so that the
/// start of a process is no part of it. An emulated processor may lack what a real one has, as hashes in hardware.
fn instructions(
    settings: &Settings,
    scenarios: &[Scenario],
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    const COUNTS: [usize; 2] = [1000, 11000];
    println!("{:10} {:8} {:>12}", "scenario", "server", "instructions");
    for scenario in scenarios {
        for name in SERVERS {
            let mut totals = [0; 2];
            for (count, total) in COUNTS.into_iter().zip(&mut totals) {
                let counts = folder.join("counts");
                let server = Server::start_counted(name, folder, &counts)?;
                let mut client = Client::connect(server.address(), settings.connections)?;
                // Every token is verified once in both runs.
                client.run(&scenario.requests, CALLERS as usize)?;
                client.run(&scenario.requests, count)?;
                drop(client);
                server.end()?;
                let text = std::fs::read_to_string(&counts)?;
                let line = text.lines().find_map(|line| line.strip_prefix("totals: "));
                *total = line.ok_or("no instructions were counted")?.trim().parse::<u64>()?;
            }
            let each = (totals[1] - totals[0]) as f64 / (COUNTS[1] - COUNTS[0]) as f64;
            println!("{:10} {name:8} {each:>12.0}", scenario.name);
        }
    }
    Ok(())
}

/// Measures the CPU time of each request, the servers in turn in each round.
fn times(
    settings: &Settings,
    servers: &[(&str, Server)],
    scenarios: &[Scenario],
) -> Result<(), Box<dyn Error>> {
    println!(
        "{} rounds of {} requests over {} connections; µs of CPU for each request, medians, ratios by round",
        settings.rounds, settings.count, settings.connections
    );
    println!(
        "{:9} {:>8} {:>8} {:>8}   {:>9} {:>15}   {:>12}   head bytes {}",
        "scenario", "bare", "by hand", "ours", "ours/bare", "(quartiles)", "ours/by hand", "busy"
    );
    for scenario in scenarios {
        let mut heads = Vec::new();
        for (_, server) in servers {
            let mut client = Client::connect(server.address(), settings.connections)?;
            heads.push(client.run(&scenario.requests, 5 * CALLERS as usize)?);
        }
        let rounds = rounds(servers, scenario, settings)?;
        let cpu = |server: usize| median(rounds.iter().map(|round| round[server].cpu_micros));
        let busy = |server: usize| median(rounds.iter().map(|round| 100.0 * round[server].busy));
        let ratio = |round: &Vec<Cost>, other: usize| round[2].cpu_micros / round[other].cpu_micros;
        let [low, to_bare, high] = quartiles(rounds.iter().map(|round| ratio(round, 0)));
        println!(
            "{:9} {:>8.2} {:>8.2} {:>8.2}   {:>9.2} {:>15}   {:>12.2}   {} {}",
            scenario.name,
            cpu(0),
            cpu(1),
            cpu(2),
            to_bare,
            format!("({low:.2}-{high:.2})"),
            median(rounds.iter().map(|round| ratio(round, 1))),
            heads.iter().map(|head| format!("{head:.0}")).collect::<Vec<_>>().join("/"),
            (0..3).map(|server| format!("{:.0}%", busy(server))).collect::<Vec<_>>().join("/"),
        );
    }
    Ok(())
}

/// Finds an address of this machine that nothing listens on.
fn free_address() -> std::io::Result<SocketAddr> {
    std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()
}
