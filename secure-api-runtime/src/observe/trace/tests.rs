//! The forms of both fields that are read, and those that are not.

use super::{super::next_number, *};

const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

fn of(parent: &[&str], states: &[&str]) -> Trace {
    let mut headers = HeaderMap::new();
    for (name, values) in [(TRACEPARENT, parent), (TRACESTATE, states)] {
        for value in values {
            headers.append(&name, HeaderValue::try_from(*value).expect("a value"));
        }
    }
    Trace::of(&headers, next_number())
}

fn passed_on(states: &[&str]) -> Option<String> {
    let state = of(&[GOOD], states).tracestate();
    state.map(|state| state.to_str().expect("text").to_owned())
}

#[test]
fn what_is_well_formed_is_gone_on_with() {
    let more = format!("01{}-and-more", &GOOD[2..]);
    let later = format!("cc{}", &GOOD[2..]);
    for parent in [GOOD, &more, &later] {
        let trace = of(&[parent], &[]);
        assert_eq!(trace.trace_id(), "0af7651916cd43dd8448eb211c80319c", "{parent}");
        assert_eq!(trace.parent_id(), Some("b7ad6b7169203331"));
        assert!(trace.is_sampled());
        let next = trace.traceparent();
        let next = next.to_str().expect("text");
        assert_eq!(next.len(), LENGTH);
        assert_eq!(&next[..36], &GOOD[..36]);
        assert_eq!(&next[36..52], trace.span_id());
        assert_ne!(trace.span_id(), "b7ad6b7169203331");
        assert_eq!(&next[52..], "-01");
    }
}

#[test]
fn only_the_flag_that_is_known_is_passed_on() {
    for (flags, next) in [("00", "-00"), ("01", "-01"), ("02", "-00"), ("ff", "-01"), ("fe", "-00")]
    {
        let trace = of(&[&format!("{}{flags}", &GOOD[..53])], &[]);
        assert!(trace.parent_id().is_some(), "{flags}");
        assert!(trace.traceparent().to_str().expect("text").ends_with(next), "{flags}");
    }
}

#[test]
fn another_form_is_none() {
    let changed = |from: &str, to: &str| GOOD.replace(from, to);
    let all = [
        String::new(),
        changed("00-0af", "ff-0af"),
        changed("00-0af", "0-0af"),
        changed("00-0af", "0x-0af"),
        changed("0af7", "0AF7"),
        changed("0af7", "0ag7"),
        changed("0af7651916cd43dd8448eb211c80319c", "00000000000000000000000000000000"),
        changed("b7ad6b7169203331", "0000000000000000"),
        changed("b7ad6b7169203331", "B7AD6B7169203331"),
        changed("-01", "-0"),
        changed("-01", "-0G"),
        changed("-01", "_01"),
        format!("{GOOD}-"),
        format!("{GOOD}-00"),
        format!("{GOOD}0"),
        format!("cc{}.", &GOOD[2..]),
        format!("cc{}0", &GOOD[2..]),
        GOOD[..54].to_owned(),
    ];
    for parent in &all {
        let trace = of(&[parent], &["vendor=value"]);
        assert_eq!(trace.parent_id(), None, "{parent}");
        assert_ne!(trace.trace_id(), &GOOD[3..35], "{parent}");
        // Without the one, the other is of nothing.
        assert_eq!(trace.tracestate(), None, "{parent}");
    }
    assert_eq!(of(&[GOOD, GOOD], &[]).parent_id(), None);
}

#[test]
fn a_new_trace_has_ids_of_its_own() {
    let [one, other] = [of(&[], &[]), of(&[], &[])];
    for trace in [&one, &other] {
        assert!(trace.trace_id().bytes().any(|digit| digit != b'0'));
        assert!(trace.span_id().bytes().any(|digit| digit != b'0'));
        assert!(!trace.is_sampled());
    }
    assert_ne!(one.trace_id(), other.trace_id());
    assert_ne!(one.span_id(), other.span_id());
}

#[test]
fn a_new_trace_has_the_digits_of_the_request_id_that_is_new_too() {
    let number = next_number();
    let trace = Trace::of(&HeaderMap::new(), number);
    assert_eq!(trace.trace_id(), number.simple().to_string());
    assert_eq!(trace.clone().traceparent(), trace.traceparent());
}

#[test]
fn members_are_passed_on_in_their_order() {
    for (states, told) in [
        (
            &["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"][..],
            "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
        ),
        (&["a=1", "b=2"], "a=1,b=2"),
        (&["a=1 \t,\t b=2,", "", ",c=3"], "a=1,b=2,c=3"),
        (&["fw529a3039@dt=FfAAAAA,0@s=x y"], "fw529a3039@dt=FfAAAAA,0@s=x y"),
        (&["a-_*/9=!~"], "a-_*/9=!~"),
    ] {
        assert_eq!(passed_on(states).as_deref(), Some(told));
    }
}

#[test]
fn a_state_that_is_malformed_or_too_long_is_dropped() {
    let many = |count: usize| {
        (0..count).map(|number| format!("k{number}=1")).collect::<Vec<_>>().join(",")
    };
    assert!(passed_on(&[&many(32)]).is_some());
    assert_eq!(passed_on(&[&many(33)]), None);
    let long = |value: usize| format!("a={},b={}", "x".repeat(256), "y".repeat(value));
    assert_eq!(passed_on(&[&long(251)]).map(|state| state.len()), Some(512));
    assert_eq!(passed_on(&[&long(252)]), None);
    for state in [
        "a",
        "=1",
        "a=",
        "a=1=2",
        "A=1",
        "9a=1",
        "a b=1",
        "a =1",
        "@s=1",
        "t@=1",
        "t@9=1",
        "t@s@s=1",
        "t@abcdefghijklmno=1",
        "a=1,a=2",
    ] {
        assert_eq!(passed_on(&[state]), None, "{state}");
        assert_eq!(passed_on(&["good=1", state]), None, "{state}");
    }
    assert_eq!(passed_on(&[&format!("{}=1", "a".repeat(257))]), None);
    assert_eq!(passed_on(&[&format!("a={}", "x".repeat(257))]), None);
    assert_eq!(passed_on(&["  ,"]), None);
}
