//! The frames of HTTP/2 as bytes, so that a test can send what no client would.

pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The fields of a request that is answered.
pub(crate) const PLAIN: [(&str, &str); 4] = [
    (":method", "GET"),
    (":scheme", "http"),
    (":authority", "localhost"),
    (":path", "/v2/parts/BOLT"),
];

/// Kinds of frames (RFC 9113, section 6).
pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const PRIORITY: u8 = 2;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const WINDOW_UPDATE: u8 = 8;
pub(crate) const CONTINUATION: u8 = 9;

/// Flags of frames: of an answer to `PING` and `SETTINGS`, and of a request.
pub(crate) const ACK: u8 = 1;
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;
pub(crate) const PADDED: u8 = 8;

/// Makes a frame.
pub(crate) fn frame(kind: u8, flags: u8, stream: u32, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), content].concat()
}

/// Writes fields as literals that nobody remembers (RFC 7541, section 6.2.2), which can be anything.
pub(crate) fn block(fields: &[(&str, &str)]) -> Vec<u8> {
    let text = |text: &str| [&[u8::try_from(text.len()).expect("short")], text.as_bytes()].concat();
    fields.iter().flat_map(|(name, value)| [vec![0], text(name), text(value)].concat()).collect()
}

/// Makes the head of a request for a path, which asks for content to follow where it is no GET.
pub(crate) fn request(stream: u32, method: &str, path: &str) -> Vec<u8> {
    let fields = PLAIN.map(|field| match field.0 {
        ":method" => (":method", method),
        ":path" => (":path", path),
        _ => field,
    });
    let fields = match method {
        "GET" => block(&fields),
        _ => [block(&fields), block(&[("content-type", "application/json")])].concat(),
    };
    let end = if method == "GET" { END_STREAM } else { 0 };
    frame(HEADERS, END_HEADERS | end, stream, &fields)
}

/// Returns the kind, the stream and the content of each whole frame in these bytes.
pub(crate) fn frames(mut bytes: &[u8]) -> Vec<(u8, u32, &[u8])> {
    let mut frames = Vec::new();
    while let Some((head, rest)) = bytes.split_first_chunk::<9>() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let Some((content, rest)) = rest.split_at_checked(length) else { break };
        frames.push((head[3], stream, content));
        bytes = rest;
    }
    frames
}
