//! The conditions of a request (RFC 9110, section 13): stated and well-formed, then evaluated in the standard's order.

use std::{borrow::Cow, future::Future, pin::Pin};

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Answered, Context, Run, etag};
use crate::error::{Problem, problem};

/// The conditions that a request states. Few do, so those that state none pay one look at each name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    matches: bool,
    none_match: bool,
    unmodified_since: bool,
}

/// The representation that conditions are about.
#[derive(Debug)]
pub(crate) enum Selected {
    /// The one with this tag.
    Tagged(HeaderValue),
    /// None: nothing is there.
    Absent,
    /// One or none: nobody could say, or the caller may not know, for this reason.
    Unknown(Cow<'static, str>),
}

/// The outcome of the conditions of a read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The caller is sent the representation.
    Shown,
    /// The caller has it already: 304.
    Known,
}

impl Conditions {
    /// Reads the conditions of a request.
    ///
    /// # Errors
    ///
    /// 400 where one is malformed. A condition that nobody can read is not passed over.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let mut stated = Self::default();
        for name in headers.keys().filter(|name| name.as_str().starts_with("if-")) {
            if *name == header::IF_MATCH {
                etag::well_formed(headers, name)?;
                stated.matches = true;
            } else if *name == header::IF_NONE_MATCH {
                etag::well_formed(headers, name)?;
                stated.none_match = true;
            } else if *name == header::IF_UNMODIFIED_SINCE {
                date(headers, name)?;
                stated.unmodified_since = true;
            }
            // `If-Modified-Since` is about the dates of representations. None of ours has one, so it is ignored, whatever it
            // says (section 13.1.3).
        }
        Ok(stated)
    }

    /// Returns `true` where `If-Match` is among them.
    pub(crate) fn has_if_match(self) -> bool {
        self.matches
    }

    /// Returns `true` where one is stated that a change has to wait for.
    pub(crate) fn are_stated(self) -> bool {
        self.matches || self.none_match || self.unmodified_since
    }

    /// Evaluates the conditions of a read.
    ///
    /// # Errors
    ///
    /// 412 where `If-Match` names another representation.
    pub(crate) fn of_read(
        self,
        headers: &HeaderMap,
        tag: &HeaderValue,
    ) -> Result<Reading, Problem> {
        if self.matches && !etag::is_matched(headers, tag) {
            return Err(failed("If-Match names another representation"));
        }
        let known = self.none_match && etag::is_known(headers, tag);
        Ok(if known { Reading::Known } else { Reading::Shown })
    }

    /// Evaluates the conditions of a change.
    ///
    /// # Errors
    ///
    /// 412 where one does not hold, or nobody can say that it does: what is stored has no dates, so
    /// `If-Unmodified-Since` never holds.
    pub(crate) fn of_change(self, headers: &HeaderMap, selected: &Selected) -> Result<(), Problem> {
        if self.matches {
            let holds = match selected {
                Selected::Tagged(tag) => etag::is_matched(headers, tag),
                Selected::Absent | Selected::Unknown(_) => false,
            };
            if !holds {
                let why = "what is to be changed is not what If-Match names";
                return Err(selected.fails(why));
            }
        } else if self.unmodified_since {
            return Err(failed(
                "nothing here has a date that If-Unmodified-Since could be compared with",
            ));
        }
        if self.none_match {
            let holds = match selected {
                Selected::Tagged(tag) => !etag::is_known(headers, tag),
                Selected::Absent => true,
                Selected::Unknown(_) => false,
            };
            if !holds {
                return Err(selected.fails("what is to be changed is what If-None-Match names"));
            }
        }
        Ok(())
    }
}

fn failed(why: &'static str) -> Problem {
    Problem::new(&problem::PRECONDITION_FAILED).saying(why)
}

/// Refuses a field that is not one date of HTTP (RFC 9110, section 5.6.7).
fn date(headers: &HeaderMap, name: &HeaderName) -> Result<(), Problem> {
    let mut lines = headers.get_all(name).iter();
    let date = match (lines.next(), lines.next()) {
        (Some(line), None) => line.to_str().ok(),
        _ => None,
    };
    match date.map(httpdate::parse_http_date) {
        Some(Ok(_)) => Ok(()),
        _ => Err(Problem::new(&problem::MALFORMED).saying("a condition is not a date of HTTP")),
    }
}

/// The conditions of a change whose state another operation of its path shows: the one that answers GET.
pub(crate) struct Condition(Result<(Run, Context), &'static str>);

impl Condition {
    /// Creates the question. Without an operation to ask, nobody knows the state, for the reason that is given.
    pub(crate) fn of(reader: Result<(Run, Context), &'static str>) -> Box<Self> {
        Box::new(Self(reader))
    }

    /// Reads what is to be changed, as its caller would, and evaluates the conditions of a change.
    ///
    /// # Errors
    ///
    /// Those of [`Conditions::of_change`].
    pub(crate) fn holds<'a>(
        self,
        context: &'a Context,
    ) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
        Box::pin(async move {
            let selected = match self.0 {
                Ok((run, reading)) => Selected::by(run(reading).await),
                Err(why) => Selected::Unknown(why.into()),
            };
            context.conditions.of_change(&context.headers, &selected)
        })
    }
}

impl Selected {
    /// Returns the representation that a read was answered with. What was refused for any reason but its absence is
    /// unknown: it may be there, and the caller may not know.
    fn by(answered: Answered) -> Self {
        match answered {
            Ok(rendered) => match rendered.tag() {
                Some(tag) => Self::Tagged(tag.clone()),
                None => Self::Unknown("what the GET at the path shows has no tag".into()),
            },
            Err(problem)
                if *problem.kind() == problem::NOT_FOUND && problem.security_event().is_none() =>
            {
                Self::Absent
            }
            Err(problem) => {
                let status = problem.kind().status().as_u16();
                let cause = problem.cause().map(ToString::to_string).unwrap_or_default();
                Self::Unknown(format!("the GET at the path answers {status}: {cause}").into())
            }
        }
    }

    /// Refuses a change. The log is told why nobody knows its state, where that is so.
    fn fails(&self, why: &'static str) -> Problem {
        match self {
            Self::Unknown(cause) => failed(why).because(cause.clone()),
            Self::Tagged(_) | Self::Absent => failed(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(fields: &[(HeaderName, &'static str)]) -> HeaderMap {
        fields.iter().map(|(name, text)| (name.clone(), HeaderValue::from_static(text))).collect()
    }

    const TAG: HeaderValue = HeaderValue::from_static("\"a\"");
    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    fn change(fields: &[(HeaderName, &'static str)], selected: &Selected) -> bool {
        let headers = headers(fields);
        let stated = Conditions::of(&headers).expect("well-formed");
        stated.of_change(&headers, selected).is_ok()
    }

    // RFC 9110, section 13.2.2.
    #[test]
    fn a_change_waits_for_every_condition_in_their_order() {
        use header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};

        let (tagged, absent) = (Selected::Tagged(TAG), Selected::Absent);
        for (fields, when_tagged, when_absent, when_unknown) in [
            (&[][..], true, true, true),
            (&[(IF_MATCH, "\"a\"")], true, false, false),
            (&[(IF_MATCH, "*")], true, false, false),
            (&[(IF_MATCH, "\"b\"")], false, false, false),
            (&[(IF_MATCH, "W/\"a\"")], false, false, false),
            (&[(IF_NONE_MATCH, "*")], false, true, false),
            (&[(IF_NONE_MATCH, "\"a\"")], false, true, false),
            (&[(IF_NONE_MATCH, "W/\"a\"")], false, true, false),
            (&[(IF_NONE_MATCH, "\"b\"")], true, true, false),
            (&[(IF_UNMODIFIED_SINCE, DATE)], false, false, false),
            (&[(IF_MATCH, "\"a\""), (IF_UNMODIFIED_SINCE, DATE)], true, false, false),
            (&[(IF_MATCH, "\"a\""), (IF_NONE_MATCH, "\"a\"")], false, false, false),
            (&[(IF_MODIFIED_SINCE, DATE)], true, true, true),
        ] {
            assert_eq!(change(fields, &tagged), when_tagged, "{fields:?}");
            assert_eq!(change(fields, &absent), when_absent, "{fields:?}");
            assert_eq!(change(fields, &Selected::Unknown("".into())), when_unknown, "{fields:?}");
        }
    }

    #[test]
    fn what_is_no_condition_is_malformed() {
        for (name, text) in [
            (header::IF_MATCH, "a"),
            (header::IF_NONE_MATCH, "\"a"),
            (header::IF_UNMODIFIED_SINCE, "yesterday"),
            (header::IF_UNMODIFIED_SINCE, ""),
            (
                header::IF_UNMODIFIED_SINCE,
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
            ),
        ] {
            assert!(Conditions::of(&headers(&[(name.clone(), text)])).is_err(), "{name}: {text}");
        }
        for date in [DATE, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert!(Conditions::of(&headers(&[(header::IF_UNMODIFIED_SINCE, date)])).is_ok());
        }
        for text in ["", "yesterday", "Mon, 06 Nov 1994 08:49:37 GMT", DATE] {
            let stated = Conditions::of(&headers(&[(header::IF_MODIFIED_SINCE, text)]));
            assert_eq!(stated.ok(), Some(Conditions::default()), "{text}");
        }
        let twice =
            headers(&[(header::IF_UNMODIFIED_SINCE, DATE), (header::IF_UNMODIFIED_SINCE, DATE)]);
        assert!(Conditions::of(&twice).is_err());
    }
}
