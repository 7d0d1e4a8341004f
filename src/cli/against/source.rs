//! A file that is named: a document, or a log, of which either may be compressed.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use flate2::bufread::MultiGzDecoder;
use serde_json::Value;

use crate::{
    cli::{
        document,
        file::{is_input, named, unread},
        terminal::{self, Failure},
    },
    inventory::LoggedTraffic,
};

/// The bytes that are looked at to tell a log from a document.
const HEAD: u64 = 64 * 1024;

/// The most bytes of a document: of one that is compressed nobody sees how large it is.
const DOCUMENT: u64 = 256 * 1024 * 1024;

/// The first bytes of what gzip has compressed (RFC 1952).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A log, of one file or of several.
pub(crate) struct Log {
    /// The names of its files, as an error tells them.
    pub(super) shown: String,
    lines: Box<dyn BufRead>,
    torn: Vec<(String, Torn)>,
}

/// The note that what gzip has compressed ended early, once it was read.
type Torn = Rc<Cell<bool>>;

/// A file that gzip has compressed, up to where it ends, early or not.
struct Unpacked<R> {
    packed: MultiGzDecoder<R>,
    torn: Torn,
}

/// The content of a file that is named.
pub(super) enum Given {
    Document(Value),
    Log(Log),
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.torn.get() {
            return Ok(0);
        }
        match self.packed.read(buffer) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                self.torn.set(true);
                Ok(0)
            }
            read => read,
        }
    }
}

/// Opens a file, or standard input if it is `-`. One that gzip has compressed is read as it was before.
fn opened(file: &Path) -> io::Result<(Box<dyn BufRead>, Torn)> {
    let read: Box<dyn BufRead> = match is_input(file) {
        true => Box::new(BufReader::new(io::stdin())),
        false => Box::new(BufReader::new(File::open(file)?)),
    };
    let (head, read) = looked(read, GZIP.len() as u64)?;
    let torn = Torn::default();
    if head != GZIP {
        return Ok((read, torn));
    }
    let unpacked = Unpacked { packed: MultiGzDecoder::new(read), torn: Rc::clone(&torn) };
    Ok((Box::new(BufReader::new(unpacked)), torn))
}

/// Opens a log.
pub(crate) fn log(file: &Path) -> Result<Log, Failure> {
    Log::none().and(&[file.to_owned()])
}

/// Opens several logs as one.
pub(super) fn logs(files: &[PathBuf]) -> Result<Log, Failure> {
    Log::none().and(files)
}

impl Log {
    fn none() -> Self {
        Self { shown: String::new(), lines: Box::new(io::empty()), torn: Vec::new() }
    }

    /// Adds further logs.
    pub(super) fn and(self, files: &[PathBuf]) -> Result<Self, Failure> {
        files.iter().try_fold(self, |log, file| {
            let (lines, torn) = opened(file).map_err(|error| unread(file, &error))?;
            Ok(log.with(named(file), lines, torn))
        })
    }

    fn with(mut self, name: String, lines: Box<dyn BufRead>, torn: Torn) -> Self {
        if self.shown.is_empty() {
            self.lines = lines;
        } else {
            // The last line of one may have no end.
            self.lines = Box::new(self.lines.chain(&b"\n"[..]).chain(lines));
            self.shown.push_str(", ");
        }
        self.shown.push_str(&name);
        self.torn.push((name, torn));
        self
    }

    /// Reads it to its end, and tells of which files there was no more: what was read until there is true all the same.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub(crate) fn read<T>(
        self,
        read: impl FnOnce(Box<dyn BufRead>) -> io::Result<T>,
    ) -> io::Result<T> {
        let Self { lines, torn, .. } = self;
        let read = read(lines)?;
        for (name, _) in torn.iter().filter(|(_, torn)| torn.get()) {
            terminal::warn(&format!("{name} ends early: what was read until there is told"));
        }
        Ok(read)
    }
}

/// Reads a file that is a document or a log.
pub(super) fn given(file: &Path) -> Result<Given, Failure> {
    let failed = |error: io::Error| unread(file, &error);
    let (read, torn) = opened(file).map_err(failed)?;
    let (head, read) = looked(read, HEAD).map_err(failed)?;
    if LoggedTraffic::begins_in(&head) {
        return Ok(Given::Log(Log::none().with(named(file), read, torn)));
    }
    let mut bytes = Vec::new();
    read.take(DOCUMENT).read_to_end(&mut bytes).map_err(failed)?;
    if torn.get() {
        // A part of YAML is YAML too, and says something else.
        return Err(failed(io::Error::new(ErrorKind::UnexpectedEof, "it ends early")));
    }
    document::of(&bytes, &named(file)).map(Given::Document)
}

/// Returns the first bytes of something, and all of it.
fn looked(mut read: Box<dyn BufRead>, most: u64) -> io::Result<(Vec<u8>, Box<dyn BufRead>)> {
    let mut head = Vec::new();
    (&mut read).take(most).read_to_end(&mut head)?;
    let all = Cursor::new(head.clone()).chain(read);
    Ok((head, Box::new(all)))
}
