//! A file that is named: a document, or a log, of which either may be compressed.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

use flate2::bufread::MultiGzDecoder;
use serde_json::Value;

use crate::{
    cli::{document, terminal::Failure},
    inventory::LoggedTraffic,
};

/// The bytes that are looked at to tell a log from a document.
const HEAD: u64 = 64 * 1024;

/// The most bytes of a document: of one that is compressed nobody sees how large it is.
const DOCUMENT: u64 = 256 * 1024 * 1024;

/// The first bytes of what gzip has compressed (RFC 1952).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A log, with its name.
pub(super) struct Log {
    pub(super) shown: String,
    pub(super) lines: Box<dyn BufRead>,
}

/// The content of a file that is named.
pub(super) enum Given {
    Document(Value),
    Log(Log),
}

/// Opens a log, of standard input if the file is `-`. One that gzip has compressed is read as it was before.
pub(crate) fn log(file: &Path) -> io::Result<Box<dyn BufRead>> {
    let read: Box<dyn BufRead> = match file.as_os_str() == "-" {
        true => Box::new(BufReader::new(io::stdin())),
        false => Box::new(BufReader::new(File::open(file)?)),
    };
    let (head, read) = looked(read, GZIP.len() as u64)?;
    Ok(match head == GZIP {
        true => Box::new(BufReader::new(MultiGzDecoder::new(read))),
        false => read,
    })
}

/// Opens several logs as one.
pub(super) fn logs(files: &[PathBuf]) -> Result<Log, Failure> {
    Log { shown: String::new(), lines: Box::new(io::empty()) }.and(files)
}

impl Log {
    /// Adds further logs.
    pub(super) fn and(self, files: &[PathBuf]) -> Result<Self, Failure> {
        files.iter().try_fold(self, |Self { shown, lines }, file| {
            let name = file.display().to_string();
            let next = log(file).map_err(|error| failed(&name, &error))?;
            let shown = if shown.is_empty() { name } else { format!("{shown}, {name}") };
            // The last line of one may have no end.
            Ok(Self { shown, lines: Box::new(lines.chain(&b"\n"[..]).chain(next)) })
        })
    }
}

/// Reads a file that is a document or a log.
pub(super) fn given(file: &Path) -> Result<Given, Failure> {
    let shown = file.display().to_string();
    let opened = log(file).and_then(|read| looked(read, HEAD));
    let (head, read) = opened.map_err(|error| failed(&shown, &error))?;
    if LoggedTraffic::begins_in(&head) {
        return Ok(Given::Log(Log { shown, lines: read }));
    }
    let mut bytes = Vec::new();
    read.take(DOCUMENT).read_to_end(&mut bytes).map_err(|error| failed(&shown, &error))?;
    document::of(&bytes, &shown).map(Given::Document)
}

/// Returns the first bytes of something, and all of it.
fn looked(mut read: Box<dyn BufRead>, most: u64) -> io::Result<(Vec<u8>, Box<dyn BufRead>)> {
    let mut head = Vec::new();
    (&mut read).take(most).read_to_end(&mut head)?;
    let all = Cursor::new(head.clone()).chain(read);
    Ok((head, Box::new(all)))
}

/// Returns the failure of a file that cannot be read.
pub(super) fn failed(shown: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot read {shown}: {error}"))
        .help("name a file that is there, or `-` for standard input")
}
