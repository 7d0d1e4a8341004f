//! The right program of each code, as the error book shows it: one file a code, compiled with this binary.
//!
//! What only the start can see has its wrong program here too, which is run; its output is beside it.

#![allow(clippy::todo, clippy::unused_async, dead_code, unreachable_pub, unused_imports)]

mod sa001;
mod sa002;
mod sa003;
mod sa005;
mod sa006;
mod sa007;
mod sa008;
mod sa009;
mod sa010;
mod sa012;
mod sa013;
mod sa014;
mod sa015;
mod sa016;
mod sa017;
mod sa018;
mod sa019;
mod sa020;
mod sa021;
mod sa022;
mod sa023;
mod sa031;
mod sa032;
mod sa033;
mod sa034;
mod sa101;
mod sa701;
mod sa801;

use secure_api::error::StartError;

/// What is told instead of starting.
fn told<T: std::fmt::Debug>(start: Result<T, StartError>) -> String {
    // A port is whichever was free, and a page shows the program as the crate that it would be.
    let text = start.expect_err("it does not start").to_string();
    let text = text.replace("ui::shop::", "shop::");
    let Some((before, rest)) = text.split_once("127.0.0.1:") else { return text };
    let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    format!("{before}127.0.0.1:8443{rest}")
}

/// Whether it starts.
fn starts<T>(start: Result<T, StartError>) -> bool {
    start.map_err(|error| eprintln!("{error}")).is_ok()
}

fn wait<T>(start: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(start)
}

/// `BLESS=1` writes what is told.
#[test]
fn what_only_the_start_can_see_is_told_then() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("right");
    let programs = [("sa010", told(sa010::wrong()), starts(sa010::right()))];
    for (name, told, starts) in programs {
        assert!(starts, "the right program of {name} does not start");
        let told = told.replace(&format!("ui::right::{name}::"), "") + "\n";
        let file = folder.join(name).with_extension("stderr");
        if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
            std::fs::write(&file, &told).expect("written");
        }
        let expected = std::fs::read_to_string(&file).expect("an output beside the program");
        assert_eq!(told, expected, "{}", file.display());
    }
}
