//! Two servers of one API that remember together: a Redis is the ledger of both.
//!
//! It starts the Redis and the servers, each in a process of its own, and prints lines to paste. `show` starts its own, tries
//! what the two have in common, and kills the Redis in between. The operations are in `api`; what makes two servers one is in
//! `server`.

pub mod api;
pub mod cluster;
pub mod command;
#[path = "../identity/folder.rs"]
pub mod folder;
pub mod hints;
#[path = "../identity/jwt.rs"]
pub mod jwt;
pub mod redis;
pub mod server;
pub mod show;
pub mod token;

use std::process::ExitCode;

use clap::Parser;
use secure_api::serve::shutdown_signal;

use crate::{
    cluster::Cluster,
    command::{Command, CommandLine},
    folder::{Failure, Folder},
    hints::Hints,
    token::Keys,
};

#[tokio::main]
async fn main() -> ExitCode {
    let ended = match CommandLine::parse().command {
        None | Some(Command::Show) if !redis::is_installed() => {
            eprintln!("redis-server is not installed: `apt install redis-server` does that");
            return ExitCode::from(2);
        }
        None => serve().await,
        // Whoever is told to stop ends what it started.
        Some(Command::Show) => tokio::select! {
            held = show::all() => held,
            () = shutdown_signal() => Ok(false),
        },
        Some(Command::Server) => server::serve().await.map(|()| true),
        Some(Command::Token { data, subject, bound }) => token(&data, &subject, bound),
        Some(Command::Proof { data, path, token }) => proof(&data, &path, &token),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a cluster until the process is told to stop.
async fn serve() -> Result<bool, Failure> {
    let cluster = Cluster::start()?;
    println!("{}", Hints::new(&cluster)?);
    shutdown_signal().await;
    Ok(true)
}

fn token(data: &std::path::Path, subject: &str, bound: bool) -> Result<bool, Failure> {
    println!("{}", Keys::read(&Folder::open(data)?)?.token(subject, bound)?);
    Ok(true)
}

fn proof(data: &std::path::Path, path: &str, token: &str) -> Result<bool, Failure> {
    println!("{}", Keys::read(&Folder::open(data)?)?.proof(path, token)?);
    Ok(true)
}
