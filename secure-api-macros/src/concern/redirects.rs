//! `redirects("accounts.example.com", …)`: the hosts elsewhere that a route may send its callers to.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{LitStr, Token, parse::Parser, punctuated::Punctuated};

use crate::{diag::Diagnostics, key::Key, message};

/// The hosts as they were proved.
pub(crate) struct Redirects {
    pub(crate) span: Span,
    hosts: Vec<String>,
}

/// Reads the hosts; what is none, or comes twice, is reported.
pub(crate) fn parse(key: &Key, diag: &mut Diagnostics) -> Option<Redirects> {
    let before = diag.count();
    let tokens = key.list(diag)?.clone();
    let help = "write `redirects(\"accounts.example.com\")`";
    let parser = Punctuated::<LitStr, Token![,]>::parse_terminated;
    let texts = diag.take(parser.parse2(tokens), help)?;
    if texts.is_empty() {
        diag.report(key.span(), &message::GRAMMAR, &["`redirects` names no host", help]);
    }
    let mut hosts: Vec<String> = Vec::new();
    for text in &texts {
        let host = text.value();
        if !is_host(&host) {
            diag.report(text.span(), &message::REDIRECT_HOST, &[&host, &meant(&host)]);
        } else if hosts.contains(&host) {
            diag.report(text.span(), &message::REPEATED_KEY, &[&host]);
        }
        hosts.push(host);
    }
    (diag.count() == before).then(|| Redirects { span: key.span(), hosts })
}

impl Redirects {
    /// Expands the list.
    pub(crate) fn expand(&self) -> TokenStream {
        let hosts = &self.hosts;
        quote!(&[#(#hosts),*])
    }
}

/// Returns `true` for the name of a host as an address of it is compared: lower-case labels, of which the last is no number, and
/// a port that is not the default.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    let port = port.is_none_or(|port| {
        let number = port.parse::<u16>();
        number.is_ok_and(|number| number != 443 && number.to_string() == port && number != 0)
    });
    let is_label = |label: &str| {
        let is_plain =
            |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
        let ends = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len()) && !ends && label.bytes().all(is_plain)
    };
    let labels: Vec<&str> = name.split('.').collect();
    let last =
        labels.last().is_some_and(|last| last.bytes().any(|letter| letter.is_ascii_lowercase()));
    port && name.len() <= 253
        && labels.len() > 1
        && last
        && labels.iter().all(|label| is_label(label))
}

/// Returns the host that was probably meant.
fn meant(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    let rest = lower.split_once("://").map_or(&*lower, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.trim_start_matches("*.").trim_end_matches('.');
    let host = host.strip_suffix(":443").unwrap_or(host);
    if is_host(host) { host.to_owned() } else { "accounts.example.com".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_and_nothing_else() {
        for text in ["accounts.example.com", "a.b", "x-1.example.com:8443"] {
            assert!(is_host(text), "{text}");
        }
        for (text, better) in [
            ("https://Accounts.example.com/x", "accounts.example.com"),
            ("*.example.com", "example.com"),
            ("user@example.com", "example.com"),
            ("example.com:443", "example.com"),
            ("example.com.", "example.com"),
            ("localhost", "accounts.example.com"),
            ("127.0.0.1", "accounts.example.com"),
            ("", "accounts.example.com"),
            ("*", "accounts.example.com"),
        ] {
            assert!(!is_host(text), "{text}");
            assert_eq!(meant(text), better, "{text}");
        }
    }
}
