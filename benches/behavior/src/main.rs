//! The simulation: eight policies meet the same callers and the same attackers, and what each let through is counted.

mod adaptive;
mod attackers;
#[allow(dead_code, unused_imports)]
#[path = "../../../secure-api-runtime/src/behavior/mod.rs"]
mod behavior;
mod held_out;
mod logs;
mod measure;
#[allow(dead_code)]
#[path = "../../../secure-api-runtime/src/metrics/count.rs"]
mod metrics;
mod people;
mod plot;
mod policies;
mod report;
mod simulate;
mod speed;
mod tune;
mod world;

use std::{error::Error, fs, path::Path, process::ExitCode};

/// The folder of the book that the figures are written to.
const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/src/behavior");

const USAGE: &str = "benches/behavior/run [--bless | --check | --speed | --tune STEPS] [--seeds N] [--logs DIR] [--benign FILE]";

#[derive(Default)]
struct Asked {
    bless: bool,
    check: bool,
    speed: bool,
    tune: Option<usize>,
    seeds: Option<u64>,
    logs: Option<String>,
    benign: Option<String>,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} takes a value"));
        match argument.as_str() {
            "--bless" => asked.bless = true,
            "--check" => asked.check = true,
            "--speed" => asked.speed = true,
            "--tune" => {
                asked.tune = Some(value()?.parse().map_err(|_| "--tune takes a number of steps")?)
            }
            "--seeds" => {
                asked.seeds = Some(value()?.parse().map_err(|_| "--seeds takes a number")?)
            }
            "--logs" => asked.logs = Some(value()?),
            "--benign" => asked.benign = Some(value()?),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match asked().map_err(Into::into).and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Runs what was asked for, and returns `false` if the figures of the book are not those of the code.
fn run(asked: Asked) -> Result<bool, Box<dyn Error>> {
    if asked.speed {
        speed::print();
        return Ok(true);
    }
    if let Some(steps) = asked.tune {
        tune::print(steps);
        return Ok(true);
    }
    if asked.logs.is_some() || asked.benign.is_some() {
        return logs::judge(asked.logs.as_deref(), asked.benign.as_deref());
    }
    if asked.check {
        // The small figures are of the same code, and take seconds.
        let (name, text) = report::few();
        let kept = fs::read_to_string(Path::new(FIGURES).join(&name)).unwrap_or_default();
        if kept != text {
            eprintln!(
                "book/src/behavior/{name} is not what the simulation gives: run benches/behavior/run --bless"
            );
        }
        return Ok(kept == text);
    }
    let figures = report::figures(asked.seeds.unwrap_or(30));
    if asked.bless {
        fs::create_dir_all(FIGURES)?;
        for (name, text) in &figures {
            fs::write(Path::new(FIGURES).join(name), text)?;
        }
    } else {
        for (name, text) in figures.iter().filter(|(name, _)| name.ends_with(".txt")) {
            println!("{name}\n\n{text}");
        }
    }
    Ok(true)
}
