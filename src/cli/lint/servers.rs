//! The addresses in a document: servers, and the issuers of tokens.

use serde_json::Value;

use super::{
    Lint,
    rule::{CREDENTIALS_IN_URL, PLAINTEXT_ISSUER, PLAINTEXT_SERVER},
};
use crate::cli::document::{DocumentOperation, join};

impl Lint<'_> {
    /// Looks at the servers of the document, of its paths and of its operations.
    pub(super) fn servers(&mut self, operations: &[DocumentOperation<'_>]) {
        let document = self.document;
        self.servers_of(document, "");
        for operation in operations {
            self.servers_of(operation.item, &operation.path_place);
            for (item, place) in &operation.beside {
                self.servers_of(item, place);
            }
            self.servers_of(operation.value, &operation.place);
        }
    }

    fn servers_of(&mut self, value: &Value, place: &str) {
        let servers = value.get("servers").and_then(Value::as_array).into_iter().flatten();
        for (index, server) in servers.enumerate() {
            let place = join(&join(&join(place, "servers"), &index.to_string()), "url");
            if let Some(url) = server.get("url").and_then(Value::as_str) {
                let about = about(url);
                self.ask(&PLAINTEXT_SERVER, &place, !is_plaintext(url), &about);
                self.ask(&CREDENTIALS_IN_URL, &place, !has_user(url), &about);
            }
        }
    }

    /// Looks at the address of an issuer, or of one of its ends.
    pub(super) fn issuer(&mut self, url: &str, place: &str) {
        let about = about(url);
        self.ask(&PLAINTEXT_ISSUER, place, !is_plaintext(url), &about);
        self.ask(&CREDENTIALS_IN_URL, place, !has_user(url), &about);
    }
}

/// Returns a URL without a user and a password: a report goes into logs.
fn about(url: &str) -> String {
    match (url.split_once("://"), has_user(url)) {
        (Some((scheme, rest)), true) => {
            let host = rest.split_once('@').map_or(rest, |(_, host)| host);
            format!("{scheme}://…@{host}")
        }
        _ => url.to_owned(),
    }
}

/// Returns what stands between the scheme and the path.
fn authority(url: &str) -> &str {
    let rest = url
        .split_once("://")
        .map_or_else(|| url.strip_prefix("//").unwrap_or(""), |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn has_user(url: &str) -> bool {
    authority(url).contains('@')
}

/// Returns `true` for plaintext to another machine.
fn is_plaintext(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    if !["http", "ws"].iter().any(|plain| scheme.eq_ignore_ascii_case(plain)) {
        return false;
    }
    let host = authority(url).rsplit('@').next().unwrap_or_default();
    let is_local = host == "localhost"
        || host.starts_with("localhost:")
        || host.starts_with("127.")
        || host.starts_with("[::1]");
    !is_local
}
