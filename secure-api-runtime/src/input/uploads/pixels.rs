//! The pixels of an image, as it says itself: whoever shows or converts it makes room for as many before the first is read.

/// The most pixels of one image of an upload: those of a square with sides of 8192, which take 256 MiB where each has four bytes. Most
/// cameras make fewer.
pub(crate) const MOST_PIXELS: u64 = 8192 * 8192;

/// The pixels of the largest image that was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pixels(u64);

impl Pixels {
    /// Returns their number.
    pub(crate) const fn count(self) -> u64 {
        self.0
    }

    fn add(&mut self, width: Option<u32>, height: Option<u32>) {
        if let (Some(width), Some(height)) = (width, height) {
            self.0 = self.0.max(u64::from(width) * u64::from(height));
        }
    }

    /// Reads a chunk of PNG: the header, or that of one image of an animation (PNG, sections 11.2.1 and 11.3.6).
    pub(super) fn of_png(&mut self, name: &[u8; 4], content: &[u8]) {
        let number = |at: usize| {
            content.get(at..)?.first_chunk().map(|bytes: &[u8; 4]| u32::from_be_bytes(*bytes))
        };
        match name {
            b"IHDR" => self.add(number(0), number(4)),
            b"fcTL" => self.add(number(4), number(8)),
            _ => {}
        }
    }

    /// Reads a segment of JPEG: the header of a frame, or of several. A height of zero is told later, and could be any (ITU-T T.81,
    /// sections B.2.2 and B.3.2).
    pub(super) fn of_jpeg(&mut self, marker: u8, segment: &[u8]) {
        let number = |at: usize| {
            let bytes: &[u8; 2] = segment.get(at..)?.first_chunk()?;
            Some(u16::from_be_bytes(*bytes).into())
        };
        if matches!(marker, 0xC0..=0xCF | 0xDE) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let height = number(3).map(|height| if height == 0 { u16::MAX.into() } else { height });
            self.add(number(5), height);
        }
    }

    /// Reads the sides of a GIF's screen, or of an image on it (GIF89a, sections 18 and 20).
    pub(super) fn of_gif(&mut self, sides: &[u8]) {
        let number = |at: usize| {
            let bytes: &[u8; 2] = sides.get(at..)?.first_chunk()?;
            Some(u16::from_le_bytes(*bytes).into())
        };
        self.add(number(0), number(2));
    }

    /// Reads a chunk of WebP: the canvas, an image, or one of an animation, in which the chunks of that image stand (RFC 9649,
    /// sections 2.7 and 3.4; RFC 6386, section 9.1).
    pub(super) fn of_webp(&mut self, name: &[u8; 4], content: &[u8]) {
        let number = |at: usize| {
            let bytes: &[u8; 3] = content.get(at..)?.first_chunk()?;
            Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]))
        };
        let more = |side: Option<u32>| side.map(|side| side + 1);
        match name {
            b"VP8X" => self.add(more(number(4)), more(number(7))),
            b"ANMF" => {
                self.add(more(number(6)), more(number(9)));
                let mut rest = content.get(16..).unwrap_or_default();
                while let Some((name, after)) = rest.split_first_chunk::<4>() {
                    let Some((length, after)) = after.split_first_chunk::<4>() else { return };
                    let length = u32::from_le_bytes(*length) as usize;
                    if matches!(name, b"VP8 " | b"VP8L") {
                        self.of_webp(name, after);
                    }
                    let filled = length.checked_add(length % 2);
                    rest = filled.and_then(|filled| after.get(filled..)).unwrap_or_default();
                }
            }
            b"VP8L" if content.first() == Some(&0x2F) => {
                let sides = content.get(1..).and_then(|sides| sides.first_chunk());
                let sides = sides.map(|sides: &[u8; 4]| u32::from_le_bytes(*sides));
                self.add(
                    sides.map(|sides| (sides & 0x3FFF) + 1),
                    sides.map(|sides| ((sides >> 14) & 0x3FFF) + 1),
                );
            }
            b"VP8 " if content.get(3..6) == Some(b"\x9D\x01\x2A") => {
                let sides = content.get(6..).and_then(|sides| sides.first_chunk());
                let sides = sides.map(|sides: &[u8; 4]| u32::from_le_bytes(*sides));
                // The two bits above each say how it is to be stretched, which no decoder does.
                self.add(
                    sides.map(|sides| sides & 0x3FFF),
                    sides.map(|sides| (sides >> 16) & 0x3FFF),
                );
            }
            _ => {}
        }
    }
}
