//! The lines of a log, one at a time, none longer than is read.

use std::io::{self, BufRead, Read};

/// The longest line that is read. Servers write shorter ones, unless somebody sends what is no request.
const LONGEST: usize = 64 * 1024;

/// The lines of a log.
pub(crate) struct Lines<R> {
    log: R,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn of(log: R) -> Self {
        Self { log, buffer: Vec::new() }
    }

    /// Returns the next line, which is `None` in turn where it is too long or no text.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub(crate) fn next(&mut self) -> io::Result<Option<Option<&str>>> {
        self.buffer.clear();
        // A line that is as long as may be has its end besides.
        let most = LONGEST as u64 + 1;
        if (&mut self.log).take(most).read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        match self.buffer.strip_suffix(b"\n") {
            Some(line) => Ok(Some(text(line))),
            None if self.buffer.len() <= LONGEST => Ok(Some(text(&self.buffer))),
            None => {
                self.log.skip_until(b'\n')?;
                Ok(Some(None))
            }
        }
    }
}

fn text(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line)).ok()
}
