//! The hints that the example prints when it has started: lines that work when pasted in this order, each with what comes of it.

use std::{env, fmt, io};

use crate::{cluster::Cluster, folder::quoted};

/// The hints to print.
pub struct Hints {
    servers: [String; 2],
    redis: String,
    /// The program with the folder of the cluster, to run a command of it.
    program: String,
}

impl Hints {
    /// Creates the hints for a cluster.
    pub fn new(cluster: &Cluster) -> io::Result<Self> {
        let data = quoted(cluster.place.0.root());
        Ok(Self {
            servers: [0, 1].map(|number| cluster.servers[number].url.clone()),
            redis: cluster.redis.url(),
            program: format!("CLUSTER_DATA={data} {}", quoted(&env::current_exe()?)),
        })
    }

    /// Returns the lines, each after the status that it is answered by and the reason.
    fn lines(&self) -> Vec<(&'static str, String)> {
        let Self { servers: [one, two], program, .. } = self;
        let alice = "-H \"authorization: Bearer $ALICE\"";
        let post = |server: &str, path: &str| format!("curl -i {alice} -X POST {server}/v1/{path}");
        let book = |server: &str| {
            format!("curl -i {alice} -H \"idempotency-key: $KEY\" -X POST {server}/v1/bookings")
        };
        let transfer = |server: &str| {
            let bound = "-H \"authorization: DPoP $BOUND\" -H \"dpop: $PROOF\"";
            format!("curl -i {bound} -X POST {server}/v1/transfers")
        };
        let first = |line: String| format!("ALICE=$({program} token alice); {line}");
        vec![
            ("202, a limit: ratelimit says r=11", first(post(one, "tickets"))),
            ("202, on the other server it says r=10", post(two, "tickets")),
            ("409, a step: nobody has checked out", post(two, "payments")),
            ("202, checked out on one server", post(one, "checkout")),
            ("202, paid on the other", post(two, "payments")),
            ("409, once", post(one, "payments")),
            (
                "200, an idempotency key: the booking is made",
                format!("KEY=\"\\\"$(date +%s)\\\"\"; {}", book(one)),
            ),
            ("200, the other server gives the same booking, and makes none", book(two)),
            (
                "202, a proof",
                format!(
                    "BOUND=$({program} token --bound alice); PROOF=$({program} proof /v1/transfers \"$BOUND\"); {}",
                    transfer(one)
                ),
            ),
            ("401, the same proof to the other server", transfer(two)),
            ("204, a token is revoked", format!("curl -i {alice} -X DELETE {one}/v1/session")),
            ("401, the other server refuses it at once", post(two, "tickets")),
        ]
    }
}

impl fmt::Display for Hints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, two] = &self.servers;
        writeln!(f, "Servers: {one} and {two}")?;
        writeln!(f, "Redis: {}", self.redis)?;
        for (status, line) in self.lines() {
            write!(f, "\n{status}:\n{line}\n")?;
        }
        writeln!(
            f,
            "\n`cargo run --example cluster -- show` tries all of it, and kills a Redis in between."
        )?;
        write!(f, "Ctrl-C ends it.")
    }
}
