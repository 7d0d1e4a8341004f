//! The settings of an app, and their defaults.

use std::{env, path::PathBuf, time::Duration};

use crate::{
    base_url::BaseUrl,
    behavior::Behavior,
    clock::Clock,
    docs::Docs,
    inventory::{MOST_OPEN, live::KeptIn},
    limit::Limit,
    observe::Audited,
    proxies::{ForwardedHeader, Proxies},
    serve::ServerSettings,
    version::Previews,
};

/// The settings of an app besides its API. Each default says why it is what it is.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) clock: Clock,
    pub(crate) server: ServerSettings,
    /// Generous for a person or a small office behind one address, and a bound for a scanner.
    pub(crate) address_limit: Limit,
    pub(crate) limit_scale: u32,
    /// The score: no caller without a signal meets it, and those who guess should not have to be thought of first.
    pub(crate) behavior: Behavior,
    /// Larger than any form, smaller than what could hurt; most JSON requests have under a tenth of it.
    pub(crate) body_limit: usize,
    /// `true` if bodies may be compressed by gzip. A client that has to is one that somebody knows of, and each has to be unpacked.
    pub(crate) gzip: bool,
    /// The deadline: long for a database, short for a caller that waits.
    pub(crate) deadline: Duration,
    /// The folder of bodies that are in files: that of the system for what is there for a while.
    pub(crate) spool: PathBuf,
    /// The answers that may be open at one time: each holds a connection, and a little memory.
    pub(crate) most_open: usize,
    pub(crate) hosts: Vec<String>,
    /// The URL that the app is found at, unknown by default: then links and documents hold for whoever asked.
    pub(crate) base_url: Option<BaseUrl>,
    /// The proxies whose headers about a caller count, none by default: anybody can send a header.
    pub(crate) proxies: Proxies,
    /// The same, as they were stated.
    pub(crate) proxy_names: Vec<String>,
    /// The header in which they tell a client's address, unstated by default: `X-Forwarded-For`, which most of them write, and
    /// nothing where a request has both.
    pub(crate) forwarded: Option<ForwardedHeader>,
    /// The origins whose pages may read answers, none by default: most APIs are called by programs.
    pub(crate) origins: Vec<String>,
    pub(crate) docs: Docs,
    /// The place of the live inventory, none by default: what was seen ends with the process.
    pub(crate) inventory: KeptIn,
    /// The audit stream, none by default: an app that has one has a secret.
    pub(crate) audited: Audited,
    /// The operations that were closed by hand and are to be opened, with the reasons.
    pub(crate) reopened: Vec<(String, String)>,
    /// The previews that are served, none by default: they are free to break, so they are for those who asked for them.
    pub(crate) previews: Previews,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock: Clock::system(),
            server: ServerSettings::default(),
            address_limit: Limit::per_address(1200).per_minute(),
            limit_scale: 1,
            behavior: Behavior::scored(),
            body_limit: 64 * 1024,
            gzip: false,
            deadline: Duration::from_secs(15),
            spool: env::temp_dir(),
            most_open: MOST_OPEN,
            hosts: Vec::new(),
            base_url: None,
            proxies: Proxies::default(),
            proxy_names: Vec::new(),
            forwarded: None,
            origins: Vec::new(),
            docs: Docs::while_developing(),
            inventory: KeptIn::Process,
            audited: Audited::default(),
            reopened: Vec::new(),
            previews: Previews::default(),
        }
    }
}
