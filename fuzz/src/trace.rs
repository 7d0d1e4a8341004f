//! Traces (W3C Trace Context): one that is gone on with is one that OpenTelemetry reads too, and what is told further is a fixed
//! point.

use http::{HeaderName, HeaderValue};
use opentelemetry::{propagation::TextMapPropagator, trace::TraceContextExt};
use opentelemetry_sdk::propagation::TraceContextPropagator;

use super::api::{Answer, ask, get, lines};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// Sends the lines before an empty one as `traceparent`, and those behind it as `tracestate`.
pub fn check(data: &[u8]) -> bool {
    let parted = data.windows(2).position(|pair| pair == b"\n\n");
    let (parent, state) = parted.map_or((data, &b""[..]), |at| (&data[..at], &data[at + 2..]));
    let request = lines(get("/v1/where"), &TRACEPARENT, parent);
    let request = if state.is_empty() { request } else { lines(request, &TRACESTATE, state) };
    let answer = ask(request, "");
    assert!(answer.is_well(), "nobody is refused for a trace: {answer:?}");
    is_formed(&answer);
    let stated = answer.text("parent");
    if let Some(stated) = &stated {
        let sent: Vec<_> = parent
            .split(|byte| *byte == b'\n')
            .take(40)
            .filter(|line| HeaderValue::from_bytes(line).is_ok())
            .collect();
        assert_eq!(sent.len(), 1, "several are none");
        // What a later version has behind is anything.
        let sent = &*String::from_utf8_lossy(sent[0]);
        let fields =
            std::collections::HashMap::from([("traceparent".to_owned(), sent.trim().to_owned())]);
        let context = TraceContextPropagator::new().extract(&fields);
        let span = context.span().span_context().clone();
        // It reads none of the flags that were not known when it was written.
        let flags = sent.trim().get(53..55).unwrap_or_default();
        if ["00", "01"].contains(&flags) {
            assert!(span.is_valid(), "{sent}");
            assert_eq!(Some(span.trace_id().to_string()), answer.text("trace"), "{sent}");
            assert_eq!(&span.span_id().to_string(), stated, "{sent}");
            assert_eq!(
                span.is_sampled(),
                answer.text("traceparent").is_some_and(|text| text.ends_with("01"))
            );
        }
    }
    assert!(stated.is_some() || answer.text("tracestate").is_none(), "a state of no trace");
    let (parent, state) = (answer.text("traceparent").expect("one"), answer.text("tracestate"));
    let mut request = get("/v1/where").header(TRACEPARENT, &parent);
    if let Some(state) = &state {
        request = request.header(TRACESTATE, state);
    }
    let again = ask(request, "");
    is_formed(&again);
    for member in ["trace", "tracestate"] {
        assert_eq!(again.text(member), answer.text(member), "{member}");
    }
    assert_eq!(again.text("parent"), answer.text("span"));
    stated.is_some()
}

/// Asserts that what is told further is of version 00, with ids and without flags that nobody knows.
#[track_caller]
fn is_formed(answer: &Answer) {
    let (trace, span) = (answer.text("trace").expect("one"), answer.text("span").expect("one"));
    let text = answer.text("traceparent").expect("one");
    assert!(
        ["00", "01"].iter().any(|flags| text == format!("00-{trace}-{span}-{flags}")),
        "{text}"
    );
    for (id, length) in [(&trace, 32), (&span, 16)] {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        assert!(
            id.len() == length && id.bytes().all(digit) && id.bytes().any(|byte| byte != b'0'),
            "{text}"
        );
    }
    let state = answer.text("tracestate").unwrap_or_default();
    assert!(state.len() <= 512 && state.split(',').count() <= 32, "{state}");
}
