//! The command line of the example.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Two servers of one API, and the Redis in which they remember together. Without a command, it runs them and prints what to paste.
#[derive(Parser)]
#[command(bin_name = "cargo run --example cluster --")]
pub struct CommandLine {
    /// The command to run instead.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Something else than running a cluster to look at.
#[derive(Subcommand)]
pub enum Command {
    /// Starts a cluster of its own, tries six things that its servers have in common, and ends it: 1 if one did not hold.
    Show,
    /// Serves as one of the two, as the environment says. The cluster starts these.
    #[command(hide = true)]
    Server,
    /// Prints an access token of a cluster that runs.
    Token {
        /// The folder of the cluster.
        #[arg(long, env = "CLUSTER_DATA")]
        data: PathBuf,
        /// The caller that it speaks for.
        subject: String,
        /// Binds it to the key of the clients.
        #[arg(long)]
        bound: bool,
    },
    /// Prints a proof of the key of the clients, for a POST with such a token.
    Proof {
        /// The folder of the cluster.
        #[arg(long, env = "CLUSTER_DATA")]
        data: PathBuf,
        /// The path of the request.
        path: String,
        /// The token that is sent with it.
        token: String,
    },
}
