//! Real logs: what the score makes of each address in them. They are arguments, and no part of this repository.

use std::{collections::BTreeMap, error::Error, fs};

use crate::behavior::{Admission, Callers, Paces, Scoring, Signal, Subject, Usual, math::mixed};

/// One line that could be read.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    address: String,
    /// Milliseconds since 1970.
    time: u64,
    method: String,
    path: String,
    status: u16,
}

/// The addresses of a log, and what became of each.
#[derive(Debug, Default)]
struct Judged {
    lines: usize,
    read: usize,
    addresses: BTreeMap<String, Address>,
}

#[derive(Debug, Default)]
struct Address {
    calls: u32,
    refused: u32,
    noticed: Option<u32>,
    explained: String,
}

/// Judges a log of people and a folder of logs of attacks. Returns `false` if any of the people is refused.
pub fn judge(attacks: Option<&str>, benign: Option<&str>) -> Result<bool, Box<dyn Error>> {
    let mut good = true;
    if let Some(benign) = benign {
        let judged = read(&fs::read_to_string(benign)?);
        let (refused, noticed) = judged.counts();
        println!(
            "people: {} of {} lines read, {} addresses, {noticed} noticed, {refused} refused a call",
            judged.read,
            judged.lines,
            judged.addresses.len()
        );
        for (address, own) in judged.addresses.iter().filter(|(_, own)| own.noticed.is_some()) {
            println!(
                "  {address}: call {} of {}: {}",
                own.noticed.unwrap_or(0),
                own.calls,
                own.explained
            );
        }
        good = refused == 0;
    }
    if let Some(attacks) = attacks {
        let mut files: Vec<_> = fs::read_dir(attacks)?.collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::path);
        println!(
            "| log | lines read | addresses | noticed | at call | why |\n|---|---:|---:|---:|---:|---|"
        );
        for file in files {
            let path = file.path();
            let judged = read(&String::from_utf8_lossy(&fs::read(&path)?));
            let name = path.file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
            let (_, noticed) = judged.counts();
            let first = judged
                .addresses
                .values()
                .filter_map(|own| Some((own.noticed?, &own.explained)))
                .min();
            let (at, why) = first.map_or((String::new(), ""), |(at, why)| (at.to_string(), why));
            println!(
                "| {name} | {} of {} | {} | {noticed} | {at} | {why} |",
                judged.read,
                judged.lines,
                judged.addresses.len()
            );
        }
    }
    Ok(good)
}

impl Judged {
    /// Returns how many addresses were refused a call, and how many were noticed.
    fn counts(&self) -> (usize, usize) {
        let of = |is: fn(&Address) -> bool| self.addresses.values().filter(|own| is(own)).count();
        (of(|own| own.refused > 0), of(|own| own.noticed.is_some()))
    }
}

/// Lets the lines of a log meet the score: 600 calls in a minute are declared, and what a log says is its status.
fn read(text: &str) -> Judged {
    let mut judged = Judged::default();
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate() {
        judged.lines += 1;
        if let Some(line) = parsed(line, number as u64) {
            lines.push(line);
        }
    }
    judged.read = lines.len();
    // A log is written as requests end, so its times are not quite in order.
    lines.sort_by_key(|line| line.time);
    let callers = Callers::new(65_536, Scoring::PUBLISHED);
    let (mut paces, mut usual) = (Paces::new(65_536), Usual::default());
    for Line { address, time, method, path, status } in lines {
        let subject = Subject(hash(&address));
        let own = judged.addresses.entry(address).or_default();
        own.calls += 1;
        let admission = callers.admit(subject, 100.0, 60_000, time);
        own.refused += u32::from(matches!(admission, Admission::Refused { .. }));
        if paces.call(subject.0, time, &mut usual) {
            callers.note(subject, Signal::Pace, 0, time);
        }
        let signal = match status {
            401 => Some(Signal::Credentials),
            403 | 404 => Some(Signal::Missing),
            400 | 405 | 408 | 411 | 413..=417 | 431 | 505 => Some(Signal::Malformed),
            422 => Some(Signal::Invalid),
            429 => Some(Signal::Quota),
            _ => None,
        };
        if let Some(signal) = signal {
            let path = path.split('?').next().unwrap_or_default();
            callers.note(subject, signal, hash(&format!("{method} {path}")), time);
        }
        if own.noticed.is_none() && callers.step_of(subject) > 0 {
            own.noticed = Some(own.calls);
            own.explained = callers.explain(subject).map(|why| why.to_string()).unwrap_or_default();
        }
    }
    judged
}

fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| mixed(hash ^ u64::from(byte)).rotate_left(5))
}

/// Reads a line of the common or the combined format, or of JSON as proxies write it; `number` stands for a time where none is.
fn parsed(line: &str, number: u64) -> Option<Line> {
    if let Some(json) = line.find('{').map(|at| &line[at..]).filter(|json| json.ends_with('}')) {
        let one_of = |names: &[&str]| names.iter().find_map(|name| member(json, name));
        let address = one_of(&[
            "client_ip",
            "remote_ip",
            "ClientHost",
            "downstream_remote_address",
            "remote_addr",
        ])?;
        let address = address.split(':').next().unwrap_or_default().to_owned();
        return Some(Line {
            address,
            time: one_of(&["ts"])
                .and_then(|ts| ts.parse::<f64>().ok())
                .map_or(number * 1000, |ts| (ts * 1000.0) as u64),
            method: one_of(&["method", "RequestMethod"]).unwrap_or("GET").to_owned(),
            path: one_of(&["uri", "RequestPath", "x-envoy-origin-path"]).unwrap_or("/").to_owned(),
            status: one_of(&["status", "DownstreamStatus", "response_code"])?.parse().ok()?,
        });
    }
    // The address is the first word that is one, the request the first part in quotes.
    let is_address = |word: &&str| {
        word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok())
    };
    let address = line.split([' ', '\t']).find(is_address)?.to_owned();
    let (_, rest) = line.split_once('"')?;
    let (request, rest) = rest.split_once('"')?;
    let status = rest.split_whitespace().next()?.parse().ok()?;
    let mut words = request.split_whitespace();
    let (method, path) =
        (words.next().unwrap_or("?").to_owned(), words.next().unwrap_or("?").to_owned());
    let stamp =
        line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(stamp, _)| stamp);
    let time = stamp.and_then(seconds).map_or(number * 1000, |seconds| seconds * 1000);
    Some(Line { address, time, method, path, status })
}

/// Returns a member of a JSON text, found by its name wherever it stands.
fn member<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let at = json.find(&format!("\"{name}\":"))? + name.len() + 3;
    let rest = json[at..].trim_start();
    match rest.strip_prefix('"') {
        Some(text) => text.split_once('"').map(|(text, _)| text),
        None => rest.split([',', '}']).next().map(str::trim),
    }
}

/// Returns the seconds of a time as `29/Sep/2021:12:37:05 +0000`, without its zone: only differences count.
fn seconds(stamp: &str) -> Option<u64> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

    let number = |from: usize, to: usize| stamp.get(from..to)?.parse::<u64>().ok();
    let month = MONTHS.find(stamp.get(3..6)?)? as u64 / 3;
    let days = number(7, 11)? * 372 + month * 31 + number(0, 2)?;
    Some(((days * 24 + number(12, 14)?) * 60 + number(15, 17)?) * 60 + number(18, 20)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_lines_and_json_are_read() {
        let line =
            r#"192.0.2.7 - - [29/Sep/2021:12:37:05 +0000] "GET /a.php?x=1 HTTP/1.1" 404 196"#;
        let read = parsed(line, 0).expect("a line");
        assert_eq!(
            (read.address.as_str(), read.path.as_str(), read.status),
            ("192.0.2.7", "/a.php?x=1", 404)
        );
        let line = r#"{"ts":1.5,"request":{"client_ip":"192.0.2.7","method":"GET","uri":"/b"},"status":401}"#;
        let read = parsed(line, 0).expect("a line");
        assert_eq!((read.time, read.path.as_str(), read.status), (1500, "/b", 401));
        assert_eq!(parsed("nothing of the kind", 0), None);
    }

    #[test]
    fn one_who_looks_for_what_is_not_there_is_noticed() {
        let line = |number: u32| {
            format!(
                "192.0.2.7 - - [29/Sep/2021:12:{:02}:00 +0000] \"GET /{number}.php HTTP/1.1\" 404 1",
                number % 60
            )
        };
        let log: Vec<_> = (0..58).map(line).collect();
        assert_eq!(read(&log.join("\n")).counts().1, 1);
        assert_eq!(read(&log[..3].join("\n")).counts().1, 0);
    }
}
