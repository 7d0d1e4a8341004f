//! The frames of HTTP/2 that a client sends, counted by their heads alone (RFC 9113, section 4.1).
//!
//! h2 ends a connection for some floods: of CONTINUATION, of small DATA, of requests that are taken back before it looked at them.
//! It answers PING and SETTINGS, and passes over PRIORITY, WINDOW_UPDATE and what it does not know, for as long as they come
//! (RFC 9113, section 10.5).

/// The length of a frame's head.
const HEAD: usize = 9;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The frames that have come on one connection.
#[derive(Debug, Default)]
pub(super) struct Frames {
    next: Next,
    came: u64,
}

/// The part of the stream that comes next.
#[derive(Debug)]
enum Next {
    /// The preface, of which so many bytes have come.
    Preface(usize),
    /// The head of a frame, of which so many bytes have come.
    Head([u8; HEAD], usize),
    /// The content of a frame, of which so many bytes are to come.
    Content(usize),
    /// HTTP/1.1, or nothing that is known.
    Other,
}

impl Default for Next {
    fn default() -> Self {
        Self::Preface(0)
    }
}

impl Frames {
    /// Reads what has come, and returns the number of frames so far without those of content: of these each has a byte at least,
    /// and a body has its bound.
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> u64 {
        while !bytes.is_empty() {
            let taken = match &mut self.next {
                Next::Other => break,
                Next::Preface(came) => {
                    let taken = bytes.len().min(PREFACE.len() - *came);
                    *came += taken;
                    if PREFACE[*came - taken..*came] != bytes[..taken] {
                        self.next = Next::Other;
                    } else if *came == PREFACE.len() {
                        self.next = Next::Head([0; HEAD], 0);
                    }
                    taken
                }
                Next::Head(head, came) => {
                    let taken = bytes.len().min(HEAD - *came);
                    head[*came..*came + taken].copy_from_slice(&bytes[..taken]);
                    *came += taken;
                    if *came == HEAD {
                        let (length, has_content) = read_head(head);
                        self.came += u64::from(!has_content);
                        self.next = Next::content(length);
                    }
                    taken
                }
                Next::Content(length) => {
                    let taken = bytes.len().min(*length);
                    self.next = Next::content(*length - taken);
                    taken
                }
            };
            bytes = &bytes[taken..];
        }
        self.came
    }
}

impl Next {
    /// Returns what comes where so many bytes of content are to come.
    fn content(length: usize) -> Self {
        if length == 0 { Self::Head([0; HEAD], 0) } else { Self::Content(length) }
    }
}

/// Returns the length of a frame, and `true` if it certainly has content of a request.
fn read_head(&[high, middle, low, kind, flags, ..]: &[u8; HEAD]) -> (usize, bool) {
    const DATA: u8 = 0;
    const PADDED: u8 = 8;
    /// The padding of a frame at most, with its length.
    const PADDING: usize = 256;

    let length = u32::from_be_bytes([0, high, middle, low]) as usize;
    let least = if flags & PADDED == 0 { 0 } else { PADDING };
    (length, kind == DATA && length > least)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(kind: u8, flags: u8, content: usize) -> Vec<u8> {
        let length = u32::try_from(content).expect("short").to_be_bytes();
        [&length[1..], &[kind, flags, 0, 0, 0, 1], &vec![0; content]].concat()
    }

    fn sample() -> Vec<u8> {
        [
            PREFACE.to_vec(),
            frame(4, 0, 0),
            frame(1, 4, 300),
            // Content.
            frame(0, 0, 1),
            frame(0, 8, 257),
            // None.
            frame(0, 0, 0),
            frame(0, 8, 256),
            frame(6, 0, 8),
            frame(0xfa, 0, 70_000),
        ]
        .concat()
    }

    // R49: however the bytes are parted.
    #[test]
    fn all_frames_but_those_of_content_are_counted() {
        for size in [1, 2, 7, 9, 10, 4096, 1 << 20] {
            let mut frames = Frames::default();
            let last = sample().chunks(size).map(|piece| frames.read(piece)).last();
            assert_eq!(last, Some(6), "in pieces of {size}");
        }
    }

    #[test]
    fn other_protocols_have_no_frames() {
        for text in ["GET / HTTP/1.1\r\nhost: x\r\n\r\n", "PRI * HTTP/1.1\r\n\r\n"] {
            let mut frames = Frames::default();
            frames.read(text.as_bytes());
            assert_eq!(frames.read(&sample()), 0, "{text}");
        }
    }
}
